"""Double opt-in: a wish made in the name of an address comes true when the person behind it says so."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from alerts import links
from alerts.messages import Letterhead, build, message_id
from alerts.rendering import Rendered, written
from alerts.wording import clean, count, listed
from monitor.records import Subscription
from monitor.store import consents, outbox, subscribers
from monitor.store.consents import Consent
from monitor.store.outbox import Mail

logger = logging.getLogger(__name__)

EXPIRES = timedelta(days=3)
"""How long a link to confirm is good."""
_DELIVERY = timedelta(days=2)
"""How long its mail is tried: a day is left to answer it."""
A_DAY = 3
"""Mails a mailbox gets in 24 hours, however often its address is typed."""
REPEAT = timedelta(minutes=10)
"""The same wish again so soon is a second click."""
QUIET = timedelta(days=30)
"""How long a mailbox is left alone whose owner asked for that."""
_DAY = timedelta(days=1)

Answer = Literal["confirmed", "again", "ended", "declined", "expired"]


def ask(
    connection: sa.Connection, head: Letterhead, wishes: Subscription, topics: Mapping[str, str], now: datetime
) -> bool:
    """Queue a mail that asks whether the person wants `wishes`; false where the mailbox has had enough of them.

    Nothing in it depends on whether the address is a subscriber's. `topics` leads from ids to names.
    """
    before = consents.recent(connection, wishes.email, now - QUIET)
    if any(consent.declined for consent in before) or _too_often(before, wishes, now):
        logger.info("a wish was left unasked: its mailbox has had enough mails")
        return False
    wording = agreement(head.site, wishes, topics)
    number = consents.add(connection, wishes, wording, now, now + EXPIRES)
    key = consents.key(number)
    leave = head.url + links.decline(head.keys, number)
    mail = Mail(
        key=key, kind="confirmation", recipient=wishes.email, sender=head.address,
        message_id=message_id(key, head.domain), expires=now + _DELIVERY,
        message=build(head, key, wishes.email, _words(head, number, wording), now, leave=leave),
    )  # fmt: skip
    return outbox.queue(connection, mail, now)


def confirm(connection: sa.Connection, consent: Consent, topics: Mapping[str, str], now: datetime) -> Answer:
    """Make what was asked for come true, once; say what the link is worth otherwise."""
    answer = standing(connection, consent, now)
    if answer == "confirmed":
        subscription_id = _subscribe(connection, consent.wishes, now)
        subscribers.begin(connection, subscription_id, topics, now)
        consents.confirm(connection, consent.id, subscription_id, now)
        logger.info("subscription %d: confirmed", subscription_id)
    return answer


def standing(connection: sa.Connection, consent: Consent, now: datetime) -> Answer:
    """What confirming now would come to."""
    if consent.confirmed is not None:
        known = subscribers.get(connection, consent.subscription_id or 0)
        return "again" if known and known.state == "active" else "ended"
    if consent.declined is not None:
        return "declined"
    return "expired" if consent.expires <= now else "confirmed"


def agreement(site: str, wishes: Subscription, topics: Mapping[str, str]) -> str:
    """The sentence a person agrees to."""
    return (
        f"Yes, send me mails from {clean(site)}, {rhythm(wishes)}, about {about(wishes, topics)}. "
        "I can leave at any time by a link in each mail."
    )


def rhythm(wishes: Subscription) -> str:
    """When mails come, in words."""
    zone = f"({wishes.time_zone.replace('_', ' ')} time)"
    return {
        "immediately": f"as soon as a story is found, and what else there is daily at {wishes.at} {zone}",
        "hourly": "every hour in which there is something new",
        "daily": f"daily at {wishes.at} {zone}",
        "weekly": f"every {wishes.day.capitalize()} at {wishes.at} {zone}",
    }[wishes.every]


def about(wishes: Subscription, topics: Mapping[str, str]) -> str:
    """What mails are about, in words."""
    if wishes.topics == "all":
        return "all of its topics"
    names = [clean(name) for topic, name in topics.items() if topic in wishes.topics]
    return listed(names, most=12) if names else count(len(wishes.topics), "topic")


def _too_often(before: list[Consent], wishes: Subscription, now: datetime) -> bool:
    today = [consent for consent in before if consent.requested > now - _DAY]
    again = (
        consent.wishes == wishes and consent.confirmed is None and consent.requested > now - REPEAT for consent in today
    )
    return len(today) >= A_DAY or any(again)


def _subscribe(connection: sa.Connection, wishes: Subscription, now: datetime) -> int:
    known = subscribers.find(connection, wishes.email)
    if known is None:
        return subscribers.add(connection, wishes, now, changed=True)
    subscribers.change(connection, known.id, wishes, changed=True)
    if known.state != "active":
        subscribers.set_state(connection, known.id, "active", now=now)
    return known.id


def _words(head: Letterhead, number: int, wording: str) -> Rendered:
    return written(
        "confirmation", f"{head.site}: please confirm", site=clean(head.site), wording=wording,
        confirm_url=head.url + links.confirm(head.keys, number),
        decline_url=head.url + links.decline(head.keys, number), days=EXPIRES.days, quiet=QUIET.days,
    )  # fmt: skip
