"""Which chunks of text hold sought words: each distinct chunk is cut and judged once."""

from collections.abc import Iterable

from monitor.matching.vocabulary import ACRONYM, PLACE, Vocabulary
from monitor.matching.words import LONGEST, LOWER, UPPER, cut

MOST = 300_000
"""Chunks remembered, at most; over it they are forgotten, all at once, between two articles."""
OVERLONG = 100
"""Characters; longer chunks are cut into pieces by the reading before they are judged."""
_EDGES = ".,;:!?\"()[]{}…“”‘’«»*–—-'`"
"""What may stand around a word without a part in it."""


class Chunks(dict[str, tuple[int, ...] | None]):
    """Chunk → the anchors that stand in it (numbers of sought words by which terms are found), or `None`.

    `sought` tells of the few chunks that hold any sought word, anchor or not.
    """

    def __init__(self, vocabulary: Vocabulary, anchors: set[int]) -> None:
        super().__init__()
        self.sought: dict[str, frozenset[int]] = {}
        self.overlong = False
        """Whether a chunk was met that must be cut into pieces; set back by who asked."""
        self._vocabulary = vocabulary
        self._anchors = anchors

    def __missing__(self, chunk: str) -> tuple[int, ...] | None:
        if len(chunk) > OVERLONG:
            self.overlong = self.overlong or not (chunk.isascii() and chunk.isalnum())
            return None
        find, kinds = self._vocabulary.find, self._vocabulary.kinds
        called: set[int] = set()
        numbers: set[int] = set()
        for folded, capital, upper in _folded(chunk):
            for hit in find(folded):
                numbers.add(hit.id)
                kind = kinds[hit.id]
                if (capital or kind != PLACE) and (upper or kind != ACRONYM):
                    called.add(hit.id)
        anchors = None
        if numbers:
            self.sought[chunk] = frozenset(numbers)
            anchors = tuple(called & self._anchors) or None
        self[chunk] = anchors
        return anchors

    def trim(self) -> None:
        """Forget, when too much is remembered."""
        if len(self) > MOST:
            self.clear()
            self.sought.clear()
        if len(self._vocabulary.hits) > MOST:
            self._vocabulary.hits.clear()

    def dump(self) -> str:
        """The chunks in which nothing sought stands, to be kept; the others are soon made again."""
        return "\n".join(chunk for chunk in self if chunk not in self.sought)

    def load(self, chunks: str) -> None:
        """The chunks that were dumped."""
        self.update(dict.fromkeys(chunks.split("\n"), None) if chunks else ())


def _folded(chunk: str) -> Iterable[tuple[str, bool, bool]]:
    """The words of a chunk, folded, and whether each has a capital, or is all capitals.

    Most chunks hold one plain word between marks.
    """
    word = chunk.strip(_EDGES)
    if word[-2:] in ("'s", "’s"):
        word = word[:-2]
    if word.isascii() and word.isalnum() and len(word) <= LONGEST and "#" not in chunk:
        folded = word.lower()
        return ((folded, folded != word, word.isupper()),)
    return ((found.folded, found.shape != LOWER, found.shape == UPPER) for found in cut(chunk))
