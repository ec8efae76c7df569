"""Longer names that begin in front of a place's: Fort Stockton, John Stockton, Hurricane Florence."""

from monitor.matching.carriers import is_english
from monitor.matching.geography import joined
from monitor.matching.mentions import Refused, Standing
from monitor.matching.placenames import PlaceName, is_word
from monitor.matching.reading import Reading, Token, is_initial
from monitor.matching.sequences import Found, sentence
from monitor.matching.wordlists import (
    ALWAYS_CAPITAL,
    ASKING,
    CALENDAR,
    COUNTIES,
    COURTESIES,
    DIRECTIONS,
    LOCATIVE,
    NOBLE,
    OTHER_PLACE_BEFORE,
    SETTLEMENTS,
    STORMS,
    TITLES,
)
from monitor.matching.words import TITLE, UPPER

_NO_PARTS = TITLES | SETTLEMENTS | DIRECTIONS | COUNTIES
_CAPITAL = ALWAYS_CAPITAL | DIRECTIONS | TITLES


def in_front(place: PlaceName, reading: Reading, found: Found) -> Refused | None:
    """The longer name that begins in front of a place's, if there is one."""
    before = found.before
    if before is None or not reading.close(before, found.first):
        return None
    return (_with_before if before.capital else _with_small_word)(place, reading, found, before)


def _with_small_word(place: PlaceName, reading: Reading, found: Found, before: Token) -> Refused | None:
    """Smith & Stockton, Kevin de Stockton, the 1st Ward, the District of Columbia, the Chamber of Commerce."""
    written = reading.text[before.start : before.end]
    ordinal = is_word(place) and written[:1].isdigit() and not written.isdigit()
    front = found.tokens[found.places[0] - 2] if found.places[0] > 1 else None
    name = front is not None and front.capital and reading.close(front, before)
    other = front.folded if front is not None else ""
    whole = joined((other, before.folded, place.name)) if name else ""
    if before.folded == "of" and place.geography.codes(whole):
        longer = reading.written(found.tokens[found.places[0] - 2], found.last)
        return Refused(text=longer, reason=f"another place, {longer}", nearness=80)
    body = name and before.folded == "of" and is_word(place) and other not in _NO_PARTS
    firm = written == "&" and name and (place.lexicon.is_common_last_name(other) or not place.lexicon.is_place(other))
    noble = before.folded in NOBLE and name and is_english(place.lexicon, sentence(reading, found))
    if not (ordinal or body or firm or noble):
        return None
    longer = reading.written(before, found.last)
    return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80, standing="surname")


def _with_before(place: PlaceName, reading: Reading, found: Found, before: Token) -> Refused | None:
    known, word = place.lexicon, before.folded
    longer = reading.written(before, found.last)
    if reading.possessive(before):
        return None
    name = joined((word, place.name))
    if word in STORMS:
        return Refused(text=longer, reason=f"a storm, {longer}", nearness=80, standing="surname")
    if word in OTHER_PLACE_BEFORE or known.is_place(name) or place.geography.codes(name):
        return Refused(text=longer, reason=f"another place, {longer}", nearness=80)
    gap = reading.between(before, found.first)
    if "-" in gap and " " not in gap and not known.is_place(word):
        return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80)
    if _is_person(place, reading, found, before, gap):
        return Refused(text=longer, reason=f"a person, {longer}", nearness=80, standing="surname")
    if gap == " " and before.shape == found.first.shape == TITLE and _goes_before(place, reading, found, before):
        person = known.is_first_name(word) or known.is_common_last_name(place.name)
        named: Standing = "surname" if person else "full"
        return Refused(text=longer, reason=f"a part of another name, {longer}", nearness=80, standing=named)
    return None


def _goes_before(place: PlaceName, reading: Reading, found: Found, before: Token) -> bool:
    """Whether a capital in front of the place, in running text, is one of a name that no table need know.

    Words of English, titles among them, and places may stand there (the Bavarian Stockton office, Downtown Stockton),
    unless the place is called as a common word is: the Federal Reserve.
    """
    word, known = before.folded, place.lexicon
    common = is_word(place) and known.is_common(word)
    if not word.isalpha() or place.geography.codes(word) or (known.is_place(word) and not common):
        return False
    if known.is_english(word) and (not is_word(place) or word in _CAPITAL):
        return False
    opens = reading.starts_sentence(found.tokens, found.places[0] - 1)
    return not (opens and known.is_common(word)) and is_english(known, sentence(reading, found))


def _is_person(place: PlaceName, reading: Reading, found: Found, before: Token, gap: str) -> bool:
    known, word = place.lexicon, before.folded
    if word in LOCATIVE:
        return False
    if word in ASKING and _asks(reading, found):
        return False
    if "." in reading.text[before.start : before.end] and len(word) <= 3 and gap in (" ", ". "):
        # A.B. Stockton, but the U.S. Stockton office
        return not any("." not in code or code.startswith("US.") for code in place.geography.codes(word))
    opening = reading.starts_sentence(found.tokens, found.places[0] - 1)
    if word in CALENDAR and opening and gap == " " and before.shape == found.first.shape:
        return known.is_common_first_name(word)  # April Stockton said
    if gap.strip(". ") or word in CALENDAR or before.shape == UPPER != found.first.shape:
        return is_initial(before) and word not in ("a", "i") and before.shape != UPPER
    shouted = before.shape == UPPER and known.is_common(word)
    if is_initial(before) and not shouted:
        return word not in ("a", "i")
    if word in COURTESIES:
        return True
    if word in TITLES:
        return word not in ("mayor", "chief", "coach", "police")
    headline = known.is_common(word) and found.first.shape == UPPER
    rare = known.is_first_name(word) and known.is_last_name(place.name) and not known.is_common(word)
    first = known.is_common_first_name(word) or (rare and not known.is_place(word))
    return first and word not in DIRECTIONS and not headline


def _asks(reading: Reading, found: Found) -> bool:
    """Whether the sentence is a question: Will Stockton pay?"""
    last = sentence(reading, found)[-1]
    return reading.text[last.end : last.end + 1] == "?"
