"""The nouns of a query: words and phrases, and how they are joined."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

QueryField = Literal["title", "body", "source"]


class QueryError(ValueError):
    """A query that cannot be understood. `position` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message, position)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        return f"{self.message} (at character {self.position + 1})"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryWord:
    """One word. `source` is compared with the name of the article's source, the other fields with its text."""

    text: str
    edits: int | None = 0
    """How many letters may be wrong; `None`: as many as a word of this length allows, but a known word is itself."""
    prefix: bool = False
    """`text` is how the word begins."""
    field: QueryField | None = None
    """`None`: title or body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryPhrase:
    """Words that stand together."""

    words: tuple[str, ...]
    gap: int = 0
    """How many other words may stand among them."""
    field: QueryField | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    """Every part is there. `wished` parts need not be, but are shown as evidence where they are."""

    parts: tuple["Node", ...]
    wished: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Any:
    """One of the parts at least is there."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The part is not there."""

    part: "Node"


Node = QueryWord | QueryPhrase | All | Any | Not


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query as it was written and as it is understood."""

    text: str
    root: Node


def leaves(node: Node) -> Iterator[QueryWord | QueryPhrase]:
    """The words and phrases of a query, the refused ones too."""
    match node:
        case QueryWord() | QueryPhrase():
            yield node
        case Not():
            yield from leaves(node.part)
        case All():
            for part in (*node.parts, *node.wished):
                yield from leaves(part)
        case Any():
            for part in node.parts:
                yield from leaves(part)
