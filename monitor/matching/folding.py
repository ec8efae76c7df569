"""The letters by which text is compared: small, without accents, and alike whichever way they are written."""

import unicodedata

INVISIBLE = frozenset(
    "\u0640\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
)
_LETTERS = {ord(letter): plain for letter, plain in zip("øłđðħŧŋ\u0131", "olddhtni", strict=True)}
_LETTERS |= {ord("þ"): "th", ord("æ"): "ae", ord("œ"): "oe"}
"""Letters that have no accent to take off."""
_LETTERS |= {ord("\u06a9"): "\u0643", ord("\u06cc"): "\u064a", ord("\u0649"): "\u064a"}
"""Kaf and yeh as Persian keyboards write them, or an Egyptian one at the end of a word."""
_DECORATIONS = frozenset((*range(10, 37), *range(200, 241)))
"""Combining classes of marks that decorate a letter (accents, points); the others are vowels and viramas."""


def fold(text: str) -> str:
    """The letters by which text is compared: casefolded, compatibility forms and accents resolved."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in plain if unicodedata.combining(c) not in _DECORATIONS and c not in INVISIBLE)
    return unicodedata.normalize("NFC", bare.casefold().translate(_LETTERS))
