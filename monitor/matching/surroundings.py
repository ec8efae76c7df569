"""Where an article happens, told by the places it names and by where its source is local."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from monitor.matching.geography import compatible, country, division, within
from monitor.matching.namedplaces import named_places
from monitor.matching.placeopenings import PlaceOpenings
from monitor.matching.reading import Reading

ENOUGH_VOTES = 0.75
"""Of named places, for a region that is not named itself."""
CLEAR_LEAD = 1.0
"""Votes by which another region must lead, for a place not to lie in the one that is named."""
SURE_VOTES = 1.5
"""For a country, more than one place has, before the article is taken to be at home there."""
SURE_OF_DIVISION = 1.0
"""For a division, before the article is taken to happen nowhere else in its country."""


class Surroundings:
    """The places named in an article, as votes for regions. They are added up once.

    A question leaves out the place that it is about, and costs no more in a long article than in a short one.
    """

    def __init__(self, readings: Sequence[Reading], openings: PlaceOpenings, home: frozenset[str]) -> None:
        self._readings = readings
        self._openings = openings
        self._geography = openings.geography
        self._home = home
        """The regions to which the source is local."""

    @cached_property
    def named(self) -> set[str]:
        """The names of places in the article."""
        return set().union(*(named_places(reading, self._openings) for reading in self._readings))

    @cached_property
    def _all(self) -> dict[str, float]:
        """Which divisions and which countries all named places speak for."""
        return self._tally(self.named)

    @cached_property
    def _inner(self) -> dict[str, float]:
        """The same without the names of divisions and countries themselves."""
        return self._tally(name for name in self.named if not self._geography.is_wide(name))

    def _tally(self, names: Iterable[str]) -> dict[str, float]:
        votes: dict[str, float] = defaultdict(float)
        for name in names:
            for code, share in self._geography.shares(name).items():
                votes[code] += share
        return votes

    @cached_property
    def _ranked(self) -> dict[bool, list[str]]:
        """Divisions (True) and countries (False), those that most speak for first."""
        ranked = sorted(self._all, key=self._all.__getitem__, reverse=True)
        return {divided: [code for code in ranked if ("." in code) is divided] for divided in (True, False)}

    def votes(self, codes: Iterable[str], name: str) -> float:
        """The most votes for one of some divisions and countries."""
        own = self._geography.shares(name) if name in self.named else {}
        return max((self._all.get(code, 0.0) - own.get(code, 0.0) for code in codes), default=0.0)

    def _most(self, name: str, divided: bool) -> float:
        """The votes of the division, or the country, for which most speak."""
        own = self._geography.shares(name)
        first = next((code for code in self._ranked[divided] if code not in own), None)
        return self.votes((*([first] if first else []), *(code for code in own if ("." in code) is divided)), name)

    def is_in_county(self, own: frozenset[str], name: str) -> bool:
        """Whether the counties of such a place that are named all lie in the regions, and there is one."""
        counties = self._geography.counties(name, self.named)
        return bool(counties) and all(compatible((code,), own) for code in counties)

    def happens_in(self, own: frozenset[str], name: str, surely: bool = False) -> bool:
        """The same where the name is rather another's: the country does not tell, nor, to be sure, one name alone."""
        if self._geography.counties(name, self.named):
            return self.is_in_county(own, name)
        least = SURE_VOTES if surely else ENOUGH_VOTES
        return self._lead({division(code) for code in own}, name, least)

    def speaks_of(self, own: frozenset[str], name: str) -> bool:
        """Whether the named places tell of a region: they name the place's county, or more lie there than elsewhere."""
        if self._geography.counties(name, self.named):
            return self.is_in_county(own, name)
        regions = {division(code) for code in own}
        bearing = {division(code) for code in self._geography.bearing(name)}
        borne = {code for code in bearing if compatible((code,), own)}
        only = {country(code) for code in borne} - {country(code) for code in bearing - borne}  # London in Britain
        return self._lead(regions | only, name)

    def _lead(self, regions: set[str], name: str, least: float = ENOUGH_VOTES) -> bool:
        """Whether one of some divisions has enough votes, and no fewer than any other, or one of the countries has."""
        for divided in (True, False):
            mine = self.votes((code for code in regions if ("." in code) is divided), name)
            if mine >= least and mine >= self._most(name, divided):
                return True
        return False

    def speaks_of_another(self, own: frozenset[str], name: str) -> bool:
        """Whether the towns that are named, and the source's own region, tell of another division with such a place."""
        counties = self._geography.counties(name, self.named)
        if counties:
            return not compatible(counties, own)
        weights = self._weights(name)
        mine = max((weights.get(division(code), 0.0) for code in own), default=0.0)
        others = weights.keys() & self._geography.divisions(name)
        return any(weights[code] >= mine + CLEAR_LEAD and not compatible((code,), own) for code in others)

    def _weights(self, name: str) -> dict[str, float]:
        """How far towns and source speak for each division."""
        weights = dict(self._inner)
        if name in self.named and not self._geography.is_wide(name):
            for code, share in self._geography.shares(name).items():
                weights[code] = weights.get(code, 0.0) - share
        for code in {division(one) for one in self._home}:
            weights[code] = weights.get(code, 0.0) + CLEAR_LEAD
        return weights

    def is_famous(self, own: frozenset[str], name: str) -> bool:
        """Whether everybody means the place in one of the regions, and neither source nor article is of another's.

        Where it is not known where the article or its source is at home, nobody can say whom `everybody` is.
        """
        famous = self._geography.famous(name)
        if not famous or not any(within(famous, code) for code in own) or self._geography.counties(name, self.named):
            return False
        known = self._home or self._most(name, divided=False) >= SURE_VOTES
        return bool(known) and not any(self._may_mean(code, name) for code in self._others(own, name))

    def _may_mean(self, code: str, name: str) -> bool:
        """Whether article or source are of a division, or of its country and nobody knows where there."""
        if compatible(self._home, (code,)) or self.votes((code,), name) >= ENOUGH_VOTES:
            return True
        around = country(code)
        if any(country(one) == around for one in self._home):
            return False
        inside = (one for one in self._ranked[True] if country(one) == around)
        return self.votes((around,), name) >= ENOUGH_VOTES and self.votes(inside, name) < SURE_OF_DIVISION

    def _others(self, own: frozenset[str], name: str) -> Iterable[str]:
        """Divisions in which such a place lies that is not ours."""
        return (code for code in self._geography.divisions(name) if not compatible((code,), own))
