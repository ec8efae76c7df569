"""Reading the ways into sources: feeds, sitemaps, section pages, and home pages where these are to be discovered."""

import logging
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import re2
from scrapy import Request
from scrapy.http import Response as Answer
from twisted.python.failure import Failure

from monitor.health import walls
from monitor.health.troubles import Trouble
from monitor.health.ways import Sight
from monitor.leads.reading import Child, Hints, Reading
from monitor.records import Lead, Response, Source
from monitor.urls import site
from spiders import reading, seeing
from spiders.discovery import Discovery, Kind, worth_trying
from spiders.pool import EndedError, UnreadableError
from spiders.reasons import Refusal, Stopped, Unreachable, of_exception, trouble_of
from spiders.session import Session

logger = logging.getLogger(__name__)

FIRST = 10
"""Priority: all sources are looked at before stories are fetched."""
SITEMAPS = 20
"""As many sitemaps that an index names are fetched of one source in a run …"""
DEPTH = 3
"""… one named by another at most so deep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way into a source."""

    source: Source
    kind: Kind
    url: str
    root: str = ""
    """The way that named this one, if one did."""
    depth: int = 0
    discovery: Discovery | None = None
    """Set while it is only a candidate."""


class WaysIn:
    """Makes the requests for ways in, and the requests for the stories that they list, by way of `fetch`.

    What follows once a way in has answered is asked for by way of `after`.
    """

    def __init__(
        self,
        session: Session,
        fetch: Callable[[Source, Iterable[Lead]], Iterator[Request]],
        after: Callable[[Source], Iterator[Request]],
    ) -> None:
        self._session, self._fetch, self._after = session, fetch, after
        self._sitemaps: dict[str, set[str]] = {}

    def request(self, way: Way) -> Request:
        """The request for one feed, sitemap or section page."""
        return self._ask(way, self.read, way_in=True)

    def discover(self, source: Source, missing: Iterable[Kind]) -> Request:
        """The request for a home page on which the missing kinds of ways are looked for."""
        session = self._session
        alone = not (source.feeds or source.sitemaps or source.sections)
        keep = partial(session.writer.keep_ways, source)
        discovery = Discovery(missing, keep, session.clock.now(), alone=alone)
        home = Way(source=source, kind="sections", url=source.home, discovery=discovery)
        return self._ask(home, self.read_home, way_in=False)

    def _ask(self, way: Way, callback: Any, *, way_in: bool) -> Request:
        meta = {"source": way.source.name, "delay": way.source.delay, "way_in": way_in, "js": _needs_js(way)}
        return Request(
            way.url, callback=callback, errback=self.not_answered, meta=meta, priority=FIRST, dont_filter=True,
            cb_kwargs={"way": way},
        )  # fmt: skip

    # ---------------------------------------------------------------- answers

    async def read(self, answer: Answer, way: Way) -> AsyncIterator[Any]:
        """Take what a way in lists, and go on to the sitemaps that it names."""
        trouble, reason = seeing.trouble(answer)
        if trouble:
            self._failed(way, reason, trouble)
        elif answer.status == 304:
            self._session.unchanged(way.source, way.url)
            self._settle(way, good=True)
            for request in self._after(way.source):
                yield request
        else:
            async for request in self._take_links(answer, way) if way.kind == "sections" else self._take(answer, way):
                yield request

    async def read_home(self, answer: Answer, way: Way) -> AsyncIterator[Any]:
        """Try what a home page shows and suggests; it may itself be a section page."""
        discovery, (trouble, reason) = way.discovery, seeing.trouble(answer)
        assert discovery is not None
        try:
            if trouble:
                raise UnreadableError(reason, trouble)
            candidates = await self._session.pool.run(reading.ways, record(answer, self._session), self._robots(answer))
        except UnreadableError as error:
            self._session.failed(way.source, way.url, error.reason, error.trouble, kind="home")
            return
        except EndedError:
            return
        chosen = worth_trying(candidates, discovery.missing)
        discovery.begin(len(chosen))
        if not chosen and discovery.in_vain:
            self._no_way_in(way, answer)
        for candidate in chosen:
            found = Way(source=way.source, kind=candidate.kind, url=candidate.url, discovery=discovery)
            if candidate.url == answer.url:
                async for request in self._take_links(answer, found):
                    yield request
            else:
                yield self.request(found)

    def _robots(self, answer: Answer) -> str:
        parts = urlsplit(answer.url)
        kept = self._session.writer.robots(f"{parts.scheme}://{parts.netloc}")
        return kept.body.decode("utf-8", "replace") if kept and kept.status == 200 else ""

    async def _take(self, answer: Answer, way: Way) -> AsyncIterator[Any]:
        try:
            found = await self._session.pool.run(reading.leads, record(answer, self._session), way.source.name)
            if found.error and not (found.entries or found.children):
                raise UnreadableError(found.error, _unread(answer, found))
            self._look_where(answer, way, found.leads)
        except UnreadableError as error:
            self._failed(way, *self._or_elsewhere(answer, way, error))
            return
        except EndedError:
            return
        # An index is asked for whole each time: it may stay the same while its sitemaps change.
        validators = None if found.children else answer
        entries = found.entries or len(found.children)
        for request in self._hand_over(answer, way, found.leads, entries, found.hints, validators):
            yield request
        for request in self._children(found.children, way):
            yield request

    async def _take_links(self, answer: Answer, way: Way) -> AsyncIterator[Any]:
        try:
            found = await self._session.pool.run(reading.links, record(answer, self._session), way.source)
            if not found and walls.needs_script(answer.body):
                raise UnreadableError("the page shows nothing without JavaScript", "javascript")
            if not found and walls.is_parked(answer.body):
                raise UnreadableError("the domain is parked, or for sale", "redirected")
            self._look_where(answer, way, found)
        except UnreadableError as error:
            self._failed(way, *self._or_elsewhere(answer, way, error))
            return
        except EndedError:
            return
        # What a page's scripts fill may change while the page itself stays the same.
        for request in self._hand_over(answer, way, found, len(found), None, None if _needs_js(way) else answer):
            yield request

    def _look_where(self, answer: Answer, way: Way, found: Iterable[Lead]) -> None:
        """Raise `UnreadableError` where a known way in suddenly leads to another site, and to none of its stories."""
        writer, listed = self._session.writer, list(found)
        known = writer.way(way.source, way.url)
        other = seeing.elsewhere(answer, way.url, known.site)
        if other and known.good and listed and not writer.shares(way.source, way.url, listed):
            raise UnreadableError(f"it leads to another site, {other}, with none of its stories", "redirected")

    def _or_elsewhere(self, answer: Answer, way: Way, error: UnreadableError) -> tuple[str, Trouble]:
        """Why nothing could be read, or that it leads to another site if that explains it."""
        other = seeing.elsewhere(answer, way.url, self._session.writer.way(way.source, way.url).site)
        if other and error.trouble in ("not_a_feed", "empty", "javascript"):
            return f"it leads to another site, {other}: {error.reason}", "redirected"
        return error.reason, error.trouble

    def _hand_over(
        self, answer: Answer, way: Way, found: Iterable[Lead], entries: int, hints: Hints | None,
        validators: Answer | None,
    ) -> Iterator[Request]:  # fmt: skip
        """Hand leads to the writer; the requests for those it wants. `validators` is the answer that has them."""
        headers, listed = validators.headers if validators else {}, list(found)
        dates = tuple(lead.published for lead in listed if lead.published)
        wanted = self._session.polled(
            way.source, way.url, wanted_of(way.source, listed), root=way.root,
            etag=headers.get("ETag"), last_modified=headers.get("Last-Modified"),
            sight=Sight(kind=way.kind, entries=entries, dates=dates, site=site(answer.url)),
            wishes=seeing.wishes(answer, hints),
        )  # fmt: skip
        self._settle(way, good=True)
        yield from self._fetch(way.source, wanted)
        yield from self._after(way.source)

    def _children(self, children: Iterable[Child], way: Way) -> Iterator[Request]:
        """The requests for the sitemaps of an index that may hold fresh leads; there are limits to what it may name."""
        oldest = self._session.clock.now() - self._session.plan.fresh - timedelta(days=1)
        asked, root = self._sitemaps.setdefault(way.source.name, set()), way.root or way.url
        for child in children if way.depth < DEPTH else ():
            if child.url in asked or (child.modified is not None and child.modified < oldest):
                continue
            if len(asked) >= SITEMAPS:
                logger.info("%s: %s names more sitemaps than the %d that are read", way.source.name, root, SITEMAPS)
                return
            asked.add(child.url)
            yield self.request(
                Way(source=way.source, kind="sitemaps", url=child.url, root=root, depth=way.depth + 1)
            )  # fmt: skip

    # ---------------------------------------------------------------- failures

    def not_answered(self, failure: Failure) -> None:
        """A way in gave no answer."""
        error, request = failure.value, failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        assert error is not None
        if isinstance(error, Stopped):
            return
        if isinstance(error, Refusal) and not isinstance(error, Unreachable):
            self._session.refused(request, error)
        reason = of_exception(error, timeout=self._session.plan.timeout)
        self._failed(request.cb_kwargs["way"], reason, trouble_of(error))

    def _failed(self, way: Way, reason: str, trouble: Trouble) -> None:
        """A candidate that is none is no trouble, unless nothing else is found."""
        if way.discovery is None or way.url == way.source.home:
            kind = way.kind if way.discovery is None else "home"
            self._session.failed(way.source, way.url, reason, trouble, kind=kind, root=way.root)
        else:
            logger.info("%s: %s is no way in: %s", way.source.name, way.url, reason)
        self._settle(way, good=False)

    def _settle(self, way: Way, *, good: bool) -> None:
        if way.discovery is None:
            return
        way.discovery.settle(way.kind, way.url, good=good)
        if way.discovery.in_vain:
            self._no_way_in(way)

    def _no_way_in(self, way: Way, home: Answer | None = None) -> None:
        """Nothing was found from a home page; `home` is its answer, where the page itself suggests nothing."""
        source = way.source
        reason = "its home page shows no way in" if home else "no way in was found from its home page"
        trouble: Trouble = "no_way_in"
        if home and walls.needs_script(home.body):
            reason, trouble = "its home page shows nothing without JavaScript", "javascript"
        elif home and walls.is_parked(home.body):
            reason, trouble = "the domain is parked, or for sale", "redirected"
        self._session.failed(source, source.home, reason, trouble, kind="home")


def _unread(answer: Answer, found: Reading) -> Trouble:
    """The name of what makes an answer no feed or sitemap."""
    if not answer.body.strip():
        return "empty"
    if walls.is_parked(answer.body):
        return "redirected"
    return "unreadable" if found.kind else "not_a_feed"


def _needs_js(way: Way) -> bool:
    """Feeds and sitemaps are what they are; a section page may be filled by its scripts."""
    return way.source.js and way.kind == "sections"


def record(answer: Answer, session: Session) -> Response:
    """Scrapy's response as ours."""
    return Response(
        url=answer.url, body=answer.body, status=answer.status, fetched=session.clock.now(),
        content_type=(answer.headers.get("Content-Type") or b"").decode("latin-1"),
        etag=(answer.headers.get("ETag") or b"").decode("latin-1"),
        last_modified=(answer.headers.get("Last-Modified") or b"").decode("latin-1"),
    )  # fmt: skip


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
