"""The matcher: which topics an article is about, and why."""

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from monitor.matching.cache import fingerprint, load, save
from monitor.matching.calling import calls
from monitor.matching.chunks import Chunks, Mark
from monitor.matching.compiling import Compiler, Watched
from monitor.matching.dossier import Dossier
from monitor.matching.explanation import Explanation
from monitor.matching.lexicon import Lexicon
from monitor.matching.mentions import Verdict
from monitor.matching.reading import Reading
from monitor.matching.terms import MOST_TRIED, Anchor, Term, effort
from monitor.matching.weighing import weigh
from monitor.matching.wide import Substring, SubstringIndex
from monitor.matching.words import wide
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
        self._always: list[int] = []
        self._owners: dict[Term, list[int]] = defaultdict(list)
        self._anchors: dict[int, Anchor] = defaultdict(Anchor)
        with _uncollected(freeze=len(topics) >= MANY):
            compiler = Compiler(lexicon)
            self._watched = [compiler.watched(topic) for topic in topics]
            self._geography = compiler.geography
            for at, watched in enumerate(self._watched):
                self._watch(watched, at)
            self._vocabulary = compiler.vocabulary
            self._chunks = Chunks(self._vocabulary, self._anchors)
            self._mark = fingerprint(
                (*self._vocabulary.words, *self._vocabulary.transcribed),
                self._vocabulary.kinds,
                self._anchors,
                lexicon.tables,
            )
            self._recall()

    def _recall(self) -> None:
        """Load what was kept of words, or make their tables anew.

        A word learned since stands for fewer sought words than before; one that was forgotten, for more, and what is
        known of chunks does not hold any more.
        """
        kept = load(self._cache, self._mark) if self._cache is not None else None
        learned = self._vocabulary.lexicon.words
        if kept is None or not learned.issuperset(kept[2]):
            self._vocabulary.compile()
        else:
            self._vocabulary.load(kept[0], learned.difference(kept[2]))
            self._chunks.load(kept[1])

    def _watch(self, watched: Watched, at: int) -> None:
        for term in watched.terms:
            self._enter(term, at)
        if watched.always:
            self._always.append(at)

    def _enter(self, term: Term, topic: int) -> None:
        if term not in self._owners:
            if isinstance(term.seeker, Substring):
                self._substrings.add(term.seeker)
                self._wide[term.seeker] = term
            else:
                self._anchors[term.key].add(term)
        self._owners[term].append(topic)

    def match(self, article: Article) -> list[Match]:
        """The topics that the article is about, in the order of the watchlist."""
        dossier = self._dossier(article)
        outcomes = (weigh(self._watched[at], verdicts, dossier) for at, verdicts in self._candidates(dossier))
        return [outcome for outcome in outcomes if isinstance(outcome, Match)]

    def explain(self, article: Article) -> tuple[list[Match], list[Refusal]]:
        """The matches, and for every other topic the nearest candidate and the rule that refused it."""
        dossier = self._dossier(article)
        explanation = Explanation(dossier, self._vocabulary)
        candidates = dict(self._candidates(dossier))
        outcomes = [
            weigh(watched, candidates[at], dossier) if at in candidates else None
            for at, watched in enumerate(self._watched)
        ]
        matches = [outcome for outcome in outcomes if isinstance(outcome, Match)]
        refusals = [
            weigh(watched, explanation.verdicts(watched, candidates.get(at, [])), dossier)
            for at, (watched, outcome) in enumerate(zip(self._watched, outcomes, strict=True))
            if not isinstance(outcome, Match)
        ]
        return matches, [refusal for refusal in refusals if isinstance(refusal, Refusal)]

    def save(self) -> None:
        """Keep what was learned of words for the next run, in the file that the matcher was given."""
        if self._cache is not None:
            save(
                self._cache,
                self._mark,
                (self._vocabulary.dump(), self._chunks.dump(), tuple(self._vocabulary.lexicon.words)),
            )

    def _dossier(self, article: Article) -> Dossier:
        self._chunks.trim()
        return Dossier(article, self._vocabulary, self._chunks, self._geography)

    def _candidates(self, dossier: Dossier) -> list[tuple[int, list[Verdict]]]:
        """Topics of which a term may stand in the article, with the verdicts on it, in order."""
        found: dict[int, list[Verdict]] = defaultdict(list, {at: [] for at in self._always})
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
