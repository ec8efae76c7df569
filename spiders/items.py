"""What passes through the pipelines: a fetched page, then the article it holds."""

from dataclasses import dataclass, field

from monitor.records import Article, Lead, Look, Match, Response, Revision, Source, Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page that a lead pointed to, or that is looked at again."""

    source: Source
    lead: Lead
    response: Response
    look: Look | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A page that could not be had: what its lead says has to do."""

    source: Source
    lead: Lead
    reason: str
    final: bool
    """Asking again would change nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The article that was on it, and what it matches."""

    article: Article
    lead: Lead
    matches: tuple[Match, ...] = ()
    lexicon: str = ""
    """The version of the lexicon that they were found with."""
    stamp: Stamp = field(default_factory=Stamp)
    lasting: bool = False
    """Of a partial one: its page will not tell more, ever."""
    look: Look | None = None
    """Set, with what follows, where the article was known."""
    revision: Revision | None = None
    before: Article | None = None
    matches_before: tuple[Match, ...] = ()
