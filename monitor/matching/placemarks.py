"""Whether the words around a name tell that it is a place, where people and things are called so as well.

"In Warren", "Warren police", "a Warren man", "north of Warren" and "WARREN (AP)" do; "Warren said" and "to Warren" do
not.
"""

from monitor.matching.placenames import PlaceName, is_word
from monitor.matching.reading import Reading, Token
from monitor.matching.sequences import Found
from monitor.matching.wordlists import (
    BODIES,
    CIVIC_WORDS,
    DIRECTIONS,
    GOVERNING,
    LOCATIVE,
    SETTLEMENTS,
    TOWNSPEOPLE,
    WHERE,
)
from monitor.matching.words import UPPER

LISTING = (",", ", and", ", or", "and", "or")
"""What stands between two names of a list."""
_LEADING = SETTLEMENTS | TOWNSPEOPLE | CIVIC_WORDS | DIRECTIONS
_FOLLOWING = CIVIC_WORDS | GOVERNING | TOWNSPEOPLE
"""What stands in front of `of` and a place, and what right behind a place."""


def is_marked(place: PlaceName, reading: Reading, found: Found) -> bool:
    """Whether a name is one of a place by what stands in front of it or behind it."""
    return _is_led(reading, found) or is_followed(place, reading, found) or _is_listed(place, reading, found)


def is_led_anyhow(reading: Reading, found: Found) -> bool:
    """Whether any preposition that may lead to a place stands in front: to Warren, from Warren."""
    before = found.before
    return before is not None and before.folded in LOCATIVE and reading.close(before, found.first)


def _is_led(reading: Reading, found: Found) -> bool:
    """In Warren, the town of Warren, north of Warren; but not in Warren's view."""
    before, at = found.before, found.places[0]
    if before is None or not reading.close(before, found.first) or reading.possessive(found.last):
        return False
    if before.folded in WHERE:
        return True
    front = found.tokens[at - 2].folded if at > 1 else ""
    return before.folded == "of" and front in _LEADING


def is_followed(place: PlaceName, reading: Reading, found: Found) -> bool:
    """Warren police, Warren's mayor, a Warren man, Warren-based; WARREN (AP), WARREN — in front of a story."""
    after = found.after
    if after is None:
        return False
    gap = reading.between(found.last, after)
    if found.last.shape == UPPER and gap.strip()[:1] in tuple("-–—("):
        return " " in gap
    body = after.capital and after.folded in BODIES and is_word(place)  # the Justice Department
    return reading.close(found.last, after) and after.folded in _FOLLOWING and not body


def _is_listed(place: PlaceName, reading: Reading, found: Found) -> bool:
    """Lodi, Warren and Manteca."""
    first, last = found.places[0], found.places[-1]
    tokens = found.tokens
    return any(
        _is_place(place, tokens[at]) and reading.text[near.end : far.start].strip() in LISTING
        for at in (first - 2, first - 1, last + 1, last + 2)
        if 0 <= at < len(tokens)
        for near, far in [(tokens[at], found.first) if at < first else (found.last, tokens[at])]
    )


def _is_place(place: PlaceName, token: Token) -> bool:
    """Whether a word is the name of a place, and nobody's."""
    known = place.lexicon
    return token.capital and known.is_place(token.folded) and not known.is_last_name(token.folded)
