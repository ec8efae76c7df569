"""Foreign titles and summaries made plain: no markup, no entities, nothing that cannot be seen."""

import html
import re
import unicodedata

LONGEST_TITLE = 1_000
LONGEST_SUMMARY = 2_000
_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*+|!--.*?--)>", re.DOTALL)
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*+>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|abbr|b|big|em|font|i|mark|small|span|strong|su[bp]|tt|u)\b", re.IGNORECASE)
_JOINERS = "\u200c\u200d"
"""Format characters that change how a word reads in Persian and the Indic scripts, and emoji."""


def title(value: object) -> str:
    """A title of at most 1,000 characters, on one line."""
    return plain(value, LONGEST_TITLE)


def summary(value: object) -> str:
    """A summary of at most 2,000 characters, on one line."""
    return plain(value, LONGEST_SUMMARY)


def plain(value: object, longest: int) -> str:
    """`value` as text without tags, with entities read (twice encoded ones too), at most `longest` characters.

    Control and direction characters, lone surrogates and soft hyphens are left out. What is no text is ''.
    """
    if not isinstance(value, str):
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
    text = value[: longest * 20]
    if "<" in text:
        text = _untagged(text)
    for _ in range(2):
        if "&" in text:
            text = html.unescape(text)
            text = _untagged(text) if "<" in text else text
    return " ".join(_printable(text).split())[:longest].rstrip()


def _untagged(text: str) -> str:
    return _TAG.sub(lambda tag: "" if _INLINE.match(tag[0]) else " ", _HIDDEN.sub(" ", text))


def _printable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    return "" if category == "Cs" or (category == "Cf" and character not in _JOINERS) else character
