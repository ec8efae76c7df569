"""Mail over TLS and with a login, against real servers with certificates of the tests' own authority."""

import asyncio
import gc
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from alerts.smtp import SmtpTransport
from alerts.transports import TransportError, open_transport
from tests.alerts.test_smtp import Server, mail
from tests.alerts.test_smtp import server as server

pytestmark = [
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),  # TLS was there from the start
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Box:
    """Takes mail, and notes who logged in with what."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.logins: list[tuple[str, str]] = []
        self.senders: list[str] = []

    async def handle_MAIL(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802
        envelope.mail_from = address
        self.senders.append(address)
        return "250 ok"

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        self.taken.append(envelope.original_content)
        return "250 taken"

    def authenticate(self, _server, _session, _envelope, _mechanism, data) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password.decode() in {"secret", "geheimß"}, handled=False)


@contextmanager
def serving(box: Box, at_once: ssl.SSLContext | None, **arguments: object) -> Iterator[int]:
    """A server's port; `arguments` are aiosmtpd's."""
    loop = asyncio.new_event_loop()
    made = loop.create_server(lambda: SMTP(box, loop=loop, hostname="x", **arguments), "127.0.0.1", 0, ssl=at_once)
    listening = loop.run_until_complete(made)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield listening.sockets[0].getsockname()[1]
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    listening.close()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0.05))
    loop.close()
    gc.collect()  # what a broken handshake left of its connection


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a server for localhost needs; we trust its authority."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture(params=["smtps", "smtp+starttls"])
def box(request: pytest.FixtureRequest, secure: ssl.SSLContext) -> Iterator[tuple[Box, str]]:
    """A mailbox behind a server that wants a login, and its address without the user."""
    box = Box()
    arguments = {"authenticator": box.authenticate, "auth_required": True}
    if request.param == "smtps":
        server = serving(box, secure, auth_require_tls=False, **arguments)
    else:
        server = serving(box, None, tls_context=secure, require_starttls=True, **arguments)
    with server as port:
        yield box, f"{request.param}://{{user}}localhost:{port}"


@pytest.mark.parametrize("password", ["secret", "geheimß"])
def test_a_mail_goes_out_over_tls_after_a_login(box: tuple[Box, str], password: str) -> None:
    steps: list[str] = []
    taken, url = box
    transport = open_transport(url.format(user="ana%40x.example@"), password=password, watch=steps.append)
    assert str(transport.deliver(mail())) == "250 taken"
    transport.close()
    assert taken.logins == [("ana@x.example", password)]
    assert any(step.startswith("login as ana@x.example: 235") for step in steps)
    assert password not in "".join(steps)


def test_a_wrong_password_is_told_once_and_no_mail_is_blamed(box: tuple[Box, str]) -> None:
    taken, url = box
    reply = open_transport(url.format(user="ana@"), password="wrong").deliver(mail())
    assert (reply.outcome, reply.code) == ("refused", 535)
    assert len(taken.logins) <= 2  # by PLAIN, then by LOGIN; not again and again
    assert taken.senders == []


def test_without_a_login_a_server_that_wants_one_refuses_us_and_not_the_mail(box: tuple[Box, str]) -> None:
    reply = open_transport(box[1].format(user="")).deliver(mail())
    assert (reply.outcome, reply.code) == ("refused", 530)


def test_a_certificate_of_nobody_we_know_ends_it_before_the_password(
    box: tuple[Box, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, url = box
    for wrong in ("name", "authority"):
        if wrong == "authority":
            monkeypatch.delenv("SSL_CERT_FILE")
        where = url.format(user="ana@").replace("localhost", "127.0.0.1" if wrong == "name" else "localhost")
        reply = open_transport(where, password="secret").deliver(mail())
        assert reply.outcome == "refused"
        assert "its certificate is not to be trusted" in reply.text
    assert taken.logins == taken.senders == []


@pytest.mark.parametrize("user", ["", "ana"])
@pytest.mark.parametrize("answer", ["502 5.5.1 not known", "454 4.7.0 not now", "drop", None])
def test_where_starttls_was_taken_away_nothing_is_said_in_the_clear(
    server: Server, user: str, answer: str | None
) -> None:
    server.answers = {"EHLO": "250-x\r\n250-AUTH PLAIN\r\n250 SIZE 1000"}
    if answer:
        server.answers |= {"EHLO": "250-x\r\n250-AUTH PLAIN\r\n250 STARTTLS", "STAR": answer}
    transport = SmtpTransport(
        "127.0.0.1", server.server_address[1], security="smtp+starttls", user=user, password="secret", timeout=5
    )
    assert transport.deliver(mail()).outcome == "refused"
    assert set(server.commands) <= {"EHLO", "STAR", "QUIT"}
    assert server.messages == []


def test_a_server_that_speaks_no_tls_at_all_is_an_error_and_no_crash(server: Server) -> None:
    for security in ("smtps", "smtp+starttls"):
        server.answers = {"EHLO": "250-x\r\n250 STARTTLS", "STAR": "220 go on"}
        transport = SmtpTransport("127.0.0.1", server.server_address[1], security=security, timeout=2)
        assert transport.deliver(mail()).outcome == "refused"
    assert server.messages == []


def test_no_password_goes_over_a_plain_connection_to_another_machine() -> None:
    with pytest.raises(TransportError, match="smtp\\+starttls"):
        open_transport("smtp://ana@mail.example:587", password="secret")
    open_transport("smtp://ana@localhost:587", password="secret")
    open_transport("smtp://mail.example:25")
