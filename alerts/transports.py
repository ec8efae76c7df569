"""Ways for a mail to leave: what every one of them answers, and the one that writes files."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import unquote, urlsplit

from monitor.errors import NewswatchError
from monitor.store.outbox import Mail

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
Outcome = Literal["sent", "failed", "gone", "temporary", "unknown", "refused"]
"""`gone`: failed, and the receiver wants no more. `unknown`: the whole message was handed over and no answer came.
`refused`: no mail gets through at the moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What became of handing over a mail; `code` is SMTP's (or HTTP's), 0 where there was none."""

    outcome: Outcome
    code: int = 0
    text: str = ""
    after: float | None = None
    """Seconds after which it may be tried again, where the receiver said so."""

    def __str__(self) -> str:
        return f"{self.code} {self.text}" if self.code else self.text


class Transport(Protocol):
    """Hands mails over, one at a time."""

    def deliver(self, mail: Mail) -> Reply:
        """Hand over a mail and say what became of it."""

    def close(self) -> None:
        """End the connection, if there is one; another `deliver` opens it again."""


class TransportError(NewswatchError):
    """The transport's address cannot be used; `url` and `reason` say which and why."""

    exit_code = 2

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"mail.transport: {url}: {reason}")


def open_transport(
    url: str, *, password: str = "", base: Path | None = None, watch: Callable[[str], None] | None = None
) -> Transport:
    """The transport that `url` names; `base` is the folder that a relative file: path is taken from.

    `watch` is told each step and its answer.
    smtp://host:25, smtps://user@host:465, smtp+starttls://user@host:587, file:DIR. Raises `TransportError`.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "file":
        return FileTransport((base or Path()) / unquote(rest.removeprefix("//")))
    parts = urlsplit(url)
    if scheme not in {"smtp", "smtps", "smtp+starttls"} or not parts.hostname:
        raise TransportError(url, "must be smtp://host, smtps://user@host, smtp+starttls://user@host or file:DIR")
    if scheme == "smtp" and parts.username and parts.hostname not in THIS_MACHINE:
        raise TransportError(url, "a password must not go out in the clear: write smtp+starttls:// or smtps://")
    from alerts.smtp import SmtpTransport

    return SmtpTransport(
        parts.hostname, parts.port or {"smtp": 25, "smtps": 465}.get(scheme, 587),
        security=scheme, user=unquote(parts.username or ""), password=password or unquote(parts.password or ""),
        watch=watch,
    )  # fmt: skip


class FileTransport:
    """Writes each mail as a file of its own into a folder; a repeat overwrites it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, mail: Mail) -> Reply:
        """Write the mail, whole or not at all."""
        path = self.folder / file_name(mail.key)
        part = path.with_suffix(f".{os.getpid()}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(mail.message)
            part.replace(path)
        except OSError as error:
            return Reply(outcome="refused", text=f"{path}: {error.strerror or error}")
        return Reply(outcome="sent", text=str(path))

    def close(self) -> None:
        """Nothing is kept open."""


def file_name(key: str) -> str:
    """The name of the file for the mail `key`: no character that a file system minds."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", key).strip("-.") + ".eml"
