"""Who else is called as a place is: a far larger place elsewhere, a country or a state, people, common words."""

from functools import lru_cache
from typing import Literal

from monitor.matching.geography import METROPOLIS, Geography, compatible, country, joined, within
from monitor.matching.regionnames import BRITISH_COUNTIES, COUNTRIES
from monitor.matching.words import words_of

FAR_LARGER = 5
"""So many times as populous as ours, another place of the name is meant where nothing else is told …"""
LARGE = 50_000
"""… if so many live there; fewer are not known outside of their own region."""
CITY = 250_000
"""Inhabitants of one that all of the country knows: Cleveland."""
VILLAGE = 500
"""Inhabitants of a place that no table knows, where its country's language is English."""
WELL_KNOWN = 50_000
"""Inhabitants of a place that is read from its name, though people are called so (Stockton, Lincoln); and of one that
no table knows where another language is spoken, for it has an English name: Odessa."""
TOWN = 10_000
"""Inhabitants of a place that is read from its name in an article that happens in its region."""
_ENGLISH = ("US", "CA", "GB", "IE", "AU", "NZ")
_DIVIDED = ("US", "CA", "GB")
"""Countries whose first divisions all readers of English know by name."""

Rival = Literal["", "larger", "city", "wide"]
"""None; a far larger place elsewhere; one that is a city; or a country or a state that all readers know by the name."""


@lru_cache(maxsize=20_000)
def rival(geography: Geography, name: str, own: frozenset[str]) -> Rival:
    """What else a folded name means that is far better known than the place of that name in some regions."""
    codes = geography.codes(name)
    if not own or compatible(codes, own):
        return ""
    if any(_is_read_as(geography, name, code) for code in codes):
        return "wide"
    others = (there for there in geography.lexicon.places(name) if not _lies(there.region, own))
    theirs = max((there.population for there in others), default=0)
    british = name in BRITISH_COUNTIES
    if theirs < max(LARGE, FAR_LARGER * inhabitants(geography, name, own)):
        return "larger" if british else ""
    return "city" if theirs >= CITY else "larger"


def _is_read_as(geography: Geography, name: str, code: str) -> bool:
    """Whether a name is that of a country or a well-known first division in full, and no abbreviation."""
    if "." in code and (country(code) not in _DIVIDED or code.count(".") > 1 or name in BRITISH_COUNTIES):
        return False
    region = geography.lexicon.regions.get(code)
    names = {joined([word.folded for word in words_of(region.name)])} if region else set()
    return name in names.union(COUNTRIES.get(code, ()))


@lru_cache(maxsize=20_000)
def inhabitants(geography: Geography, name: str, own: frozenset[str]) -> int:
    """How many live in the largest place of a folded name in some regions, as far as the tables know."""
    here = [there.population for there in geography.lexicon.places(name) if _lies(there.region, own)]
    unknown = VILLAGE if here or any(country(code) in _ENGLISH for code in own) else WELL_KNOWN
    return max([unknown, *here])


def _lies(region: str, own: frozenset[str]) -> bool:
    return any(within(region, mine) for mine in own)


@lru_cache(maxsize=20_000)
def is_doubtful(geography: Geography, name: str, own: frozenset[str]) -> bool:
    """Whether a folded name is rather one of people, or a common word, than that of a place in some regions."""
    lexicon = geography.lexicon
    person = lexicon.is_common_last_name(name) or lexicon.is_common_first_name(name)
    most = WELL_KNOWN if person or lexicon.is_common(name) else TOWN if lexicon.is_last_name(name) else 0
    return inhabitants(geography, name, own) < most


@lru_cache(maxsize=1_000)
def is_rather_a_city(geography: Geography, name: str, own: frozenset[str]) -> bool:
    """Whether the folded name of a region is rather read as a city elsewhere: Washington."""
    return any(
        there.population >= METROPOLIS and not _lies(there.region, own) for there in geography.lexicon.places(name)
    )
