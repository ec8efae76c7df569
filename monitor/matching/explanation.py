"""What comes nearest to a topic that an article does not mention, and which rule keeps it from being a mention."""

from collections.abc import Iterator
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from monitor.matching.compiling import Watched
from monitor.matching.dossier import Dossier
from monitor.matching.expressions import Query
from monitor.matching.mentions import Mention, Refused, Verdict
from monitor.matching.queries import failing, missing
from monitor.matching.reading import Reading, Token
from monitor.matching.terms import Term
from monitor.matching.vocabulary import Vocabulary
from monitor.matching.wordlists import CLAUSE_WORDS, SMALL_WORDS

ALIKE = 0.6
"""How alike (1 is the same) two words must be for one to be told as the nearest to the other."""
BESIDE = 3
"""Words on each side of a part of a term in which the missing part is looked for."""


class Explanation:
    """Explains one article; the verdicts are those of the judges, only the places they look at are more."""

    def __init__(self, dossier: Dossier, vocabulary: Vocabulary) -> None:
        self._dossier = dossier
        self._vocabulary = vocabulary

    def verdicts(self, watched: Watched, verdicts: list[Verdict]) -> list[Verdict]:
        """The verdicts on a topic, and, where no mention is among them, others: on places where an anchor stands alone,
        on parts of a term and what stands in place of the rest, and on the words most like its own. On a query, one."""
        terms = self._missing(watched) if watched.query else watched.terms
        found = verdicts if any(isinstance(one, Mention) for one in verdicts) else self._near(terms, verdicts)
        return [self._untrue(watched, watched.query, found)] if watched.query else found

    def _near(self, terms: list[Term], verdicts: list[Verdict]) -> list[Verdict]:
        refused = [
            verdict for term in terms for verdict in self._dossier.verdicts(term) if isinstance(verdict, Refused)
        ]
        found = [*verdicts, *refused, *(one for term in terms for one in self._parts(term))]
        return found or [one for term in terms for one in self._alike(term)]

    def _untrue(self, watched: Watched, query: Query, verdicts: list[Verdict]) -> Refused:
        """Why a query is not true; `verdicts` are on what comes nearest to the missing words."""
        dossier = self._dossier
        reasons = "; ".join(dict.fromkeys(failing(query.root, watched.leaves, dossier)))
        refused = max((one for one in verdicts if isinstance(one, Refused)), key=lambda one: one.nearness, default=None)
        if refused:
            return Refused(text=refused.text, reason=f"{reasons} ({refused.reason})")
        near = (one for term in watched.leaves.values() if dossier.holds(term) for one in dossier.mentions(term))
        nearest = next(near, None)
        return Refused(text=nearest.text if nearest else "", reason=reasons)

    def _missing(self, watched: Watched) -> list[Term]:
        """The terms of a query that are nowhere in the article and keep it from being true."""
        assert watched.query is not None
        leaves = missing(watched.query.root, watched.leaves, self._dossier)
        terms = [watched.leaves[leaf] for leaf in leaves if leaf in watched.leaves]
        return [term for term in terms if not self._dossier.mentions(term)]

    def _parts(self, term: Term) -> Iterator[Refused]:
        """Words of a term that stand in the text, with what stands beside them in place of the others."""
        for at in range(len(self._dossier.readings)):
            for number in self._telling(term):
                missing = [other for other in dict.fromkeys(term.words) if other != number]
                places = self._dossier.places(at, number)[:20] if missing else []
                for chunk in places:
                    yield self._part(at, chunk, number, missing)

    def _telling(self, term: Term) -> list[int]:
        """The words of a term that tell something: not the `of` of a committee."""
        return [number for number in dict.fromkeys(term.words) if self._vocabulary.words[number] not in SMALL_WORDS]

    def _part(self, at: int, chunk: int, number: int, missing: list[int]) -> Refused:
        reading = self._dossier.readings[at]
        tokens = reading.around(chunk, BESIDE, BESIDE)
        here = next(i for i, token in enumerate(tokens) if token.chunk == chunk and token.hit(number))
        near = tokens[max(0, here - BESIDE) : here + BESIDE + 1]
        for word in missing:
            if not any(token.hit(word) for token in near):
                like = self._most_alike(self._vocabulary.words[word], near)
                if like is not None:
                    text = reading.written(*sorted((tokens[here], like), key=lambda token: token.start))
                    return Refused(text=text, reason=self._vocabulary.why_not(like.folded, word), nearness=55)
        apart = all(self._dossier.places(at, word) for word in missing)
        reason = "its words stand too far apart" if apart else "only a part of it stands here"
        return Refused(text=_excerpt(reading, tokens, here), reason=reason, nearness=40 if apart else 20)

    def _most_alike(self, word: str, tokens: list[Token]) -> Token | None:
        words = [token.folded for token in tokens]
        best = process.extractOne(word, words, scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
        return tokens[best[2]] if best else None

    @cached_property
    def _words(self) -> dict[str, str]:
        """The words of the article that may resemble one: not `by` for Bay."""
        return {word: text for word, text in self._dossier.words.items() if word not in CLAUSE_WORDS}

    def _alike(self, term: Term) -> Iterator[Refused]:
        """The word of the article most like a word of the term."""
        words = self._words
        for number in sorted(self._telling(term), key=lambda number: -len(self._vocabulary.words[number])):
            best = process.extractOne(
                self._vocabulary.words[number], words.keys(), scorer=OSA.normalized_similarity, score_cutoff=ALIKE
            )
            if best:
                yield Refused(
                    text=words[best[0]], reason=self._vocabulary.why_not(best[0], number), nearness=10 * best[1]
                )


def _excerpt(reading: Reading, tokens: list[Token], at: int) -> str:
    first, last = tokens[max(0, at - 1)], tokens[min(len(tokens) - 1, at + 1)]
    return reading.written(first, last)
