"""A term: one of the things that a topic looks for, with the judge that knows it, and what calls it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from monitor.matching.mentions import Mention, Verdict
from monitor.matching.reading import Reading

NEAR = 6
"""Chunks on each side of an anchor in which the words beside it must stand."""

ENOUGH = 1_000
"""Mentions of one term in one field after which no more are sought."""
MOST_TRIED = 10_000
"""Places in one field at which one term is sought, at most."""


def effort(verdicts: Sequence[Verdict]) -> int:
    """What a place counts for among those that are tried at most: more where a mention stands."""
    return MOST_TRIED // ENOUGH if verdicts and isinstance(verdicts[0], Mention) else 1


class Judge(Protocol):
    """Looks at a chunk in which the anchor of a term stands."""

    @property
    def text(self) -> str:
        """The term as the topic writes it."""
        ...

    def judge(self, reading: Reading, chunk: int) -> list[Verdict]:
        """Verdicts on the places in the chunk where the anchor stands."""
        ...


class Term:
    """A judge and the sought words that call it: `key` is the anchor, `beside` are words that must stand near it."""

    __slots__ = ("beside", "judge", "key", "seeker", "words")

    def __init__(self, seeker: Judge, words: tuple[int, ...], key: int, beside: tuple[int, ...] = ()) -> None:
        self.seeker = seeker
        self.words = words
        self.key = key
        self.beside = beside
        self.judge = seeker.judge

    @property
    def text(self) -> str:
        """The term as the topic writes it."""
        return self.seeker.text


class Anchor:
    """The terms that one sought word calls: some wherever it stands, others where their other words stand near."""

    __slots__ = ("alone", "paired", "partners")

    def __init__(self) -> None:
        self.alone: list[Term] = []
        self.paired: dict[int, list[Term]] = defaultdict(list)
        """By the first of the words that must stand near …"""
        self.partners: set[int] = set()
        """… and these words."""

    def add(self, term: Term) -> None:
        """Call this one too."""
        if term.beside:
            self.paired[term.beside[0]].append(term)
            self.partners.add(term.beside[0])
        else:
            self.alone.append(term)
