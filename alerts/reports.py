"""Bounces, complaints and other replies, read as mail: what kind each is, whom it is about, and when it was written."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message

from alerts import incoming, statuses
from alerts.complaints import complaint
from alerts.incoming import header
from alerts.verdicts import Kind, Verdict, judge

LARGEST = 200_000
"""Bytes of a message that are read; what matters stands at the head."""

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
_SPEAKS_OF_DELIVERY = re.compile(
    r'(?im)"notificationType"|^error message below|you are not a member|the group you tried to contact|'
    r"not (?:be )?delivered to|\b55\d[ -]5\.\d\.\d\b"
)


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
        parts = list(incoming.parts(message))
    except (RecursionError, ValueError, LookupError):
        message = message_from_bytes(raw[:2_000].split(b"\n\n")[0] + b"\n\n", policy=policy.compat32)
        parts = []
    verdict, recipient = _verdict(message, parts, raw)
    return Report(
        kind=verdict.kind, reason=verdict.reason, recipient=recipient, addressed_to=incoming.addressed(message),
        subject=header(message, "Subject"), date=incoming.date(message),
        suppresses="auth-failure" not in verdict.reason,
    )  # fmt: skip


def _verdict(message: Message, parts: list[tuple[str, str]], raw: bytes) -> tuple[Verdict, str]:
    text = "\n".join(content for kind, content in parts if kind == "text")[: incoming.TEXT]
    complained = complaint(message, parts, text)
    if complained:
        return complained
    groups = [group for kind, content in parts if kind == "status" for group in statuses.groups(content)]
    if groups:
        return statuses.of_groups(groups, text)
    if not _is_bounce(message, text):
        return Verdict(kind="not_bounce", reason="no report, and not from a mail system"), ""
    if statuses.NOTICE.search(text):
        return statuses.of_notice(text)
    return judge(incoming.own_words(text or raw[: incoming.TEXT].decode("latin-1"))), incoming.first_address(text)


def _is_bounce(message: Message, text: str) -> bool:
    sender, subject = header(message, "From"), header(message, "Subject")
    automatic = header(message, "Auto-Submitted").lower()
    empty = header(message, "Return-Path").strip() == "<>"
    if "report-type=disposition" in header(message, "Content-Type").lower():
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
