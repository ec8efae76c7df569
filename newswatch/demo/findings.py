"""What the demo's rounds found and left out, each with its reason, read back from the store."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.loading import Config, load
from monitor.matching import Lexicon, Matcher
from monitor.records import Article, Refusal
from monitor.store import articles
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
    finally:
        engine.dispose()
    found = tuple(_found(archive, matched))
    left_out = tuple(_left_out(config, archive))
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
            outlets=tuple(dict.fromkeys(row["source"] for row in archive if row["story"] == story)),
            topics=tuple((topic, *best) for topic, best in reversed(topics.items())),
        )


def _best(evidence: Sequence[dict[str, Any]]) -> tuple[str, str]:
    """The words that say most about why: the exact ones, unless there are none."""
    first = min(evidence, key=lambda span: span["how"] != "exact", default={"text": "", "how": ""})
    return " ".join(first["text"].split()), first["how"].replace("_", " ")


def _left_out(config: Config, archive: Sequence[dict[str, Any]]) -> Iterator[LeftOut]:
    """The look-alikes: refused though something in the text came near."""
    matcher = Matcher(config.topics, Lexicon.shipped())
    regions = {source.name: source.region for source in config.sources}
    for row in archive:
        article = Article(
            title=row["title"], body=row["body"], url=row["url"], source=row["source"], region=regions[row["source"]]
        )
        for refusal in matcher.explain(article)[1]:
            if refusal.nearest:
                yield _refused(row, refusal)


def _refused(row: dict[str, Any], refusal: Refusal) -> LeftOut:
    return LeftOut(
        title=row["title"],
        outlet=row["source"],
        topic=refusal.topic,
        nearest=" ".join(refusal.nearest.split()),
        reason=refusal.reason,
    )
