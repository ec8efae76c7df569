"""Reports read, and who is left alone because of them."""

import base64
import json
import os
from email.message import EmailMessage
from pathlib import Path

import pytest

from alerts import bounces, tokens
from alerts.reports import read
from alerts.verdicts import judge
from monitor.store import subscribers
from tests.newsroom import Newsroom

DATA = Path(os.environ.get("NEWSWATCH_DATA") or Path(__file__).parents[3] / "shared" / "data") / "adversarial"
KEYS = ("old", "new")


def report(token: str, status: str = "5.1.1", date: str = "Tue, 24 Nov 2026 10:00:00 +0000", said: str = "") -> bytes:
    """A delivery status report, as Postfix sends it to the envelope's sender."""
    said = said or f"smtp; 550 {status} <ana@example.org>: Recipient address rejected: User unknown"
    return (
        f"From: MAILER-DAEMON@mx.example\r\nTo: alerts+{token}@example.org\r\nDate: {date}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\n\r\nYour mail could not be delivered.\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ana@example.org\r\nAction: failed\r\n"
        f"Status: {status}\r\nDiagnostic-Code: {said}\r\n\r\n--b--\r\n"
    ).encode()


def complaint(token: str, sort: str = "abuse") -> bytes:
    """A feedback report (RFC 5965)."""
    return (
        f"From: fbl@isp.example\r\nTo: alerts+{token}@example.org\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n"
        "Subject: FW: news\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nAn abuse report.\r\n\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\n"
        f"Feedback-Type: {sort}\r\nVersion: 1\r\nOriginal-Rcpt-To: ana@example.org\r\n\r\n--b--\r\n"
    ).encode()


def state(newsroom: Newsroom, *raws: bytes) -> str:
    """The subscriber's state after these messages."""
    list(bounces.take(newsroom.engine, newsroom.clock, KEYS, iter([(str(n), raw) for n, raw in enumerate(raws)])))
    with newsroom.engine.connect() as connection:
        found = subscribers.get(connection, 1)
    assert found is not None
    return found.state


LATER = "Wed, 25 Nov 2026 10:00:00 +0000"
TOKEN = tokens.envelope(KEYS, 1)
OLD_TOKEN = tokens.envelope(KEYS[:1], 1)


@pytest.mark.parametrize(
    ("raws", "expected"),
    [
        ([report(TOKEN)], "active"),
        ([report(TOKEN), report(TOKEN) + b"\r\n"], "active"),  # the same day
        ([report(TOKEN), report(TOKEN, date=LATER)], "suppressed"),
        ([report(TOKEN.upper()), report(OLD_TOKEN, date=LATER)], "suppressed"),
        ([report(TOKEN, "5.2.2"), report(TOKEN, "5.2.2", LATER), report(TOKEN, "4.4.1", LATER)], "active"),
        ([report("1-aaaaaaaaaaaaaaaa"), report("1-aaaaaaaaaaaaaaaa", date=LATER)], "active"),
        ([report(""), report("x", date=LATER), report("1", date=LATER)], "active"),
        ([complaint(TOKEN)], "suppressed"),
        ([complaint(TOKEN, "auth-failure")], "active"),
        ([complaint("1-aaaaaaaaaaaaaaaa")], "active"),
    ],
)
def test_only_our_token_and_only_hard_bounces_on_two_days_or_a_complaint_suppress(
    newsroom: Newsroom, raws: list[bytes], expected: str
) -> None:
    newsroom.subscribe()
    assert state(newsroom, *raws) == expected


def test_a_mail_that_asks_to_leave_unsubscribes(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    asked = EmailMessage()
    asked["From"], asked["To"] = "ana@example.org", "alerts@example.org"
    asked["Subject"] = f"unsubscribe {tokens.sign(KEYS, tokens.UNSUBSCRIBE, 1)}"
    tampered = asked.as_bytes().replace(b"unsubscribe ", b"unsubscribe x")
    assert state(newsroom, tampered) == "active"
    assert state(newsroom, asked.as_bytes()) == "unsubscribed"
    newsroom.subscribe()
    assert state(newsroom) == "unsubscribed"


@pytest.mark.parametrize(
    ("said", "status", "kind"),
    [
        ("550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in local recipient table", "5.1.1", "hard"),
        ("550 No such user here (in reply to RCPT TO command)", "5.0.0", "hard"),
        ("550 User unknown (in reply to end of DATA command)", "5.0.0", "soft"),
        ("Host or domain name not found. Name service error for name=b.example type=A: Host not found", "5.4.4", "hard"),
        ("Host or domain name not found. Name service error for name=b.example type=MX: Host not found, try again",
         "4.4.3", "soft"),
        ("556 5.1.10 Domain b.example does not accept mail (nullMX)", "5.1.10", "hard"),
        ("550 5.4.1 [a@b.example]: Recipient address rejected: Access denied", "5.4.1", "hard"),
        ("550 5.1.6 recipient no longer on server", "5.1.6", "hard"),
        ("552 5.2.2 Over quota", "5.1.1", "soft"),
        ("550 5.1.1 Refused due to recipient preferences", "5.1.1", "soft"),
        ("554 5.7.1 Service unavailable; client host [192.0.2.1] blocked using zen.spamhaus.org", "5.7.1", "soft"),
        ("550 5.1.8 Sender address rejected: Domain not found", "5.1.8", "soft"),
        ("550-5.7.26 Unauthenticated email is not accepted due to domain's DMARC policy", "5.7.26", "soft"),
        ("450 4.2.0 Greylisted", "4.2.0", "soft"),
        ("550 5.2.1 The email account is disabled", "5.2.1", "soft"),
        ("550 <spam-filter@b.example>: User unknown (in reply to RCPT TO command)", "5.1.1", "hard"),
    ],
)  # fmt: skip
def test_the_servers_words_decide(said: str, status: str, kind: str) -> None:
    assert judge(said, status).kind == kind


def server_words() -> list[tuple[str, str, str]]:
    """(kind, Status, words) of each line of server_words.txt."""
    lines = (Path(__file__).parent / "server_words.txt").read_text(encoding="utf-8").splitlines()
    split = (line.split("|", 2) for line in lines if line and not line.startswith("#"))
    return [(kind.strip(), status.strip(), words.strip()) for kind, status, words in split]


@pytest.mark.parametrize(("kind", "status", "words"), server_words())
def test_servers_of_many_makes_and_tongues_are_understood(kind: str, status: str, words: str) -> None:
    raw = report(TOKEN, status or "5.0.0", said=words if ";" in words else f"smtp; {words}")
    assert read(raw).kind == kind
    assert judge(words.partition(";")[2] or words, status).kind == kind


def other(subject: str, body: str, kind: str = "text/plain", **headers: str) -> bytes:
    """Any other message to the token's address."""
    lines = {"From": "someone@b.example", "To": f"alerts+{TOKEN}@example.org", "Subject": subject,
             "Date": "Tue, 24 Nov 2026 10:00:00 +0000", "Content-Type": f"{kind}; charset=utf-8"}  # fmt: skip
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    return ("".join(f"{name}: {value}\r\n" for name, value in lines.items()) + f"\r\n{body}\r\n").encode()


STATUS = (
    "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ana@example.org\nAction: failed\nStatus: 5.1.1\n"
    "Diagnostic-Code: smtp; 550 5.1.1 Empfänger unbekannt\n"
)
SES = '{"notificationType":"Bounce","bounce":{"bounceType":"%s","bouncedRecipients":[{"emailAddress":"ana@example.org"%s}]}}'


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (report(TOKEN).replace(b"message/delivery-status\r\n", b"message/delivery-status; charset=utf-8\r\n"), "hard"),
        (report(TOKEN).replace(b"message/delivery-status", b"message/global-delivery-status"), "hard"),
        (report(TOKEN).replace(b"Action: failed", b"Action: delayed"), "soft"),
        (report(TOKEN).replace(b"Action: failed", b"Action: delivered"), "not_bounce"),
        (report(TOKEN).replace(b"Action: failed", b"Action: relayed"), "not_bounce"),
        (report(TOKEN, "4.1.1"), "soft"),
        (report(TOKEN, "5.1.1", said="smtp; 550 5.1.1 La bo\xeete du destinataire est pleine"), "soft"),
        (report(TOKEN).replace(b"Final-Recipient", b"X-Note: \xfc\r\nFinal-Recipient"), "hard"),
        (report(TOKEN).replace(
            report(TOKEN).partition(b"delivery-status\r\n\r\nRep")[2].partition(b"--b--")[0],
            b"").replace(b"message/delivery-status\r\n\r\nRep", b"message/delivery-status\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(STATUS.encode()) + b"\r\n"), "hard"),
        (b"From: gateway@b.example\r\nTo: x@example.org\r\nSubject: FW: returned\r\nMIME-Version: 1.0\r\n"
         b"Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n"
         b"--i\r\nContent-Type: message/rfc822\r\n\r\n" + report(TOKEN) + b"\r\n--i--\r\n--o--\r\n", "hard"),
        (complaint(TOKEN, "not-spam"), "not_bounce"),
        (complaint(TOKEN, "opt-out"), "complaint"),
        (complaint(TOKEN, "fraud"), "complaint"),
        (complaint(TOKEN).replace(b"Original-Rcpt-To: ana@example.org", b"Original-Mail-From: x@example.org\r\n"
                                  b"Source-IP: 192.0.2.9\r\nUser-Agent: AOL SComp/1.0"), "complaint"),
        (other("complaint about message from 192.0.2.9", "X-HmXmrOriginalRecipient: ana@example.org"), "complaint"),
        (other("abuse report", "---\nReport-Type: spam\n", X_ARF="YES"), "complaint"),
        (other("Amazon SES", SES % ("Permanent", ""), From="no-reply@sns.amazonaws.example"), "hard"),
        (other("Amazon SES", SES % ("Transient", ""), From="no-reply@sns.amazonaws.example"), "soft"),
        (other("Amazon SES", SES % ("Permanent", ',"diagnosticCode":"smtp; 552 5.2.2 mailbox full"'),
               From="no-reply@sns.amazonaws.example"), "soft"),
        (other("Amazon SES", '{"eventType": "Complaint", "mail": {"destination": ["ana@example.org"]}}',
               From="no-reply@sns.amazonaws.example"), "complaint"),
        (other("=?utf-8?q?Automatische_Antwort=3A_Morgen=C3=BCbersicht?=", "Ich bin bis 5.1.1 nicht da. 550"), "not_bounce"),
        (other("Réponse automatique : news", "Je suis absent", Return_Path="<>"), "not_bounce"),
        (other("自動返信: news", "不在です", Return_Path="<>"), "not_bounce"),
        (other("Re: news", "I have left. 550 5.1.1 User unknown", Auto_Submitted="auto-replied"), "not_bounce"),
        (other("Please confirm your message to ana@example.org", "Press here.", Return_Path="<>"), "not_bounce"),
        (other("[Boxbe] Your message to ana@example.org is waiting", "Press here.", Return_Path="<>"), "not_bounce"),
        (other("Delivery Status Notification (Delay)", "THIS IS A WARNING MESSAGE ONLY. Delivery to the following recipient "
               "has been delayed: ana@example.org. 451 4.2.1 try again", From="mailer-daemon@b.example"), "soft"),
        (other("Undelivered Mail Returned to Sender", "<ana@example.org>: host mx.example said: 550 5.1.1 User unknown "
               "(in reply to RCPT TO command)", From="MAILER-DAEMON@b.example"), "hard"),
        (other("Read: your mail", "", "multipart/report; report-type=disposition-notification"), "not_bounce"),
        (other("Re: news of today", "Thank you, I read about the 550 5.1.1 addresses that do not exist."), "not_bounce"),
    ],
)  # fmt: skip
def test_whole_messages_are_what_they_are(raw: bytes, kind: str) -> None:
    assert read(raw).kind == kind


def test_an_automatic_reply_is_no_bounce() -> None:
    raw = (
        b"From: a@example.test\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nI am away 550 11 pounds"
    )
    assert read(raw).kind == "not_bounce"


@pytest.mark.parametrize("raw", [b"", b"\x00", b"From: \xff\r\n\r\n\xff", b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                                 + b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 3_000])  # fmt: skip
def test_anything_can_be_read(raw: bytes) -> None:
    assert read(raw).kind in {"not_bounce", "soft"}


@pytest.mark.parametrize("form", ["folder", "maildir", "mbox", "file"])
def test_every_kind_of_mailbox_is_read(tmp_path: Path, form: str) -> None:
    raw = report(TOKEN).replace(b"\r\n", b"\n")
    place = tmp_path / "box"
    if form in {"folder", "maildir"}:
        for name in ("cur", "new") if form == "maildir" else (".",):
            (place / name).mkdir(parents=True)
            (place / name / "1.eml").write_bytes(raw)
    else:
        place.write_bytes((b"From a Mon Jan 1\n" + raw) * 2 if form == "mbox" else raw)
    found = list(bounces.messages(str(place)))
    assert len(found) == (2 if form in {"maildir", "mbox"} else 1)
    assert {read(message).kind for _, message in found} == {"hard"}


@pytest.mark.skipif(not (DATA / "MANIFEST.jsonl").exists(), reason="the adversarial data is not here")
def test_real_bounces_are_told_apart() -> None:
    right: dict[str, list[bool]] = {"hard": [], "complaint": [], "others": []}
    for line in (DATA / "MANIFEST.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        truth = str(entry.get("must", "")).partition(":")[0].partition(" ")[0]
        if not str(entry.get("file", "")).startswith("dsn/") or truth not in {
            "hard",
            "soft",
            "complaint",
            "not_bounce",
        }:
            continue
        kind = read((DATA / entry["file"]).read_bytes()).kind
        if truth in right:
            right[truth].append(kind == truth)
        if truth != "hard":
            right["others"].append(kind != "hard")
    assert sum(right["hard"]) >= 0.9 * len(right["hard"])
    assert sum(right["others"]) >= 0.99 * len(right["others"])
    assert sum(right["complaint"]) >= 0.95 * len(right["complaint"])
