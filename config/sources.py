"""sources.yaml: the news sites, each with its ways in."""

from pydantic import Field, field_validator

from config.checking import Duration, Strict, WebAddress, Words, duration, positive
from config.document import Document
from config.errors import Finding
from monitor.records import Source


class Patterns(Strict):
    """Which addresses are articles: RE2 patterns that are searched for in them."""

    allow: Words = Field((), description="When there are any, an article's address must match one.")
    deny: Words = Field((), description="An address that matches one is no article.")

    @field_validator("allow", "deny")
    @classmethod
    def _compiles(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        import re2

        options = re2.Options()
        options.log_errors = False
        for pattern in value:
            try:
                re2.compile(pattern, options)
            except re2.error as error:
                reason = error.args[0].decode() if isinstance(error.args[0], bytes) else error
                raise ValueError(f"{pattern!r} is not an RE2 pattern: {reason}") from None
        return value


class SourceEntry(Strict):
    """One news site. A way in that is absent is discovered from `home`; `[]` means that there is none."""

    name: str = Field(description="What digests call it.", min_length=1)
    home: WebAddress = Field(description="Its home page.")
    feeds: tuple[WebAddress, ...] | None = Field(None, description="RSS, Atom, RDF or JSON feeds.")
    sitemaps: tuple[WebAddress, ...] | None = Field(None, description="News sitemaps, or indexes of them.")
    sections: tuple[WebAddress, ...] | None = Field(None, description="Pages whose story links are followed.")
    articles: Patterns = Field(Patterns(), description="Which addresses are articles.")
    region: Words = Field((), description="Where the source is local: places, the nearest first.")
    poll: str = Field("auto", description="How often to look: auto, or 15m, 1h, …")
    delay: Duration | None = Field(None, description="Between two requests to one of its hosts; else the crawl's.")
    js: bool = Field(False, description="Its pages need JavaScript: they are read with Chromium (the extra js).")

    @field_validator("poll")
    @classmethod
    def _poll(cls, value: str) -> str:
        if value != "auto":
            positive(duration(value))
        return value

    def record(self) -> Source:
        """The source as the rest of the program knows it."""
        return Source(
            name=self.name, home=self.home, feeds=self.feeds, sitemaps=self.sitemaps, sections=self.sections,
            allow=self.articles.allow, deny=self.articles.deny, region=self.region, js=self.js,
            poll=None if self.poll == "auto" else duration(self.poll),
            delay=None if self.delay is None else self.delay.total_seconds(),
        )  # fmt: skip


class SourcesFile(Strict):
    """sources.yaml."""

    sources: tuple[SourceEntry, ...] = Field((), description="The news sites.")


def check(document: Document) -> list[Finding]:
    """What is wrong between the entries: two of one name."""
    findings, first = [], dict[str, int]()
    for index, entry in document.entries("sources"):
        name = entry.get("name")
        if not isinstance(name, str):
            continue
        if name.strip() in first:
            message = f"{name!r} is the name of sources.{first[name.strip()]} already; give one of them another"
            findings.append(document.finding(("sources", index, "name"), message))
        first.setdefault(name.strip(), index)
    return findings
