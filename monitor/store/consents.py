"""What people asked for on the subscribers' pages, and what they agreed to (double opt-in), with its wording."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.records import Subscription
from monitor.store.tables import consents, outbox

_WISHES = ("topics", "every", "at", "day", "time_zone", "empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Something asked for in the name of an address; agreed to once it is `confirmed`."""

    id: int
    wishes: Subscription
    """Not stored as a subscription before it is confirmed."""
    wording: str
    """What is agreed to, as it was shown."""
    requested: datetime
    expires: datetime
    confirmed: datetime | None = None
    declined: datetime | None = None
    """"It was not me: do not write again"."""
    subscription_id: int | None = None


def key(consent_id: int) -> str:
    """The key, in the outbox, of the mail that asks for confirmation."""
    return f"confirmation:{consent_id}"


def mailbox(email: str) -> str:
    """The mailbox behind an address, for counting: letter case and +tags make no other one."""
    local, _, domain = email.casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def add(connection: sa.Connection, wishes: Subscription, wording: str, now: datetime, expires: datetime) -> int:
    """Note what was asked for; return its number."""
    row = {
        "email": wishes.email, "mailbox": mailbox(wishes.email), "wishes": _row(wishes), "wording": wording,
        "requested": now, "expires": expires,
    }  # fmt: skip
    return int(connection.execute(sa.insert(consents).values(row).returning(consents.c.id)).scalar_one())


def get(connection: sa.Connection, consent_id: int, *, lock: bool = False) -> Consent | None:
    """What was asked for under this number; with `lock` no other transaction answers it at the same time."""
    query = sa.select(consents).where(consents.c.id == consent_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    return _consent(row) if row else None


def recent(connection: sa.Connection, email: str, since: datetime) -> list[Consent]:
    """What was asked for, or declined, since then in the name of a mailbox, the newest first."""
    mine = consents.c.mailbox == mailbox(email)
    lately = sa.or_(consents.c.requested >= since, consents.c.declined >= since)
    query = sa.select(consents).where(mine, lately).order_by(consents.c.id.desc())
    return [_consent(row) for row in connection.execute(query).mappings()]


def confirm(connection: sa.Connection, consent_id: int, subscription_id: int, now: datetime) -> None:
    """Note that it was agreed to, and which subscription came of it."""
    values = {"confirmed": now, "subscription_id": subscription_id}
    connection.execute(sa.update(consents).where(consents.c.id == consent_id).values(values))


def decline(connection: sa.Connection, consent_id: int, now: datetime) -> None:
    """Note that the person does not want to be asked."""
    still = sa.and_(consents.c.id == consent_id, consents.c.declined.is_(None))
    connection.execute(sa.update(consents).where(still).values(declined=now))


def forget(connection: sa.Connection, now: datetime, declined_before: datetime) -> int:
    """Delete what was not answered in time, and old refusals, each with its mail; return how many."""
    unanswered = sa.and_(consents.c.declined.is_(None), consents.c.expires <= now)
    gone = sa.and_(consents.c.confirmed.is_(None), sa.or_(unanswered, consents.c.declined < declined_before))
    ids = list(connection.scalars(sa.select(consents.c.id).where(gone).limit(500)))
    if ids:
        mails = sa.and_(outbox.c.kind == "confirmation", outbox.c.key.in_([key(number) for number in ids]))
        connection.execute(sa.delete(outbox).where(mails))
        connection.execute(sa.delete(consents).where(consents.c.id.in_(ids)))
    return len(ids)


def of(connection: sa.Connection, email: str) -> list[dict[str, Any]]:
    """All that is kept of what an address asked for and agreed to, as plain values."""
    columns = [column for column in consents.c if column.name not in {"mailbox", "subscription_id"}]
    query = sa.select(*columns).where(consents.c.email == email).order_by(consents.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def erase(connection: sa.Connection, email: str) -> int:
    """Delete all that an address asked for and agreed to, with the mails about it; return how many."""
    ids = list(connection.scalars(sa.select(consents.c.id).where(consents.c.email == email)))
    connection.execute(sa.delete(outbox).where(outbox.c.kind == "confirmation", outbox.c.recipient == email))
    connection.execute(sa.delete(consents).where(consents.c.email == email))
    return len(ids)


def _row(wishes: Subscription) -> dict[str, Any]:
    row = {name: getattr(wishes, name) for name in _WISHES}
    row["topics"] = "all" if wishes.topics == "all" else list(wishes.topics)
    return row


def _consent(row: sa.RowMapping) -> Consent:
    values = dict(row["wishes"])
    if values["topics"] != "all":
        values["topics"] = tuple(values["topics"])
    names = Consent.__dataclass_fields__.keys() - {"wishes"}
    return Consent(wishes=replace(Subscription(email=row["email"]), **values), **{name: row[name] for name in names})
