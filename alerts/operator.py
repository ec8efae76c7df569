"""The operator's mail: one, when sources go dark or come back, mails fail or stay, disk or store are in trouble.

Each fact is told once, and none before it has lasted. Within `PAUSE` of a mail only the machine's own are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from alerts.messages import Letterhead, build, message_id
from alerts.rendering import written
from alerts.wording import clean, count, moment, span
from monitor.clock import Clock
from monitor.health.troubles import QUIET, hint
from monitor.health.verdict import Health, judge
from monitor.records import Outage
from monitor.store import notices, outages, outbox
from monitor.store import sources as stored
from monitor.store.outbox import Mail
from monitor.store.sources import SourceState

DARK = timedelta(hours=6)
"""A source must be dark for so long: a blip mails nobody."""
STEADY = timedelta(minutes=30)
"""It must be back for so long: one good look is no recovery."""
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
    mend: str = ""
    """What can be done; commands and keys stand in backticks."""


def queue_notice(
    engine: sa.Engine,
    clock: Clock,
    head: Letterhead,
    recipient: str,
    *,
    sources: Mapping[str, str] | None = None,
    others: Sequence[Fact] = (),
) -> int:
    """Queue a mail to the operator about what is new; return how many facts it tells.

    `sources`: name → home page. `others` are facts about the machine, which the store does not know.
    """
    with engine.begin() as connection:
        now, facts = clock.now(), list(others)
        last = notices.last(connection)
        if last is None or not now - PAUSE < last <= now:
            facts += [*_of_sources(connection, now, sources or {}), *_of_mails(connection, now)]
        known = notices.told(connection, [fact.key for fact in facts])
        new = [fact for fact in facts if fact.key not in known]
        if new:
            key = f"operator:{now:%Y-%m-%dT%H:%M:%SZ}"
            outbox.queue(connection, notice(head, recipient, key, new, now), now)
            notices.tell(connection, [fact.key for fact in new], now)
    return len(new)


def notice(head: Letterhead, recipient: str, key: str, facts: Sequence[Fact], now: datetime) -> Mail:
    """The operator's mail about these facts, as it goes into the outbox, or past it where there is none."""
    summary = facts[0].text if len(facts) == 1 else f"{len(facts)} things to look at"
    words = written(
        "notice", f"{head.site}: {summary}", site=clean(head.site), date=f"{moment(now, ZoneInfo('UTC'), now)} UTC",
        facts=facts[:_LISTED], more=len(facts[_LISTED:]),
    )  # fmt: skip
    raw = build(head, key, recipient, words, now)
    return Mail(key=key, kind="operator", recipient=recipient, sender=head.address, message=raw,
                message_id=message_id(key, head.domain), expires=now + _EXPIRES)  # fmt: skip


def disk(free: int, since: datetime) -> Fact:
    """Little room since then; `free` is in bytes."""
    return Fact(
        key=f"disk:{since:%Y-%m-%dT%H:%M:%S}", text=f"The store's disk has {free / 1e6:,.0f} MB left.",
        mend="Make room before the next runs fail.",
    )  # fmt: skip


def store_lost(reason: str, since: datetime) -> Fact:
    """The store cannot be used since then."""
    text = f"The store cannot be used since {since:%Y-%m-%d %H:%M} UTC, nothing is looked at or sent: {clean(reason)}"
    return Fact(key=f"store:{since:%Y-%m-%dT%H:%M:%S}", text=text)


def store_back(since: datetime, now: datetime) -> Fact:
    """The store can be used again."""
    text = f"The store can be used again, after {span(now - since)}; what was missed is made up for."
    return Fact(key=f"store back:{since:%Y-%m-%dT%H:%M:%S}", text=text)


def store_damaged(faults: Sequence[str]) -> Fact:
    """What the database found wrong with itself."""
    text = f"The store is damaged; stop the runs and restore a backup: {clean('; '.join(faults))[:300]}"
    return Fact(key=f"damaged:{clean(faults[0])[:80]}", text=text)


def canary_lost(stage: str, reason: str, at: datetime) -> Fact:
    """The canary that flew then did not pass a stage."""
    text = f"The canary of {at:%Y-%m-%d %H:%M} UTC got lost at {stage}: until one arrives, stories may be missed"
    return Fact(key=f"canary:{stage}:{at:%Y-%m-%d}", text=f"{text}: {clean(reason)[:300]}" if reason else f"{text}.")


def canary_back(at: datetime) -> Fact:
    """The canary that flew then arrived, where the one before did not."""
    text = f"The canary of {at:%Y-%m-%d %H:%M} UTC arrived, where the one before it did not."
    return Fact(key=f"canary back:{at:%Y-%m-%dT%H:%M:%S}", text=text)


def _of_sources(connection: sa.Connection, now: datetime, sources: Mapping[str, str]) -> list[Fact]:
    """Sources, and parts of sources, that have been dark for long, and those of them that are back for good."""
    facts, states = [], stored.states(connection)
    for outage in outages.between(connection, now - LOOK_BACK, now, set(sources)):
        lasted = (outage.until or now) - outage.since
        if outage.kind == "gap" or lasted < DARK:
            continue
        way = f" ({clean(outage.way) or 'its pages'})" if outage.kind == "partial" else ""
        key = f"{outage.source}{way}:{outage.since:%Y-%m-%dT%H:%M:%S}"
        name, since = clean(outage.source) + way, f"{outage.since:%Y-%m-%d %H:%M} UTC"
        if outage.until is None:
            what = "answers, but has shown no news" if outage.trouble in QUIET else "cannot be checked"
            text = f"{name} {what} since {since}: {clean(outage.reason)[:300]}"
            mend = _mend(outage, states.get(outage.source), sources[outage.source])
            facts.append(Fact(key=f"dark:{key}", text=text, mend=mend))
        elif now - outage.until >= STEADY and notices.told(connection, [f"dark:{key}"]):
            facts.append(
                Fact(key=f"back:{key}", text=f"{name} is back; it was dark for {span(lasted)} from {since} on.")
            )
    return facts


def _mend(outage: Outage, state: SourceState | None, home: str) -> str:
    """What to do about a source, or a part of one; of a whole source, about the way in that failed last."""
    health = Health.of(state.health if state else {})
    url = judge(health).url if outage.kind == "dark" else outage.way
    kind = health.ways[url].kind if url in health.ways else ""
    return clean(hint(outage.trouble, name=outage.source, home=home, url=url, key=kind))


def _of_mails(connection: sa.Connection, now: datetime) -> list[Fact]:
    """Mails that failed for good, and whether any waits too long. Nothing about the operator's own."""
    facts = []
    for mail in outbox.mails(connection, "failed", "cancelled", limit=500):
        if mail.state == "cancelled" and not mail.reply.startswith("expired"):
            continue
        if mail.kind != "operator" and mail.finished and now - LOOK_BACK < mail.finished:
            text = f"Mail {mail.id} ({mail.kind}) failed: {clean(mail.reply)[:200]}"
            mend = f"`newswatch outbox show {mail.id}` shows it, `newswatch outbox retry {mail.id}` tries it once more."
            facts.append(Fact(key=f"failed:{mail.id}:{mail.attempts}", text=text, mend=mend))
    waiting = [mail for mail in outbox.mails(connection, "ready", limit=500) if mail.created and mail.attempts]
    old = [mail for mail in waiting if mail.created and now - mail.created > STUCK]
    if old:
        text = (
            f"{count(len(old), 'mail')} could not be sent for {span(STUCK)} or more; last: {clean(old[0].reply)[:200]}"
        )
        mend = "`newswatch mail test ADDRESS` shows each step; they go out by themselves once the server takes them."
        facts.append(Fact(key=f"stuck:{now:%Y-%m-%d}", text=text, mend=mend))
    return facts
