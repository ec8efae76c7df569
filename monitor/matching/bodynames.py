"""An organization as a topic names it: the words of the name, the same turned, and what sort of name it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.matching.bodywords import NATIONS
from monitor.matching.geography import Geography, country, joined, within
from monitor.matching.lexicon import Lexicon
from monitor.matching.reading import Token
from monitor.matching.wordlists import BODIES, LEGAL_FORMS, SMALL_WORDS

NOTABLE = 50_000
"""Inhabitants from which a place called as a common word is (Reading, Orange) is thought of."""
LONGEST_PLACE = 3
"""Words."""
ONE_OF_A_NAME = 5
"""So many times as populous as any of its name abroad, a place is the one that a university is called after."""
_TURNED = frozenset({"department", "ministry", "bureau", "committee", "commission", "diocese", "archdiocese"})
"""Kinds of bodies of which the name is turned as the writer likes."""
_JOINTS = frozenset({"of", "for", "on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyName:
    """An organization's folded words, without article and legal form, and the tables that tell of others."""

    folded: tuple[str, ...]
    lexicon: Lexicon
    geography: Geography

    @property
    def generic(self) -> bool:
        """Whether none of the words is somebody's or some place's own: one may ask whose Education Department it is."""
        return not any(
            not self.lexicon.is_common(word) or (word not in BODIES and is_notable(self.lexicon, word))
            for word in self.folded
            if word not in SMALL_WORDS
        )


def is_notable(lexicon: Lexicon, name: str) -> bool:
    """Whether a notable place bears a name."""
    return lexicon.is_place(name) and any(place.population >= NOTABLE for place in lexicon.places(name))


def place_length(body: BodyName, tokens: list[Token], at: int) -> int:
    """How many words of a text up to one are the name of a place or of a people, 0 for none."""
    word, known = tokens[at].folded, body.lexicon
    for length in range(min(at + 1, LONGEST_PLACE), 1, -1):
        name = tokens[at + 1 - length : at + 1]
        if name[0].capital and known.is_place(joined(token.folded for token in name)):
            return length
    if word in NATIONS or body.geography.codes(word):
        return 1
    return int(body.generic and is_notable(known, word) if known.is_common(word) else known.is_place(word))


def proper(words: list[str]) -> list[str]:
    """A body's name without article in front and legal form behind."""
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words = words[:-1]
    return words[1:] if len(words) > 2 and words[0] == "the" else words


def turned(words: list[str], lexicon: Lexicon, geography: Geography) -> list[list[str]]:
    """A body's name the other way round, with and without Affairs: department of justice, foreign ministry.

    A university is turned where one place alone may have given it the name: Miami University is not that of Miami.
    """
    if len(words) > 2 and words[1] in _JOINTS:
        rest = words[3:] if words[2] == "the" else words[2:]
        short = [rest[:-1]] if rest[1:] and rest[-1] == "affairs" else []
        return (
            [[*one, words[0]] for one in (rest, *short)] if rest and _turns(words[0], rest, lexicon, geography) else []
        )
    if len(words) > 1 and words[-2] not in SMALL_WORDS and _turns(words[-1], words[:-1], lexicon, geography):
        return [[words[-1], "of", *words[:-1]]]
    return []


def _turns(kind: str, rest: Sequence[str], lexicon: Lexicon, geography: Geography) -> bool:
    return kind in _TURNED or (kind == "university" and _is_one_place(joined(rest), lexicon, geography))


def _is_one_place(name: str, lexicon: Lexicon, geography: Geography) -> bool:
    """Whether a name is that of one city: not of a state, nor of a county elsewhere, nor of a city abroad."""
    places = lexicon.places(name)
    if not places:
        return False
    first, own = places[0], country(places[0].region)
    regions = {
        *geography.codes(name),
        *(code for code in geography.codes(f"{name} county") if country(code) == own),
    }
    abroad = max((place.population for place in places if country(place.region) != own), default=0)
    return first.population >= ONE_OF_A_NAME * abroad and all(within(first.region, code) for code in regions)
