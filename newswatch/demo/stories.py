"""The demo's invented stories, read from the Markdown files in `content`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One invented story of one outlet; `hours` is how long before the second round it came out."""

    key: str
    outlet: str
    section: str
    title: str
    author: str
    hours: int
    undated: bool = False
    paragraphs: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The title as it stands in an address."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower().replace("'", "")).strip("-")[:70].rstrip("-")

    def published(self, second_round: datetime) -> datetime:
        """When the story came out, to the minute, in UTC."""
        minutes = self.hours * 60 + (self.hours * 7) % 45
        return second_round.astimezone(UTC).replace(second=0, microsecond=0) - timedelta(minutes=minutes)


def load() -> tuple[Story, ...]:
    """Return every story, newest first; a copy (`copy_of`) carries the paragraphs of its original."""
    files = [f for f in resources.files("newswatch.demo.content").iterdir() if f.name.endswith(".md")]
    originals: dict[str, str] = {}
    stories: dict[str, Story] = {}
    for file in files:
        key = file.name.removesuffix(".md")
        head, body = _parts(file.read_text(encoding="utf-8"))
        originals[key] = head.pop("copy_of", "")
        stories[key] = Story(key=key, paragraphs=tuple(_paragraphs(body)), **head)
    copied = (
        replace(story, paragraphs=stories[originals[key]].paragraphs) if originals[key] else story
        for key, story in stories.items()
    )
    return tuple(sorted(copied, key=lambda story: (story.hours, story.key)))


def _parts(text: str) -> tuple[dict[str, Any], str]:
    _, head, body = text.split("---\n", 2)
    return yaml.safe_load(head), body


def _paragraphs(body: str) -> Iterator[str]:
    return (" ".join(block.split()) for block in body.split("\n\n") if block.strip())
