"""Bounces, complaints and other replies, read as mail: what kind each is, whom it is about, and when it was written."""

import base64
import contextlib
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from alerts.verdicts import Kind, Verdict, judge

LARGEST = 200_000
"""Bytes of a message that are read; what matters stands at the head."""
_PARTS, _DEPTH, _TEXT = 40, 8, 8_000

_MACHINES = re.compile(r"(?i)mailer[-_. ]?daemon|post_?master|poostmaster|mail delivery|mail administrator|mailsystem|"
                       r"mail system|content-filter|no-?reply@sns|delivery.{0,12}(?:system|notif)|bounce")  # fmt: skip
_SUBJECTS = re.compile(
    r"(?i)undeliver|non-?deliver|not deliver|unable to deliver|returned (?:mail|to sender)|return(?:ed|ing) m|failure|"
    r"delivery (?:status|fail|report|error|has|problem|notif)|mail system error|warning: (?:could|mess)|delayed|"
    r"rejected|"
    r"couldn'?t be delivered|delivery_failure|delivery incomplete|message (?:not|could)|nondeliverable|error in|bounced"
)
_AWAY = re.compile(
    r"(?i)out of (?:the )?office|vacation|auto-?(?:matic )?(?:reply|response)|away|abwesen|holiday|absence|urlaub|"
    r"automatische (?:antwort|antwoord)|r.ponse automatique|absent\b|(?:respuesta|risposta|resposta) autom.tica|"
    r"fuera de (?:la )?oficina|fuori (?:sede|ufficio)|afwezig|autosvar|自動(?:返信|応答|回覆)|自动(?:回复|答复)|부재중|"
    r"автоответ|нет на месте"
)
_ANSWER = re.compile(r"(?i)(?:re|aw|sv|antw|rif|odp|回复|答复)\s*[:\uff1a]")
_CHALLENGES = re.compile(
    r"(?i)(?:confirm|verify|authenticate|approve)\W+(?:your|that you|this)\b.{0,20}(?:message|mail|sent|sender)|"
    r"(?:sender|e-?mail) (?:verification|confirmation)|verification required|please confirm|waiting for (?:your )?"
    r"(?:verification|confirmation)|boxbe|spam ?arrest|spamhilator|tmda"
)
"""Somebody's filter asks the sender to prove that there is one."""
_SPEAKS_OF_DELIVERY = re.compile(
    r'(?im)"notificationType"|^error message below|you are not a member|the group you tried to contact|'
    r"not (?:be )?delivered to|\b55\d[ -]5\.\d\.\d\b"
)
_ORIGINAL = re.compile(
    r"(?im)^(?:-+ ?below this line|-+ ?this is a copy|"
    r"-+ ?(?:the )?(?:original|header|returned|unsent|included|begin)\b.*-"
    r"|original message follows|message headers? follow|below is a copy|the original message (?:is|was included)|"
    r"\s*-+ ?original message|--- the header of|received: |return-path: |>? ?received:|here is a copy|"
    r"the following is|content of the message|message details:|--- \*? ?original|\*{3} ?original|message-id: )"
)


_NOTICE = re.compile(r'(?:notification|event)Type\\*":\s*\\*"(Bounce|Complaint|Delivery)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one message says."""

    kind: Kind
    reason: str
    recipient: str = ""
    """Whom it is about, by its own word; empty where it does not say."""
    addressed_to: tuple[str, ...] = ()
    """The addresses it was sent to: the envelope of ours that it answers is among them."""
    subject: str = ""
    date: datetime | None = None
    suppresses: bool = True
    """Whether it can count against an address at all."""


def read(raw: bytes) -> Report:
    """What a message says. Reads anything without raising; deep or odd structures are read as plain text."""
    try:
        message = message_from_bytes(raw[:LARGEST], policy=policy.compat32)
        parts = list(_parts(message))
    except (RecursionError, ValueError, LookupError):
        message = message_from_bytes(raw[:2_000].split(b"\n\n")[0] + b"\n\n", policy=policy.compat32)
        parts = []
    verdict, recipient = _verdict(message, parts, raw)
    return Report(
        kind=verdict.kind, reason=verdict.reason, recipient=recipient, addressed_to=_addressed(message, raw),
        subject=_header(message, "Subject"), date=_date(message),
        suppresses="auth-failure" not in verdict.reason,
    )  # fmt: skip


def _verdict(message: Message, parts: list[tuple[str, str]], raw: bytes) -> tuple[Verdict, str]:
    text = "\n".join(content for kind, content in parts if kind == "text")[:_TEXT]
    complaint = _complaint(message, parts, text)
    if complaint:
        return complaint
    groups = [group for kind, content in parts if kind == "status" for group in _groups(content)]
    if groups:
        return _of_groups(groups, text)
    if not _is_bounce(message, text):
        return Verdict(kind="not_bounce", reason="no report, and not from a mail system"), ""
    if _NOTICE.search(text):
        return _of_notice(text)
    return judge(_before_the_original(text or _as_text(raw))), _first_address(text)


def _complaint(message: Message, parts: list[tuple[str, str]], text: str) -> tuple[Verdict, str] | None:
    feedback = next((content for kind, content in parts if kind == "feedback"), None)
    if feedback is not None:
        sort = (re.search(r"(?im)^feedback-type:\s*([\w-]+)", feedback) or ["", "abuse"])[1]
        if sort.lower() == "not-spam":  # RFC 6430: it was found among the junk, and wanted
            return Verdict(kind="not_bounce", reason="a feedback report (not-spam)"), ""
        about = re.search(r"(?im)^(?:original-rcpt-to|removal-recipient):\s*<?([^\s<>;]+@[^\s<>;]+)", feedback)
        return Verdict(kind="complaint", reason=f"a feedback report ({sort.lower()})"), about.group(1) if about else ""
    if re.search(r"(?i)complaint about message from", _header(message, "Subject")):
        whole = "\n".join(content for _, content in parts)
        about = re.search(r"(?im)^x-hmxmroriginalrecipient:\s*<?([^\s<>]+)", whole)
        return Verdict(kind="complaint", reason="a complaint in Hotmail's form"), about.group(1) if about else ""
    notice = _NOTICE.search(text)
    if notice and notice.group(1) == "Complaint":
        return Verdict(kind="complaint", reason="a complaint in Amazon SES's form"), _first_address(text)
    if message.get("X-XARF") or message.get("X-ARF"):
        whole = "\n".join(content for _, content in parts)
        sort = re.search(r'(?i)"?report-?(?:type|class)"?:\s*"?(spam|abuse|fraud)', whole)
        return (Verdict(kind="complaint", reason="a complaint in X-ARF's form"), "") if sort else None
    return None


def _of_notice(text: str) -> tuple[Verdict, str]:
    """What Amazon SES tells in JSON: the servers' own words where they stand in it, else the kind it gives."""
    if "bounceType" not in text:
        return Verdict(kind="not_bounce", reason="delivered"), ""
    who = re.search(r'emailAddress\\*":\s*\\*"([^"\\]+@[^"\\]+)', text)
    said = re.search(r'diagnosticCode\\*":\s*\\*"(.+?)\\*"\s*[,}]', text)
    recipient = who.group(1) if who else _first_address(text)
    if said:
        return judge(said.group(1)), recipient
    if re.search(r'bounceType\\*":\s*\\*"Permanent', text):
        return Verdict(kind="hard", reason="permanent, says Amazon SES"), recipient
    return Verdict(kind="soft", reason="not permanent, says Amazon SES"), recipient


def _of_groups(groups: list[dict[str, str]], text: str) -> tuple[Verdict, str]:
    """The gravest verdict over the recipients of a delivery status report (RFC 3464)."""
    verdicts = []
    told = _before_the_original(text)
    for group in groups:
        action, status = group.get("action", "").lower(), _status(group.get("status", ""))
        said = re.sub(r"^(?:smtp|x-\w+|dns|unknown)\s*;", "", group.get("diagnostic-code", ""), flags=re.IGNORECASE)
        who = _address(group.get("original-recipient") or group.get("final-recipient") or "")
        if action.startswith(("delivered", "relayed", "expanded")):
            verdicts.append((Verdict(kind="not_bounce", reason=action), who))
            continue
        about = f"{said} {_lines_about(told, who)}"
        found = judge(_full(about, told, groups), status, delayed=action.startswith("delayed"))
        verdicts.append((found, who))
    order = {"hard": 0, "soft": 1, "complaint": 2, "not_bounce": 3}
    return min(verdicts, key=lambda pair: order[pair[0].kind])


def _full(about: str, told: str, groups: list[dict[str, str]]) -> str:
    """The words about a recipient; where there are none but one recipient, all that the report says."""
    bare = re.sub(r"[\W\d_]+", "", about)
    return told if len(bare) < 4 and len(groups) == 1 else about


def _lines_about(told: str, who: str) -> str:
    """Of a report's text, the paragraph that names the recipient, or that says why it was refused."""
    paragraphs = re.split(r"\n\s*\n", told)
    named = [_own_lines(p, who) for p in paragraphs if who and who.lower() in p.lower()]
    reasons = [p for p in paragraphs if re.search(r"(?i)automatically rejected", p)]
    return " ".join(dict.fromkeys([*named, *reasons]))[:3_000]


def _own_lines(paragraph: str, who: str) -> str:
    """Of a paragraph, the lines from the one that names the recipient to the one that names another."""
    taken, ours = [], False
    for line in paragraph.splitlines():
        named = re.match(r"\s*<?([\w.+=/-]+@[\w.-]+)>?\s*[:;]", line)
        ours = named.group(1).lower() == who.lower() if named else ours or who.lower() in line.lower()
        if ours:
            taken.append(line)
    return " ".join(taken)


def _parts(message: Message) -> Iterator[tuple[str, str]]:
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


def _inner(payload: object) -> str:
    """The text of parts that are made of header lines, such as a delivery status, letter by letter as it came."""
    if not isinstance(payload, list):
        return _letters(str(payload)[:_TEXT])
    blocks = []
    for inner in payload[:20]:
        lines = "\n".join(f"{name}: {value}" for name, value in inner.raw_items())
        rest = inner.get_payload()
        blocks.append(f"{lines}\n\n{rest if isinstance(rest, str) else ''}"[:_TEXT])
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
        text = data[: _TEXT * 4].decode(charset, "replace")
    except LookupError:
        text = data[: _TEXT * 4].decode("latin-1")
    return re.sub(r"<[^<>@]*>|&\w+;", " ", text) if kind == "text/html" else text


def _groups(content: str) -> Iterator[dict[str, str]]:
    """The per-recipient groups of a delivery status: field (lower case) → value, unfolded."""
    for block in re.split(r"\r?\n\s*\r?\n", content):
        fields: dict[str, str] = {}
        last = ""
        for line in block.splitlines():
            if line[:1] in {" ", "\t"} and last:
                fields[last] += " " + line.strip()
            elif ":" in line:
                name, _, value = line.partition(":")
                last = name.strip().lower()
                fields.setdefault(last, value.strip())
        if "final-recipient" in fields or "original-recipient" in fields or ("status" in fields and "action" in fields):
            yield fields


def _is_bounce(message: Message, text: str) -> bool:
    sender, subject = _header(message, "From"), _header(message, "Subject")
    automatic = _header(message, "Auto-Submitted").lower()
    empty = _header(message, "Return-Path").strip() == "<>"
    if "report-type=disposition" in _header(message, "Content-Type").lower():
        return bool(re.search(r"(?i)disposition:.*(?:failed|error|deleted)|rejected", text))
    if _MACHINES.search(sender):
        return not (_AWAY.search(subject) or _CHALLENGES.search(subject))
    if _CHALLENGES.search(subject) or message.get("X-Autoreply") or message.get("X-Autorespond"):
        return False
    if _AWAY.search(subject) or automatic.startswith("auto-replied"):
        return False
    if empty or _SUBJECTS.search(subject):
        return True
    return not _ANSWER.match(subject) and bool(_SPEAKS_OF_DELIVERY.search(text[:2_000]))


def _before_the_original(text: str) -> str:
    """The report's own words: the text up to the copy of our message."""
    found = _ORIGINAL.search(text, min(40, len(text)))
    return text[: found.start()] if found else text[:4_000]


def _status(value: str) -> str:
    found = re.match(r"\s*([245]\.\d{1,3}\.\d{1,3})", value)
    return found.group(1) if found else ""


def _address(value: str) -> str:
    found = re.search(r"[^\s<>;,:\"]+@[^\s<>;,:\"]+", value.partition(";")[2] or value)
    return found.group(0) if found else ""


def _first_address(text: str) -> str:
    found = re.search(r"[\w.+=/-]+@[\w-]+(?:\.[\w-]+)+", _before_the_original(text))
    return found.group(0) if found else ""


def _addressed(message: Message, raw: bytes) -> tuple[str, ...]:
    found = []
    for name in ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc"):
        for value in message.get_all(name, []):
            found += re.findall(r"[\w.+=-]+@[\w.-]+", str(value)[:2_000])
    return tuple(dict.fromkeys(found))


def _header(message: Message, name: str) -> str:
    value = _letters(
        next((str(said) for known, said in message.raw_items() if known.lower() == name.lower()), "")[:1_000]
    )
    with contextlib.suppress(ValueError, LookupError):
        value = str(make_header(decode_header(value))) if "=?" in value else value
    return " ".join(value.split())


def _date(message: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _as_text(raw: bytes) -> str:
    return raw[:_TEXT].decode("latin-1")
