"""Which chunks of text hold sought words: each distinct chunk is cut and judged once."""

from monitor.matching.vocabulary import Vocabulary
from monitor.matching.words import cut

MOST = 300_000
"""Chunks remembered, at most; over it they are forgotten, all at once, between two articles."""
OVERLONG = 100
"""Characters; longer chunks are cut into pieces by the reading before they are judged."""
TOO_LONG = (-1,)
"""The mark of a chunk that must be cut into pieces."""


class Chunks(dict[str, tuple[int, ...] | None]):
    """Chunk → the anchors that stand in it (numbers of sought words by which terms are found), or `None`.

    `sought` tells of the few chunks that hold any sought word, anchor or not.
    """

    def __init__(self, vocabulary: Vocabulary, anchors: set[int]) -> None:
        super().__init__()
        self.sought: dict[str, frozenset[int]] = {}
        self._vocabulary = vocabulary
        self._anchors = anchors

    def __missing__(self, chunk: str) -> tuple[int, ...] | None:
        if len(chunk) > OVERLONG:
            return None if chunk.isascii() and chunk.isalnum() else TOO_LONG
        find = self._vocabulary.find
        numbers = {hit.id for word in cut(chunk) for hit in find(word.folded)}
        anchors = tuple(numbers & self._anchors) or None
        if numbers:
            self.sought[chunk] = frozenset(numbers)
        self[chunk] = anchors
        return anchors

    def trim(self) -> None:
        """Forget, when too much is remembered."""
        if len(self) > MOST:
            self.clear()
            self.sought.clear()
        if len(self._vocabulary.hits) > MOST:
            self._vocabulary.hits.clear()
