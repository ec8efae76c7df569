"""Where a place is told to lie, by the words behind its name: Stockton, Calif.; Stockton, Mo."""

from monitor.matching.bearers import FAR_LARGER, inhabitants, is_doubtful, is_rather_a_city, rival
from monitor.matching.folding import fold
from monitor.matching.geography import compatible, within
from monitor.matching.mentions import Standing
from monitor.matching.placemarks import LISTING, is_followed, is_led_anyhow, is_marked
from monitor.matching.placenames import PlaceName
from monitor.matching.reading import END, Reading, Token
from monitor.matching.sequences import Found, sentence
from monitor.matching.wordlists import COUNTIES
from monitor.matching.words import UPPER, words_of

SENTENCE = 24
"""Chunks around a name that others bear in which its sentence, and the one in front, are read."""


def told(place: PlaceName, reading: Reading, found: Found) -> tuple[Standing, str]:
    """Whether the words behind the name tell where it lies: here, elsewhere, or nothing (`full`), but that the sentence
    speaks of a region of the topic (`near`), or that the name may as well be that of another (`bare`)."""
    at = found.places[-1] + 1
    if not place.region:
        return "full", ""
    told, where = _behind(place, reading, found, at) if at < len(found.tokens) else ("full", "")
    return (told, where) if told != "full" else (_around(place, reading, found), "")


def _around(place: PlaceName, reading: Reading, found: Found) -> Standing:
    """What the sentence, and for a name that others bear that in front of it, tell of where a place lies."""
    own = place.own
    other = rival(place.geography, place.name, own)
    if other == "wide":
        doubtful = not is_followed(place, reading, found)
    else:
        doubtful = is_doubtful(place.geography, place.name, own) and not is_marked(place, reading, found)
    sure = not doubtful and not other and not _is_region_a_city(place)
    near = sure or other == "wide"
    beside = _is_around(place, reading, found if near else _wider(reading, found))
    if beside is not None:
        return "near" if beside else "bare"
    if sure:
        return "full"
    if is_led_anyhow(reading, found) and _is_in_front(place, reading, found):
        return "near"
    return "bare" if doubtful else "full"


def _wider(reading: Reading, found: Found) -> Found:
    """The same with more words around."""
    tokens = reading.around(found.first.chunk, SENTENCE, SENTENCE)
    shift = next(at for at, token in enumerate(tokens) if token.start == found.first.start) - found.places[0]
    return Found(tokens, [at + shift for at in found.places], found.hits)


def _is_in_front(place: PlaceName, reading: Reading, found: Found) -> bool:
    """Whether the sentence in front of the place's names a division of the topic's region."""
    ends = 0
    tokens = reading.around(found.first.chunk, SENTENCE, 0)
    for at in range(len(tokens) - 1, 0, -1):
        ends += tokens[at].start <= found.first.start and reading.joint(tokens[at - 1], tokens[at]) == END
        if ends == 2:
            return False
        codes, _ = place.geography.region_at(reading, tokens, at - 1) if ends else (frozenset(), 0)
        if any("." in code and within(code, mine) for code in codes for mine in place.own):
            return True
    return False


def _is_around(place: PlaceName, reading: Reading, found: Found) -> bool | None:
    """Whether the sentence names a division of the topic's region and nothing else in which such a place lies; nothing
    where it names neither."""
    if not place.own:
        return None
    around, here = sentence(reading, found), None
    if rival(place.geography, place.name, place.own) == "wide" and _is_listed(place, reading, found):
        return None
    end = 0
    for at, token in enumerate(around):
        if at < end or not token.capital or found.first.start <= token.start <= found.last.start:
            continue
        codes, length = place.geography.region_at(reading, around, at)
        end = at + length
        if around[at + length : at + length + 1] == [found.first] and reading.close(
            around[at + length - 1], found.first
        ):
            continue  # Southern California Edison
        others = frozenset(code for code in codes if not compatible((code,), place.own))
        if others and _is_rather_there(place, others):
            return False
        if any("." in code and within(code, mine) for code in codes for mine in place.own):
            here = True
    return here


def _is_listed(place: PlaceName, reading: Reading, found: Found) -> bool:
    """Whether a name stands in a list of countries and states: California, Oregon and Illinois."""
    first, last, tokens = found.places[0], found.places[-1], found.tokens
    beside = (
        (tokens[at], reading.text[tokens[at].end : found.first.start])
        if at < first
        else (tokens[at], reading.text[found.last.end : tokens[at].start])
        for at in (first - 2, first - 1, last + 1, last + 2)
        if 0 <= at < len(tokens)
    )
    return any(gap.strip() in LISTING and place.geography.is_wide(token.folded) for token, gap in beside)


def _is_in_list(place: PlaceName, reading: Reading, found: Found, at: int) -> bool:
    """Whether the region behind a name is but the next of several: Iowa, Louisiana, Montana."""
    tokens, first = found.tokens, found.places[0]
    if first and reading.text[tokens[first - 1].end : found.first.start].strip() == ",":
        return place.geography.is_wide(tokens[first - 1].folded)
    at += tokens[at].folded in ("and", "or") if at < len(tokens) else 0
    return at < len(tokens) and tokens[at].capital and place.geography.is_wide(tokens[at].folded)


def _is_region_a_city(place: PlaceName) -> bool:
    """Whether the region's own name is rather read as a city's: Washington."""
    return any(is_rather_a_city(place.geography, fold(region), place.own) for region in place.region)


def _is_rather_there(place: PlaceName, codes: frozenset[str]) -> bool:
    """Whether such a place lies in one of some regions that is not far smaller than that of the topic."""
    theirs = max((inhabitants(place.geography, place.name, frozenset((code,))) for code in codes), default=0)
    there = any(place.geography.holds(place.name, code) for code in codes)
    return there and FAR_LARGER * theirs > inhabitants(place.geography, place.name, place.own)


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
    if not place.own:
        return _untold(place, codes), ""
    wider = _codes_behind(place, reading, found.tokens, at + length - 1)
    codes = frozenset(code for code in codes if compatible((code,), wider)) or codes
    where = reading.written(found.first, found.tokens[at + length - 1])
    if compatible(codes, place.own):
        other = rival(place.geography, place.name, place.own)
        vague = other and all("." not in code for code in codes)  # Washington, U.S.
        listed = other == "wide" and _is_in_list(place, reading, found, at + length)
        return ("full", "") if vague or listed else ("here", where)
    if _is_list(place, reading, found.tokens, at + length, codes):
        return "full", ""
    return "elsewhere", where


def _untold(place: PlaceName, codes: frozenset[str]) -> Standing:
    """What a country or a state tells where no table knows the topic's region, Alpes-Maritimes: Nice, France, is the
    largest place of the name; of Nice, California, nobody can say."""
    largest = place.lexicon.places(place.name)[:1]
    return "here" if any(within(one.region, code) for one in largest for code in codes) else "full"


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
