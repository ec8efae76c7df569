"""The topics of a watchlist and what calls them. Where that is known from an earlier run, a topic's terms are made when
it is first called: most topics are named in no article of a day."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from monitor.matching.compiling import Compiler, Watched
from monitor.matching.lexicon import Lexicon
from monitor.matching.terms import Term
from monitor.records import Topic

Row = tuple[int, tuple[int, ...], int, int, list[int]]
"""A term as it is kept: its key, the words beside it, the topic that makes it, its place there, and all its topics."""


class Draft(Term):
    """A term of which is known what calls it; the rest is made when it is first asked for."""

    __slots__ = ("_at", "_topic", "_watchlist")

    def __init__(self, watchlist: "Watchlist", topic: int, at: int, key: int, beside: tuple[int, ...]) -> None:
        self._watchlist = watchlist
        self._topic = topic
        self._at = at
        self.key = key
        self.beside = beside

    def __getattr__(self, name: str) -> Any:
        """The seeker, the words or the judge, which are there from now on."""
        made = self._watchlist[self._topic].terms[self._at]
        self.seeker, self.words, self.judge = made.seeker, made.words, made.judge
        return getattr(made, name)


class Watchlist(Sequence[Watched]):
    """Topics with their terms, after `compile` or `load`."""

    def __init__(self, topics: Sequence[Topic], lexicon: Lexicon) -> None:
        self._topics = topics
        self._compiler = Compiler(lexicon)
        self._made: list[Watched | None] = [None] * len(topics)
        self._rows: list[Row] = []
        self.always: list[int] = []
        """Topics that are weighed for every article, whatever is in it."""
        self.vocabulary = self._compiler.vocabulary
        self.geography = self._compiler.geography

    def __len__(self) -> int:
        return len(self._topics)

    def __getitem__(self, at: Any) -> Any:
        """A topic with its terms."""
        watched = self._made[at]
        if watched is None:
            watched = self._made[at] = self._compiler.watched(self._topics[at])
        return watched

    def compile(self) -> None:
        """Make all terms, and the tables of the words that they seek."""
        rows: dict[Term, Row] = {}
        for topic, watched in enumerate(self):
            for at, term in enumerate(watched.terms):
                rows.setdefault(term, (term.key, term.beside, topic, at, []))[-1].append(topic)
        self._rows = list(rows.values())
        self.always = [topic for topic, watched in enumerate(self) if watched.always]
        self.vocabulary.compile()

    def terms(self) -> Iterator[tuple[Term, list[int]]]:
        """Every term, made or to be made, and the topics that look for it."""
        for key, beside, topic, at, topics in self._rows:
            watched = self._made[topic]
            yield watched.terms[at] if watched else Draft(self, topic, at, key, beside), topics

    def dump(self) -> tuple[object, ...]:
        """What calls the topics, and the tables of the words, to be kept."""
        return self._rows, self.always, self.vocabulary.dump()

    def load(self, tables: tuple[Any, ...], learned: AbstractSet[str] = frozenset()) -> bool:
        """What was dumped, in place of `compile`; `learned` are words that the lexicon knows since.

        False where one of these is sought: how may have changed with that.
        """
        rows, always, vocabulary = tables
        if not learned.isdisjoint(vocabulary[0]):
            return False
        self._rows, self.always = rows, always
        self.vocabulary.load(vocabulary, learned)
        return True
