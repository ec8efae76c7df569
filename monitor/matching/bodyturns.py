"""Other ways to write an organization's name: turned, and with a country in full or in letters."""

from collections.abc import Iterator, Sequence
from itertools import chain

from monitor.matching.bodywords import LEVELS
from monitor.matching.geography import LONGEST_NAME, Geography, country, joined, within
from monitor.matching.kinds import JOINTS
from monitor.matching.lexicon import Lexicon
from monitor.matching.regionnames import COUNTRIES, DIVISIONS
from monitor.matching.wordlists import NATIONS, SMALL_WORDS

ONE_OF_A_NAME = 5
"""So many times as populous as any of its name abroad, a place is the one that a university is called after."""
_TURNED = frozenset({"department", "ministry", "bureau", "committee", "commission", "diocese", "archdiocese"})
"""Kinds of bodies of which the name is turned as the writer likes."""
_LETTERS = {
    "us": ("united", "states"),
    "uk": ("united", "kingdom"),
    "un": ("united", "nations"),
    "eu": ("european", "union"),
}
_REGIONS = frozenset(chain(*COUNTRIES.values(), *DIVISIONS.values()))
"""Names of regions that the tables of places have in another form."""
_OWNERS = LEVELS | NATIONS | _REGIONS | _LETTERS.keys()


def other_ways(words: list[str], lexicon: Lexicon, geography: Geography) -> list[tuple[str, ...]]:
    """Other ways to write a body's name, each once: justice department for department of justice.

    A university is turned where one place alone may have given it the name: Miami University is not that of Miami.
    """
    own = tuple(words)
    ways = [own, *_turned(own, lexicon, geography)]
    ways += [other for way in ways if (other := _relettered(way))]
    return list(dict.fromkeys(way for way in ways if way != own))


def _turned(words: tuple[str, ...], lexicon: Lexicon, geography: Geography) -> Iterator[tuple[str, ...]]:
    """The name turned behind what tells whose body it is: texas | public safety department."""
    if _TURNED.isdisjoint(words) and "university" not in words:
        return
    for length in range(min(LONGEST_NAME, len(words) - 2), -1, -1):
        owner, name = words[:length], words[length:]
        if length and not (_is_owner(owner, lexicon) and name[0] not in SMALL_WORDS):
            continue
        turned = list(_turned_name(name, lexicon, geography))
        yield from ((*owner, *way) for way in turned)
        if turned:
            return


def _turned_name(words: tuple[str, ...], lexicon: Lexicon, geography: Geography) -> Iterator[tuple[str, ...]]:
    if len(words) > 2 and words[1] in JOINTS:
        rest = words[3:] if words[2] == "the" else words[2:]
        if rest and _turns(words[0], rest, lexicon, geography):
            yield (*rest, words[0])
            if len(rest) > 1 and rest[-1] == "affairs":
                yield (*rest[:-1], words[0])
    elif len(words) > 1 and words[-2] not in SMALL_WORDS and _turns(words[-1], words[:-1], lexicon, geography):
        yield (words[-1], "of", *words[:-1])


def _is_owner(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether words are the name of a place, a people, or a level: new york, senate."""
    name = joined(words)
    return name in _OWNERS or lexicon.is_place(name)


def _turns(kind: str, rest: Sequence[str], lexicon: Lexicon, geography: Geography) -> bool:
    return kind in _TURNED or (kind == "university" and _is_one_place(joined(rest), lexicon, geography))


def _is_one_place(name: str, lexicon: Lexicon, geography: Geography) -> bool:
    """Whether a name is that of one city: not of a state, nor of a county elsewhere, nor of a city abroad."""
    places = lexicon.places(name)
    if not places:
        return False
    first, own = places[0], country(places[0].region)
    counties = {code for code in geography.codes(f"{name} county") if country(code) == own}
    abroad = max((place.population for place in places if country(place.region) != own), default=0)
    alone = all(within(first.region, code) for code in geography.codes(name) | counties)
    return alone and first.population >= ONE_OF_A_NAME * abroad


def _relettered(words: tuple[str, ...]) -> tuple[str, ...]:
    """The name with a country or union in full for its letters, or the other way, or nothing."""
    for letters, full in _LETTERS.items():
        for here, there in (((letters,), full), (full, (letters,))):
            for at in range(len(words) - len(here)):
                if words[at : at + len(here)] == here:
                    return (*words[:at], *there, *words[at + len(here) :])
    return ()
