"""Where a capital tells nothing: a place that is called as a common word is, opening a sentence or in a headline.

"Reading is fun" and "Mobile phones ring" speak of no place; "Reading police", "Mobile, Ala." and "in Reading" do.
"""

from monitor.matching.placenames import PlaceName
from monitor.matching.reading import BREAK, Reading, Token
from monitor.matching.sequences import Found, sentence
from monitor.matching.wordlists import (
    CALENDAR,
    CARRIER_AFTER,
    CIVIC_WORDS,
    DEEDS,
    LOCATIVE,
    TITLES,
    TOWNSPEOPLE,
)
from monitor.matching.words import TITLE, UPPER

LONG = 4
"""Letters of a word that would have no capital in running text."""
_TELLING = CIVIC_WORDS | TITLES | CALENDAR | CARRIER_AFTER | TOWNSPEOPLE
"""What tells, behind a name, that it is one."""


def may_be_common(place: PlaceName, reading: Reading, found: Found) -> bool:
    """Whether a name may as well be the common word that is written so."""
    if len(found.places) > 1 or found.edits or not place.lexicon.is_common(place.name):
        return False
    opens = reading.starts_sentence(found.tokens, found.places[0])
    if not opens and (_is_running(reading, found) or _behind_preposition(reading, found)):
        return False
    return not _is_told(place, reading, found, opens)


def _is_running(reading: Reading, found: Found) -> bool:
    """Whether words without a capital stand around, in the same sentence."""
    return any(not token.capital and len(token.folded) >= LONG for token in sentence(reading, found))


def _behind_preposition(reading: Reading, found: Found) -> bool:
    before = found.before
    return before is not None and before.folded in LOCATIVE and reading.close(before, found.first)


def _is_told(place: PlaceName, reading: Reading, found: Found, opens: bool) -> bool:
    """Whether what stands behind the name tells that it is one."""
    after = found.after
    if reading.possessive(found.last):
        return True
    if after is None:
        return False
    gap = reading.between(found.last, after)
    if found.last.shape == UPPER and gap.strip()[:1] in tuple("-–—("):
        return True
    if reading.joint(found.last, after) >= BREAK:
        return gap.strip()[:1] in (",", "(") and _is_place(place, reading, found, after)
    word = after.folded
    if word in _TELLING or "-" in gap:
        return True
    if word in ("and", "or"):
        behind = found.tokens[found.places[-1] + 2 : found.places[-1] + 3]
        return bool(behind) and behind[0].shape == TITLE and _is_running(reading, found)
    return opens and word in DEEDS


def _is_place(place: PlaceName, reading: Reading, found: Found, after: Token) -> bool:
    """Whether another place, or a region, stands behind the comma."""
    at = found.places[-1] + 1
    codes, _ = place.geography.region_at(reading, found.tokens, at + (after.folded == "in"))
    return bool(codes) or (after.capital and place.lexicon.is_place(after.folded))
