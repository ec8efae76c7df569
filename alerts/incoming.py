"""A mail that came in, opened with care: its parts, its headers, and whom it was sent to. Any bytes are read."""

import base64
import contextlib
import quopri
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

TEXT = 8_000
"""Characters of a part that are read."""
_PARTS, _DEPTH = 40, 8

_ORIGINAL = re.compile(
    r"(?im)^(?:-+ ?below this line|-+ ?this is a copy|"
    r"-+ ?(?:the )?(?:original|header|returned|unsent|included|begin)\b.*-"
    r"|original message follows|message headers? follow|below is a copy|the original message (?:is|was included)|"
    r"\s*-+ ?original message|--- the header of|received: |return-path: |>? ?received:|here is a copy|"
    r"the following is|content of the message|message details:|--- \*? ?original|\*{3} ?original|message-id: )"
)


def parts(message: Message) -> Iterator[tuple[str, str]]:
    """The leaves that speak for themselves: (text | status | feedback | headers, content); no returned message.

    A report that somebody's gateway wrapped into a message of its own is opened.
    """
    is_report = message.get_content_type() == "multipart/report"
    stack: list[tuple[Message, int]] = [(message, 0)]
    count = 0
    while stack and count < _PARTS:
        part, depth = stack.pop()
        count += 1
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind in {"message/delivery-status", "message/global-delivery-status"}:
            yield "status", _unpacked(part, _inner(payload))
        elif kind == "message/feedback-report":
            yield "feedback", _unpacked(part, _inner(payload))
        elif kind in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}:
            inner = payload[0] if isinstance(payload, list) and payload else None
            if isinstance(inner, Message) and inner.get_content_type() == "multipart/report" and not is_report:
                stack.append((inner, depth + 1))
            yield "headers", _inner(payload)[:2_000]
        elif isinstance(payload, list) and depth < _DEPTH:
            stack += [(inner, depth + 1) for inner in reversed(payload) if isinstance(inner, Message)]
        elif (
            (kind in {"text/plain", "text/html"} and not isinstance(payload, list))
            or "status" in kind
            or "report" in kind
        ):
            yield "text", _decoded(part, kind)


def header(message: Message, name: str) -> str:
    """The first header of that name, decoded, in one line; empty where there is none."""
    value = _letters(
        next((str(said) for known, said in message.raw_items() if known.lower() == name.lower()), "")[:1_000]
    )
    with contextlib.suppress(ValueError, LookupError):
        value = str(make_header(decode_header(value))) if "=?" in value else value
    return " ".join(value.split())


def date(message: Message) -> datetime | None:
    """When it was written, by its own word (UTC)."""
    try:
        found = parsedate_to_datetime(header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def addressed(message: Message) -> tuple[str, ...]:
    """The addresses that it was sent to, by its headers."""
    found = []
    for name in ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc"):
        for value in message.get_all(name, []):
            found += re.findall(r"[\w.+=-]+@[\w.-]+", str(value)[:2_000])
    return tuple(dict.fromkeys(found))


def own_words(text: str) -> str:
    """The report's own words: the text up to the copy of our message."""
    found = _ORIGINAL.search(text, min(40, len(text)))
    return text[: found.start()] if found else text[:4_000]


def first_address(text: str) -> str:
    """The first mail address in a report's own words; empty where there is none."""
    found = re.search(r"[\w.+=/-]+@[\w-]+(?:\.[\w-]+)+", own_words(text))
    return found.group(0) if found else ""


def _inner(payload: object) -> str:
    """The text of parts that are made of header lines, such as a delivery status, letter by letter as it came."""
    if not isinstance(payload, list):
        return _letters(str(payload)[:TEXT])
    blocks = []
    for inner in payload[:20]:
        lines = "\n".join(f"{name}: {value}" for name, value in inner.raw_items())
        rest = inner.get_payload()
        blocks.append(f"{lines}\n\n{rest if isinstance(rest, str) else ''}"[:TEXT])
    return _letters("\n\n".join(blocks))


def _letters(text: str) -> str:
    """Bytes beyond ASCII, which the parser keeps as surrogates, as the letters they are likely to be."""
    data = text.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _unpacked(part: Message, text: str) -> str:
    """A delivery status that was sent encoded, which it must not be (RFC 3464 2.1.1) and sometimes is."""
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    try:
        if encoding == "base64":
            return base64.b64decode("".join(text.split())).decode("utf-8", "replace")
        if encoding == "quoted-printable":
            return quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    except ValueError:
        pass
    return text


def _decoded(part: Message, kind: str) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = data[: TEXT * 4].decode(charset, "replace")
    except LookupError:
        text = data[: TEXT * 4].decode("latin-1")
    return re.sub(r"<[^<>@]*>|&\w+;", " ", text) if kind == "text/html" else text
