"""subscribers.yaml: who hears of what, and when. It seeds the store; what people change there wins."""

import re
from collections.abc import Collection, Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from config.checking import Strict, nearest, words
from config.document import Document
from config.errors import Finding
from config.settings import known_zone, mail_address
from monitor import channels
from monitor.records import Every, Subscription, Topic

ALL = ("all",)


def mail_box(value: str) -> str:
    """A mail address. Raises `ValueError`."""
    if channels.is_address(value):
        raise ValueError("is not a mail address: write to: for a channel's")
    return mail_address(value)


def channel(value: str) -> str:
    """A channel's address. Raises `ValueError`, which shows nothing of it."""
    return channels.address(value)


class SubscriberEntry(Strict):
    """One address, of a mail box (`email`) or a channel (`to`), and its wishes."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["email"]}, {"required": ["to"]}]})

    email: Annotated[str, AfterValidator(mail_box)] = Field("", description="Where the mails go; or `to`.")
    to: Annotated[str, AfterValidator(channel)] = Field(
        "",
        description="A channel instead: a webhook's https:// address, or an Apprise one. It is a secret.",
        repr=False,
    )
    topics: Annotated[tuple[str, ...], BeforeValidator(words)] = Field(
        ("all",), description="all, or a list of topics by name or id."
    )
    every: Every = Field("daily", description="immediately, hourly, daily or weekly.")
    at: str = Field("07:30", description="Local time of a daily or weekly digest, HH:MM.")
    day: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = Field(
        "monday", description="Day of a weekly digest."
    )
    time_zone: Annotated[str, AfterValidator(known_zone)] = Field("", description="An IANA zone; else the site's.")
    empty: Literal["nothing", "note"] = Field("nothing", description="note: a mail even when nothing was found.")

    @field_validator("at")
    @classmethod
    def _time(cls, value: str) -> str:
        if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
            raise ValueError("must be a local time such as 07:30")
        return value.zfill(5)

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if bool(self.email) == bool(self.to):
            both = "has both email: and to:; keep one" if self.email else "needs email:, or to: for a channel"
            raise ValueError(both)
        return self

    def record(self, topics: dict[str, str], default_zone: str) -> Subscription:
        """The wishes as the alerts know them; `topics` leads from names and ids to ids."""
        chosen: tuple[str, ...] | Literal["all"] = "all"
        if self.topics != ALL:
            chosen = tuple(topics[name] for name in self.topics)
        return Subscription(
            email=channels.name(self.to) if self.to else self.email, channel=self.to, topics=chosen,
            every=self.every, at=self.at, day=self.day,
            time_zone=self.time_zone or default_zone, empty=self.empty,
        )  # fmt: skip


class SubscribersFile(Strict):
    """subscribers.yaml."""

    subscribers: tuple[SubscriberEntry, ...] = Field((), description="Who hears of what.")


def topic_names(topics: tuple[Topic, ...]) -> dict[str, str]:
    """Names and ids of topics → ids."""
    return {topic.name: topic.id for topic in topics} | {topic.id: topic.id for topic in topics}


def check(document: Document, topics: Collection[str] | None) -> list[Finding]:
    """What is wrong between the entries: an address twice, a topic that does not exist.

    `topics` are the names and ids that there are; `None` where topics.yaml cannot tell.
    """
    findings, first = [], dict[str, int]()
    for index, entry in document.entries("subscribers"):
        key = "to" if entry.get("to") else "email"
        address = str(entry.get(key) or "").strip()
        address = address.removeprefix("webhook+") if key == "to" else address.casefold()
        if address and address in first:
            message = f"stands at subscribers.{first[address]} already; put the topics together"
            findings.append(document.finding(("subscribers", index, key), message))
        first.setdefault(address, index)
        if topics is not None:
            findings += _unknown_topics(document, index, words(entry.get("topics", ALL)), topics)
    return findings


def _unknown_topics(document: Document, index: int, named: Any, topics: Collection[str]) -> Iterator[Finding]:
    way = ("subscribers", index, "topics")
    if not isinstance(named, list | tuple) or tuple(named) == ALL:
        return
    if not named:
        yield document.finding(way, "names no topic; write all, or take the subscriber out")
    for position, name in enumerate(named):
        if isinstance(name, str) and name.strip() not in topics:
            known = [*topics, *ALL] if len(named) == 1 else topics
            hint = "; `all` stands alone: topics: all" if name == "all" else nearest(name, known)
            yield document.finding((*way, position), f"{name!r} is not a topic of topics.yaml{hint}")
