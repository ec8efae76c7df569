"""The places that a text names, whatever is sought in it."""

import re
from collections.abc import Iterator

from monitor.matching.geography import LONGEST_NAME, Geography, joined
from monitor.matching.reading import Reading, Token
from monitor.matching.wordlists import LOCATIVE, WHERE

_JOINED = frozenset(("and", "or", "&", ", and", ", or"))
_LISTED = re.compile(r",|\s+(?:and|or|&)\s")


def named_places(reading: Reading, geography: Geography) -> set[str]:
    """Folded names of places in a text that are no words of another kind, the longest that fit."""
    names: set[str] = set()
    last: Token | None = None
    for before, run in _capital_runs(reading):
        at = 0
        while at < len(run):
            length = _length(reading, geography, before, run, at, last)
            if length:
                last = run[at + length - 1]
                names.add(joined(token.folded for token in run[at : at + length]))
            at += max(1, length)
    return names


def _length(
    reading: Reading, geography: Geography, before: Token | None, run: list[Token], at: int, last: Token | None
) -> int:
    """How many words from one on name a place."""
    if at and last is run[at - 1] and reading.between(last, run[at]).strip() == ",":
        codes, length = geography.region_at(reading, run, at)  # Richmond, Va.
        if codes:
            return length
    for length in range(min(LONGEST_NAME, len(run) - at), 1, -1):
        name = joined(token.folded for token in run[at : at + length])
        if geography.lexicon.is_place(name) or geography.codes(name):
            return length
    return int(_is_single(reading, geography, before, run, at, last))


def _is_single(
    reading: Reading, geography: Geography, before: Token | None, run: list[Token], at: int, last: Token | None
) -> bool:
    """Whether one word names a place: as nothing else, as a state, or alone where one is expected."""
    token, lexicon = run[at], geography.lexicon
    word = token.folded
    if lexicon.is_common(word) or not (lexicon.is_place(word) or (len(word) > 3 and geography.codes(word))):
        return False
    front = run[at - 1] if at else before
    behind = run[at + 1] if at + 1 < len(run) and reading.close(token, run[at + 1]) else None
    state = geography.is_wide(word) and (lexicon.is_english(word) or not lexicon.is_first_name(word))
    if state or not (lexicon.is_first_name(word) or lexicon.is_last_name(word)):
        return not _is_person(reading, geography, front, token, behind)
    if behind is not None or front is None or reading.possessive(token):
        return False
    return front.folded in WHERE or (last is not None and _is_listed(reading, last, token))


def _is_listed(reading: Reading, last: Token, token: Token) -> bool:
    """Whether a word goes on with a list of places: in Lodi, Manteca and Stockton."""
    if token.start - last.end > 7:
        return False
    gap = reading.between(last, token).strip()
    return gap in _JOINED or (gap == "," and _LISTED.match(reading.text, token.end) is not None)


def _is_person(reading: Reading, geography: Geography, front: Token | None, token: Token, behind: Token | None) -> bool:
    """Whether a first name stands in front of a word, or a surname behind what may be a first name."""
    lexicon = geography.lexicon
    named = front is not None and front.folded not in LOCATIVE and lexicon.is_common_first_name(front.folded)
    if front is not None and front.capital and named:
        return reading.close(front, token)
    if behind is None or not lexicon.is_first_name(token.folded):
        return False
    return lexicon.is_last_name(behind.folded) and not lexicon.is_english(behind.folded)


def _capital_runs(reading: Reading) -> Iterator[tuple[Token | None, list[Token]]]:
    """The words with capitals that stand together, and the word in front of them.

    Of the chunks in lower case, which most are, only those in front of a capital are cut into words.
    """
    run: list[Token] = []
    before: Token | None = None
    low = -1
    for at, chunk in enumerate(reading.chunks):
        if chunk.islower() and chunk.isascii():
            if run:
                yield before, run
                run = []
            low = at
            continue
        tokens = reading.tokens(at)
        if low == at - 1 and low >= 0:
            before = reading.tokens(low)[-1]
        for token in tokens:
            if token.capital:
                run.append(token)
                continue
            if run:
                yield before, run
                run = []
            before = token
        if not tokens and run:
            yield before, run
            run, before = [], None
    if run:
        yield before, run
