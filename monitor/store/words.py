"""Words that no table knows, and how often they were seen: the often seen are names or words, and no typos.

An outlet alone teaches nothing, nor does one story, however many outlets tell or copy it; and what a match took for a
topic's word is never learned, or a usual misspelling would be missed from the fifth time on.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.store.tables import articles, matches, words

ARTICLES = 5
"""So many must have it …"""
MOST = 50_000
"""Words remembered, at most; those that are not learned and were not seen for the longest time are forgotten."""
MOST_ARTICLES = 2_000
"""Counted after one run."""

Strange = Callable[[str], Collection[str]]
"""Gives the words of a text that no table knows, folded."""

_LEARNED = (words.c.articles >= ARTICLES) & words.c.source_id.is_(None) & ~words.c.found


@dataclass(slots=True)
class _Seen:
    articles: int = 0
    sources: set[int] = field(default_factory=set)
    found: bool = False


def learned(connection: sa.Connection) -> frozenset[str]:
    """Words seen in at least five articles of two sources that no match took for a word of its topic."""
    return frozenset(connection.scalars(sa.select(words.c.word).where(_LEARNED)))


def count(connection: sa.Connection, since: datetime, strange: Strange) -> None:
    """Count the strange words of the articles first seen from `since` on, those of the first to tell a story."""
    tally: dict[str, _Seen] = defaultdict(_Seen)
    for row in connection.execute(_first_tellings(since)):
        for word in strange(f"{row.title} {row.body}"):
            tally[word].articles += 1
            tally[word].sources.add(row.source_id)
    for word in _found(connection, since, strange):
        tally[word].found = True
    for some in _batched(sorted(tally)):
        _add(connection, {word: tally[word] for word in some}, since)
    _forget(connection)


def _first_tellings(since: datetime) -> sa.Select[Any]:
    return (
        sa.select(articles.c.title, articles.c.body, articles.c.source_id)
        .where(articles.c.first_seen >= since, articles.c.joined == "")
        .order_by(articles.c.id)
        .limit(MOST_ARTICLES)
    )


def _found(connection: sa.Connection, since: datetime, strange: Strange) -> Iterator[str]:
    """The strange words in the evidence of the matches made from `since` on."""
    for evidence in connection.scalars(sa.select(matches.c.evidence).where(matches.c.matched >= since)):
        for span in evidence:
            yield from strange(span["text"])


def _add(connection: sa.Connection, tally: Mapping[str, _Seen], now: datetime) -> None:
    known = {row.word: row for row in connection.execute(sa.select(words).where(words.c.word.in_(list(tally))))}
    rows = []
    for word, seen in tally.items():
        before = known.get(word)
        sources = seen.sources | ({before.source_id} if before and before.articles else set())
        rows.append({
            "word": word, "articles": seen.articles + (before.articles if before else 0),
            "source_id": next(iter(sources)) if len(sources) == 1 else None,
            "found": seen.found or bool(before and before.found), "seen": now,
        })  # fmt: skip
    connection.execute(sa.delete(words).where(words.c.word.in_(list(known))))
    connection.execute(sa.insert(words), rows)


def _forget(connection: sa.Connection) -> None:
    over = (connection.scalar(sa.select(sa.func.count()).select_from(words)) or 0) - MOST
    if over > 0:
        oldest = sa.select(words.c.word).where(~_LEARNED).order_by(words.c.seen).limit(over)
        connection.execute(sa.delete(words).where(words.c.word.in_(oldest)))


def _batched(sequence: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    for start in range(0, len(sequence), size):
        yield sequence[start : start + size]
