"""Longer names that go on behind a place's: Stockton Heights, Austin Smith, Santiago de Cuba."""

from itertools import pairwise

from monitor.matching.carriers import is_english
from monitor.matching.geography import joined
from monitor.matching.mentions import Refused
from monitor.matching.placenames import PlaceName
from monitor.matching.reading import Reading, Token
from monitor.matching.sequences import Found, sentence
from monitor.matching.wordlists import (
    ALWAYS_CAPITAL,
    CALENDAR,
    CARRIER_AFTER,
    CIVIC_WORDS,
    DIRECTIONS,
    GOVERNING,
    LOCATIVE,
    NATIONS,
    OTHER_PLACE_AFTER,
    OTHER_PLACE_JOINTS,
    PLACES_NAMED_AFTER,
    SPACED_JOINTS,
    TITLES,
)
from monitor.matching.words import INITIAL, TITLE, UPPER

FULL_NAME = 10
"""So many times as populous as all places of a shorter name, one is what the shorter stands for: Frankfurt am Main."""
_OF_A_BODY = CIVIC_WORDS | GOVERNING | TITLES
_NO_SURNAMES = TITLES | CIVIC_WORDS | CARRIER_AFTER | CALENDAR | PLACES_NAMED_AFTER | ALWAYS_CAPITAL | GOVERNING


def behind(place: PlaceName, reading: Reading, found: Found) -> Refused | None:
    """The longer name that goes on behind a place's, if there is one."""
    after = found.after
    if after is None or reading.possessive(found.last) or not reading.close(found.last, after):
        return None
    return _with_after(place, reading, found, after)


def _with_after(place: PlaceName, reading: Reading, found: Found, after: Token) -> Refused | None:
    known, word = place.lexicon, after.folded
    gap = reading.between(found.last, after)
    longer = reading.written(found.first, after)
    if "-" in gap and " " not in gap:
        one = place.geography.is_wide(f"{place.name} {word}")  # Guinea-Bissau
        if one or word in OTHER_PLACE_JOINTS or (after.capital and not _begins_place(place, reading, found)):
            return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80)
        return None
    if reading.text[after.start : after.end] == "&":
        partner = found.tokens[found.places[-1] + 2 : found.places[-1] + 3]
        firm = bool(partner) and partner[0].capital
        return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80) if firm else None
    if _is_half(place, found, after):
        return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80)
    if not after.capital:
        return _goes_on(place, reading, found) if word in SPACED_JOINTS else None
    if place.name in DIRECTIONS and (word in NATIONS or place.geography.codes(word)):
        return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80)
    if _is_longer(place, found, word):
        return Refused(text=longer, reason=f"another place, {longer}", nearness=80)
    first_name = known.is_first_name(place.name)
    if first_name and after.shape == INITIAL and reading.text[after.end : after.end + 1] == ".":
        return Refused(text=longer, reason=f"a person, {longer}", nearness=80, standing="surname")
    led = found.before is not None and found.before.folded == "the"
    surname = not led and _is_surname(place, word) and not _goes_on_speaking(place, reading, found, after)
    shape = found.first.shape
    cased = shape == TITLE or (shape == UPPER and is_english(known, sentence(reading, found)))
    if first_name and surname and after.shape == shape and cased:
        return Refused(text=longer, reason=f"a person, {longer}", nearness=80, standing="surname")
    return None


def _is_longer(place: PlaceName, found: Found, word: str) -> bool:
    """Whether a place and the word behind it are called another place together. Rome City Hall is the hall of Rome
    where the topic's region has no Rome City, and Kettering Parish Council the council of Kettering."""
    behind = found.tokens[found.places[-1] + 2 : found.places[-1] + 3]
    body = bool(behind) and behind[0].folded in _OF_A_BODY
    if word == "parish" and body and behind[0].folded == "council":
        return False
    name = joined((place.name, word))
    if word == "city" and body and place.own:
        return any(place.geography.holds(name, code) for code in place.own)
    return word in OTHER_PLACE_AFTER or place.lexicon.is_place(name)


def _is_half(place: PlaceName, found: Found, after: Token) -> bool:
    """Whether a direction is but the first of two: North and South Carolina."""
    second = found.tokens[found.places[-1] + 2 : found.places[-1] + 3]
    joint = place.name in DIRECTIONS and after.folded in ("and", "or", "&")
    return joint and bool(second) and second[0].folded in DIRECTIONS


def _is_surname(place: PlaceName, word: str) -> bool:
    """Whether a word behind a first name is one's last: known for one, or behind a common first name, unknown."""
    known = place.lexicon
    if word in _NO_SURNAMES:
        return False
    if known.is_last_name(word):
        return not known.is_common(word) or known.is_common_last_name(word)
    unknown = not known.is_english(word) and not known.is_place(word)
    return unknown and word.isalpha() and known.is_common_first_name(place.name)


def _goes_on_speaking(place: PlaceName, reading: Reading, found: Found, after: Token) -> bool:
    """Whether a headline's verb stands behind a place to which a preposition leads: Mayor Of Stockton Speaks."""
    before, word = found.before, after.folded
    led = before is not None and before.folded in LOCATIVE and reading.close(before, found.first)
    return led and word.endswith("s") and place.lexicon.is_common(word) and place.lexicon.is_common(word[:-1])


def _begins_place(place: PlaceName, reading: Reading, found: Found) -> bool:
    """Whether another place, or the first word of a county's name, stands behind a hyphen: Dallas-Fort Worth."""
    at = found.places[-1] + 1
    for end in (at + 1, at + 2, at + 3):
        words = found.tokens[at:end]
        if all(reading.close(one, other) for one, other in pairwise(words)):
            name = joined(token.folded for token in words)
            if place.lexicon.is_place(name) or place.lexicon.is_place(f"{name} county"):
                return True
    return False


def _goes_on(place: PlaceName, reading: Reading, found: Found) -> Refused | None:
    """Another place of which the name begins so (Santiago de Cuba), if it is not this one's in full."""
    at = found.places[-1] + 1
    for end in (at + 3, at + 2):
        words = found.tokens[at:end]
        name = joined((place.name, *(token.folded for token in words)))
        known = words[-1].capital and place.lexicon.is_place(name)
        if not known and not (words[0].folded == "upon" and words[-1].capital):
            continue
        here, there = (sum(p.population for p in place.lexicon.places(one)) for one in (place.name, name))
        if there >= FULL_NAME * max(1, here):
            return None
        longer = reading.written(found.first, words[-1])
        return Refused(text=longer, reason=f"another place, {longer}", nearness=80)
    return None
