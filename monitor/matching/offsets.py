"""Where the chunks of a text start in it."""

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

FEW = 40
"""Places found one by one; from there on, all places are found in one pass."""


class Offsets:
    """Chunk → the place of its first character, found when it is asked for: most texts are asked for few, or none."""

    def __init__(self, text: str, chunks: Sequence[str], *, pieces: bool) -> None:
        """`pieces`: the chunks are not simply `text.split()`, but parts of these."""
        self._text = text
        self._chunks = chunks
        self._left = 0 if pieces else FEW
        self._few: dict[int, int] = {}
        self._all: list[int] = []

    def __getitem__(self, at: int) -> int:
        if self._all:
            return self._all[at]
        start = self._few.get(at)
        if start is None:
            if not self._left:
                self._all = self._found()
                return self._all[at]
            self._left -= 1
            start = self._few[at] = self._counted(at)
        return start

    def around(self, at: int, first: int, last: int) -> list[int]:
        """The places of the chunks from `first` to before `last`, found from that of one of them on."""
        start = self[at]
        if self._all:
            return self._all[first:last]
        text, chunks, starts = self._text, self._chunks, [start]
        for chunk in reversed(chunks[first:at]):
            start = text.rfind(chunk, 0, start)
            starts.append(start)
        starts.reverse()
        start = starts[-1] + len(chunks[at])
        for chunk in chunks[at + 1 : last]:
            start = text.find(chunk, start)
            starts.append(start)
            start += len(chunk)
        return starts

    @cached_property
    def _lengths(self) -> list[int]:
        """How many characters the chunks have that are in front of each, and all."""
        return list(accumulate(map(len, self._chunks), initial=0))

    @cached_property
    def _slack(self) -> int:
        """How much farther, at most, any chunk is than it would be with one space between any two."""
        return len(self._text) - self._lengths[-1] - len(self._chunks) + 1

    def _counted(self, at: int) -> int:
        """What stands but once where it may be is there; else chunks are counted off from the nearer end."""
        text, chunk, behind, first = self._text, self._chunks[at], len(self._chunks) - at, self._lengths[at] + at
        last = first + self._slack + len(chunk)
        start = text.find(chunk, first, last)
        if text.find(chunk, start + 1, last) < 0:
            return start
        if at < behind:
            return len(text) - len(text.split(None, at)[at])
        return text.index(chunk, len(text.rsplit(None, behind)[0]) if at else 0)

    def _found(self) -> list[int]:
        starts, at, find = [], 0, self._text.find
        for chunk in self._chunks:
            at = find(chunk, at)
            starts.append(at)
            at += len(chunk)
        return starts
