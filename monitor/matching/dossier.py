"""An article under examination: its readings, and where in them any term stands."""

from functools import cached_property

from monitor.matching.chunks import Chunks
from monitor.matching.folding import fold
from monitor.matching.geography import Geography, compatible
from monitor.matching.mentions import Mention, Verdict
from monitor.matching.placeopenings import PlaceOpenings
from monitor.matching.reading import Reading
from monitor.matching.surroundings import Surroundings
from monitor.matching.terms import MOST_TRIED, Term, effort
from monitor.matching.vocabulary import Vocabulary
from monitor.matching.wide import NO_WORD
from monitor.records import Article


class Dossier:
    """What the judges of one article share, found out once and only when asked for."""

    def __init__(self, article: Article, vocabulary: Vocabulary, chunks: Chunks, openings: PlaceOpenings) -> None:
        self.article = article
        self._openings = openings
        fields = (("title", article.title), ("text", article.body))
        self.readings = [Reading(field, text, vocabulary) for field, text in fields if text]  # type: ignore[arg-type]
        self.sought = [chunks.sought(reading) for reading in self.readings]
        self._places: dict[tuple[int, int], list[int]] = {}
        self._tried: dict[Term, list[Verdict]] = {}

    @cached_property
    def _held(self) -> list[frozenset[int]]:
        """The sought words that stand in each reading."""
        return [frozenset().union(*[mark.numbers for mark in sought.values()]) for sought in self.sought]

    def places(self, reading: int, number: int) -> list[int]:
        """The chunks of a reading in which a sought word stands."""
        if number not in self._held[reading]:
            return []
        places = self._places.get((reading, number))
        if places is None:
            marks = self.sought[reading].items()
            places = self._places[reading, number] = [at for at, mark in marks if number in mark.numbers]
        return places

    def holds(self, term: Term) -> bool:
        """Whether every word of a term stands somewhere in the article."""
        return all(any(self.places(at, word) for at in range(len(self.readings))) for word in term.words)

    def verdicts(self, term: Term) -> list[Verdict]:
        """What a term's judge says of every place where its anchor stands."""
        verdicts = self._tried.get(term)
        if verdicts is None:
            verdicts = self._tried[term] = [one for at in range(len(self.readings)) for one in self._judged(term, at)]
        return verdicts

    def _judged(self, term: Term, at: int) -> list[Verdict]:
        """The verdicts on a term in one reading, until there are enough of them."""
        verdicts: list[Verdict] = []
        tried = 0
        for chunk in (0,) if term.key == NO_WORD else self.places(at, term.key):
            found = term.judge(self.readings[at], chunk)
            verdicts += found
            tried += effort(found)
            if tried > MOST_TRIED:
                break
        return verdicts

    def mentions(self, term: Term) -> list[Mention]:
        """The mentions of a term, wherever they stand."""
        return [verdict for verdict in self.verdicts(term) if isinstance(verdict, Mention)]

    @cached_property
    def words(self) -> dict[str, str]:
        """Every word of the article: folded, and as it is written first."""
        found: dict[str, str] = {}
        for reading in self.readings:
            for chunk in range(len(reading.chunks)):
                for token in reading.tokens(chunk):
                    found.setdefault(token.folded, reading.text[token.start : token.end])
        return found

    @cached_property
    def home(self) -> frozenset[str]:
        """Where the source is local, folded."""
        return frozenset(fold(part).strip(" .") for name in self.article.region for part in {name, *name.split(",")})

    @cached_property
    def home_codes(self) -> frozenset[str]:
        """The same as regions of the tables, the narrowest left alone."""
        return self.geography.codes_of(tuple(sorted(self.home)))

    @property
    def geography(self) -> Geography:
        """Where places lie."""
        return self._openings.geography

    def is_home(self, names: tuple[str, ...]) -> bool:
        """Whether the source is local to one of these."""
        return any(fold(name).strip(" .") in self.home for name in names)

    @cached_property
    def surroundings(self) -> Surroundings:
        """Where the article happens."""
        return Surroundings(self.readings, self._openings, self.home_codes)

    def is_local(self, own: frozenset[str]) -> bool:
        """Whether the source is local to one of the regions."""
        return compatible(self.home_codes, own) if own else False
