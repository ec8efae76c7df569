"""Looking at known articles again: one page of a source after the other, once a way into the source has answered."""

import logging
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response as Answer
from twisted.python.failure import Failure

from monitor.records import Lead, Look, Revision, Source
from monitor.revising.words import page_hash
from spiders import seeing
from spiders.items import Fetched
from spiders.reasons import Postponed, Refusal, Stopped, Unreachable, is_lasting, of_exception
from spiders.session import Session
from spiders.ways import record

logger = logging.getLogger(__name__)

LAST = -10
"""Priority: what is new is fetched first."""
GONE = (404, 410, 451)
"""What is not there any more, and will not come back soon."""


class Looks:
    """A source's looks are a chain: each answer asks for the next page, and trouble with the host ends it for now."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: dict[str, deque[Look]] = defaultdict(deque)
        self._asked: dict[str, set[int]] = defaultdict(set)
        self._busy: set[str] = set()

    def begin(self, source: Source) -> Iterator[Request]:
        """The request for the first page that is due, unless the source's chain is under way."""
        if source.name not in self._busy:
            yield from self._next(source)

    def _next(self, source: Source) -> Iterator[Request]:
        asked, waiting = self._asked[source.name], self._waiting[source.name]
        if not waiting:
            waiting.extend(self._session.writer.looking.due(source, but=asked))
        self._busy.discard(source.name)
        if waiting:
            self._busy.add(source.name)
            look = waiting.popleft()
            asked.add(look.article_id)
            yield self._request(look, source)

    def _request(self, look: Look, source: Source) -> Request:
        headers = {"If-None-Match": look.stamp.etag, "If-Modified-Since": look.stamp.last_modified}
        return Request(
            look.url, callback=self.read, errback=self.not_answered, priority=LAST, dont_filter=True,
            headers={name: value for name, value in headers.items() if value},
            meta={"source": source.name, "delay": source.delay, "look": True, "js": source.js},
            cb_kwargs={"look": look, "source": source},
        )  # fmt: skip

    def read(self, answer: Answer, look: Look, source: Source) -> Iterator[Any]:
        """Take what a page answered, and go on to the next one."""
        answer.meta["depth"] = 0  # a chain is no descent, whatever DEPTH_LIMIT is
        looking, (trouble, reason) = self._session.writer.looking, seeing.trouble(answer)
        if answer.status == 304:
            looking.same(look)
        elif answer.status in GONE and trouble != "bot_wall":
            looking.lost(look, Revision(kind="withdrawn", note=reason))
        elif trouble:
            self._unanswered(look, reason)
            self._end(source)
            return
        else:
            response = record(answer, self._session)
            if look.stamp.page_hash and page_hash(response.body) == look.stamp.page_hash:
                looking.same(look)
            else:
                lead = Lead(url=look.url, source=source.name)
                yield Fetched(source=source, lead=lead, look=look, response=response)
        yield from self._next(source)

    def not_answered(self, failure: Failure) -> Iterable[Request]:
        """A page gave no answer: go on where the trouble is its own, and not the host's."""
        error, request = failure.value, failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        assert error is not None
        look, source = request.cb_kwargs["look"], request.cb_kwargs["source"]
        if isinstance(error, (Stopped, Postponed)):
            return self._end(source)
        if isinstance(error, Refusal) and not isinstance(error, Unreachable):
            self._session.refused(request, error)
        self._unanswered(look, of_exception(error, timeout=self._session.plan.timeout))
        return self._next(source) if is_lasting(error) else self._end(source)

    def _unanswered(self, look: Look, reason: str) -> None:
        logger.info("%s: %s could not be looked at again: %s", look.source, look.url, reason)
        self._session.writer.looking.unanswered(look)

    def _end(self, source: Source) -> Iterable[Request]:
        """Leave the source alone for the rest of the run: its chain stays busy."""
        self._waiting[source.name].clear()
        return ()
