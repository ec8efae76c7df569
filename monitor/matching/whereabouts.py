"""Where a place is told to lie, by the words behind its name: Stockton, Calif.; Stockton, Mo."""

from monitor.matching.geography import compatible, within
from monitor.matching.mentions import Standing
from monitor.matching.placenames import PlaceName
from monitor.matching.reading import Reading, Token
from monitor.matching.sequences import Found, sentence
from monitor.matching.wordlists import COUNTIES
from monitor.matching.words import UPPER, words_of


def told(place: PlaceName, reading: Reading, found: Found) -> tuple[Standing, str]:
    """Whether the words behind the name tell where it lies: here, elsewhere, or nothing (`full`), but that the sentence
    speaks of a region of the topic (`near`)."""
    at = found.places[-1] + 1
    if not place.region:
        return "full", ""
    told, where = _behind(place, reading, found, at) if at < len(found.tokens) else ("full", "")
    return ("near", "") if told == "full" and _is_around(place, reading, found) else (told, where)


def _is_around(place: PlaceName, reading: Reading, found: Found) -> bool:
    """Whether the sentence names a division of the topic's region, and nothing else in which such a place lies."""
    around, here = sentence(reading, found), False
    for at, token in enumerate(around):
        if not token.capital or found.first.start <= token.start <= found.last.start:
            continue
        codes, _ = place.geography.region_at(reading, around, at)
        if any("." in code and within(code, mine) for code in codes for mine in place.own):
            here = True
        elif any(place.geography.holds(place.name, code) for code in codes):
            return False
    return here


def _behind(place: PlaceName, reading: Reading, found: Found, at: int) -> tuple[Standing, str]:
    """What the words from a place on, right behind the name, tell of where it lies."""
    gap = reading.between(found.last, found.tokens[at]).strip()
    if not gap:
        return _by_post(place, reading, found, found.tokens[at])
    if gap not in (",", "(", ", ("):
        return "full", ""
    named = _names_own(place, found.tokens, at)
    if named:
        return "here", reading.written(found.first, found.tokens[at + named - 1])
    codes, length = place.geography.region_at(reading, found.tokens, at)
    if not codes:
        return _beyond(place, reading, found, at)
    wider = _codes_behind(place, reading, found.tokens, at + length - 1)
    codes = frozenset(code for code in codes if compatible((code,), wider)) or codes
    where = reading.written(found.first, found.tokens[at + length - 1])
    if compatible(codes, place.own):
        return "here", where
    if _is_list(place, reading, found.tokens, at + length, codes):
        return "full", ""
    return "elsewhere", where


def _by_post(place: PlaceName, reading: Reading, found: Found, behind: Token) -> tuple[Standing, str]:
    """The state as post has it, without a comma: Stockton CA. In a headline in capitals, IN and OR are words."""
    if len(behind.folded) != 2 or behind.shape != UPPER or found.last.shape == UPPER:
        return "full", ""
    codes, where = place.geography.codes(behind.folded), reading.written(found.first, behind)
    if codes and compatible(codes, place.own):
        return "here", where
    return ("elsewhere", where) if codes and not place.lexicon.is_common(behind.folded) else ("full", "")


def _codes_behind(place: PlaceName, reading: Reading, tokens: list[Token], at: int) -> frozenset[str]:
    """The regions that are named behind a word and a comma."""
    if at + 1 >= len(tokens) or reading.between(tokens[at], tokens[at + 1]).strip() != ",":
        return frozenset()
    return place.geography.region_at(reading, tokens, at + 1)[0]


def _beyond(place: PlaceName, reading: Reading, found: Found, at: int) -> tuple[Standing, str]:
    """The region behind one that no table knows: York, North Yorkshire, England."""
    tokens, last = found.tokens, min(len(found.tokens) - 1, at + 3)
    while at < last and tokens[at].capital and reading.close(tokens[at], tokens[at + 1]):
        at += 1
    codes = _codes_behind(place, reading, tokens, at) if tokens[at].capital else frozenset()
    if not codes:
        return "full", ""
    where = reading.written(found.first, tokens[at + 1])
    if compatible(codes, place.own):
        return "here", where
    county = tokens[at].folded in COUNTIES or tokens[at].folded.endswith("shire")
    return ("elsewhere", where) if county else ("full", "")


def _names_own(place: PlaceName, tokens: list[Token], at: int) -> int:
    """How many words from a place on spell a region of the topic: West Midlands, which no table need know."""
    for region in place.region:
        words = [word.folded for word in words_of(region)]
        behind = tokens[at : at + len(words)]
        if len(words) > 1 and behind[0].capital and [token.folded for token in behind] == words:
            return len(words)
    return 0


def _is_list(place: PlaceName, reading: Reading, tokens: list[Token], at: int, codes: frozenset[str]) -> bool:
    """Whether the region is but the next of several places (in Stockton, Nevada and Oregon)."""
    if any(place.geography.holds(place.name, code) for code in codes) or at >= len(tokens):
        return False
    return tokens[at].folded in ("and", "or") and reading.close(tokens[at - 1], tokens[at])
