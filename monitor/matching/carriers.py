"""Longer names that carry a place's: of a body of it (Stockton Police), or of what is called after it (Dover sole)."""

from itertools import pairwise

from monitor.matching.lexicon import Lexicon
from monitor.matching.placenames import PlaceName
from monitor.matching.reading import Reading, Token
from monitor.matching.scoring import CARRIED, CIVIC
from monitor.matching.sequences import Found, sentence
from monitor.matching.wordlists import (
    ALWAYS_CAPITAL,
    CALENDAR,
    CAMPUSES,
    CARRIER_AFTER,
    CARRIER_OF,
    CARRYING_THINGS,
    CIVIC_WORDS,
    DIRECTIONS,
    GOVERNING,
    SACRED,
    SHIPS,
    TITLES,
)
from monitor.matching.words import TITLE, UPPER

_ELSE = CARRIER_AFTER - CIVIC_WORDS
_PLAIN = CIVIC_WORDS | TITLES | CALENDAR
_UNNAMED = _PLAIN | DIRECTIONS | ALWAYS_CAPITAL
"""What carries a name and governs nothing, what a name does not go on with, and what is no word of a name."""


def carried(place: PlaceName, reading: Reading, found: Found) -> tuple[float, str]:
    """What it costs that a longer name carries the place's, and the reason in words."""
    before, after = found.before, found.after
    of = _of(reading, found)
    if of is not None:
        written = reading.written(of, found.last)
        return CARRIED, f"{written} merely carries the name"
    if after is not None and reading.close(found.last, after):
        if _governs(reading, found):
            return CIVIC, "a body of the place"
        if _merely_carries(place, reading, found, after):
            return CARRIED, f"{reading.written(found.first, after)} merely carries the name"
        if after.capital and not reading.possessive(found.last) and after.folded in CIVIC_WORDS:
            return CIVIC, "a body of the place"
    if before is not None and before.capital and reading.close(before, found.first):
        if before.folded in CAMPUSES or _is_ship(before) or _is_state_campus(found):
            return CARRIED, f"{reading.written(before, found.last)} merely carries the name"
        if before.folded in DIRECTIONS:
            return CIVIC, "a part of the place"
    return 0, ""


def _governs(reading: Reading, found: Found) -> bool:
    """Whether the capitals behind the name end with what governs the place: Town Council, Board of Health. A court
    right behind it is a street."""
    at = found.places[-1]
    for number, (before, token) in enumerate(pairwise(found.tokens[at : at + 4])):
        if not token.capital or not reading.close(before, token):
            return False
        if token.folded in GOVERNING and (number or token.folded != "court"):
            return True
        if token.folded in _ELSE:
            return False
    return False


def _is_ship(before: Token) -> bool:
    """USS, HMS: in capitals, as Ms. is none."""
    return before.folded in SHIPS and before.shape == UPPER


def _is_state_campus(found: Found) -> bool:
    """Cal State Fullerton, Penn State Altoona: whatever has a capital in front of State is a university's name."""
    words = [token.folded for token in found.tokens[max(0, found.places[0] - 2) : found.places[0]]]
    return words[-1:] == ["state"] and len(words) > 1 and found.tokens[found.places[0] - 2].capital


def _merely_carries(place: PlaceName, reading: Reading, found: Found, after: Token) -> bool:
    """Whether the name goes on with a word that makes it that of something else."""
    word = after.folded
    if "-" in reading.between(found.last, after):
        return False  # Minneapolis-St. Paul
    if reading.possessive(found.last):
        return place.name.startswith("saint ") and after.capital and word in SACRED
    if not after.capital:
        return word in CARRYING_THINGS
    behind = found.tokens[found.places[-1] + 2 : found.places[-1] + 3]
    next_word = behind[0].folded if behind and behind[0].capital else ""
    if word in CARRIER_AFTER:
        return word not in CIVIC_WORDS or next_word not in ("district", "board")
    if next_word in CARRIER_AFTER and word not in _PLAIN and after.shape == found.last.shape:
        return True
    return _is_name(place, reading, found, after)


def _is_name(place: PlaceName, reading: Reading, found: Found, after: Token) -> bool:
    """Whether a capital behind the place, in running text, is one of a name: Houston Astros, Lincoln Memorial."""
    word, known = after.folded, place.lexicon
    if after.shape != TITLE or reading.between(found.last, after).strip() or word in _UNNAMED:
        return False
    if place.geography.codes(word) or (known.is_first_name(word) and not known.is_english(word)):
        return False
    return is_english(known, sentence(reading, found))


def is_english(lexicon: Lexicon, around: list[Token]) -> bool:
    """Whether a sentence is running English, where not every noun has a capital: most words without one are common."""
    lower = [token.folded for token in around if not token.capital and len(token.folded) >= 3]
    english = sum(map(lexicon.is_common, lower))
    return english > len(lower) - english


def _of(reading: Reading, found: Found) -> Token | None:
    """The body in front of `of`: University of Stockton."""
    at = found.places[0]
    if at < 2 or found.tokens[at - 1].folded != "of":
        return None
    body = found.tokens[at - 2]
    if not body.capital or body.folded not in CARRIER_OF or not reading.close(found.tokens[at - 1], found.first):
        return None
    return body
