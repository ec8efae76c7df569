"""Words that the shipped tables do not know: those that are seen often enough are learned (`monitor.store.words`)."""

from monitor.matching.chunks import OVERLONG
from monitor.matching.lexicon import Lexicon
from monitor.matching.spelling import has_figures
from monitor.matching.words import cut

SHORTEST = 4
"""Letters; a shorter word is never taken for a typo."""


class Strange(dict[str, tuple[str, ...]]):
    """Chunk → the words in it, folded, that are in no table."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        words = {word.folded for word in cut(chunk)} if len(chunk) <= OVERLONG else ()
        strange = self[chunk] = tuple(word for word in words if self._is_strange(word))
        return strange

    def _is_strange(self, word: str) -> bool:
        return len(word) >= SHORTEST and not has_figures(word) and word not in self._lexicon

    def __call__(self, text: str) -> set[str]:
        """Those of a text."""
        return set().union(*map(self.__getitem__, set(text.split())))
