"""What passes through the pipelines: a fetched page, then the article it holds."""

from dataclasses import dataclass

from monitor.records import Article, Lead, Match, Response, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page that a lead pointed to."""

    source: Source
    lead: Lead
    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The article that was on it, and what it matches."""

    article: Article
    lead: Lead
    matches: tuple[Match, ...] = ()
    lexicon: str = ""
    """The version of the lexicon that they were found with."""
