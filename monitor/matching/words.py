"""Words as they are compared: folded, and cut out of a chunk with their offsets.

A chunk is a piece of text between white space. It holds no word, one, or several (public-safety, #SanctuaryPolicy).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from monitor.matching.folding import INVISIBLE, fold
from monitor.matching.unspaced import wide

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


class Word(NamedTuple):
    """One word of a chunk: `chunk[start:end]`, without a possessive ending."""

    start: int
    end: int
    folded: str
    shape: int


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


@lru_cache(maxsize=4_096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of any text, offsets into it. Made for terms, which are short and often asked for twice."""
    found: list[Word] = []
    for match in re.finditer(r"\S+", text):
        at = match.start()
        found += [Word(at + w.start, at + w.end, w.folded, w.shape) for w in cut(match[0])]
    return tuple(found)


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
        if char.isalnum() and char not in INVISIBLE and not wide(char):
            if start < 0:
                start, marks = at, 0
            letters.append(char)
            marks = 0
        elif start >= 0 and (char in INVISIBLE or unicodedata.category(char)[0] == "M"):
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
    while chunk[end - 1] in INVISIBLE:
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
