"""What all spiders share: from a Source's ways in to the leads they list, and from a lead to its page."""

from collections.abc import AsyncIterator, Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar

import scrapy
from scrapy import Request
from scrapy.http import Response as Answer
from twisted.python.failure import Failure

from monitor.records import Lead, Source
from spiders import seeing
from spiders.discovery import KINDS, Kind, known
from spiders.items import Fetched, Unread
from spiders.looks import GONE, Looks
from spiders.reasons import Postponed, Refusal, Stopped, Unreachable, is_lasting, of_exception, trouble_of
from spiders.session import Session
from spiders.ways import Way, WaysIn, record


class SourceSpider(scrapy.Spider):
    """Reads the ways in of `kinds` of the plan's sources, or of one: `-a source=NAME`."""

    kinds: ClassVar[tuple[Kind, ...]] = KINDS

    def __init__(self, source: str = "", **arguments: Any) -> None:
        super().__init__(**arguments)
        self._only = source

    @cached_property
    def session(self) -> Session:
        """What the parts of this crawl share."""
        return Session.of(self.crawler)

    @cached_property
    def ways(self) -> WaysIn:
        """What asks for ways in and reads them."""
        return WaysIn(self.session, self.fetch, self.looks.begin)

    @cached_property
    def looks(self) -> Looks:
        """What looks at known articles again."""
        return Looks(self.session)

    def sources(self) -> list[Source]:
        """The sources to read; raises `ValueError` where the one asked for does not exist."""
        plan = self.session.plan
        found = [source for source in plan.sources if self._only in ("", source.name)]
        if self._only and not found:
            raise ValueError(f"no source named {self._only!r}; there are: {', '.join(s.name for s in plan.sources)}")
        return found

    async def start(self) -> AsyncIterator[Any]:
        """The first requests: every way in, and the leads that former runs left."""
        for source in self.sources():
            for request in self.begin(source):
                yield request
        for source in self.session.plan.again if not self._only else ():
            for request in self.looks.begin(source):
                yield request

    def begin(self, source: Source) -> Iterator[Request]:
        """The first requests of one source."""
        session = self.session
        ways = known(source, session.writer.ways(source), session.clock.now())
        settled = session.plan.settled.get(source.name, frozenset())
        for kind in self.kinds:
            for url in ways[kind] or ():
                if url not in settled:
                    yield self.ways.request(Way(source=source, kind=kind, url=url))
        missing = [kind for kind in self.kinds if ways[kind] is None]
        if missing:
            yield self.ways.discover(source, missing)
        yield from self.fetch(source, session.writer.pending(source))

    def fetch(self, source: Source, leads: Iterable[Lead]) -> Iterator[Request]:
        """The requests for the pages of leads."""
        for lead in leads:
            if not lead.url:
                continue
            try:
                yield Request(
                    lead.url, callback=self.read_page, errback=self.not_fetched, dont_filter=True,
                    meta={"source": source.name, "delay": source.delay, "js": source.js},
                    cb_kwargs={"lead": lead, "source": source},
                )  # fmt: skip
            except ValueError:
                self.session.unfetched(lead, "an address that cannot be asked", final=True)

    def read_page(self, answer: Answer, lead: Lead, source: Source) -> Iterator[Fetched | Unread]:
        """Pass a page on to the pipelines."""
        trouble, reason = seeing.trouble(answer)
        if trouble:
            yield from self.session.unread(source, lead, reason, trouble, final=answer.status in GONE)
            return
        yield Fetched(source=source, lead=lead, response=record(answer, self.session))

    def not_fetched(self, failure: Failure) -> Iterable[Unread]:
        """A page gave no answer: next run, unless asking again is pointless."""
        error, request = failure.value, failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        assert error is not None
        if isinstance(error, (Stopped, Postponed)):
            return ()
        if isinstance(error, Refusal) and not isinstance(error, Unreachable):
            self.session.refused(request, error)
        reason, arguments = of_exception(error, timeout=self.session.plan.timeout), request.cb_kwargs
        return self.session.unread(
            arguments["source"], arguments["lead"], reason, trouble_of(error), final=is_lasting(error)
        )
