"""What all spiders share: from a Source's ways in to the leads they list, and from a lead to its page."""

import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import timedelta
from typing import Any, ClassVar, Literal

import re2
import scrapy
from scrapy import Request
from scrapy.http import Response as Answer
from twisted.python.failure import Failure

from monitor.leads.reading import Child
from monitor.records import Lead, Response, Source
from spiders import reading
from spiders.items import Fetched
from spiders.pool import EndedError, UnreadableError
from spiders.reasons import Postponed, Refusal, Stopped, Unreachable, is_lasting, of_exception, of_status
from spiders.session import Session

logger = logging.getLogger(__name__)

Kind = Literal["feeds", "sitemaps", "sections"]

WAYS_FIRST = 10
"""Priority: all sources are looked at before stories are fetched."""
SITEMAPS = 20
"""As many sitemaps that an index names are fetched of one source in a run …"""
DEPTH = 3
"""… one named by another at most so deep."""


class SourceSpider(scrapy.Spider):
    """Reads the ways in of `kinds` of the plan's sources, or of one: `-a source=NAME`."""

    kinds: ClassVar[tuple[Kind, ...]] = ("feeds", "sitemaps", "sections")

    def __init__(self, source: str = "", **arguments: Any) -> None:
        super().__init__(**arguments)
        self._only = source
        self._sitemaps: dict[str, set[str]] = {}

    @property
    def session(self) -> Session:
        """What the parts of this crawl share."""
        return Session.of(self.crawler)

    def sources(self) -> list[Source]:
        """The sources to read; raises `ValueError` where the one asked for does not exist."""
        known = self.session.plan.sources
        found = [source for source in known if self._only in ("", source.name)]
        if self._only and not found:
            raise ValueError(f"no source named {self._only!r}; there are: {', '.join(s.name for s in known)}")
        return found

    async def start(self) -> AsyncIterator[Any]:
        """The first requests: every way in, and the leads that former runs left."""
        for source in self.sources():
            for request in self.begin(source):
                yield request

    def begin(self, source: Source) -> Iterator[Request]:
        """The first requests of one source."""
        found = self.session.writer.ways(source)
        settled = self.session.plan.settled.get(source.name, frozenset())
        missing = False
        for kind in self.kinds:
            named = getattr(source, kind)
            ways = found.get(kind) if named is None else named
            missing = missing or ways is None
            for url in ways or ():
                if url not in settled:
                    yield self.way_in(source, kind, url)
        if missing:
            yield self.ask(source, source.home, self.discover, way_in=False)
        yield from self.fetch(source, self.session.writer.pending(source))

    # ---------------------------------------------------------------- ways in

    def way_in(self, source: Source, kind: Kind, url: str, **more: Any) -> Request:
        """The request for one feed, sitemap or section page."""
        read = {"feeds": self.read_leads, "sitemaps": self.read_leads, "sections": self.read_links}[kind]
        return self.ask(source, url, read, **more)

    def ask(self, source: Source, url: str, callback: Any, *, way_in: bool = True, **arguments: Any) -> Request:
        """A request for a way into a source; `callback` gets the source, the way's address and `arguments`."""
        meta = {"source": source.name, "delay": source.delay, "way_in": way_in}
        return Request(
            url, callback=callback, errback=self.not_answered, meta=meta, priority=WAYS_FIRST, dont_filter=True,
            cb_kwargs={"source": source, "way": url, **arguments},
        )  # fmt: skip

    async def discover(self, answer: Answer, source: Source, way: str) -> AsyncIterator[Any]:
        """Look for the ways in that the operator did not name, on the home page."""
        if not self.answered(answer, source, way):
            return
        yield None  # until monitor.leads.ways stands

    async def read_leads(
        self, answer: Answer, source: Source, way: str, depth: int = 0, root: str = ""
    ) -> AsyncIterator[Any]:
        """Take what a feed or a sitemap lists, and go on to the sitemaps that it names."""
        if not self.answered(answer, source, way):
            return
        try:
            found = await self.session.pool.run(reading.leads, self.record(answer), source.name)
        except UnreadableError as error:
            self.session.failed(source, way, error.reason)
            return
        except EndedError:
            return
        if found.error and not (found.entries or found.children):
            self.session.failed(source, way, found.error)
            return
        # An index is asked for whole each time: it may stay the same while its sitemaps change.
        for request in self.take(None if found.children else answer, source, way, found.leads, root):
            yield request
        for request in self.children(found.children, source, root or way, depth):
            yield request

    def children(self, children: Iterable[Child], source: Source, root: str, depth: int) -> Iterator[Request]:
        """The requests for the sitemaps of an index that may hold fresh leads; there are limits to what it may name."""
        oldest = self.session.clock.now() - self.session.plan.fresh - timedelta(days=1)
        asked = self._sitemaps.setdefault(source.name, set())
        for child in children if depth < DEPTH else ():
            if child.url in asked or (child.modified is not None and child.modified < oldest):
                continue
            if len(asked) >= SITEMAPS:
                logger.info("%s: %s names more sitemaps than the %d that are read", source.name, root, SITEMAPS)
                return
            asked.add(child.url)
            yield self.way_in(source, "sitemaps", child.url, depth=depth + 1, root=root)

    async def read_links(self, answer: Answer, source: Source, way: str) -> AsyncIterator[Any]:
        """Take the story links of a section page."""
        if not self.answered(answer, source, way):
            return
        try:
            found = await self.session.pool.run(reading.links, self.record(answer), source)
        except UnreadableError as error:
            self.session.failed(source, way, error.reason)
            return
        except EndedError:
            return
        for request in self.take(answer, source, way, found):
            yield request

    def answered(self, answer: Answer, source: Source, way: str) -> bool:
        """Whether a way in answered with something to read; notes it where it did not."""
        reason = of_status(answer.status)
        if reason:
            self.session.failed(source, way, reason)
        elif answer.status == 304:
            self.session.unchanged(source, way)
        return not reason and answer.status != 304

    def take(
        self, answer: Answer | None, source: Source, way: str, found: Iterable[Lead], root: str = ""
    ) -> Iterator[Request]:
        """Hand leads to the writer; the requests for those it wants. `answer` is where the validators are."""
        headers = answer.headers if answer else {}
        wanted = self.session.polled(
            source, way, wanted_of(source, found), root=root,
            etag=headers.get("ETag"), last_modified=headers.get("Last-Modified"),
        )  # fmt: skip
        yield from self.fetch(source, wanted)

    def not_answered(self, failure: Failure, **arguments: Any) -> None:
        """A way in gave no answer."""
        request, error = _parts(failure)
        if isinstance(error, Stopped):
            return
        if isinstance(error, Refusal) and not isinstance(error, Unreachable):
            self.session.refused(request, error)
        reason = of_exception(error, timeout=self.session.plan.timeout)
        self.session.failed(request.cb_kwargs["source"], request.cb_kwargs["way"], reason)

    # ---------------------------------------------------------------- stories

    def fetch(self, source: Source, leads: Iterable[Lead]) -> Iterator[Request]:
        """The requests for the pages of leads."""
        for lead in leads:
            if not lead.url:
                continue
            try:
                yield Request(
                    lead.url, callback=self.read_page, errback=self.not_fetched, dont_filter=True,
                    meta={"source": source.name, "delay": source.delay},
                    cb_kwargs={"lead": lead, "source": source},
                )  # fmt: skip
            except ValueError:
                self.session.unfetched(lead, "an address that cannot be asked", final=True)

    def read_page(self, answer: Answer, lead: Lead, source: Source) -> Iterator[Fetched]:
        """Pass a page on to the pipelines."""
        reason = of_status(answer.status)
        if reason:
            gone = answer.status in (404, 410, 451)
            self.session.unfetched(lead, reason, final=gone)
            return
        yield Fetched(source=source, lead=lead, response=self.record(answer))

    def not_fetched(self, failure: Failure) -> None:
        """A page gave no answer: next run, unless asking again is pointless."""
        request, error = _parts(failure)
        if isinstance(error, (Stopped, Postponed)):
            return
        if isinstance(error, Refusal) and not isinstance(error, Unreachable):
            self.session.refused(request, error)
        reason = of_exception(error, timeout=self.session.plan.timeout)
        self.session.unfetched(request.cb_kwargs["lead"], reason, final=is_lasting(error))

    def record(self, answer: Answer) -> Response:
        """Scrapy's response as ours."""
        return Response(
            url=answer.url, body=answer.body, status=answer.status, fetched=self.session.clock.now(),
            content_type=(answer.headers.get("Content-Type") or b"").decode("latin-1"),
            last_modified=(answer.headers.get("Last-Modified") or b"").decode("latin-1"),
        )  # fmt: skip


def _parts(failure: Failure) -> tuple[Request, BaseException]:
    error = failure.value
    assert error is not None
    return failure.request, error  # type: ignore[attr-defined]  # Scrapy puts it there


def wanted_of(source: Source, leads: Iterable[Lead]) -> list[Lead]:
    """The leads whose addresses the source's patterns let through."""
    allow, deny = [re2.compile(p) for p in source.allow], [re2.compile(p) for p in source.deny]
    return [
        lead
        for lead in leads
        if lead.url
        and (not allow or any(p.search(lead.url) for p in allow))
        and not any(p.search(lead.url) for p in deny)
    ]
