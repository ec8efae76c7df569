"""Mail over SMTP, against a server that answers as it is told."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.smtp import SmtpTransport
from alerts.transports import TransportError, open_transport
from monitor.store.outbox import Mail


class Server(socketserver.ThreadingTCPServer):
    """Answers each command with `answers[command]`, else 250; "drop" hangs up. Keeps what came."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.answers: dict[str, str] = {}
        self.messages: list[bytes] = []
        self.commands: list[str] = []
        self.connections = 0


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    server: Server

    def handle(self) -> None:
        """Greet, answer, keep the message."""
        self.server.connections += 1
        if self.say("greeting", "220 hello"):
            while line := self.rfile.readline():
                command = line[:4].upper().strip().decode("ascii", "replace")
                self.server.commands.append(command)
                if not self.say(command, "354 go" if command == "DATA" else "250 ok"):
                    return
                if command == "DATA" and "DATA" not in self.server.answers and not self.take():
                    return

    def take(self) -> bool:
        """Read the message and answer its dot."""
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.messages.append(b"".join(lines))
        return self.say(".", "250 taken")

    def say(self, what: str, usual: str) -> bool:
        """Answer; false when it hangs up."""
        answer = self.server.answers.get(what, usual)
        if answer != "drop":
            self.wfile.write(answer.encode() + b"\r\n")
        return answer != "drop"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def mail(message: bytes = b"Subject: x\r\n\r\n.dot\r\nend\r\n") -> Mail:
    """A mail."""
    return Mail(key="digest:1:2026-11-24T15:30:00Z", kind="digest", recipient="a@x.example", sender="s+1-x@y.example",
                message_id="<1@y>", message=message, expires=datetime.now(UTC))  # fmt: skip


@pytest.mark.parametrize(
    ("where", "answer", "outcome"),
    [
        ("", "", "sent"),
        (".", "450 4.3.2 later", "temporary"),
        (".", "554 5.7.1 no", "failed"),
        (".", "drop", "unknown"),
        ("RCPT", "550 5.1.1 no", "failed"),
        ("RCPT", "451 4.3.0 later", "temporary"),
        ("RCPT", "421 busy", "temporary"),
        ("RCPT", "drop", "temporary"),
        ("MAIL", "drop", "temporary"),
        ("MAIL", "530 5.7.0 log in first", "refused"),
        ("DATA", "drop", "temporary"),
        ("greeting", "421 busy", "refused"),
        ("greeting", "554 go away", "refused"),
    ],
)
def test_each_step_can_go_wrong_in_its_own_way(server: Server, where: str, answer: str, outcome: str) -> None:
    server.answers = {where: answer} if where else {}
    transport = SmtpTransport("127.0.0.1", server.server_address[1], timeout=5)
    reply = transport.deliver(mail())
    transport.close()
    assert reply.outcome == outcome


def test_after_a_refusal_the_next_mail_goes_out_on_the_same_connection(server: Server) -> None:
    transport = SmtpTransport("127.0.0.1", server.server_address[1], timeout=5)
    server.answers = {"RCPT": "550 5.1.1 no"}
    assert transport.deliver(mail()).outcome == "failed"
    server.answers = {}
    assert transport.deliver(mail()).outcome == "sent"
    transport.close()
    assert server.connections == 1


def test_dots_are_doubled_and_nothing_else_is_changed(server: Server) -> None:
    transport = SmtpTransport("127.0.0.1", server.server_address[1], timeout=5)
    transport.deliver(mail(b"Subject: x\r\n\r\n.\r\n..\r\na.b\r\n"))
    transport.close()
    assert server.messages == [b"Subject: x\r\n\r\n..\r\n...\r\na.b\r\n"]


def test_a_file_is_whole_and_a_repeat_overwrites_it(tmp_path: Path) -> None:
    transport = open_transport("file:out/", base=tmp_path)
    for message in (b"one", b"one"):
        assert transport.deliver(mail(message)).outcome == "sent"
    assert [(p.name, p.read_bytes()) for p in (tmp_path / "out").iterdir()] == [
        ("digest-1-2026-11-24T15-30-00Z.eml", b"one")
    ]


def test_a_folder_that_cannot_be_written_refuses(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    assert open_transport(f"file:{tmp_path / 'out'}").deliver(mail()).outcome == "refused"


@pytest.mark.parametrize("url", ["", "http://x", "smtp:", "smtp://", "mailto:a@b.example"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(TransportError):
        open_transport(url)
