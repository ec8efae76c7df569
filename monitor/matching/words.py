"""Words as they are compared: folded to lower case without accents, and cut out of a chunk with their offsets.

A chunk is a piece of text between white space. It holds no word, one, or several (public-safety, #SanctuaryPolicy).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LOWER, TITLE, UPPER, INITIAL, CASELESS = range(5)
"""Shapes of a word: jones, Jones, JONES, E (or E. or E.T.), and words of scripts that have no case."""

LONGEST = 64
"""Letters; what is longer is no word."""

EDGES = ".,;:!?\"()[]{}…“”‘’«»*–—-'`"
"""What may stand around a word without a part in it."""

PARTING = ',:;?!"()“”«»–—…'
"""What always parts two words, wherever it stands."""

HYPHENS = frozenset("-\u2010\u2011")
_APOSTROPHES = "'’‘\u02bc\uff07\u00b4`"
_INVISIBLE = frozenset(
    "\u0640\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
)
_LETTERS = {ord(letter): plain for letter, plain in zip("øłđðħŧŋ\u0131", "olddhtni", strict=True)}
_LETTERS |= {ord("þ"): "th", ord("æ"): "ae", ord("œ"): "oe"}
"""Letters that have no accent to take off."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_LETTERS |= {ord("\u06a9"): "\u0643", ord("\u06cc"): "\u064a", ord("\u0649"): "\u064a"}
"""Kaf and yeh as Persian keyboards write them, or an Egyptian one at the end of a word."""
_VOICING = frozenset("\u3099\u309a")
"""Marks of Japanese that belong to the sign before them; in half width they are signs of their own."""
_KATAKANA = "\u30a0-\u30ff\uff66-\uff9f"
_SAME_WIDE = (
    (re.compile(f"(?<=[{_KATAKANA}])[\u30fb\uff65\uff1d\u30a0](?=[{_KATAKANA}])").sub, " "),
    (re.compile("\u0e4d([\u0e48-\u0e4b])").sub, "\\1\u0e4d"),
    (re.compile(r"\n(?=[^\S\n]*\n)").sub, "\0"),
)
"""What parts foreign words in Japanese is a space, a Thai tone stands before the ring of a vowel, and a blank line
is no white space: replaced sign for sign."""
_DECORATIONS = frozenset((*range(10, 37), *range(200, 241)))
"""Combining classes of marks that decorate a letter (accents, points); the others are vowels and viramas."""

_ASCII_WORD = re.compile(
    r"(?:[A-Za-z]\.)+[A-Za-z](?![A-Za-z0-9])|[A-Za-z0-9]+(?:['`](?![A-Za-z]\.[A-Za-z])[A-Za-z][A-Za-z0-9]*)*|(?<=[A-Za-z])&(?=[A-Za-z])"
)
_ELISION = re.compile(
    r"(?:[Ll]|[djnscmt]|[qQ]u|(?:[dD]e|[nN]e|[sS]u|[dD]a|[aA])ll|[DJNSCMT](?=['`][^\W\d_A-Z]))['`](?=[^\W\d_]{3})"
)
"""Articles and pronouns of French and Italian that lean on the next word: l'immigration, dell'Acqua; not D'Angelo."""
_TURKISH = re.compile(r"(?<=[^\W\d_]{3})['`](?:[ns]?[ıiuü]n|y[aeıiuü]|n?[dt][ae]n?|y?l[ae])$", re.IGNORECASE)  # noqa: RUF001
"""Case endings of Turkish names, from two letters on (one would take Hawai'i apart)."""
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|[0-9]+")
_WIDE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
wide = re.compile(f"[{_WIDE}]").search
"""Finds a character of a script that puts no space between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese."""


class Word(NamedTuple):
    """One word of a chunk: `chunk[start:end]`, without a possessive ending."""

    start: int
    end: int
    folded: str
    shape: int


def fold(text: str) -> str:
    """The letters by which text is compared: casefolded, compatibility forms and accents resolved."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in plain if unicodedata.combining(c) not in _DECORATIONS and c not in _INVISIBLE)
    return unicodedata.normalize("NFC", bare.casefold().translate(_LETTERS))


def part(text: str) -> str:
    """The text, character for character, with spaces for all that always parts two words."""
    for mark in PARTING:
        text = text.replace(mark, " ")
    return text


def cut(chunk: str) -> tuple[Word, ...]:
    """The words of a chunk, in order. Words of scripts without spaces are left out: they are sought as substrings."""
    if chunk.isalnum() and chunk.isascii():
        return (Word(0, len(chunk), chunk.lower(), shape(chunk)),) if len(chunk) <= LONGEST else ()
    plain = chunk.strip(EDGES)
    if plain.isalnum() and plain.isascii() and "#" not in chunk:
        at = chunk.index(plain)
        return (_word(chunk, at, at + len(plain)),) if len(plain) <= LONGEST else ()
    if not chunk.isascii():
        return tuple(_other_words(chunk))
    if chunk == "&":
        return (Word(0, 1, "and", LOWER),)
    if "#" in chunk:
        return tuple(_hashtags(chunk))
    found = [m.span() for m in _ASCII_WORD.finditer(chunk) if m.end() - m.start() <= LONGEST]
    if "'" in chunk or "`" in chunk:
        return tuple(word for start, end in found for word in _plain(chunk, start, end))
    return tuple(_word(chunk, start, end) for start, end in found)


def spread(text: str) -> tuple[str, list[int]]:
    """Text folded character by character without white space, and where each character of the result comes from."""
    for sub, plain in _SAME_WIDE:
        text = sub(plain, text)
    letters: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        folded = char if "\u4e00" <= char <= "\u9fff" else _sign(char)
        if folded in _VOICING and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + folded)
        else:
            letters += folded
            places += [at] * len(folded)
    return "".join(letters), places


@lru_cache(maxsize=4_096)
def _sign(char: str) -> str:
    """A character folded; nothing of white space and what is not seen."""
    return "" if char in _INVISIBLE or char.isspace() else fold(char)


@lru_cache(maxsize=4_096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of any text, offsets into it. Made for terms, which are short and often asked for twice."""
    found: list[Word] = []
    for match in re.finditer(r"\S+", text):
        at = match.start()
        found += [Word(at + w.start, at + w.end, w.folded, w.shape) for w in cut(match[0])]
    return tuple(found)


def transcriptions(text: str) -> dict[str, str]:
    """The folded words of a term that have umlauts, and the same with these written out: schroder, schroeder."""
    text = unicodedata.normalize("NFC", text)
    found = {word.folded: text[word.start : word.end].casefold().translate(_UMLAUTS) for word in words_of(text)}
    return {word: other for word, raw in found.items() if (other := fold(raw).replace("'", "")) != word}


def _hashtags(chunk: str) -> Iterator[Word]:
    """A tag in camel case is cut into its words."""
    for match in _ASCII_WORD.finditer(chunk):
        start, end = match.span()
        if end - start > LONGEST:
            continue
        pieces = list(_CAMEL.finditer(match[0])) if start and chunk[start - 1] == "#" else []
        if len(pieces) > 1:
            yield from (_word(chunk, start + piece.start(), start + piece.end()) for piece in pieces)
        else:
            yield from _plain(chunk, start, end)


def _plain(chunk: str, start: int, end: int) -> Iterator[Word]:
    """One word, or two where an article leans on it."""
    leaning = _ELISION.match(chunk, start, end)
    if leaning:
        yield _word(chunk, start, leaning.end() - 1)
        start = leaning.end()
    yield _word(chunk, start, end)


def _other_words(chunk: str) -> Iterator[Word]:
    """Words of any script: letters and digits with their marks, across invisible characters and inner apostrophes."""
    start, letters, marks = -1, [], 0
    for at, char in enumerate(chunk):
        if char.isalnum() and char not in _INVISIBLE and not wide(char):
            if start < 0:
                start, marks = at, 0
            letters.append(char)
            marks = 0
        elif start >= 0 and (char in _INVISIBLE or unicodedata.category(char)[0] == "M"):
            marks += 1
            if marks <= 4:
                letters.append(char)
        elif start >= 0 and _joins(chunk, at):
            letters.append("'" if char != "." else ".")
        elif start >= 0:
            yield from _run(chunk, start, at, letters)
            start, letters = -1, []
            if char == "&" and chunk[at + 1 : at + 2].isalpha():
                yield Word(at, at + 1, "and", LOWER)
    if start >= 0:
        yield from _run(chunk, start, len(chunk), letters)


def _joins(chunk: str, at: int) -> bool:
    """Whether the apostrophe or full stop at this place is inside of a word (O’Brien, D.O.J.; not in l’O.N.U.)."""
    after = chunk[at + 1 : at + 2]
    if not after.isalpha() or wide(after):
        return False
    if chunk[at] in _APOSTROPHES:
        return not (chunk[at + 2 : at + 3] == "." and chunk[at + 3 : at + 4].isalpha())
    alone = at < 2 or not chunk[at - 2].isalnum()
    return chunk[at] == "." and chunk[at - 1].isalpha() and alone and not chunk[at + 2 : at + 3].isalnum()


def _run(chunk: str, start: int, end: int, letters: list[str]) -> Iterator[Word]:
    """The words of one run of letters; places inside of it are known when nothing invisible was left out."""
    if len(letters) > 4 * LONGEST:
        return
    text = "".join(letters)
    while chunk[end - 1] in _INVISIBLE:
        end -= 1
    whole = len(text) == end - start
    pieces = list(_CAMEL.finditer(text)) if whole and text.isascii() and chunk[start - 1 : start] == "#" else []
    if len(pieces) > 1:
        yield from (_word(chunk, start + piece.start(), start + piece.end()) for piece in pieces)
        return
    for word in _plain(text, 0, len(text)) if whole else (_word(text, 0, len(text)),):
        if 0 < len(word.folded) <= LONGEST:
            yield Word(start + word.start, end - (len(text) - word.end), word.folded, word.shape)


def _word(text: str, start: int, end: int) -> Word:
    raw = text[start:end]
    if raw == "&":
        return Word(start, end, "and", LOWER)
    if "'" in raw or "`" in raw:
        if raw[-1] in "sS" and raw[-2:-1] in "'`":
            raw, end = raw[:-2], end - 2
        elif ending := _TURKISH.search(raw):
            raw, end = raw[: ending.start()], end - len(ending[0])
        folded = fold(raw).replace("'", "").replace("`", "")
    elif "." in raw:
        folded = fold(raw).replace(".", "")
        return Word(start, end, folded, UPPER if raw[0].isupper() else LOWER)
    else:
        folded = fold(raw)
    return Word(start, end, folded, shape(raw))


def shape(raw: str) -> int:
    """LOWER, TITLE (any word with a capital), UPPER, INITIAL or CASELESS."""
    if raw.islower():
        return LOWER
    if raw.isupper():
        return INITIAL if len(raw) == 1 else UPPER
    if raw.lower() != raw:
        return TITLE
    return LOWER if raw.isdigit() else CASELESS
