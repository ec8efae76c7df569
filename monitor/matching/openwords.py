"""Words that a query leaves open: how they go on (trail*), or how they are spelled (word~)."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from monitor.matching.kinds import LOOSE, LOOSE_1, LOOSE_2, PREFIX
from monitor.matching.lexicon import Lexicon
from monitor.matching.spelling import Deletions, has_figures, slips


class OpenWords:
    """Sought words of the kinds `OPEN`, and the words of a text that stand for them."""

    def __init__(self, words: Sequence[str], kinds: Sequence[int], lexicon: Lexicon) -> None:
        self._words = words
        self._kinds = kinds
        self._lexicon = lexicon
        sought = list(zip(words, kinds, strict=True))
        self._prefixes = {word: number for number, (word, kind) in enumerate(sought) if kind == PREFIX}
        self._lengths = sorted({len(word) for word in self._prefixes})
        loose = {
            most: [(number, word) for number, (word, kind) in enumerate(sought) if letters(word, kind) == most]
            for most in (1, 2)
        }
        self._loose = [(most, Deletions.of(found, most)) for most, found in loose.items() if found]

    def begun(self, word: str) -> Iterator[int]:
        """The numbers of the beginnings of a word."""
        for length in self._lengths:
            number = self._prefixes.get(word[:length]) if length < len(word) else None
            if number is not None:
                yield number

    def alike(self, word: str) -> Iterator[tuple[int, int, bool]]:
        """The numbers of words spelled almost so, with the edits, and whether it is sure that it is a misspelling."""
        for most, deletions in self._loose:
            for number in deletions.find(word):
                distance = OSA.distance(word, self._words[number], score_cutoff=most)
                wary = self._kinds[number] == LOOSE
                if distance <= most and not (wary and self._stands(word)):
                    yield number, distance, not (wary and word in self._lexicon)

    def _stands(self, word: str) -> bool:
        """Whether a word, in lower case too, is itself and no typo of another."""
        return self._lexicon.is_english(word) or word in self._lexicon.words or has_figures(word)


def letters(word: str, kind: int) -> int:
    """How many letters may be wrong in a word of a query."""
    return {LOOSE_1: 1, LOOSE_2: 2, LOOSE: slips(len(word))}.get(kind, 0)
