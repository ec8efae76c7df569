"""Who is told what, and when: subscriptions, the topics they follow, and whether they may be written to."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

import sqlalchemy as sa

from monitor.records import Subscription
from monitor.store.tables import alerted, bounces, consents, outbox, subscription_topics, subscriptions

State = Literal["pending", "active", "unsubscribed", "suppressed", "removed"]
"""`removed`: gone from subscribers.yaml, or by command; may come back. The two before it stay until the person acts."""

_SETTINGS = ("topics", "every", "at", "day", "time_zone", "empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A subscription as the store keeps it."""

    subscription: Subscription
    state: State
    changed: bool
    """A person or a command changed it: subscribers.yaml has lost its say."""
    last_instant: datetime | None = None
    """The last scheduled instant that was dealt with."""
    last_digest: datetime | None = None
    """When the last digest was made."""

    @property
    def id(self) -> int:
        """The store's number of the subscription."""
        return self.subscription.id


def find(connection: sa.Connection, email: str) -> Subscriber | None:
    """The subscriber with this (normalized) address."""
    return _one(connection, subscriptions.c.email == email)


def get(connection: sa.Connection, subscription_id: int) -> Subscriber | None:
    """The subscriber with this number."""
    return _one(connection, subscriptions.c.id == subscription_id)


def every(connection: sa.Connection, *states: State) -> list[Subscriber]:
    """All subscribers, or those in one of `states`, in the order they came."""
    query = sa.select(subscriptions).order_by(subscriptions.c.id)
    if states:
        query = query.where(subscriptions.c.state.in_(states))
    return [_subscriber(row) for row in connection.execute(query).mappings()]


def add(
    connection: sa.Connection,
    subscription: Subscription,
    now: datetime,
    *,
    state: State = "active",
    changed: bool = False,
) -> int:
    """Store a new subscription; return its id."""
    row = {
        **_settings(subscription), "email": subscription.email, "channel": subscription.channel, "state": state,
        "changed": changed, "created": now,
    }  # fmt: skip
    return int(connection.execute(sa.insert(subscriptions).values(row).returning(subscriptions.c.id)).scalar_one())


def change(connection: sa.Connection, subscription_id: int, subscription: Subscription, *, changed: bool) -> None:
    """Give a subscription other settings; `changed` says that a person or a command did."""
    values = {**_settings(subscription), "changed": changed}
    connection.execute(sa.update(subscriptions).where(subscriptions.c.id == subscription_id).values(values))


def set_state(
    connection: sa.Connection, subscription_id: int, state: State, *, changed: bool = True, now: datetime | None = None
) -> None:
    """Move a subscription to another state; with `now` it starts anew there: nothing older is told."""
    values: dict[str, Any] = {"state": state, "changed": changed}
    if now is not None:
        values |= {"created": now, "last_instant": None, "last_digest": None}
        gone = subscription_topics.c.subscription_id == subscription_id
        connection.execute(sa.delete(subscription_topics).where(gone))
    connection.execute(sa.update(subscriptions).where(subscriptions.c.id == subscription_id).values(values))


def dealt_with(
    connection: sa.Connection, subscription_id: int, instant: datetime, made: datetime | None = None
) -> None:
    """A scheduled instant needs nothing more; `made` is when its digest was made, if there was one."""
    values: dict[str, Any] = {"last_instant": instant}
    if made is not None:
        values["last_digest"] = made
    connection.execute(sa.update(subscriptions).where(subscriptions.c.id == subscription_id).values(values))


def follow(connection: sa.Connection, topics: Collection[str], now: datetime) -> None:
    """Let every active subscription hear of its topics (of `topics`, the watchlist's ids), the new ones from now on.

    A beginning that lies ahead was set by a clock that was ahead: it is now.
    """
    ahead = subscription_topics.c.since > now
    connection.execute(sa.update(subscription_topics).where(ahead).values(since=now))
    rows = connection.execute(sa.select(subscription_topics.c.subscription_id, subscription_topics.c.topic_id))
    known: dict[int, set[str]] = {}
    for subscription_id, topic in rows:
        known.setdefault(subscription_id, set()).add(topic)
    active = every(connection, "active")
    _begin(connection, _missing(active, known, topics), now)
    for subscriber in active:
        chosen = subscriber.subscription.topics
        left = known.get(subscriber.id, set()) - set(chosen) if chosen != "all" else set()
        if left:
            mine = subscription_topics.c.subscription_id == subscriber.id
            connection.execute(sa.delete(subscription_topics).where(mine, subscription_topics.c.topic_id.in_(left)))


def held(connection: sa.Connection, subscription_id: int) -> dict[str, list[dict[str, Any]]]:
    """What is held about a subscription besides its settings: topics and since when, mails, marks, bounces."""
    found = {}
    for name, table in (("follows", subscription_topics), ("told", alerted), ("mails", outbox), ("bounces", bounces)):
        columns = [column for column in table.c if column.name not in {"message", "subscription_id"}]
        query = sa.select(*columns).where(table.c.subscription_id == subscription_id)
        found[name] = [dict(row) for row in connection.execute(query).mappings()]
    return found


def erase(connection: sa.Connection, subscription_id: int) -> None:
    """Delete a subscription and all that belongs to it."""
    for table in (subscription_topics, alerted, outbox, bounces, consents):
        connection.execute(sa.delete(table).where(table.c.subscription_id == subscription_id))
    connection.execute(sa.delete(subscriptions).where(subscriptions.c.id == subscription_id))


def begin(connection: sa.Connection, subscription_id: int, topics: Collection[str], now: datetime) -> None:
    """Let one subscription hear of those of its topics that it does not hear of yet, from now on."""
    subscriber = get(connection, subscription_id)
    if subscriber is not None:
        mine = subscription_topics.c.subscription_id == subscription_id
        known = set(connection.scalars(sa.select(subscription_topics.c.topic_id).where(mine)))
        _begin(connection, _missing([subscriber], {subscription_id: known}, topics), now)


def _missing(
    active: Iterable[Subscriber], known: dict[int, set[str]], topics: Collection[str]
) -> Iterator[tuple[int, str]]:
    for subscriber in active:
        chosen = subscriber.subscription.topics
        wanted = set(topics) if chosen == "all" else set(chosen) & set(topics)
        for topic in sorted(wanted - known.get(subscriber.id, set())):
            yield subscriber.id, topic


def _begin(connection: sa.Connection, pairs: Iterable[tuple[int, str]], now: datetime) -> None:
    rows = [{"subscription_id": id_, "topic_id": topic, "since": now} for id_, topic in pairs]
    for start in range(0, len(rows), 5_000):
        connection.execute(sa.insert(subscription_topics), rows[start : start + 5_000])


def _one(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Subscriber | None:
    row = connection.execute(sa.select(subscriptions).where(condition)).mappings().first()
    return _subscriber(row) if row else None


def _subscriber(row: sa.RowMapping) -> Subscriber:
    topics = cast("list[str] | str", row["topics"])
    subscription = Subscription(
        id=row["id"], email=row["email"], channel=row["channel"],
        topics="all" if isinstance(topics, str) else tuple(topics),
        every=row["every"], at=row["at"], day=row["day"], time_zone=row["time_zone"], empty=row["empty"],
        created=row["created"],
    )  # fmt: skip
    return Subscriber(
        subscription=subscription, state=row["state"], changed=row["changed"], last_instant=row["last_instant"],
        last_digest=row["last_digest"],
    )  # fmt: skip


def _settings(subscription: Subscription) -> dict[str, Any]:
    row = {name: getattr(subscription, name) for name in _SETTINGS}
    row["topics"] = "all" if subscription.topics == "all" else list(subscription.topics)
    return row
