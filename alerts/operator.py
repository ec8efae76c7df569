"""The operator's mail: one, when sources go dark or come back, when mails fail or do not leave, when the disk fills.

Each fact is told once, at most one mail goes out in `PAUSE`, and nothing is told before it has lasted.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from alerts.messages import Letterhead, build, message_id
from alerts.rendering import Rendered
from alerts.wording import clean, count, span
from monitor.clock import Clock
from monitor.store import notices, outages, outbox
from monitor.store.outbox import Mail

DARK = timedelta(hours=6)
"""A source must be dark for so long: a blip mails nobody."""
STUCK = timedelta(hours=3)
"""A mail must wait for so long."""
PAUSE = timedelta(hours=1)
LOOK_BACK = timedelta(days=14)
LITTLE_DISK = 500_000_000
"""Bytes."""
_EXPIRES = timedelta(days=5)
_LISTED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something the operator should know; `key` tells it from others."""

    key: str
    text: str


def queue_notice(
    engine: sa.Engine,
    clock: Clock,
    head: Letterhead,
    recipient: str,
    *,
    sources: Collection[str] = (),
    disk_free: int | None = None,
) -> int:
    """Queue a mail to the operator about what is new; return how many facts it tells. `disk_free` is in bytes."""
    with engine.begin() as connection:
        now = clock.now()
        last = notices.last(connection)
        if last is not None and now - PAUSE < last <= now:
            return 0
        facts = _facts(connection, now, sources, disk_free)
        known = notices.told(connection, [fact.key for fact in facts])
        new = [fact for fact in facts if fact.key not in known]
        if new:
            outbox.queue(connection, _mail(head, recipient, new, now), now)
            notices.tell(connection, [fact.key for fact in new], now)
    return len(new)


def _facts(connection: sa.Connection, now: datetime, sources: Collection[str], disk_free: int | None) -> list[Fact]:
    facts = [*_of_sources(connection, now, sources), *_of_mails(connection, now)]
    if disk_free is not None and disk_free < LITTLE_DISK:
        text = f"The store's disk has {disk_free / 1e6:,.0f} MB left."
        facts.append(Fact(key=f"disk:{now:%Y-%m-%d}", text=text))
    return facts


def _of_sources(connection: sa.Connection, now: datetime, sources: Collection[str]) -> list[Fact]:
    """Sources that have been dark for long, and those of them that are back."""
    facts = []
    for outage in outages.between(connection, now - LOOK_BACK, now, set(sources)):
        if outage.kind != "dark" or (outage.until or now) - outage.since < DARK:
            continue
        key, reason = f"{outage.source}:{outage.since:%Y-%m-%dT%H:%M:%S}", clean(outage.reason)
        name, lasted = clean(outage.source), span((outage.until or now) - outage.since)
        since = f"{outage.since:%Y-%m-%d %H:%M} UTC"
        if outage.until is None:
            facts.append(Fact(key=f"dark:{key}", text=f"{name} cannot be checked since {since}: {reason}"))
        elif notices.told(connection, [f"dark:{key}"]):
            facts.append(Fact(key=f"back:{key}", text=f"{name} is back; it was dark for {lasted} from {since} on."))
    return facts


def _of_mails(connection: sa.Connection, now: datetime) -> list[Fact]:
    """Mails that failed for good, and whether any waits too long. Nothing about the operator's own."""
    facts = []
    for mail in outbox.mails(connection, "failed", "cancelled", limit=500):
        if mail.state == "cancelled" and not mail.reply.startswith("expired"):
            continue
        if mail.kind != "operator" and mail.finished and now - LOOK_BACK < mail.finished:
            text = f"Mail {mail.id} ({mail.kind}) failed: {clean(mail.reply)[:200]}"
            facts.append(Fact(key=f"failed:{mail.id}:{mail.attempts}", text=text))
    waiting = [mail for mail in outbox.mails(connection, "ready", limit=500) if mail.created and mail.attempts]
    old = [mail for mail in waiting if mail.created and now - mail.created > STUCK]
    if old:
        text = (
            f"{count(len(old), 'mail')} could not be sent for {span(STUCK)} or more; last: {clean(old[0].reply)[:200]}"
        )
        facts.append(Fact(key=f"stuck:{now:%Y-%m-%d}", text=text))
    return facts


def _mail(head: Letterhead, recipient: str, facts: list[Fact], now: datetime) -> Mail:
    key = f"operator:{now:%Y-%m-%dT%H:%M:%SZ}"
    lines = [f"- {fact.text}" for fact in facts[:_LISTED]]
    if len(facts) > _LISTED:
        lines.append(f"- and {len(facts) - _LISTED} more")
    text = "\n".join([*lines, "", "`newswatch sources health` and `newswatch outbox list` tell more.", ""])
    summary = clean(facts[0].text) if len(facts) == 1 else f"{len(facts)} things to look at"
    raw = build(head, key, recipient, Rendered(subject=f"{head.site}: {summary}", text=text, html=""), now)
    return Mail(key=key, kind="operator", recipient=recipient, sender=head.address, message=raw,
                message_id=message_id(key, head.domain), expires=now + _EXPIRES)  # fmt: skip
