"""Messages byte for byte: headers, parts, and a second look before one is queued."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import quote

from alerts import links, tokens
from alerts.dkim_signing import Signer
from alerts.rendering import Rendered
from alerts.wording import header
from monitor.errors import NewswatchError

LARGEST = 90_000
"""Bytes of a message; Gmail hides what comes after about 102 KB."""
POLICY = policy.SMTP.clone(max_line_length=990, cte_type="7bit")
"""Long headers stay in one line (List-Unsubscribe is not to be folded); 8-bit text is encoded."""
LONGEST_LINE = 998


class MessageError(NewswatchError):
    """A message came out malformed and was not queued; `problem` says how."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(f"a mail came out malformed: {problem}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Whose mail it is, in plain values."""

    site: str
    sender: str
    """The From header: "Valley Watch <alerts@example.org>"."""
    keys: Sequence[str]
    """The signing keys, oldest first."""
    url: str = ""
    """Where the subscribers' own pages are served; empty: leaving is by mail."""
    bounces: str = ""
    """The address bounces go to, when not the sender's own; its local part is extended by +token."""
    dkim: Signer | None = None
    """What signs each message, where the mail server does not."""

    @property
    def address(self) -> str:
        """The sender's bare address."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        """The sender's domain."""
        return self.address.rpartition("@")[2]


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the mail `key`: always the same."""
    return f"<{re.sub(r'[^A-Za-z0-9-]+', '.', key).strip('.')}@{domain}>"


def envelope_sender(head: Letterhead, subscription_id: int) -> str:
    """The address a bounce comes back to; it names the subscription, signed (VERP)."""
    local, _, domain = (head.bounces or head.address).rpartition("@")
    return f"{local}+{tokens.envelope(head.keys, subscription_id)}@{domain}"


def leave_url(head: Letterhead, subscription_id: int) -> str:
    """The address that ends a subscription: a page where there are pages, else a mail to write."""
    token = tokens.sign(head.keys, tokens.UNSUBSCRIBE, subscription_id)
    if head.url:
        return f"{head.url.rstrip('/')}/unsubscribe/{token}"
    return f"mailto:{head.address}?subject={quote('unsubscribe ' + token)}"


def preferences_url(head: Letterhead, subscription_id: int) -> str:
    """The page of a subscription's settings; empty where there are no pages."""
    return head.url.rstrip("/") + links.preferences(head.keys, subscription_id) if head.url else ""


def build(head: Letterhead, key: str, recipient: str, words: Rendered, date: datetime, *, leave: str = "") -> bytes:
    """The message `key` as it goes out. Raises `MessageError` where it does not read back as it was meant."""
    message = EmailMessage(policy=POLICY)
    name, address = parseaddr(head.sender)
    message["From"] = Address(display_name=header(name), addr_spec=address)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = header(words.subject)
    message["Date"] = format_datetime(date.astimezone(UTC))
    message["Message-ID"] = message_id(key, head.domain)
    message["Auto-Submitted"] = "auto-generated"
    message["List-Id"] = f"{_phrase(head.site)} <newswatch.{head.domain}>"
    if leave:
        message["List-Unsubscribe"] = f"<{leave}>"
        if not leave.startswith("mailto:"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(words.text)
    message.add_alternative(words.html, subtype="html")
    message.set_boundary(_boundary(words))
    raw = message.as_bytes(policy=POLICY)
    _look_again(raw, message)
    return head.dkim.sign(raw) if head.dkim else raw


def _look_again(raw: bytes, meant: EmailMessage) -> None:
    """Parse the bytes anew: the headers must be those that were set, once each, and no line too long."""
    parsed = message_from_bytes(raw, policy=policy.compat32)
    names = [name.lower() for name in parsed]
    if sorted(names) != sorted(name.lower() for name in meant):
        raise MessageError(f"its headers are {', '.join(names)}")
    for name in ("Subject", "To", "From"):
        if str(policy.SMTP.header_fetch_parse(name, parsed[name])) != str(meant[name]):
            raise MessageError(f"{name} does not read back")
    if any(part.defects for part in parsed.walk()):
        raise MessageError("it has defects")
    if re.search(rb"\r(?!\n)|(?<!\r)\n", raw):
        raise MessageError("a line ends in something else than CR LF")
    if max(map(len, raw.split(b"\r\n"))) > LONGEST_LINE:
        raise MessageError("a line is too long")


def _phrase(text: str) -> str:
    """A list's name in front of its id: plain ASCII, quoted by leaving out what would need it."""
    plain = header(text).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^A-Za-z0-9 '-]+", " ", plain).split()) or "newswatch"


def _boundary(words: Rendered) -> str:
    """A boundary that the words alone decide: the same mail has the same bytes, and no text can hold its own."""
    return "=_" + hashlib.sha256(f"{words.text}\0{words.html}".encode()).hexdigest()[:32]
