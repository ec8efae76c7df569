"""topics.yaml: the watchlist."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from pydantic import Field, field_validator, model_validator

from config.checking import Strict, Words, validate
from config.document import Document, read
from config.errors import ConfigErrors, Finding
from monitor.records import Examples, Fuzzy, Topic

KINDS = ("phrases", "person", "place", "organization", "query")
WORDS = ("also", "acronyms", "region", "require", "exclude", "context")
HEEDED = {"acronyms": ("organization",), "region": ("place",), "also": tuple(k for k in KINDS if k != "query")}
"""The keys that only some kinds of topics heed, and which."""


class ExamplesEntry(Strict):
    """Texts that `newswatch topics test` tries."""

    match: Words = Field((), description="Sentences that must match.")
    ignore: Words = Field((), description="Sentences that must not.")


class TopicEntry(Strict):
    """One subject to watch for: exactly one of phrases, person, place, organization, query."""

    name: str = Field(description="What digests call it.", min_length=1)
    id: str = Field("", description="Defaults to a slug of the name; keep it when you rename a topic.")
    phrases: Words = Field((), description="Any of these; word forms, typos and hyphens are understood.")
    person: str = Field("", description="A full name: Eric Jones.")
    place: str = Field("", description="A place: Stockton.")
    organization: str = Field("", description="A body's full name.")
    query: str = Field("", description='Lucene syntax: ("Justice Department" OR DOJ) AND sanctuary~1.')
    also: Words = Field((), description="Other names, taken as they stand.")
    acronyms: Words = Field((), description="An organization's acronyms.")
    region: Words = Field((), description="A place's region, in all its spellings; without it any mention counts.")
    require: Words = Field((), description="One of these must appear in the article too.")
    exclude: Words = Field((), description="A mention inside one of these does not count.")
    context: Words = Field(
        (), description="One of these in the article, or its source local to one, tells the right one."
    )
    fuzzy: Fuzzy = Field("normal", description="off: as written · strict: word forms · normal: typos too.")
    min_score: float = Field(84, description="Matches below this score do not count.", ge=0, le=100)
    examples: ExamplesEntry = Field(ExamplesEntry(), description="Sentences to try it on.")

    @field_validator("query")
    @classmethod
    def _parses(cls, value: str) -> str:
        if value:
            from monitor.matching.expressions import QueryError
            from monitor.matching.query import parse

            try:
                parse(value)
            except QueryError as error:
                raise ValueError(f"does not parse: {error}") from None
        return value

    @field_validator(*(kind for kind in KINDS if kind != "query"), *WORDS)
    @classmethod
    def _says_something(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for text in [value] if isinstance(value, str) else value:
            if text and not any(character.isalnum() for character in text):
                raise ValueError(f"{text!r} has no letter and no digit: nothing can match it")
        return value

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [kind for kind in KINDS if getattr(self, kind)]
        if len(given) != 1:
            have = f"has {' and '.join(given)}" if given else "has nothing to look for"
            raise ValueError(f"{have}; it needs exactly one of {', '.join(KINDS)}")
        return self

    def record(self) -> Topic:
        """The topic as the matcher knows it."""
        plain = {name: getattr(self, name) for name in type(self).model_fields if name not in ("id", "examples")}
        examples = Examples(match=self.examples.match, ignore=self.examples.ignore)
        return Topic(id=self.id or slug(self.name), examples=examples, **plain)


class TopicsFile(Strict):
    """topics.yaml."""

    topics: tuple[TopicEntry, ...] = Field((), description="The watchlist.")


def slug(name: str) -> str:
    """`Sanctuary policy!` → `sanctuary-policy`: letters and digits of any script, joined by hyphens."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-") or "topic"


def check(document: Document) -> list[Finding]:
    """What is wrong with the entries besides their values: keys that their kind does not heed, two of one id."""
    findings, first = list(_idle(document)), dict[str, int]()
    for index, name, identity in _identities(document):
        if identity in first:
            message = (
                f"topics.{first[identity]} has the id {identity!r} already; give one of them an id or name of its own"
            )
            way = "id" if identity != slug(name) else "name"
            findings.append(document.finding(("topics", index, way), message))
        first.setdefault(identity, index)
    return findings


def _idle(document: Document) -> Iterator[Finding]:
    """Keys that a topic of its kind does not heed: acronyms of a person."""
    for index, entry in document.entries("topics"):
        kinds = [kind for kind in KINDS if entry.get(kind)]
        for key, heeding in HEEDED.items():
            if entry.get(key) and len(kinds) == 1 and kinds[0] not in heeding:
                mend = "write it into the query" if kinds[0] == "query" else "take it out, or put it under also"
                message = f"only a topic with {' or '.join(heeding)} heeds it, and this one has {kinds[0]}; {mend}"
                yield document.finding(("topics", index, key), message, at_key=True)


def known(document: Document) -> set[str] | None:
    """The names and ids that a subscriber may name, of broken entries too; `None` where the file cannot tell."""
    if not isinstance(document.data, dict) or not isinstance(document.data.get("topics", []), list):
        return None
    return {name for _, *names in _identities(document) for name in names}


def _identities(document: Document) -> Iterator[tuple[int, str, str]]:
    """Position, name and id of each entry that has a name."""
    for index, entry in document.entries("topics"):
        name, given = entry.get("name"), entry.get("id")
        if isinstance(name, str) and name.strip():
            yield index, name.strip(), given.strip() if isinstance(given, str) and given.strip() else slug(name)


def load_topics(path: Path) -> tuple[Topic, ...]:
    """The topics of one file. Raises `ConfigErrors`."""
    document = read(path)
    parsed, findings = validate(document, TopicsFile)
    findings = [*findings, *check(document)]
    if parsed is None or findings:
        raise ConfigErrors(findings)
    return tuple(entry.record() for entry in parsed.topics)
