"""Subscriptions as people write them: addresses checked, subscribers.yaml laid over what the store has."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email

from monitor import channels
from monitor.errors import NewswatchError
from monitor.records import Subscription
from monitor.store import subscribers

_SETTINGS = ("topics", "every", "at", "day", "time_zone", "empty")


class AddressError(NewswatchError):
    """`address` is not one that mail can be sent to; `reason` says why."""

    exit_code = 2

    def __init__(self, address: str, reason: str) -> None:
        self.address, self.reason = address, reason
        super().__init__(f"{address!r} is not a mail address: {reason}")


class ChannelError(NewswatchError):
    """A channel's address cannot be used; `reason` says why, and shows nothing of it."""

    exit_code = 2

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the channel's address {reason}")


def address(text: str) -> str:
    """The address in the form we keep: its domain in lower case and ASCII. Raises `AddressError`; asks no network."""
    try:
        found = validate_email(
            text, check_deliverability=False, allow_smtputf8=False, test_environment=True, strict=True
        )
    except EmailNotValidError as error:
        raise AddressError(text[:100], str(error)) from error
    return found.ascii_email or found.normalized


def seed(connection: sa.Connection, wanted: Sequence[Subscription], now: datetime) -> Counter[str]:
    """Lay subscribers.yaml over the store, by address; return how many were added, changed, removed.

    What a person or a command changed stays so, and who unsubscribed or was suppressed stays out. Who is no longer in
    the file, and was only ever there, is written to no more.
    """
    counts: Counter[str] = Counter()
    known = {subscriber.subscription.email: subscriber for subscriber in subscribers.every(connection)}
    named = {_name(subscription): subscription for subscription in wanted}
    for email, subscription in named.items():
        counts[_lay(connection, known.get(email), replace(subscription, email=email), now)] += 1
    for email, subscriber in known.items():
        if email not in named and subscriber.state == "active" and not subscriber.changed:
            subscribers.set_state(connection, subscriber.id, "removed", changed=False)
            counts["removed"] += 1
    return counts


def _name(subscription: Subscription) -> str:
    return subscription.email if subscription.channel else address(subscription.email)


def name(text: str) -> str:
    """What a subscriber is known by, of a mail address, a channel's address or its name. Raises `AddressError`."""
    if channels.is_name(text):
        return text.lower()
    return channels.name(channel_address(text)) if channels.is_address(text) else address(text)


def channel_address(text: str) -> str:
    """A channel's address in the form we keep. Raises `ChannelError`."""
    try:
        return channels.address(text)
    except ValueError as error:
        raise ChannelError(str(error)) from error


def _lay(connection: sa.Connection, known: subscribers.Subscriber | None, wanted: Subscription, now: datetime) -> str:
    if known is None:
        subscribers.add(connection, wanted, now)
        return "added"
    if known.changed or known.state not in {"active", "removed"}:
        return "kept"
    if known.state == "removed":
        subscribers.set_state(connection, known.id, "active", changed=False, now=now)
    elif all(getattr(known.subscription, name) == getattr(wanted, name) for name in _SETTINGS):
        return "same"
    subscribers.change(connection, known.id, wanted, changed=False)
    return "changed"
