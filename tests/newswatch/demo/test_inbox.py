"""The demo's inbox keeps what arrives over SMTP."""

import smtplib
from email.message import EmailMessage
from pathlib import Path

from newswatch.demo.inbox import Inbox


def letter(to: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "desk@example.org", to, "Grüße"
    message.set_content("plain text\n")
    message.add_alternative("<p>rich text</p>\n", subtype="html")
    return message


def test_a_message_is_kept_as_eml_and_html(tmp_path: Path) -> None:
    with Inbox(tmp_path / "mail") as inbox:
        with smtplib.SMTP(inbox.host, inbox.port, timeout=10) as smtp:
            smtp.send_message(letter("ana@example.org"))
            smtp.send_message(letter("../desk@example.org"))
        first, second = inbox.received
    assert first.recipient == "ana@example.org"
    assert first.message["Subject"] == "Grüße"
    assert first.text == "plain text\n"
    assert first.eml.name == "01-ana.eml"
    assert first.html
    assert first.html.read_text(encoding="utf-8").strip() == "<p>rich text</p>"
    assert second.eml.parent == tmp_path / "mail"


def test_two_inboxes_listen_side_by_side(tmp_path: Path) -> None:
    with Inbox(tmp_path / "one") as one, Inbox(tmp_path / "two") as two:
        assert one.port != two.port
