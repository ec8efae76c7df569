"""The matcher: which topics an article is about, and why."""

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path

from monitor.matching.cache import fingerprint, load, save
from monitor.matching.calling import calls
from monitor.matching.chunks import Chunks, Mark
from monitor.matching.dossier import Dossier
from monitor.matching.explanation import Explanation
from monitor.matching.lexicon import Lexicon
from monitor.matching.mentions import Verdict
from monitor.matching.placeopenings import PlaceOpenings
from monitor.matching.reading import Reading
from monitor.matching.terms import MOST_TRIED, Anchor, Term, effort
from monitor.matching.unspaced import wide
from monitor.matching.watchlist import Watchlist
from monitor.matching.weighing import weigh
from monitor.matching.wide import NO_WORD, Substring, SubstringIndex
from monitor.records import Article, Match, Refusal, Topic

MANY = 1_000
"""Topics from which on a matcher is left out of the search for garbage."""


class Matcher:
    """Matches articles against a watchlist. Its answers do not depend on what it remembers of earlier ones."""

    def __init__(self, topics: Sequence[Topic], lexicon: Lexicon, cache: Path | None = None) -> None:
        self.lexicon = lexicon.version
        """Which lexicon the answers rest on."""
        self._cache = cache
        self._substrings = SubstringIndex()
        self._wide: dict[Substring, Term] = {}
        self._owners: dict[Term, list[int]] = {}
        self._anchors: dict[int, Anchor] = defaultdict(Anchor)
        with _uncollected(freeze=len(topics) >= MANY):
            self._watchlist = Watchlist(topics, lexicon)
            self._vocabulary = self._watchlist.vocabulary
            self._openings = PlaceOpenings(self._watchlist.geography)
            self._chunks = Chunks(self._vocabulary, self._anchors)
            self._mark = fingerprint(topics, lexicon.tables)
            self._recall(lexicon.words)
            for term, owners in self._watchlist.terms():
                self._enter(term, owners)

    def _recall(self, known: AbstractSet[str]) -> None:
        """Load what was kept of topics and words, or make it anew.

        A word learned since stands for fewer sought words than before; one that was forgotten, for more, and what is
        known of chunks does not hold any more. A sought word that was learned may be sought otherwise.
        """
        kept = load(self._cache, self._mark) if self._cache is not None else None
        if kept is not None and known >= kept[2] and self._watchlist.load(kept[0], known - kept[2]):
            self._chunks.load(kept[1])
        else:
            self._watchlist.compile()

    def _enter(self, term: Term, topics: list[int]) -> None:
        self._owners[term] = topics
        if term.key == NO_WORD and isinstance(term.seeker, Substring):
            self._substrings.add(term.seeker)
            self._wide[term.seeker] = term
        else:
            self._anchors[term.key].add(term)

    def match(self, article: Article) -> list[Match]:
        """The topics that the article is about, in the order of the watchlist."""
        dossier = self._dossier(article)
        outcomes = (weigh(self._watchlist[at], verdicts, dossier) for at, verdicts in self._candidates(dossier))
        return [outcome for outcome in outcomes if isinstance(outcome, Match)]

    def explain(self, article: Article) -> tuple[list[Match], list[Refusal]]:
        """The matches, and for every other topic the nearest candidate and the rule that refused it."""
        dossier = self._dossier(article)
        explanation = Explanation(dossier, self._vocabulary)
        candidates = dict(self._candidates(dossier))
        outcomes = [
            weigh(watched, candidates[at], dossier) if at in candidates else None
            for at, watched in enumerate(self._watchlist)
        ]
        matches = [outcome for outcome in outcomes if isinstance(outcome, Match)]
        refusals = [
            weigh(watched, explanation.verdicts(watched, candidates.get(at, [])), dossier)
            for at, (watched, outcome) in enumerate(zip(self._watchlist, outcomes, strict=True))
            if not isinstance(outcome, Match)
        ]
        return matches, [refusal for refusal in refusals if isinstance(refusal, Refusal)]

    def save(self) -> None:
        """Keep what was learned of words for the next run, in the file that the matcher was given."""
        if self._cache is not None:
            known = self._vocabulary.lexicon.words
            save(self._cache, self._mark, (self._watchlist.dump(), self._chunks.dump(), known))

    def _dossier(self, article: Article) -> Dossier:
        self._chunks.trim()
        return Dossier(article, self._vocabulary, self._chunks, self._openings)

    def _candidates(self, dossier: Dossier) -> list[tuple[int, list[Verdict]]]:
        """Topics of which a term may stand in the article, with the verdicts on it, in order."""
        found: dict[int, list[Verdict]] = defaultdict(list, {at: [] for at in self._watchlist.always})
        for reading, sought in zip(dossier.readings, dossier.sought, strict=True):
            tried: Counter[Term] = Counter()
            for chunk, term in self._calls(reading, sought):
                if tried[term] > MOST_TRIED:
                    continue
                verdicts = term.judge(reading, chunk)
                tried[term] += effort(verdicts)
                for topic in self._owners[term]:
                    found[topic] += verdicts
        return sorted(found.items())

    def _calls(self, reading: Reading, sought: Mapping[int, Mark]) -> list[tuple[int, Term]]:
        """Chunks and the terms that may stand there."""
        if self._substrings and wide(reading.text):
            return [*((0, self._wide[term]) for term in self._substrings.find(reading)), *calls(sought)]
        return calls(sought)


@contextmanager
def _uncollected(*, freeze: bool) -> Iterator[None]:
    """Nothing that is made meanwhile is garbage, and the collector need not walk through it again and again.

    `freeze`: nor later (`gc.freeze`), when each time would cost more than a hundred articles. The objects are still
    freed as soon as nothing refers to them, for they do not refer to each other in circles.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        if freeze:
            gc.freeze()
    finally:
        if enabled:
            gc.enable()
