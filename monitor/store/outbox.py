"""The outbox: mails that are made, byte for byte, and what became of them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from monitor.store.tables import messages, outbox, subscriptions

Kind = Literal["digest", "alert", "operator", "confirmation", "test"]
MailState = Literal["ready", "sending", "sent", "failed", "cancelled"]

STATES: tuple[MailState, ...] = ("ready", "sending", "sent", "failed", "cancelled")
LEASE = timedelta(minutes=20)
"""How long a sender may hold a mail: longer than a server may take over one, of which ten minutes are for the final dot
(RFC 5321 4.5.3.2.6), begun when `HANDS_OFF` of the batch's time has passed."""
HANDS_OFF = timedelta(minutes=5)
"""A sender begins no more of a batch after this."""
FAR = timedelta(hours=2, minutes=5)
"""No mail is ever put off so long: one due later was stamped by a clock that went wrong, and is due now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail of the outbox."""

    key: str
    kind: Kind
    recipient: str
    sender: str
    """The envelope's."""
    message_id: str
    message: bytes
    expires: datetime
    subscription_id: int | None = None
    channel: str = field(default="", repr=False)
    """The secret address of a channel, while one is sent to; `recipient` is its name then."""
    fresh_until: datetime | None = None
    """When the first of the stories that it tells is no news any more."""
    id: int = 0
    state: MailState = "ready"
    attempts: int = 0
    due: datetime | None = None
    reply: str = ""
    created: datetime | None = None
    finished: datetime | None = None


_CHANNEL = sa.func.coalesce(subscriptions.c.channel, "")
_WHOLE = (
    sa.select(*outbox.c, messages.c.message, _CHANNEL.label("channel"))
    .join(messages, messages.c.mail_id == outbox.c.id)
    .outerjoin(subscriptions, subscriptions.c.id == outbox.c.subscription_id)
)
# These two are executed for every mail: built once, they cost a third.
_CIRCUMSTANCES = (
    sa.select(outbox.c.state, outbox.c.holder, subscriptions.c.state)
    .outerjoin(subscriptions, subscriptions.c.id == outbox.c.subscription_id)
    .where(outbox.c.id == sa.bindparam("mail_id"))
)
_SETTLE = (
    sa.update(outbox)
    .where(
        outbox.c.id == sa.bindparam("mail_id"),
        outbox.c.state == "sending",
        outbox.c.holder == sa.bindparam("mine"),
    )
    .values(
        state=sa.bindparam("new_state"),
        reply=sa.bindparam("new_reply"),
        attempts=outbox.c.attempts + sa.bindparam("tries"),
        due=sa.bindparam("new_due"),
        finished=sa.bindparam("new_finished"),
        lease=None,
        holder="",
    )
)


def queue(connection: sa.Connection, mail: Mail, now: datetime) -> bool:
    """Put a mail into the outbox, due now; false when there is one with its key already."""
    if has(connection, mail.key):
        return False
    row = {
        "key": mail.key, "subscription_id": mail.subscription_id, "kind": mail.kind, "recipient": mail.recipient,
        "sender": mail.sender, "message_id": mail.message_id, "state": "ready", "due": now, "expires": mail.expires,
        "fresh_until": mail.fresh_until, "created": now,
    }  # fmt: skip
    mail_id = connection.execute(sa.insert(outbox).values(row).returning(outbox.c.id)).scalar_one()
    connection.execute(sa.insert(messages).values(mail_id=mail_id, message=mail.message))
    return True


def has(connection: sa.Connection, key: str) -> bool:
    """Whether a mail with this key was ever queued."""
    return connection.scalar(sa.select(outbox.c.id).where(outbox.c.key == key)) is not None


def reclaim(connection: sa.Connection, real_now: datetime, alive: Callable[[str], bool | None]) -> int:
    """Make ready what a sender that is gone still holds; return how many.

    `alive(holder)` is None where it cannot be told; then the lease decides. A lease further away than `LEASE` was
    given by a clock that was ahead.
    """
    holds = sa.select(outbox.c.holder, outbox.c.lease).where(outbox.c.state == "sending").distinct()
    count = 0
    for holder, lease in connection.execute(holds).all():
        over = lease is None or not real_now < lease <= real_now + LEASE
        if over or alive(holder) is False:
            held = sa.and_(outbox.c.state == "sending", outbox.c.holder == holder)
            values = {"state": "ready", "lease": None, "holder": "", "reply": "its sender was stopped; sent again"}
            count += connection.execute(sa.update(outbox).where(held).values(values)).rowcount
    return count


def claim(
    connection: sa.Connection,
    now: datetime,
    real_now: datetime,
    holder: str,
    limit: int,
    *,
    kinds: Collection[Kind] = (),
    channels: bool = False,
) -> list[Mail]:
    """Take up to `limit` mails (of `kinds`, else of all) that are due for sending; no other process gets them while the
    lease runs. With `channels` it is what goes to channels that is taken, not mails."""
    due = sa.or_(outbox.c.due <= now, outbox.c.due > now + FAR)
    ready = outbox.c.state == "ready"
    wanted = (
        _WHOLE.where(
            ready, outbox.c.kind.in_(kinds) if kinds else sa.true(), due, _CHANNEL != "" if channels else _CHANNEL == ""
        )
        .order_by(outbox.c.due, outbox.c.id)
        .limit(limit)
        .with_for_update(of=outbox, skip_locked=True)
    )
    found = [_mail(row) for row in connection.execute(wanted).mappings()]
    if found:
        values = {"state": "sending", "holder": holder, "lease": real_now + LEASE}
        taken = outbox.c.id.in_([mail.id for mail in found])
        connection.execute(sa.update(outbox).where(taken).values(values))
    return found


def objection(connection: sa.Connection, mail: Mail, holder: str, now: datetime) -> str | None:
    """Why a held mail must not go out: "expired", "stale" (a story in it is no news any more), "unsubscribed",
    "suppressed", "lost" (another has it); else None."""
    row = connection.execute(_CIRCUMSTANCES, {"mail_id": mail.id}).first()
    if row is None or row[0] != "sending" or row[1] != holder:
        return "lost"
    if row[2] not in {None, "active"} and not (mail.kind == "confirmation" and row[2] == "pending"):
        return str(row[2])
    if mail.expires <= now:
        return "expired"
    return "stale" if mail.fresh_until is not None and mail.fresh_until <= now else None


def withdraw_stale(connection: sa.Connection, subscription_id: int, now: datetime) -> list[str]:
    """Cancel a subscription's waiting mails that tell a story which is no news any more; return their keys."""
    stale = sa.and_(outbox.c.subscription_id == subscription_id, outbox.c.state == "ready", outbox.c.fresh_until <= now)
    withdrawn = sa.update(outbox).where(stale).values(state="cancelled", reply="stale", finished=now)
    return list(connection.scalars(withdrawn.returning(outbox.c.key)))


def settle(
    connection: sa.Connection,
    mail: Mail,
    holder: str,
    state: MailState,
    reply: str,
    now: datetime,
    *,
    due: datetime | None = None,
    tried: bool = True,
) -> bool:
    """Note what became of a held mail; with `due` it is tried again then. False when it was no longer held."""
    values = {
        "mail_id": mail.id, "mine": holder, "new_state": state, "new_reply": reply[:1000], "tries": int(tried),
        "new_due": due or mail.due, "new_finished": None if due else now,
    }  # fmt: skip
    return connection.execute(_SETTLE, values).rowcount == 1


def let_go(connection: sa.Connection, ids: Collection[int], holder: str) -> None:
    """Give back held mails untried, due as they were."""
    held = sa.and_(outbox.c.id.in_(list(ids)), outbox.c.state == "sending", outbox.c.holder == holder)
    connection.execute(sa.update(outbox).where(held).values(state="ready", lease=None, holder=""))


def put_off(connection: sa.Connection, domain: str, until: datetime, reply: str) -> None:
    """Let every ready mail to a domain wait until then."""
    waiting = sa.and_(
        outbox.c.state == "ready", outbox.c.due < until, outbox.c.recipient.endswith(f"@{domain}", autoescape=True)
    )
    connection.execute(sa.update(outbox).where(waiting).values(due=until, reply=reply[:1000]))


def retry(connection: sa.Connection, now: datetime, expires: datetime, ids: Collection[int] = ()) -> int:
    """Make failed and waiting mails (all, or those of `ids`) due now, and good until `expires`; return how many."""
    again: sa.ColumnElement[bool] = outbox.c.state.in_(["failed", "ready"])
    if ids:
        again = sa.and_(again, outbox.c.id.in_(list(ids)))
    longer = sa.case((outbox.c.expires < expires, expires), else_=outbox.c.expires)
    values = {"state": "ready", "due": now, "finished": None, "expires": longer}
    return connection.execute(sa.update(outbox).where(again).values(values)).rowcount


def hurry(connection: sa.Connection, now: datetime) -> int:
    """Make every waiting mail due now; return how many were not."""
    waiting = sa.and_(outbox.c.state == "ready", outbox.c.due > now)
    return connection.execute(sa.update(outbox).where(waiting).values(due=now)).rowcount


def counts(connection: sa.Connection) -> dict[MailState, int]:
    """How many mails are in each state."""
    query = sa.select(outbox.c.state, sa.func.count()).group_by(outbox.c.state)
    found: dict[MailState, int] = dict.fromkeys(STATES, 0)
    found.update((state, number) for state, number in connection.execute(query))
    return found


def mails(connection: sa.Connection, *states: MailState, limit: int | None = None) -> list[Mail]:
    """Mails without their bytes, the newest first."""
    query = sa.select(*outbox.c, sa.literal(b"").label("message"), sa.literal("").label("channel")).order_by(
        outbox.c.id.desc()
    )
    if states:
        query = query.where(outbox.c.state.in_(states))
    return [_mail(row) for row in connection.execute(query.limit(limit)).mappings()]


def get(connection: sa.Connection, mail_id: int) -> Mail | None:
    """One mail, whole."""
    row = connection.execute(_WHOLE.where(outbox.c.id == mail_id)).mappings().first()
    return _mail(row) if row else None


def _mail(row: sa.RowMapping) -> Mail:
    return Mail(**{name: row[name] for name in Mail.__dataclass_fields__})
