"""The matcher: which topics an article is about, and why."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import compress
from pathlib import Path

from monitor.matching.cache import fingerprint, load, save
from monitor.matching.chunks import Chunks
from monitor.matching.compiling import Compiler
from monitor.matching.dossier import Dossier
from monitor.matching.explanation import Explanation
from monitor.matching.lexicon import Lexicon
from monitor.matching.mentions import Mention, Verdict
from monitor.matching.reading import Reading
from monitor.matching.terms import NEAR, Term
from monitor.matching.weighing import weigh
from monitor.matching.wide import Substring, SubstringIndex
from monitor.matching.words import wide
from monitor.records import Article, Match, Refusal, Topic

ENOUGH = 1_000
"""Mentions of one term in one field after which no more are sought."""


class Matcher:
    """Matches articles against a watchlist. Its answers do not depend on what it remembers of earlier ones."""

    def __init__(self, topics: Sequence[Topic], lexicon: Lexicon, cache: Path | None = None) -> None:
        self.lexicon = lexicon.version
        """Which lexicon the answers rest on."""
        compiler = Compiler(lexicon)
        self._watched = [compiler.watched(topic) for topic in topics]
        self._vocabulary = compiler.vocabulary
        self._geography = compiler.geography
        self._alone: dict[int, list[Term]] = defaultdict(list)
        self._paired: dict[int, dict[int, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._substrings = SubstringIndex()
        self._wide: dict[Substring, Term] = {}
        self._always: list[int] = []
        self._owners: dict[Term, list[int]] = defaultdict(list)
        for at, watched in enumerate(self._watched):
            for term in watched.terms:
                self._enter(term, at)
            if watched.always:
                self._always.append(at)
        anchors = {*self._alone, *self._paired}
        self._chunks = Chunks(self._vocabulary, anchors)
        self._cache = cache
        self._mark = fingerprint(self._vocabulary.words, self._vocabulary.kinds, anchors, lexicon.version)
        kept = load(cache, self._mark) if cache is not None else None
        if kept is None:
            self._vocabulary.compile()
        else:
            self._vocabulary.load(kept[0])
            self._chunks.load(kept[1])

    def _enter(self, term: Term, topic: int) -> None:
        if term not in self._owners:
            if isinstance(term.seeker, Substring):
                self._substrings.add(term.seeker)
                self._wide[term.seeker] = term
            elif term.partner is None:
                self._alone[term.key].append(term)
            else:
                self._paired[term.key][term.partner].append(term)
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
            save(self._cache, self._mark, (self._vocabulary.dump(), self._chunks.dump()))

    def _dossier(self, article: Article) -> Dossier:
        self._chunks.trim()
        return Dossier(article, self._vocabulary, self._chunks, self._geography)

    def _candidates(self, dossier: Dossier) -> list[tuple[int, list[Verdict]]]:
        """Topics of which a term may stand in the article, with the verdicts on it, in order."""
        found: dict[int, list[Verdict]] = defaultdict(list, {at: [] for at in self._always})
        for reading, marks in zip(dossier.readings, dossier.marks, strict=True):
            counted: Counter[Term] = Counter()
            for chunk, term in self._calls(reading, marks):
                if counted[term] > ENOUGH:
                    continue
                verdicts = term.judge(reading, chunk)
                counted[term] += isinstance(verdicts[0], Mention) if verdicts else 0
                for topic in self._owners[term]:
                    found[topic] += verdicts
        return sorted(found.items())

    def _calls(self, reading: Reading, marks: list[tuple[int, ...] | None]) -> list[tuple[int, Term]]:
        """Chunks and the terms that may stand there: their anchor does, and their partner stands near."""
        calls: list[tuple[int, Term]] = []
        chunks, sought = reading.chunks, self._chunks.sought
        if self._substrings and wide(reading.text):
            calls += [(0, self._wide[term]) for term in self._substrings.find(reading)]
        for chunk in compress(range(len(marks)), marks):
            near: set[int] | None = None
            for anchor in marks[chunk] or ():
                if anchor in self._alone:
                    calls += [(chunk, term) for term in self._alone[anchor]]
                partners = self._paired.get(anchor)
                if partners is None:
                    continue
                if near is None:
                    around = map(sought.get, chunks[max(0, chunk - NEAR) : chunk + NEAR + 1])
                    near = set().union(*filter(None, around))
                for partner in near & partners.keys():
                    calls += [(chunk, term) for term in partners[partner]]
        return calls
