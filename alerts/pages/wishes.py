"""A subscriber's wishes as a form shows and sends them, and whether they can be had."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args
from zoneinfo import ZoneInfo, available_timezones

from starlette.datastructures import FormData

from alerts import subscriptions
from alerts.pages import forms
from alerts.schedule import DAYS
from alerts.subscriptions import AddressError
from monitor.records import Every, Subscription

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stands in the form, right or wrong."""

    email: str = ""
    scope: str = "all"
    topics: tuple[str, ...] = ()
    every: str = "daily"
    at: str = "07:30"
    day: str = "monday"
    time_zone: str = "UTC"
    empty: str = "nothing"


class WishError(Exception):
    """A wish cannot be had; `errors` say why, by field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = errors
        super().__init__(", ".join(errors))


def drafted(subscription: Subscription) -> Draft:
    """The form of a subscription as it is."""
    chosen = subscription.topics
    return Draft(
        email=subscription.email, scope="all" if chosen == "all" else "chosen",
        topics=() if chosen == "all" else chosen, every=subscription.every, at=subscription.at,
        day=subscription.day, time_zone=subscription.time_zone, empty=subscription.empty,
    )  # fmt: skip


def sent(form: FormData, before: Draft) -> Draft:
    """The form as it was sent; a field that was not sent stays as `before`, a box that was not ticked does not."""
    topics = forms.values(form, "topics")
    scope = forms.value(form, "scope") or ("chosen" if topics and "all" not in topics else "all")
    return Draft(
        email=forms.value(form, "email", before.email), scope=scope, topics=topics,
        every=forms.value(form, "every", before.every), at=forms.value(form, "at", before.at)[:5],
        day=forms.value(form, "day", before.day), time_zone=forms.value(form, "time_zone", before.time_zone),
        empty="note" if forms.value(form, "empty") else "nothing",
    )  # fmt: skip


def checked(draft: Draft, topics: Mapping[str, str]) -> Subscription:
    """The wish that a form makes. Raises `WishError`; `topics` are those there are, ids and names."""
    errors: dict[str, str] = {}
    try:
        email = subscriptions.address(draft.email)
    except AddressError:
        email, errors["email"] = "", "This is not a mail address, such as ana@example.org."
    chosen = tuple(topic for topic, name in topics.items() if topic in draft.topics or name in draft.topics)
    if draft.scope != "all" and not chosen:
        errors["topics"] = "Choose one topic at least, or all of them."
    if draft.every not in get_args(Every):
        errors["every"] = "Choose how often."
    if not _TIME.fullmatch(draft.at):
        errors["at"] = "Write a time such as 07:30."
    if draft.day not in DAYS:
        errors["day"] = "Choose a day of the week."
    if draft.time_zone not in available():
        errors["time_zone"] = "Choose a time zone of the list, such as America/Los_Angeles."
    if errors:
        raise WishError(errors)
    return Subscription(
        email=email, topics="all" if draft.scope == "all" else chosen, every=cast("Every", draft.every), at=draft.at,
        day=draft.day, time_zone=draft.time_zone, empty=cast("Literal['nothing', 'note']", draft.empty),
    )  # fmt: skip


@cache
def zones() -> dict[str, list[str]]:
    """The time zones to choose from, by part of the world."""
    found: dict[str, list[str]] = {"": ["UTC"]}
    for name in sorted(available()):
        area = name.partition("/")[0]
        if area in _AREAS:
            found.setdefault(area, []).append(name)
    return found


@cache
def available() -> frozenset[str]:
    """Every time zone that can be had."""
    return frozenset(
        name for name in available_timezones() if not name.startswith(("posix/", "right/")) and _known(name)
    )


def _known(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False
