"""From reports to suppressions: a hard bounce on two different days, or one complaint, and an address is left alone.

Only our own signed token in the address that a report was sent to counts: it was in the envelope of one mail to one
subscriber, and anybody can write a report about anybody.
"""

import contextlib
import hashlib
import imaplib
import mailbox
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from urllib.parse import unquote, urlsplit

import sqlalchemy as sa

from alerts import tokens
from alerts.reports import LARGEST, Report, read
from monitor.clock import Clock
from monitor.errors import NewswatchError
from monitor.store import bounces, subscribers
from monitor.store.bounces import Bounce

HARD_DAYS = 2
"""Different days with a hard bounce before an address is left alone."""


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


def messages(where: str, password: str = "") -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each message of a Maildir, a folder of files, an mbox, one file, or imaps://user@host/FOLDER."""
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
    effect = ""
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
    """The unseen messages of a folder; reading marks them as seen."""
    parts = urlsplit(url)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    secure = parts.scheme == "imaps"
    try:
        opened = imaplib.IMAP4_SSL if secure else imaplib.IMAP4
        box = opened(parts.hostname or "", parts.port or (993 if secure else 143), timeout=60)
        with box:
            box.login(unquote(parts.username or ""), password or unquote(parts.password or ""))
            box.select(f'"{folder}"')
            _, found = box.search(None, "UNSEEN")
            for number in (found[0] or b"").split():
                _, data = box.fetch(number.decode(), f"(BODY[]<0.{LARGEST}>)")
                part = data[0] if data else None
                if isinstance(part, tuple):
                    yield f"{folder}#{number.decode()}", part[1]
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxError(f"{parts.hostname}: {error}") from error
