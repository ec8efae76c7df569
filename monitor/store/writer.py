"""The one writer of a crawl: it takes what was found and commits it in batches."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from monitor import polling
from monitor.clock import Clock
from monitor.health.troubles import Trouble
from monitor.health.ways import Sight, WayHealth
from monitor.leads import shapes
from monitor.records import Article, Lead, Match, Source, Stamp
from monitor.store import articles, fetching, leads, moves, sources, stories, words
from monitor.store.intake import Intake
from monitor.store.looking import Looking
from monitor.store.sights import Sights
from monitor.store.troubles import StoreError
from monitor.urls import key

BATCH = 50
"""A transaction holds at most so many articles …"""
SECONDS = 1.0
"""… and is committed when it is so old."""
SURE = 1.0
"""A link of a section page that scores so high (`monitor.leads.shapes`) is one to a story, whatever its page is."""


class Writer:
    """Opens a transaction with the first thing it is told, and commits it when it is full or `SECONDS` old.

    `fresh` is how old a dated lead may be and still be fetched; `revisit`, how long after it was first fetched an
    article is looked at again. Not safe for threads. After a `StoreError` it writes nothing more: what it had not
    committed is left for the next run, as after a kill.
    """

    def __init__(self, engine: sa.Engine, clock: Clock, fresh: timedelta, revisit: Sequence[timedelta] = ()) -> None:
        self._engine, self._clock = engine, clock
        sa.event.listen(engine, "handle_error", self._note)
        self._connection: sa.Connection | None = None
        self._begun = 0.0
        self._articles = 0
        self._states: dict[str, sources.SourceState] = {}
        self._intake = Intake(self._write, fresh)
        self._sights = Sights()
        self.counts: Counter[str] = Counter()
        """new, revised, held, known, other, failed, matches: what is held is not counted as new."""
        self.looking = Looking(self._write, clock, fresh, revisit, self.counts)
        self.trouble: StoreError | None = None
        """Why it writes nothing more."""

    # ---------------------------------------------------------------- ways in

    def polled(
        self,
        source: Source,
        url: str,
        found: Sequence[Lead],
        *,
        etag: bytes | None = None,
        last_modified: bytes | None = None,
        root: str = "",
        sight: Sight | None = None,
        wishes: polling.Wishes | None = None,
    ) -> list[Lead]:
        """A way in answered with `found`: keep the new leads and the validators; return what to fetch, newest first.

        `root` is the way in that named this one, if one did (a sitemap's index): what a new sitemap of a known index
        lists is not seen for the first time with the source. `sight`: what else was seen of it; `wishes`: what the
        publisher says of when to look again.
        """
        connection, now, state = self._write(), self._clock.now(), self._state(source)
        rhythm = self._sights.rhythms(state).get(url)
        before = rhythm.items if rhythm else ()
        wanted, known = self._intake.take(state, url, found, now, root=root, before=before)
        self.looking.listed(known)
        fetching.keep_validators(connection, url, etag=etag, last_modified=last_modified)
        if root:
            self._sights.below(state, root, found)
        else:
            seen = sight or Sight(entries=len(found), dates=tuple(lead.published for lead in found if lead.published))
            since = self._sights.listed(state, url, found, seen, wishes, now)
            if since is not None:
                reason = f"{url} shows no story that it showed at the last look; others may have rolled off in between"
                sources.note_gap(connection, state.id, since, now, reason)
        return sorted(wanted, key=lambda lead: lead.published or now, reverse=True)

    def unchanged(self, source: Source, url: str) -> None:
        """A way in answered 304."""
        self._sights.same(self._state(source), url, self._clock.now())

    def failed(
        self, source: Source, url: str, reason: str, trouble: Trouble = "other", *, kind: str = "", root: str = ""
    ) -> None:
        """A way in (of `kind`: feeds, sitemaps, sections) did not answer as it should; `reason` is for the operator.

        `root` is the way in that named this one, if one did.
        """
        sight = Sight(kind=kind, trouble=trouble, reason=reason)
        self._sights.failed(self._state(source), url, sight, self._clock.now(), root)

    def paged(self, source_name: str, trouble: Trouble = "") -> None:
        """The page of a story was had whole, or why it was not."""
        self._sights.paged(source_name, trouble)

    def way(self, source: Source, url: str) -> WayHealth:
        """What is known of a way in from before this run."""
        return self._sights.health(self._state(source)).ways.get(url, WayHealth())

    def shares(self, source: Source, url: str, found: Iterable[Lead]) -> bool:
        """Whether a way in lists a story that it listed at the last look."""
        known = self._sights.rhythms(self._state(source)).get(url)
        return known is not None and bool(set(known.items) & {key(lead.url) for lead in found if lead.url})

    def expect(self, names: Iterable[str]) -> None:
        """Read what is known of these sources, at once: one by one takes a while where there are many."""
        new = [name for name in names if name not in self._states]
        if new:
            connection = self._write()
            sources.ensure(connection, new)
            self._states |= {n: s for n, s in sources.states(connection).items() if n not in self._states}

    def keep_ways(self, source: Source, ways: Mapping[str, list[str]]) -> None:
        """Remember the ways in that were discovered for a source."""
        sources.keep_ways(self._write(), self._state(source).id, ways)

    def ways(self, source: Source) -> Mapping[str, list[str]]:
        """The ways in that were discovered for a source before."""
        return self._state(source).ways

    def not_before(self, source: Source, instant: datetime) -> None:
        """The server asked (Retry-After) to be left alone until `instant` of the run's clock."""
        self._sights.not_before(source.name, instant)

    def validators(self, url: str) -> tuple[bytes | None, bytes | None]:
        """(ETag, Last-Modified) as `url` gave them."""
        found = fetching.find_validators(self._write(), url)
        return (found.etag, found.last_modified) if found else (None, None)

    def asked(self) -> Mapping[str, datetime]:
        """When the hosts of the last run's end were asked, real time."""
        return fetching.asked(self._write())

    def keep_asked(self, instants: Mapping[str, datetime]) -> None:
        """Remember for the next run when hosts were asked that must still be left alone for a moment."""
        fetching.keep_asked(self._write(), instants)

    def robots(self, origin: str) -> fetching.Robots | None:
        """The robots.txt kept for `origin`, however old."""
        return fetching.find_robots(self._write(), origin)

    def keep_robots(self, origin: str, body: bytes, status: int) -> None:
        """Keep `origin`'s robots.txt as of now, real time; status 0 where nothing came."""
        fetching.keep_robots(self._write(), origin, body, status, datetime.now(UTC))

    # ---------------------------------------------------------------- leads and articles

    def pending(self, source: Source) -> list[Lead]:
        """What former runs left to fetch, newest first."""
        return self._intake.pending(source.name, self._clock.now())

    def store(
        self,
        article: Article,
        lead: Lead,
        matches: Sequence[Match] = (),
        *,
        lexicon: str = "",
        stamp: Stamp | None = None,
        lasting: bool = False,
    ) -> bool:
        """Keep an article, its matches and its addresses' being seen; false when it was known under another address.

        `lexicon` is the version of the lexicon that the matches were found with; `stamp`, what the page gave;
        `lasting`: of a partial article, that its page will not tell more.
        """
        connection, now = self._write(), self._clock.now()
        keys = _keys(lead.url, article.url, article.canonical_url)
        waiting = leads.find(connection, keys[0])
        source_id = waiting.source_id if waiting else self._state_of(lead.source).id
        known = articles.find(connection, keys)
        entry = leads.entry_key(source_id, lead)
        if known is None:
            known = articles.find_text(connection, source_id, article)
        if known is None:
            known = articles.find_entry(connection, entry, article) if entry is not None else None
            known = known or moves.find(connection, waiting.lost if waiting else (), article)
            if known is not None:
                self.looking.moved(known, article.url)
        keys += [entry] if entry is not None else []
        if known is not None:
            leads.done(connection, keys, source_id, now, "article", known)
            self.counts["known"] += 1
            return False
        article = _as_of(article, now, first_sight=waiting is not None and waiting.first_sight)
        article_id = articles.add(connection, article, source_id, now)
        articles.add_matches(connection, article_id, matches, now, lexicon)
        leads.done(connection, keys, source_id, now, "article", article_id)
        if not lasting:
            self.looking.begin(article_id, source_id, article, stamp or Stamp())
        self.counts.update({"held" if article.state == "held" else "new": 1, "matches": len(matches)})
        self._articles += 1
        self.tick()
        return True

    def other(self, lead: Lead, reason: str, address: str | None = None) -> None:
        """The page is not an article; `address` is where it was found in the end."""
        connection = self._write()
        keys = _keys(lead.url, address)
        leads.done(connection, keys, self._state_of(lead.source).id, self._clock.now(), "other")
        self.counts["other"] += 1

    def worth_telling(self, lead: Lead, *, final: bool = False) -> bool:
        """Whether a page that could not be fetched is to be told by what its lead says: when it was tried twice, or
        trying is pointless (`final`). Looks at known articles bring the whole text later, where there is one."""
        if not lead.title.strip() or (lead.way == "section" and shapes.score(lead.url or "", lead.title) < SURE):
            return False
        waiting = leads.find(self._write(), _keys(lead.url)[0])
        return waiting is not None and (final or waiting.attempts >= 1)

    def unfetched(self, lead: Lead, reason: str, final: bool = False) -> bool:
        """The page could not be fetched: it is tried again later, unless `final` or tried often; true when given up."""
        connection, now = self._write(), self._clock.now()
        waiting = leads.find(connection, _keys(lead.url)[0])
        if waiting is None:
            return True
        if final or waiting.attempts + 1 >= leads.TRIES:
            leads.done(connection, [waiting.key], waiting.source_id, now, "failed")
            self.counts["failed"] += 1
            return True
        leads.put_off(connection, waiting, now, reason)
        return False

    # ---------------------------------------------------------------- words

    def learned_words(self) -> frozenset[str]:
        """Words learned from what former runs read."""
        return words.learned(self._write())

    def count_words(self, since: datetime, strange: words.Strange) -> None:
        """Count the strange words of what was stored from `since` on, for the runs to come."""
        words.count(self._write(), since, strange)
        self.flush()

    # ---------------------------------------------------------------- the end

    def _note(self, context: sa.ExceptionContext) -> None:
        if isinstance(context.chained_exception, StoreError):
            self.trouble = self.trouble or context.chained_exception

    def finish(self, polled: Iterable[Source]) -> None:
        """Note for each polled source whether it answered and how it fares, and when it is due again; commit."""
        connection, now = self._write(), self._clock.now()
        self._sights.note(connection, [(source, self._state(source)) for source in polled], now)
        if self.counts["new"]:
            stories.forget(connection, now)
        self.flush()

    def tick(self) -> None:
        """Commit if the transaction is full or old; to be called a few times a second."""
        old = time.monotonic() - self._begun >= SECONDS
        if self._connection is not None and (old or self._articles >= BATCH):
            self.flush()

    def flush(self) -> None:
        """Commit what there is. Raises `StoreError`."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            self._articles = 0
            with connection:
                if self.trouble:
                    return
                connection.commit()

    def close(self) -> None:
        """Commit what there is; the writer can be used again."""
        self.flush()

    def _write(self) -> sa.Connection:
        if self.trouble:
            raise self.trouble
        if self._connection is None:
            self._connection = self._engine.connect()
            self._begun = time.monotonic()
        return self._connection

    def _state(self, source: Source) -> sources.SourceState:
        return self._state_of(source.name)

    def _state_of(self, name: str) -> sources.SourceState:
        self.expect([name])
        return self._states[name]


def _keys(*urls: str | None) -> list[int]:
    return list(dict.fromkeys(key(url) for url in urls if url))


def _as_of(article: Article, now: datetime, *, first_sight: bool) -> Article:
    """Settle what an article's date means on the day it is first seen: nothing is published later than now.

    What a source carried already is in the archive, and held where its date is not one to rely on.
    """
    published = min(article.published, now) if article.published else None
    trusted = published is not None and article.confidence != "low"
    state = article.state if not first_sight else "archived" if trusted else "held"
    return replace(article, published=published, first_seen=now, state=state)
