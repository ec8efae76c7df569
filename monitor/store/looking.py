"""The part of the one writer that keeps what looks at known articles bring; each outcome is in one transaction."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.clock import Clock
from monitor.records import Article, Lead, Look, Match, Revision, Source, Stamp
from monitor.store import revisions, revisits
from monitor.urls import key

AT_ONCE = 60
"""A run looks at so many known articles of a source: after dark days the rest waits for the next ones."""
_DAY = timedelta(days=1)


class Looking:
    """Writes by way of `write`, which gives the transaction under way."""

    def __init__(
        self,
        write: Callable[[], sa.Connection],
        clock: Clock,
        fresh: timedelta,
        revisit: Sequence[timedelta],
        counts: "Counter[str]",
    ) -> None:
        self._write, self._clock, self._fresh, self._revisit, self._counts = write, clock, fresh, revisit, counts
        self._moved: dict[int, str] = {}
        """Articles that were found at another address in this run."""

    def begin(self, article_id: int, source_id: int, article: Article, stamp: Stamp) -> None:
        """An article was stored: look at it again, unless it is held, or was no news when it came in."""
        now = self._clock.now()
        old = article.published is not None and article.published + _DAY < now - self._fresh
        if self._revisit and article.state != "held" and not old:
            revisits.add(self._write(), article_id, source_id, stamp, now, revisits.following(now, self._revisit, now))

    def listed(self, known: Iterable[Lead]) -> None:
        """Known articles are listed again: those that were updated since the last look are due earlier."""
        if not self._revisit:
            return
        instants = {key(lead.url): instant for lead in known if lead.url and (instant := _updated(lead))}
        if instants:
            revisits.updated(self._write(), instants, self._clock.now())

    def moved(self, article_id: int, url: str) -> None:
        """An article was found under a new address with an edited text: it is looked at there, now. What a look at the
        old one that is under way does not find there tells nothing."""
        self._moved[article_id] = url
        revisits.moved(self._write(), article_id, url, self._clock.now())

    def _is_past(self, look: Look) -> bool:
        return self._moved.get(look.article_id, look.url) != look.url

    def due(self, source: Source, *, but: Collection[int] = (), most: int | None = 20) -> list[Look]:
        """At most `most` articles of a source to look at now, newest first; none of those in `but`: they were."""
        room = AT_ONCE - len(but)
        if room <= 0 or not self._revisit:
            return []
        return revisits.due(self._write(), source.name, self._clock.now(), but=but, limit=min(room, most or room))

    def before(self, look: Look) -> Article:
        """The article as it stands in the store."""
        return revisions.before(self._write(), look)

    def furniture(self, look: Look) -> frozenset[tuple[str, ...]]:
        """The headlines of the source's other articles."""
        return revisions.furniture(self._write(), look)

    def same(self, look: Look, stamp: Stamp | None = None) -> None:
        """The page shows the text that is known; `stamp` is what it gave, where it was sent at all."""
        if self._is_past(look):
            return
        connection, now = self._write(), self._clock.now()
        if stamp:
            revisions.find_again(connection, look, now)
        revisits.looked(connection, look.article_id, now, self._next(look, now), stamp)

    def lost(self, look: Look, revision: Revision) -> None:
        """The page does not show the text any more: the text stays, and the page is looked at again all the same."""
        if self._is_past(look):
            return
        connection, now = self._write(), self._clock.now()
        revisions.lose(connection, look, revision, now)
        revisits.looked(connection, look.article_id, now, self._next(look, now), Stamp())

    def revised(
        self,
        look: Look,
        article: Article,
        revision: Revision,
        stamp: Stamp,
        *,
        found: Sequence[Match] = (),
        found_before: Sequence[Match] = (),
        lexicon: str = "",
    ) -> None:
        """The page shows another text; `found` and `found_before` are the matches in it and in the one before."""
        connection, now = self._write(), self._clock.now()
        new = revisions.add(
            connection, look, article, revision, now, found=found, found_before=found_before, lexicon=lexicon
        )
        revisits.looked(connection, look.article_id, now, self._next(look, now), stamp)
        self._counts.update({"revised": 1, "matches": new})

    def unanswered(self, look: Look) -> None:
        """The page could not be looked at: tried again, ever more rarely."""
        if self._is_past(look):
            return
        now = self._clock.now()
        revisits.put_off(self._write(), look, now, self._next(look, now))

    def _next(self, look: Look, now: datetime) -> datetime | None:
        return revisits.following(look.first_seen, self._revisit, now)


def _updated(lead: Lead) -> datetime | None:
    """When an entry says that its story was updated, or was given a new date; nothing where it tells no hour, or where
    the dates of its way in are not to be relied on."""
    if lead.doubtful or lead.way not in ("feed", "sitemap"):
        return None
    published = lead.published if lead.precision == "time" else None
    return max(filter(None, (lead.modified, published)), default=None)
