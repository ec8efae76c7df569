"""What the demo's rounds found and left out, each with its reason, read back from the store."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from config.loading import Config, load
from monitor.matching import Lexicon, Matcher
from monitor.records import Article, Refusal, Topic
from monitor.store import articles, tables
from monitor.store.engine import open_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One story that matched: its topics, each with the words that spoke for it and how."""

    title: str
    outlets: tuple[str, ...]
    topics: tuple[tuple[str, str, str], ...]
    """Topic, words, how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One article that looked like a topic and was refused."""

    title: str
    outlet: str
    topic: str
    nearest: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All of it."""

    found: tuple[Found, ...]
    left_out: tuple[LeftOut, ...]
    plain: tuple[str, ...]
    """Headlines of articles that resemble no topic at all."""


def read(folder: Path) -> Findings:
    """What the store of the demo's folder holds, explained by the matcher itself."""
    config = load(folder, {})
    engine = open_store(config.settings.store)
    try:
        with engine.connect() as connection:
            archive = list(articles.rows(connection))
            matched = list(articles.match_rows(connection))
            held = set(connection.scalars(sa.select(tables.articles.c.url).where(tables.articles.c.state == "held")))
    finally:
        engine.dispose()
    held_back = [_held(row) for row in matched if row["url"] in held]
    found = tuple(_found(archive, [row for row in matched if row["url"] not in held]))
    left_out = (*held_back, *_left_out(config, archive, {row["url"] for row in matched}))
    mentioned = {story.title for story in found} | {refused.title for refused in left_out}
    return Findings(
        found=found,
        left_out=left_out,
        plain=tuple(row["title"] for row in archive if row["title"] not in mentioned),
    )


def _found(archive: Sequence[dict[str, Any]], matched: Sequence[dict[str, Any]]) -> Iterator[Found]:
    """One entry a story, however many outlets carry it."""
    for story in dict.fromkeys(row["story"] for row in matched):
        rows = [row for row in matched if row["story"] == story]
        topics = {row["topic"]: _best(row["evidence"]) for row in reversed(rows)}
        yield Found(
            title=rows[0]["title"],
            outlets=tuple(sorted({row["source"] for row in archive if row["story"] == story})),
            topics=tuple((topic, *best) for topic, best in reversed(topics.items())),
        )


def _best(evidence: Sequence[dict[str, Any]]) -> tuple[str, str]:
    """The words that say most about why: the exact ones, unless there are none."""
    first = min(evidence, key=lambda span: span["how"] != "exact", default={"text": "", "how": ""})
    return " ".join(first["text"].split()), first["how"].replace("_", " ")


def _left_out(config: Config, archive: Sequence[dict[str, Any]], matched: Container[str]) -> Iterator[LeftOut]:
    """The look-alikes among the articles that matched nothing: each with the refusal that came nearest."""
    matcher = Matcher(config.topics, Lexicon.shipped())
    regions = {source.name: source.region for source in config.sources}
    words = {topic.name: _words(topic) for topic in config.topics}
    for row in archive:
        if row["url"] in matched:
            continue
        article = Article(
            title=row["title"], body=row["body"], url=row["url"], source=row["source"], region=regions[row["source"]]
        )
        refusals = matcher.explain(article)[1]
        near = max(refusals, key=lambda refusal: _likeness(refusal, words[refusal.topic]), default=None)
        if near and _likeness(near, words[near.topic]):
            yield _refused(row, near)


def _words(topic: Topic) -> set[str]:
    """The words of a topic that are long enough to tell something."""
    names = (*topic.phrases, topic.person, topic.place, topic.organization, *topic.also)
    return {word for name in names for word in re.findall(r"\w{5,}", name.casefold())}


def _likeness(refusal: Refusal, words: set[str]) -> int:
    """How many of a topic's words stand in the refused ones."""
    return len(words & set(re.findall(r"\w+", refusal.nearest.casefold())))


def _held(row: dict[str, Any]) -> LeftOut:
    """A match in an undated page that was there before we came: an evergreen, for all we know."""
    words, _ = _best(row["evidence"])
    reason = "found, but the page has no date and was there before we came"
    return LeftOut(title=row["title"], outlet=row["source"], topic=row["topic"], nearest=words, reason=reason)


def _refused(row: dict[str, Any], refusal: Refusal) -> LeftOut:
    return LeftOut(
        title=row["title"],
        outlet=row["source"],
        topic=refusal.topic,
        nearest=" ".join(refusal.nearest.split()),
        reason=refusal.reason,
    )
