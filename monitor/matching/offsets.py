"""Where the chunks of a text start in it."""

from collections.abc import Sequence

FEW = 6
"""Places found one by one, each by a pass over the text; from there on, all places are found in one pass."""


class Offsets:
    """Chunk → the place of its first character, found when it is asked for: most texts are asked for few, or none."""

    def __init__(self, text: str, chunks: Sequence[str], *, pieces: bool) -> None:
        """`pieces`: the chunks are not simply `text.split()`, but parts of these."""
        self._text = text
        self._chunks = chunks
        self._left = 0 if pieces else FEW
        self._known: dict[int, int] | list[int] = {}

    def __getitem__(self, at: int) -> int:
        known = self._known
        if isinstance(known, list):
            return known[at]
        start = known.get(at)
        if start is None:
            before = known.get(at - 1)
            if before is not None:
                start = self._text.find(self._chunks[at], before + len(self._chunks[at - 1]))
            elif self._left:
                self._left -= 1
                start = self._counted(at)
            else:
                self._known = self._all()
                return self._known[at]
            known[at] = start
        return start

    def _counted(self, at: int) -> int:
        """Chunks are counted off from the nearer end of the text."""
        text, behind = self._text, len(self._chunks) - at
        if at < behind:
            return len(text) - len(text.split(None, at)[at])
        return text.index(self._chunks[at], len(text.rsplit(None, behind)[0]) if at else 0)

    def _all(self) -> list[int]:
        starts, at, find = [], 0, self._text.find
        for chunk in self._chunks:
            at = find(chunk, at)
            starts.append(at)
            at += len(chunk)
        return starts
