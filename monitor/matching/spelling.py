"""Which word may be a misspelling of which: the rule, and an index that finds candidates without comparing them all.

The index keeps every string that is left of a word's first letters when one letter (or two, in long words) is deleted;
two words within that many edits share such a string (the symmetric deletion of SymSpell, W. Garbe 2012).
"""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

PREFIX = 7
"""Letters from which deletions are made."""

_DIRECTIONS = ("north", "south", "east", "west")

Rests = dict[str, tuple[int, ...]]
"""What is left of words without a letter or two, and the positions of the words."""


def budget(length: int) -> int:
    """How many edits a word of so many letters may have suffered: none under 5, one under 9, two from there."""
    return 0 if length < 5 else 1 if length < 9 else 2


def slips(length: int) -> int:
    """How many edits a query's `word~` allows: two, as Lucene does, but one under 6 letters and none under 3.

    The bounds are those of Elasticsearch's `fuzziness: AUTO`.
    """
    return 0 if length < 3 else 1 if length < 6 else 2


def edits(word: str, target: str) -> int:
    """The edits (swapped neighbours count one) by which `word` misspells `target`; 0 when it is no misspelling of it.

    A word of four letters may have two of them swapped. The figures in a word are never misspelled, nor is a direction
    at its beginning taken for another.
    """
    if len(target) == 4:
        return 1 if len(word) == 4 and sorted(word) == sorted(target) and OSA.distance(word, target) == 1 else 0
    allowed = budget(len(target))
    distance = OSA.distance(word, target, score_cutoff=allowed)
    return 0 if distance > allowed or has_figures(word) or turns(word, target) else distance


def turns(word: str, target: str) -> bool:
    """Whether both begin with a direction, each with its own: Eastbrook is not Westbrook."""
    here, there = (next(filter(name.startswith, _DIRECTIONS), "") for name in (word, target))
    return here != there and bool(here and there)


def has_figures(word: str) -> bool:
    """Whether there are figures in a word."""
    return not word.isalpha() and any(map(str.isdigit, word))


def is_slip(word: str, target: str) -> bool:
    """Whether one letter was left out, doubled or swapped, but none changed: what fingers do, and names seldom."""
    if len(word) == len(target):
        return sorted(word) == sorted(target)
    return abs(len(word) - len(target)) == OSA.distance(word, target) == 1


def grows(word: str, target: str) -> bool:
    """Whether a vowel behind a name, another for its last, an `a` less, two letters more or fewer at its end, or an O
    before it make another of it (Banksy, Ostrowska, Volkov, Karlsen for Karls); a doubled letter does not."""
    if word[:-1] == target[:-1]:
        return "a" in (word[-1], target[-1]) and {word[-1], target[-1]} < set("aiouy")
    if target.startswith(word):
        return target == word + "a" or len(target) == len(word) + 2
    if word.startswith(target):
        return len(word) == len(target) + 2 or (word[-1] in "aiouy" and word[-1] != target[-1])
    return word == "o" + target


class SpellingIndex:
    """Finds the words that a string may misspell; words are known by their position in the sequence given."""

    __slots__ = ("_long", "_short")

    def __init__(self, short: "Deletions", long: "Deletions") -> None:
        self._short = short
        self._long = long

    @classmethod
    def of(cls, targets: Sequence[str]) -> "SpellingIndex":
        """An index of words; those that allow no edit are left out."""
        short = [(i, w) for i, w in enumerate(targets) if len(w) >= 4 and budget(len(w)) < 2 and w.isalpha()]
        long = [(i, w) for i, w in enumerate(targets) if budget(len(w)) == 2 and w.isalpha()]
        return cls(Deletions.of(short, 1), Deletions.of(long, 2))

    def candidates(self, word: str) -> set[int]:
        """Positions of the words that `word` may misspell; `edits` has the last word."""
        found = self._short.find(word) if 4 <= len(word) <= 9 else set()
        return found | self._long.find(word) if len(word) >= 7 else found

    def dump(self) -> tuple[Rests, Rests]:
        """The tables, to be kept."""
        return self._short.rests, self._long.rests

    @classmethod
    def load(cls, tables: tuple[Rests, Rests]) -> "SpellingIndex":
        """The index that was dumped."""
        return cls(Deletions(tables[0], 1), Deletions(tables[1], 2))


class Deletions:
    """What is left of words without one letter, or without one or two, and the positions of the words."""

    __slots__ = ("_cut", "rests")

    def __init__(self, rests: Rests, letters: int) -> None:
        self._cut = without_one if letters == 1 else without_two
        self.rests = rests

    @classmethod
    def of(cls, words: Sequence[tuple[int, str]], letters: int) -> "Deletions":
        found: dict[str, list[int]] = {}
        deletions = cls({}, letters)
        for position, word in words:
            for rest in set(deletions._cut(word)):
                found.setdefault(rest, []).append(position)
        deletions.rests.update((rest, tuple(positions)) for rest, positions in found.items())
        return deletions

    def find(self, word: str) -> set[int]:
        """Positions of the words of which something is left that is left of this one too."""
        rests = self.rests
        return set().union(*map(rests.__getitem__, rests.keys() & self._cut(word)))


def without_one(word: str) -> list[str]:
    """The first letters of a word, and what is left of them without one."""
    start = word[:PREFIX]
    return [start, *[start[:i] + start[i + 1 :] for i in range(len(start))]]


def without_two(word: str) -> list[str]:
    """The first letters of a word, and what is left of them without one or two."""
    start, *rests = without_one(word)
    return [start, *rests, *[rest[:j] + rest[j + 1 :] for i, rest in enumerate(rests) for j in range(i, len(rest))]]
