"""One cycle of alerting: who subscribes, whose digest is due, and what is put into the outbox."""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from alerts import payloads, schedule, subscriptions
from alerts.composing import compose
from alerts.digests import Beat, Digest, singles
from alerts.fitting import fit
from alerts.freshness import fresh_until
from alerts.messages import Letterhead, build, envelope_sender, leave_url, message_id, preferences_url
from alerts.rendering import render
from monitor.clock import Clock
from monitor.records import Subscription
from monitor.store import alerted, outbox, subscribers
from monitor.store.engine import read
from monitor.store.outbox import Kind, Mail
from monitor.store.subscribers import Subscriber

logger = logging.getLogger(__name__)

EXPIRES: dict[Kind, timedelta] = {"digest": timedelta(days=2), "alert": timedelta(days=5)}
"""How long a mail is tried."""
WEEKLY_EXPIRES = timedelta(days=4)
"""How long a weekly digest is: the next one is far away."""
AT_ONCE = 25
"""More new stories than this at once for a subscription that hears immediately are one digest, not so many mails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What alerting needs of the settings, in plain values."""

    beat: Beat
    head: Letterhead


def begin(engine: sa.Engine, clock: Clock, wanted: Sequence[Subscription], topics: Iterable[str]) -> Counter[str]:
    """Before a crawl: lay subscribers.yaml over the store, and let each subscription follow its topics from now on.

    `topics` are the watchlist's ids. What is found before this is told to nobody new.
    """
    with engine.begin() as connection:
        return lay(connection, clock.now(), wanted, topics)


def lay(
    connection: sa.Connection, now: datetime, wanted: Sequence[Subscription], topics: Iterable[str]
) -> Counter[str]:
    """What `begin` does, in a transaction of the caller's."""
    counts = subscriptions.seed(connection, wanted, now)
    subscribers.follow(connection, set(topics), now)
    return counts


def queue_due(engine: sa.Engine, clock: Clock, desk: Desk) -> Counter[str]:
    """Queue every digest and alert that is due; return how many, by kind, and in all ("queued").

    A subscription is one transaction: its mails, what they tell, and the instant's being dealt with.
    """
    with read(engine) as connection:
        active = [subscriber.id for subscriber in subscribers.every(connection, "active")]
    counts: Counter[str] = Counter(queued=0)
    for subscription_id in active:
        try:
            counts += _queue_for(engine, clock, desk, subscription_id)
        except sa.exc.IntegrityError:
            logger.info("subscription %d: another process queued its mail first", subscription_id)
    return Counter({"queued": 0, **counts})


def _queue_for(engine: sa.Engine, clock: Clock, desk: Desk, subscription_id: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    with engine.begin() as connection:
        subscriber = subscribers.get(connection, subscription_id)
        if subscriber is None or subscriber.state != "active":
            return counts
        now = clock.now()
        subscriber = _set_right(connection, subscriber, now)
        counts += _made_anew(connection, subscriber, desk, now)
        if subscriber.subscription.every == "immediately":
            counts += _alerts(connection, subscriber, desk, now)
        instant = schedule.due(subscriber.subscription, now, subscriber.last_instant)
        if instant is not None:
            counts += _digest(connection, subscriber, desk, instant, now)
    return counts


def _made_anew(connection: sa.Connection, subscriber: Subscriber, desk: Desk, now: datetime) -> Counter[str]:
    """A digest that waited until a story in it was no news any more is made again, of what still is.

    An alert of such a story is left for the next digest.
    """
    keys = outbox.withdraw_stale(connection, subscriber.id, now)
    for key in keys:
        alerted.release(connection, key)
    if not any(key.startswith("digest:") for key in keys):
        return Counter()
    digest = compose(connection, subscriber, desk.beat, now)
    return _put(connection, digest, desk, f"digest:{subscriber.id}:{_stamp(now)}", now) if digest.cards else Counter()


def _set_right(connection: sa.Connection, subscriber: Subscriber, now: datetime) -> Subscriber:
    """Forget an instant that a clock far ahead left behind, which would keep the subscriber waiting for it."""
    last = subscriber.last_instant or subscriber.subscription.created
    if not schedule.went_back(subscriber.subscription, now, last):
        return subscriber
    instant = schedule.latest(subscriber.subscription, now)
    subscribers.dealt_with(connection, subscriber.id, instant)
    return replace(subscriber, last_instant=instant)


def _alerts(connection: sa.Connection, subscriber: Subscriber, desk: Desk, now: datetime) -> Counter[str]:
    """A mail for each new story, at once."""
    digest = compose(connection, subscriber, desk.beat, now)
    new = [single for single in singles(digest) if not outbox.has(connection, _alert_key(single))]
    if len(new) > AT_ONCE:
        cards = tuple(single.cards[0] for single in new)
        together = replace(digest, cards=cards, echoes=(), news=())
        return _put(connection, together, desk, f"digest:{subscriber.id}:{_stamp(now)}", now)
    counts: Counter[str] = Counter()
    for single in new:
        counts += _put(connection, single, desk, _alert_key(single), now, kind="alert")
    return counts


def _digest(
    connection: sa.Connection, subscriber: Subscriber, desk: Desk, instant: datetime, now: datetime
) -> Counter[str]:
    """The digest of a scheduled instant, if there is something in it, or its emptiness is to be told."""
    key = f"digest:{subscriber.id}:{_stamp(instant)}"
    digest = compose(connection, subscriber, desk.beat, now)
    wanted = digest.worth_sending or subscriber.subscription.empty == "note"
    if not wanted or outbox.has(connection, key):
        subscribers.dealt_with(connection, subscriber.id, instant)
        return Counter()
    counts = _put(connection, digest, desk, key, now)
    subscribers.dealt_with(connection, subscriber.id, instant, now)
    return counts


def _put(
    connection: sa.Connection, digest: Digest, desk: Desk, key: str, now: datetime, kind: Kind = "digest"
) -> Counter[str]:
    """Put a digest's mail into the outbox, and mark what it tells."""
    subscriber = digest.subscriber
    if subscriber.subscription.channel:
        return _put_parts(connection, digest, desk, key, now, kind)
    recipient = subscriber.subscription.email
    weekly = kind == "digest" and subscriber.subscription.every == "weekly"
    digest, raw = fit(digest, lambda part: message(part, desk.head, key, alert=kind == "alert"))
    mail = Mail(
        key=key, kind=kind, recipient=recipient, sender=envelope_sender(desk.head, subscriber.id),
        message_id=message_id(key, desk.head.domain), message=raw, subscription_id=subscriber.id,
        expires=now + (WEEKLY_EXPIRES if weekly else EXPIRES[kind]),
        fresh_until=fresh_until(digest, desk.beat.fresh, alert=kind == "alert"),
    )  # fmt: skip
    if not outbox.queue(connection, mail, now):
        return Counter()
    alerted.mark(connection, subscriber.id, digest.marks, key, now)
    return Counter({"queued": 1, kind: 1})


def _put_parts(
    connection: sa.Connection, digest: Digest, desk: Desk, key: str, now: datetime, kind: Kind
) -> Counter[str]:
    """The same for a channel, which may get several short messages."""
    subscriber, counts = digest.subscriber, Counter[str]()
    weekly = kind == "digest" and subscriber.subscription.every == "weekly"
    for part, named, raw in payloads.parts(digest, desk.head.site, key, alert=kind == "alert"):
        mail = Mail(
            key=named, kind=kind, recipient=subscriber.subscription.email, sender="",
            message_id=message_id(named, desk.head.domain), message=raw, subscription_id=subscriber.id,
            expires=now + (WEEKLY_EXPIRES if weekly else EXPIRES[kind]),
            fresh_until=fresh_until(part, desk.beat.fresh, alert=kind == "alert"),
        )  # fmt: skip
        if outbox.queue(connection, mail, now):
            alerted.mark(connection, subscriber.id, part.marks, named, now)
            counts += Counter({"queued": 1, kind: 1})
    return counts


def message(digest: Digest, head: Letterhead, key: str, *, alert: bool = False) -> bytes:
    """The message that tells a digest."""
    leave = leave_url(head, digest.subscriber.id)
    settings = preferences_url(head, digest.subscriber.id)
    words = render(digest, head.site, leave, preferences_url=settings, alert=alert)
    return build(head, key, digest.subscriber.subscription.email, words, digest.made, leave=leave)


def _alert_key(single: Digest) -> str:
    card = single.cards[0]
    return f"alert:{single.subscriber.id}:{card.story_id}:{card.revision}"


def _stamp(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
