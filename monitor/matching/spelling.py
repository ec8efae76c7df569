"""Which word may be a misspelling of which: the rule, and an index that finds candidates without comparing them all.

The index keeps every string that is left of a word's first letters when one letter (or two, in long words) is deleted;
two words within that many edits share such a string (the symmetric deletion of SymSpell, W. Garbe 2012).
"""

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

PREFIX = 7
"""Letters from which deletions are made."""
_BITS = 23


def budget(length: int) -> int:
    """How many edits a word of so many letters may have suffered: none under 5, one under 9, two from there."""
    return 0 if length < 5 else 1 if length < 9 else 2


def edits(word: str, target: str) -> int:
    """The edits (swapped neighbours count one) by which `word` misspells `target`; 0 when it is no misspelling of it.

    A word of four letters may have two of them swapped. The figures in a word are never misspelled.
    """
    if len(target) == 4:
        return 1 if len(word) == 4 and sorted(word) == sorted(target) and OSA.distance(word, target) == 1 else 0
    allowed = budget(len(target))
    distance = OSA.distance(word, target, score_cutoff=allowed)
    if distance > allowed or any(c.isdigit() for c in word):
        return 0
    return distance


def is_slip(word: str, target: str) -> bool:
    """Whether one letter was left out, doubled or swapped, but none changed: what fingers do, and names seldom."""
    if len(word) == len(target):
        return sorted(word) == sorted(target)
    return abs(len(word) - len(target)) == 1


class SpellingIndex:
    """Finds the words that a string may misspell; words are known by their position in the sequence given."""

    __slots__ = ("_far", "_near")

    def __init__(self, near: "Deletions", far: "Deletions") -> None:
        self._near = near
        self._far = far

    @classmethod
    def of(cls, targets: Sequence[str]) -> "SpellingIndex":
        """An index of words; those that allow no edit are left out."""
        near = [(i, w) for i, w in enumerate(targets) if len(w) >= 4 and budget(len(w)) < 2 and w.isalpha()]
        far = [(i, w) for i, w in enumerate(targets) if budget(len(w)) == 2 and w.isalpha()]
        return cls(Deletions.of(near, 1), Deletions.of(far, 2))

    def candidates(self, word: str) -> set[int]:
        """Positions of the words that `word` may misspell; `edits` has the last word."""
        length = len(word)
        found: set[int] = set()
        if 4 <= length <= 9:
            found.update(self._near.find(word, 1))
        if length >= 7:
            found.update(self._far.find(word, 2))
        return found

    def dump(self) -> tuple[bytes, bytes, bytes, bytes]:
        """The index as bytes."""
        return (*self._near.dump(), *self._far.dump())

    @classmethod
    def load(cls, data: tuple[bytes, bytes, bytes, bytes]) -> "SpellingIndex":
        """The index that was dumped."""
        return cls(Deletions.load(*data[:2]), Deletions.load(*data[2:]))


class Deletions:
    """Sorted pairs of a deletion's CRC-32 sum and a word's position, with a bitmap that tells most absent sums."""

    __slots__ = ("_bits", "_pairs")

    def __init__(self, pairs: "array[int]", bits: bytes) -> None:
        self._pairs = pairs
        self._bits = bits

    @classmethod
    def of(cls, words: Sequence[tuple[int, str]], letters: int) -> "Deletions":
        sums = sorted(zlib.crc32(d.encode()) << 32 | i for i, word in words for d in deletions(word, letters))
        bits = bytearray(1 << _BITS - 3)
        for pair in sums:
            spot = pair >> 64 - _BITS
            bits[spot >> 3] |= 1 << (spot & 7)
        return cls(array("Q", sums), bytes(bits))

    def find(self, word: str, letters: int) -> Iterator[int]:
        bits, pairs, crc32 = self._bits, self._pairs, zlib.crc32
        for deletion in deletions(word, letters):
            total = crc32(deletion.encode("utf-8", "replace"))
            if bits[total >> 32 - _BITS + 3] >> (total >> 32 - _BITS & 7) & 1:
                at = bisect_left(pairs, total << 32)
                while at < len(pairs) and pairs[at] >> 32 == total:
                    yield pairs[at] & 0xFFFFFFFF
                    at += 1

    def dump(self) -> tuple[bytes, bytes]:
        return self._pairs.tobytes(), zlib.compress(self._bits, 1)

    @classmethod
    def load(cls, pairs: bytes, bits: bytes) -> "Deletions":
        numbers: array[int] = array("Q")
        numbers.frombytes(pairs)
        return cls(numbers, zlib.decompress(bits))


def deletions(word: str, letters: int) -> set[str]:
    """The first letters of a word, and what is left of them without one or two letters."""
    start = word[:PREFIX]
    once = {start[:i] + start[i + 1 :] for i in range(len(start))}
    if letters == 1:
        once.add(start)
        return once
    twice = {part[:i] + part[i + 1 :] for part in once for i in range(len(part))}
    return twice | once | {start}
