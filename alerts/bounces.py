"""From reports to suppressions: a hard bounce on two different days, or one complaint, and an address is left alone.

Only our own signed token in the address that a report was sent to counts: it was in the envelope of one mail to one
subscriber, and anybody can write a report about anybody.
"""

import base64
import contextlib
import hashlib
import imaplib
import mailbox
import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import sqlalchemy as sa

from alerts import tokens
from alerts.reports import LARGEST, Report, read
from alerts.transports import THIS_MACHINE
from monitor.clock import Clock
from monitor.errors import NewswatchError
from monitor.store import bounces, subscribers
from monitor.store.bounces import Bounce

HARD_DAYS = 2
"""Different days with a hard bounce before an address is left alone."""
_TIMEOUT = 60
"""Seconds to wait for an answer of an IMAP server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One message, what it says, and what followed."""

    file: str
    report: Report
    subscription_id: int | None = None
    """Whose token it was sent to."""
    effect: str = ""
    """suppressed, unsubscribed, counted, or empty."""


class MailboxError(NewswatchError):
    """A mailbox cannot be read."""

    exit_code = 2


class MailServerError(MailboxError):
    """The server that holds the mailbox refused or failed."""

    exit_code = 1


def messages(where: str, password: str = "") -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each message of a Maildir, a folder of files, an mbox, one file, or imaps://user@host/FOLDER.

    Raises `MailboxError`.
    """
    if re.match(r"imaps?://", where):
        yield from _imap(where, password)
        return
    path = Path(where)
    if not path.exists():
        raise MailboxError(f"{where}: there is no such file or folder")
    if path.is_dir():
        folders = [path / "new", path / "cur"] if (path / "cur").is_dir() else [path]
        files = sorted(file for folder in folders for file in folder.glob("*") if file.is_file())
        yield from ((str(file.relative_to(path)), _head(file)) for file in files)
    elif _is_mbox(path):
        with contextlib.closing(mailbox.mbox(str(path), create=False)) as box:
            yield from ((f"{path.name}#{number}", box.get_bytes(key)) for number, key in enumerate(box.keys(), 1))
    else:
        yield path.name, _head(path)


def take(engine: sa.Engine, clock: Clock, keys: Sequence[str], found: Iterator[tuple[str, bytes]]) -> Iterator[Finding]:
    """Read messages and act on them, a transaction each; the same message has its effect once."""
    for name, raw in found:
        report = read(raw)
        with engine.begin() as connection:
            yield _act(connection, clock, keys, name, raw, report)


def _act(
    connection: sa.Connection, clock: Clock, keys: Sequence[str], name: str, raw: bytes, report: Report
) -> Finding:
    if report.kind == "not_bounce":
        return _leave(connection, keys, name, report)
    subscription_id = _token(keys, report.addressed_to)
    subscriber = subscribers.get(connection, subscription_id) if subscription_id is not None else None
    if subscriber is None or not report.suppresses:
        return Finding(file=name, report=report)
    now = clock.now()
    bounce = Bounce(
        subscription_id=subscriber.id, kind=report.kind, day=(report.date or now).astimezone(UTC).date(),
        reason=report.reason, digest=hashlib.sha256(raw).hexdigest(),
    )  # fmt: skip
    effect = "counted" if bounces.add(connection, bounce, now) else ""
    grave = report.kind == "complaint" or len(bounces.days(connection, subscriber.id, "hard")) >= HARD_DAYS
    if effect and grave and report.kind != "soft" and subscriber.state in {"active", "pending"}:
        subscribers.set_state(connection, subscriber.id, "suppressed")
        effect = "suppressed"
    return Finding(file=name, report=report, subscription_id=subscriber.id, effect=effect)


def _leave(connection: sa.Connection, keys: Sequence[str], name: str, report: Report) -> Finding:
    """A mail that our List-Unsubscribe asked for: its subject is "unsubscribe" and the token."""
    asked = re.fullmatch(r"(?i)\s*unsubscribe\s+([\w.-]+)\s*", report.subject)
    subscription_id = tokens.read(keys, tokens.UNSUBSCRIBE, asked.group(1)) if asked else None
    subscriber = subscribers.get(connection, subscription_id) if subscription_id is not None else None
    if subscriber is None:
        return Finding(file=name, report=report)
    report, effect = replace(report, reason="asks to leave, by the link of a mail"), ""
    if subscriber.state in {"active", "pending"}:
        subscribers.set_state(connection, subscriber.id, "unsubscribed")
        effect = "unsubscribed"
    return Finding(file=name, report=report, subscription_id=subscriber.id, effect=effect)


def _token(keys: Sequence[str], addresses: Sequence[str]) -> int | None:
    """The subscription whose envelope address is among `addresses`."""
    for address in addresses:
        _, plus, token = address.partition("@")[0].partition("+")
        found = tokens.read_envelope(keys, token) if plus else None
        if found is not None:
            return found
    return None


def _is_mbox(path: Path) -> bool:
    """Whether a file holds several messages, each after a line "From …"."""
    with path.open("rb") as file:
        return file.read(5) == b"From " and any(line.startswith(b"From ") for line in file)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST)


def _imap(url: str, password: str) -> Iterator[tuple[str, bytes]]:
    """The unseen messages of a folder; each is marked as seen once what it says has been dealt with."""
    parts = urlsplit(url)
    folder, host = unquote(parts.path.strip("/")) or "INBOX", parts.hostname or ""
    try:
        with _opened(parts.scheme, host, parts.port) as box:
            _log_in(box, unquote(parts.username or ""), password or unquote(parts.password or ""))
            _expect(box.select(_quoted(folder)))
            for uid in (_expect(box.uid("SEARCH", "UNSEEN"))[0] or b"").split():
                number = uid.decode()
                data = _expect(box.uid("FETCH", number, f"(BODY.PEEK[]<0.{LARGEST}>)"))
                part = data[0] if data else None
                if isinstance(part, tuple):
                    yield f"{folder}#{number}", part[1]
                _expect(box.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)"))
    except (imaplib.IMAP4.error, OSError, UnicodeError) as error:
        raise MailServerError(f"{host}: {_said(error)}") from error


def _opened(scheme: str, host: str, port: int | None) -> imaplib.IMAP4:
    """A connection that nobody listens to: TLS at once (imaps) or by STARTTLS; plain on this machine alone."""
    secure = ssl.create_default_context()  # imaplib's own would take any certificate
    if scheme == "imaps":
        return imaplib.IMAP4_SSL(host, port or 993, ssl_context=secure, timeout=_TIMEOUT)
    box = imaplib.IMAP4(host, port or 143, timeout=_TIMEOUT)
    try:
        if host not in THIS_MACHINE:
            box.starttls(secure)
    except BaseException:
        with contextlib.suppress(OSError):
            box.shutdown()
        raise
    return box


def _log_in(box: imaplib.IMAP4, user: str, password: str) -> None:
    """By SASL PLAIN, which knows all characters, where it is offered."""
    if "AUTH=PLAIN" in box.capabilities:
        box.authenticate("PLAIN", lambda _challenge: f"\0{user}\0{password}".encode())
    else:
        _expect(box.login(user, password))


def _quoted(folder: str) -> str:
    """A folder's name as IMAP writes it (RFC 3501 5.1.3)."""
    shifted = re.sub(
        r"&|[^\x20-\x7e]+",
        lambda found: "&" + base64.b64encode(found[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"
        if found[0] != "&" else "&-",
        folder,
    )  # fmt: skip
    return '"' + shifted.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _expect(answer: tuple[str, list[Any]]) -> list[Any]:
    """What the server sent. Raises `imaplib.IMAP4.error` with its words where it says NO."""
    state, data = answer
    if state != "OK":
        raise imaplib.IMAP4.error(data[0] if data else state)
    return data


def _said(error: Exception) -> str:
    """The server's words, where the error holds bytes too."""
    said = error.args[0] if error.args and isinstance(error.args[0], bytes) else str(error)
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said or type(error).__name__
