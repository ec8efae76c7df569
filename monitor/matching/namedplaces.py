"""The places that a text names, whatever is sought in it."""

import re
from typing import NamedTuple

from monitor.matching.geography import LONGEST_NAME, Geography, joined
from monitor.matching.placeopenings import NAME, PURE, REGION, Opening, PlaceOpenings
from monitor.matching.reading import Reading, Token
from monitor.matching.wordlists import LOCATIVE, WHERE
from monitor.matching.words import LOWER

_JOINED = frozenset(("and", "or", "&", ", and", ", or"))
_LISTED = re.compile(r",|\s+(?:and|or|&)\s")
_LIST_GAP, _LIST_CHUNKS = 7, 2
"""Between two places of a list, at most: characters, and steps from chunk to chunk."""


class _Word(NamedTuple):
    """A word of a text of which it is not known yet where it stands there: most need no more."""

    chunk: int
    number: int
    """Of the words of the chunk."""
    folded: str
    capital: bool


def named_places(reading: Reading, openings: PlaceOpenings) -> set[str]:
    """Folded names of places in a text that are no words of another kind, the longest that fit."""
    names: set[str] = set()
    last: _Word | None = None
    for opening in openings.of(reading):
        chunk, number, kinds, seconds = opening
        if last is not None and (chunk, number) <= last[:2]:
            continue
        beside = last is not None and chunk - last.chunk <= _LIST_CHUNKS
        expected = kinds & NAME and (number or _is_where(reading, chunk - 1))
        if kinds & PURE or beside or expected or (seconds and _goes_on(reading, chunk, number, seconds)):
            name = _name(reading, openings.geography, opening, last if beside else None)
            if name:
                last = name[-1]
                names.add(joined([word.folded for word in name]))
    return names


def _is_where(reading: Reading, chunk: int) -> bool:
    """Whether the last word of a chunk leads to where something is: in, near, outside."""
    text = reading.chunks[chunk] if chunk >= 0 else ""
    if text.isalpha():
        return text.lower() in WHERE
    words = reading.words(chunk) if text else ()
    return bool(words) and words[-1][2] in WHERE


def _goes_on(reading: Reading, chunk: int, number: int, seconds: frozenset[str]) -> bool:
    """Whether the word behind one is among those with which longer names go on."""
    behind = reading.words(chunk)[number + 1 :] or (reading.words(chunk + 1) if chunk + 1 < len(reading.chunks) else ())
    return bool(behind) and behind[0][2] in seconds


def _word(reading: Reading, chunk: int, number: int) -> _Word | None:
    """A word of a chunk; nothing where there is none."""
    words = reading.words(chunk) if 0 <= chunk < len(reading.chunks) else ()
    if not -len(words) <= number < len(words):
        return None
    return _Word(chunk, number % len(words), words[number][2], words[number][3] != LOWER)


def _before(reading: Reading, word: _Word) -> _Word | None:
    return _word(reading, word.chunk, word.number - 1) if word.number else _word(reading, word.chunk - 1, -1)


def _behind(reading: Reading, word: _Word) -> _Word | None:
    return _word(reading, word.chunk, word.number + 1) or _word(reading, word.chunk + 1, 0)


def _capitals(reading: Reading, word: _Word | None) -> list[_Word]:
    """The words with capitals from one on, as many as a name may have."""
    words: list[_Word] = []
    while word is not None and word.capital and len(words) < LONGEST_NAME:
        words.append(word)
        word = _behind(reading, word)
    return words


def _token(reading: Reading, word: _Word) -> Token:
    return reading.tokens(word.chunk)[word.number]


def _name(reading: Reading, geography: Geography, opening: Opening, last: _Word | None) -> list[_Word]:
    """The words from one on that name a place; `last` is the end of the place in front of it, if that is near."""
    chunk, number, kinds, seconds = opening
    word = _word(reading, chunk, number)
    assert word is not None
    if last is not None and kinds & REGION and _before(reading, word) == last:
        region = _region(reading, geography, last, word)
        if region:
            return region
    longer = _longer(reading, geography, word) if seconds else []
    if longer:
        return longer
    if kinds & PURE:
        return [word] if not _is_person(reading, geography, word) else []
    return [word] if kinds & NAME and _is_expected(reading, word, last) else []


def _region(reading: Reading, geography: Geography, last: _Word, word: _Word) -> list[_Word]:
    """The region that is named behind a place and a comma: Richmond, Va."""
    if reading.between(_token(reading, last), _token(reading, word)).strip() != ",":
        return []
    words = _capitals(reading, word)
    _, length = geography.region_at(reading, [_token(reading, word) for word in words], 0)
    return words[:length]


def _longer(reading: Reading, geography: Geography, word: _Word) -> list[_Word]:
    """The longest name of a place of more words than one that begins with a word."""
    words, longest = _capitals(reading, word), 0
    for length in range(2, len(words) + 1):
        if geography.is_named(joined([word.folded for word in words[:length]])):
            longest = length
    return words[:longest]


def _is_expected(reading: Reading, word: _Word, last: _Word | None) -> bool:
    """Whether what may be a person's name stands where a place is named, and alone."""
    front = _before(reading, word)
    if front is None or not (front.folded in WHERE or (last is not None and _is_listed(reading, last, word))):
        return False
    behind = _behind(reading, word)
    followed = behind is not None and behind.capital and _is_close(reading, word, behind)
    return not followed and not reading.possessive(_token(reading, word))


def _is_close(reading: Reading, word: _Word, behind: _Word) -> bool:
    return reading.close(_token(reading, word), _token(reading, behind))


def _is_listed(reading: Reading, last: _Word, word: _Word) -> bool:
    """Whether a word goes on with a list of places: in Lodi, Manteca and Stockton."""
    first, second = _token(reading, last), _token(reading, word)
    if second.start - first.end > _LIST_GAP:
        return False
    gap = reading.between(first, second).strip()
    return gap in _JOINED or (gap == "," and _LISTED.match(reading.text, second.end) is not None)


def _is_person(reading: Reading, geography: Geography, word: _Word) -> bool:
    """Whether a first name stands in front of a word, or a surname behind what may be a first name."""
    lexicon, front = geography.lexicon, _before(reading, word)
    named = front is not None and front.folded not in LOCATIVE and lexicon.is_common_first_name(front.folded)
    if front is not None and front.capital and named:
        return _is_close(reading, front, word)
    behind = _behind(reading, word) if lexicon.is_first_name(word.folded) else None
    if behind is None or not behind.capital or lexicon.is_english(behind.folded):
        return False
    return lexicon.is_last_name(behind.folded) and _is_close(reading, word, behind)
