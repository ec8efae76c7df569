"""Composing a digest: what a subscription has not been told of yet, out of the store."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from alerts.cards import cards, echoes
from alerts.digests import Beat, Digest
from alerts.schedule import PERIOD
from monitor.freshness import counts_until
from monitor.records import Article, Outage
from monitor.store import alerted, outages, revisions
from monitor.store.alerted import Untold
from monitor.store.subscribers import Subscriber

_DAY = timedelta(days=1)
_HORIZON = timedelta(days=30)
"""What was found so long before the last scheduled instant is settled."""


def compose(connection: sa.Connection, subscriber: Subscriber, beat: Beat, now: datetime) -> Digest:
    """All that a subscription has still to hear, as of `now`."""
    found = _untold(connection, subscriber, beat, now)
    told = alerted.told(connection, subscriber.id, {item.story_id for item in found})
    fresh_ones = [item for item in found if not _is_echo(item, told)]
    again = [item for item in found if _is_echo(item, told)]
    bodies = alerted.bodies(connection, {item.article_id for item in found})
    texts = alerted.told_texts(connection, subscriber.id, {item.story_id for item in again})
    earlier: dict[tuple[int, int | None], str] = {
        (item.article_id, item.gone): revisions.text(connection, item.article_id, item.gone - 1)
        for item in fresh_ones
        if item.gone
    }
    since = min(subscriber.last_digest or subscriber.subscription.created or now, now)
    missed = _missed(connection, since, now, beat.sources)
    return Digest(
        subscriber=subscriber, made=now, cards=cards(fresh_ones, bodies, earlier, beat),
        echoes=echoes(again, bodies, texts),
        missed=missed, news=tuple(outage for outage in missed if _is_news(outage, since, now)),
        sources=len(beat.sources), topics=beat.topics,
    )  # fmt: skip


def _missed(connection: sa.Connection, since: datetime, now: datetime, names: Sequence[str]) -> tuple[Outage, ...]:
    found = outages.between(connection, since, now, set(names))
    dark = {outage.source for outage in found if outage.kind == "dark" and outage.until is None}
    others = [name for name in names if name not in dark]
    return (*found, *outages.overlooked(connection, since, now, others))


def _untold(connection: sa.Connection, subscriber: Subscriber, beat: Beat, now: datetime) -> list[Untold]:
    last = subscriber.last_instant or subscriber.subscription.created or now
    period = PERIOD[subscriber.subscription.every]
    found = alerted.untold(
        connection, subscriber.id, beat.topics.keys(), since=min(last, now) - _HORIZON,
        fresh_since=now - beat.fresh - period,
    )  # fmt: skip
    return [item for item in found if not _was_stale(item.article, beat.fresh)]


def _was_stale(article: Article, fresh: timedelta) -> bool:
    """Whether what a source already carried was old when it was first seen."""
    if article.state != "archived" or article.published is None or article.first_seen is None:
        return False
    return counts_until(article.published, article.precision) < article.first_seen - fresh


def _is_echo(item: Untold, told: Mapping[int, Collection[str]]) -> bool:
    """Whether the story was told: again it is only told of a topic that a revision brought in."""
    topics = told.get(item.story_id)
    if topics is None:
        return False
    return item.revision == 0 or item.match.topic_id in topics


def _is_news(outage: Outage, since: datetime, now: datetime) -> bool:
    if outage.kind != "dark":
        return False
    ended, noticed = outage.until or now, max(outage.since + _DAY, outage.found or outage.since)
    if outage.until and since < outage.until <= now and outage.until - outage.since > _DAY:
        return True
    return since < noticed <= now and ended - outage.since > _DAY
