"""Where places lie: which regions a name may mean, and which regions an article speaks of without naming them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache

from monitor.matching.lexicon import Lexicon, Place
from monitor.matching.reading import Reading, Token
from monitor.matching.regionnames import BRITISH_COUNTIES, COUNTRIES, DIVISIONS
from monitor.matching.words import UPPER, words_of

FAMOUS = 1_000_000
"""Inhabitants, ten times as many as any other place of the name has."""
METROPOLIS = 500_000
"""Inhabitants of a city that is rather meant than a region elsewhere of its name: Washington."""
COUNTY = 500_000.0
"""Inhabitants of a county of Britain, of which the tables know nothing."""
LONGEST_NAME = 4
"""Words."""


_WRITTEN_OUT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


def joined(words: Iterable[str]) -> str:
    """The name by which the tables know a place: abbreviations of its first words written out."""
    return " ".join([_WRITTEN_OUT.get(word, word) for word in words])


class Geography:
    """Regions by name, from the lexicon's tables; read when first asked."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    @cached_property
    def _codes(self) -> dict[str, frozenset[str]]:
        table: dict[str, set[str]] = defaultdict(set)
        for code, region in self.lexicon.regions.items():
            for name in (region.name, *region.abbreviations):
                if "." in code and name is region.name and self.lexicon.is_common(name.lower()):
                    continue  # Central, Eastern, Plateau: what is written so is seldom the division of that name.
                plain = name.isascii() and name.replace(" ", "").isalpha()
                words = name.lower().split() if plain else [word.folded for word in words_of(name)]
                table[joined(words)].add(code)
        for code, names in (*COUNTRIES.items(), *DIVISIONS.items()):
            for one in names:
                table[one].add(code)
        return {name: frozenset(codes) for name, codes in table.items()}

    def codes(self, name: str) -> frozenset[str]:
        """The regions that a folded name or abbreviation may mean."""
        return self._codes.get(name, frozenset())

    @cached_property
    def _seconds(self) -> dict[str, set[str]]:
        """The first words of the longer names of regions, and with which words these go on."""
        table: dict[str, set[str]] = defaultdict(set)
        for name in self._codes:
            first, _, rest = name.partition(" ")
            if rest:
                table[first].add(rest.partition(" ")[0])
        return dict(table)

    def is_named(self, name: str) -> bool:
        """Whether a place or a region bears a folded name."""
        return name in self._codes or self.lexicon.is_place(name)

    def seconds(self, word: str) -> frozenset[str]:
        """The words that follow a word, folded and written out, in the names of places and regions of more words."""
        return _seconds(self, word)

    def codes_of(self, names: tuple[str, ...]) -> frozenset[str]:
        """The regions that names, as written, may mean together: beside Atlanta, Georgia is no country."""
        return _codes_of(self, names)

    def names(self, code: str) -> list[str]:
        """How a region is written, abbreviations of two letters left out."""
        region = self.lexicon.regions.get(code)
        return [name for name in (region.name, *region.abbreviations) if len(name) > 2] if region else []

    def region_at(self, reading: Reading, tokens: list[Token], at: int) -> tuple[frozenset[str], int]:
        """The regions that the words from a place on name, and how many words that takes; the longest name counts."""
        if not self._may_begin(tokens[at]):
            return frozenset(), 0
        for length in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
            words = tokens[at : at + length]
            name = joined([token.folded for token in words])
            codes = self.codes(name)
            dotted = reading.text[words[-1].end : words[-1].end + 1] == "."
            if codes and (len(name) > 2 or words[0].shape == UPPER or dotted):
                return codes, length
        return frozenset(), 0

    def _may_begin(self, token: Token) -> bool:
        """Whether the name of a region may begin with a word."""
        word = joined((token.folded,))
        return token.capital and (word in self._codes or word in self._seconds)

    def is_wide(self, name: str) -> bool:
        """Whether a folded name is that of a country or of a first division."""
        return any(code.count(".") < 2 for code in self.codes(name))

    def bearing(self, name: str) -> frozenset[str]:
        """The regions of which the places that bear a name are a part, or which bear it themselves."""
        return _bearing(self, name)

    def holds(self, name: str, code: str) -> bool:
        """Whether a place of this name lies in a region."""
        return any(within(one, code) for one in self.bearing(name))

    def counties(self, name: str, among: Collection[str]) -> list[str]:
        """Those counties with a place of this name that are among some names and not called after the place."""
        return [code for county, code in _counties(self, name) if county in among]

    def divisions(self, name: str) -> frozenset[str]:
        """The first divisions in which the places that bear a name lie, or which bear it themselves."""
        return _divisions(self, name)

    def famous(self, name: str) -> str:
        """The region of the one place that everybody means by a name (London, Paris), or nothing."""
        return _famous(self, name)

    def shares(self, name: str) -> dict[str, float]:
        """How far a name speaks for each first division (US.CA) and each country that it may mean: 1 in all of each.

        A place speaks by how many live there: Boston seldom is the one in Lincolnshire.
        """
        return _shares(self, name)

    def weights(self, name: str) -> dict[str, float]:
        """The regions that a name may mean, and how much each weighs: as many as live there, or all the same.

        A county of Britain is no more than a large town of its name; a metropolis is as much as a state.
        """
        codes = self.codes(name)
        wide = [code for code in codes if code.count(".") < 2]
        british = name in BRITISH_COUNTIES
        if codes and not british:
            city = max(self.lexicon.places(name), key=lambda one: one.population, default=None)
            apart = city and city.population >= METROPOLIS and not any(within(city.region, code) for code in codes)
            return dict.fromkeys([*(wide or codes), *([city.region] if city and apart else [])], 1.0)
        weights: dict[str, float] = defaultdict(float, dict.fromkeys(wide, COUNTY) if british else {})
        for place in self.lexicon.places(name):
            weights[place.region] += place.population + 1
        return weights


@lru_cache(maxsize=20_000)
def _seconds(geography: Geography, word: str) -> frozenset[str]:
    longer = (re.split("[ -]", name, maxsplit=2)[1] for name in geography.lexicon.longer_places(word))
    found = geography._seconds.get(word, set()).union(longer)
    return frozenset(found.union(short for short, full in _WRITTEN_OUT.items() if full in found))


@lru_cache(maxsize=20_000)
def _shares(geography: Geography, name: str) -> dict[str, float]:
    shares: dict[str, float] = defaultdict(float)
    weights = geography.weights(name)
    total = sum(weights.values())
    for code, weight in weights.items():
        shares[country(code)] += weight / total
        if "." in code:
            shares[division(code)] += weight / total
    return dict(shares)


@lru_cache(maxsize=20_000)
def _bearing(geography: Geography, name: str) -> frozenset[str]:
    return geography.codes(name).union(place.region for place in geography.lexicon.places(name))


@lru_cache(maxsize=20_000)
def _divisions(geography: Geography, name: str) -> frozenset[str]:
    return frozenset(division(code) for code in geography.bearing(name) if "." in code)


@lru_cache(maxsize=20_000)
def _famous(geography: Geography, name: str) -> str:
    first, *others = geography.lexicon.places(name) or (Place(region="", population=0),)
    known = first.population >= FAMOUS and all(other.population * 10 <= first.population for other in others)
    return first.region if known else ""


@lru_cache(maxsize=20_000)
def _counties(geography: Geography, name: str) -> tuple[tuple[str, str], ...]:
    """The counties with a place of a name that are not called after it, by their own folded names."""
    regions = ((code, geography.lexicon.regions.get(code)) for code in geography.bearing(name) if code.count(".") > 1)
    names = ((joined([word.folded for word in words_of(region.name)]), code) for code, region in regions if region)
    return tuple((county, code) for county, code in names if not f"{county} ".startswith(f"{name} "))


@lru_cache(maxsize=20_000)
def _codes_of(geography: Geography, names: tuple[str, ...]) -> frozenset[str]:
    sets = [geography.codes(joined(word.folded for word in words_of(name))) for name in names]
    sure = {code for codes in sets if len({division(c) for c in codes}) == 1 for code in codes}
    rest = {code for codes in sets for code in codes}
    near: set[str] = set()
    for codes in sets:
        inside = {code for code in codes if any(within(code, other) for other in sure)}
        near |= inside or {code for code in codes if any(country(code) == country(other) for other in sure)}
    return frozenset(near | sure if sure else rest)


def division(code: str) -> str:
    """The country and its first division: US.CA of US.CA.077."""
    return ".".join(code.split(".")[:2])


def country(code: str) -> str:
    """US of US.CA.077."""
    return code.partition(".")[0]


def within(inner: str, outer: str) -> bool:
    """Whether one region is the other or a part of it."""
    return inner == outer or inner.startswith(outer + ".")


def compatible(codes: Iterable[str], own: Iterable[str]) -> bool:
    """Whether one of the regions may hold, or lie in, one of the own."""
    own = tuple(own)
    return any(within(code, mine) or within(mine, code) for code in codes for mine in own)
