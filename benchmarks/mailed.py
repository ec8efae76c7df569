"""What went out as mail: to whom, when, which stories, and what it says was not checked."""

import email
import email.policy
import email.utils
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Mail:
    """One message as it went out."""

    to: str
    at: datetime
    text: str

    @cached_property
    def urls(self) -> set[str]:
        """The stories in it."""
        return set(_stories([self.text]))

    @property
    def unchecked(self) -> list[str]:
        """The lines of the last section."""
        section = self.text.partition("What was not checked")[2].partition("\n-- ")[0]
        return [re.sub(r"\s+", " ", item).strip() for item in re.split(r"\n- ", section)[1:]]

    def said_of(self, words: str) -> set[str]:
        """The stories whose cards, or lines in brief, have these words."""
        cards = re.split(r"\n\n|\n(?=- )", self.text)
        return set(_stories(card for card in cards if words in re.sub(r"[\s*>]+", " ", card)))


def _stories(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for url in re.findall(r"http://127\.0\.1\.\d+:\d+/\d{4}/[^\s<>()\"]+", text):
            yield url.split("?")[0]


def mails(outbox: Path) -> Iterator[Mail]:
    """All messages, in the order of their dates."""
    found = []
    for path in sorted(outbox.glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        at = email.utils.parsedate_to_datetime(str(message["Date"])).astimezone(UTC)
        to = str(message["To"]).strip("<>").split("<")[-1]
        found.append(Mail(to=to, at=at, text=body.get_content() if body else ""))
    return iter(sorted(found, key=lambda mail: mail.at))
