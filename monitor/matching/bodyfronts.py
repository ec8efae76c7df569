"""What stands in front of an organization's name: the beginning of a longer name, or whose body it is."""

from monitor.matching.bodynames import BodyName, is_notable, place_length
from monitor.matching.bodywords import (
    ARTICLES,
    CONFESSIONS,
    DEPUTIES,
    LEVELS,
    MATTERS,
    NAMED_AFTER_PEOPLE,
    NAMING,
    PARTISAN,
    PARTISAN_BODIES,
    PLACED_KINDS,
    QUALIFYING,
)
from monitor.matching.geography import joined
from monitor.matching.headlines import is_low, is_running
from monitor.matching.reading import Reading, Token, is_initial
from monitor.matching.sequences import Found
from monitor.matching.wordlists import BODIES, CALENDAR, CLAUSE_WORDS, DIRECTIONS, NATIONS, SMALL_WORDS, TITLES
from monitor.matching.words import UPPER

_SMALL = SMALL_WORDS | CLAUSE_WORDS | ARTICLES
_QUALIFYING = CALENDAR | QUALIFYING
_NAMING = NAMING | DIRECTIONS
_BODIES = BODIES | MATTERS | NAMING


def is_begun_before(body: BodyName, reading: Reading, found: Found) -> bool:
    """Whether the word in front makes it the name of another body: Royal Bank of Scotland."""
    front = _front(reading, found)
    if front is None or (front.shape == UPPER != found.first.shape):
        return False
    word, known, first = front.folded, body.lexicon, body.folded[0]
    surname = known.is_common_last_name(first) or not known.is_english(first)
    if len(body.folded) == 1 and not known.is_common(first):
        return surname and known.is_last_name(first) and _is_person(body, front)
    if first not in LEVELS and any(known.is_place(joined((word, *body.folded[:length]))) for length in (1, 2)):
        return True
    if word in _QUALIFYING or (word in CONFESSIONS and "diocese" in first):
        return False
    if word in PARTISAN:
        return not PARTISAN_BODIES.isdisjoint(body.folded)
    if word in DEPUTIES:
        return not _is_office(reading, found)
    if word in _NAMING and not (word in LEVELS and body.generic):
        return True
    if surname and _is_person(body, front):
        return True
    placed = first in PLACED_KINDS and not body.generic
    length = _owner_length(body, found.tokens, found.places[0] - 1)
    if length:
        named = placed and first != "church" and front.shape != UPPER
        return named and not _is_known_for_itself(body, found, length)
    if known.is_common(word):
        return front.shape != UPPER and _tells(reading, found)
    return placed


def owner_before(body: BodyName, reading: Reading, found: Found) -> str:
    """Whose body it is by the words in front, as written, or nothing: Los Angeles."""
    front, tokens, at = _front(reading, found), found.tokens, found.places[0] - 1
    if front is None or front.folded in _QUALIFYING:
        return ""
    length = _owner_length(body, tokens, at)
    return reading.written(tokens[at + 1 - length], front) if length else ""


def _front(reading: Reading, found: Found) -> Token | None:
    """The word with a capital in front, if a name may begin with it."""
    front = found.before
    if front is None or not front.capital or reading.possessive(front) or front.folded in _SMALL:
        return None
    hyphen = "-" in reading.between(front, found.first)
    return front if not hyphen and reading.of_one_name(front, found.first) else None


def _tells(reading: Reading, found: Found) -> bool:
    """Whether the capital in front tells something: words around would have one too, and it opens no sentence."""
    at, after = found.places[0] - 1, found.after
    if reading.starts_sentence(found.tokens, at):
        return False
    low = after is not None and is_low(after) and reading.close(found.last, after)
    return low or is_running(reading, found.tokens, at)


def _is_office(reading: Reading, found: Found) -> bool:
    """Whether somebody's office goes on behind the name: Deputy State Department spokesman."""
    after = found.after
    office = after is not None and (after.capital or after.folded in TITLES)
    return office and after is not None and reading.close(found.last, after)


def _is_person(body: BodyName, front: Token) -> bool:
    """Whether what stands in front of a name that is a surname makes it a person's: Gerald Ford, President Ford."""
    word, known = front.folded, body.lexicon
    if body.geography.codes(word):
        return False
    if len(body.folded) > 1:
        named = not body.generic or body.folded[-1] in NAMED_AFTER_PEOPLE
        return named and known.is_common_first_name(word) and not known.is_common(word)
    unknown = not known.is_english(word) and not known.is_place(word)
    first = known.is_common_first_name(word) and word not in CALENDAR
    return first or unknown or is_initial(front) or word in TITLES


def _owner_length(body: BodyName, tokens: list[Token], at: int) -> int:
    """How many words up to one name a place, a people or somebody whose body it may be."""
    word, known = tokens[at].folded, body.lexicon
    length = place_length(body, tokens, at)
    if length or not body.generic:
        return length
    if known.is_common(word):
        return int(word in LEVELS or _is_mere_surname(body, word))
    return int(word not in NAMING)


def _is_known_for_itself(body: BodyName, found: Found, length: int) -> bool:
    """Whether the words in front are a people, a region or a city of note, where a body of some other place may be too.

    A small place in front is part of the name, and so is a people behind `the`: a Chinese University of Leeds student,
    but the Chinese University of Hong Kong.
    """
    tokens, start = found.tokens, found.places[0] - length
    name = joined(token.folded for token in tokens[start : found.places[0]])
    if name in NATIONS:
        return start == 0 or tokens[start - 1].folded != "the"
    return bool(body.geography.codes(name)) or is_notable(body.lexicon, name)


def _is_mere_surname(body: BodyName, word: str) -> bool:
    """Whether a common word is borne by many as a surname and is no adjective: the Trump Justice Department."""
    known = body.lexicon
    adjective = any(known.is_common(word + ending) for ending in ("er", "ly", "ity"))
    return known.is_common_last_name(word) and not adjective and word not in _BODIES
