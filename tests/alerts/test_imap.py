"""Bounces from an IMAP folder, kept by a real Dovecot with a certificate of the tests' own authority."""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

from alerts import bounces
from alerts.bounces import MailServerError
from tests.alerts.test_bounces import KEYS, LATER, TOKEN, report
from tests.newsroom import Newsroom

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DOVECOT or os.geteuid() != 0, reason="there is no Dovecot here that we may start"),
]
SETTINGS = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
ssl_dh =
mail_location = maildir:{folder}/mail
disable_plaintext_auth = {tls_first}
auth_mechanisms = {mechanisms}
passdb {{
  driver = static
  args = password=ß-secret
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}
}}
service imap-login {{
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {secure}
  }}
}}
"""


@dataclass(frozen=True)
class Imap:
    """A running server."""

    folder: Path
    plain: int
    secure: int

    def put(self, *messages: bytes) -> None:
        """Let mails arrive."""
        for number, message in enumerate(messages):
            path = self.folder / "mail" / "new" / f"{time.time_ns()}.{number}"
            path.write_bytes(message.replace(b"\r\n", b"\n"))
            shutil.chown(path, "nobody", "nogroup")

    def url(self, folder: str = "INBOX") -> str:
        """Where they are."""
        return f"imaps://ana@localhost:{self.secure}/{folder}"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """A store on SQLite: what is read does not depend on it."""
    return f"sqlite:///{tmp_path / 'newswatch.db'}"


@pytest.fixture(params=["plain login"])
def imap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Imap]:
    """A server with the user ana."""
    folder = Path(tempfile.mkdtemp(prefix="newswatch-imap-"))
    folder.chmod(0o755)
    for name in ("", "new", "cur", "tmp"):
        (folder / "mail" / name).mkdir(exist_ok=True)
        shutil.chown(folder / "mail" / name, "nobody", "nogroup")
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    certificate.private_key_pem.write_to_path(str(folder / "key.pem"))
    (folder / "cert.pem").write_bytes(b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "ca.pem"))
    server = Imap(folder, free_port(), free_port())
    settings = SETTINGS.format(
        folder=folder, plain=server.plain, secure=server.secure, tls_first="no", mechanisms=request.param
    )
    (folder / "dovecot.conf").write_text(settings, encoding="utf-8")
    assert DOVECOT
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(folder / "dovecot.conf")])
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", server.secure)).close()
            break
        except OSError:
            time.sleep(0.05)
    yield server
    process.terminate()
    process.wait(20)
    shutil.rmtree(folder, ignore_errors=True)


def test_what_is_unseen_is_read_once(imap: Imap, newsroom: Newsroom) -> None:
    newsroom.subscribe()
    imap.put(report(TOKEN), report(TOKEN, date=LATER), b"From: ana@example.org\nSubject: hello\n\nhello\n")
    found = list(bounces.take(newsroom.engine, newsroom.clock, KEYS, bounces.messages(imap.url(), "ß-secret")))
    assert [finding.report.kind for finding in found] == ["hard", "hard", "not_bounce"]
    assert found[1].effect == "suppressed"
    assert list(bounces.messages(imap.url(), "ß-secret")) == []
    imap.put(report(TOKEN))
    assert len(list(bounces.messages(imap.url(), "ß-secret"))) == 1


def test_what_was_not_dealt_with_stays_unseen(imap: Imap) -> None:
    imap.put(report(TOKEN), report(TOKEN, date=LATER))
    reading = bounces.messages(imap.url(), "ß-secret")
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert len(list(bounces.messages(imap.url(), "ß-secret"))) == 2


@pytest.mark.parametrize(
    ("password", "folder", "said"),
    [
        ("wrong", "INBOX", "AUTHENTICATIONFAILED"),
        ("ß-secret", "Nowhere", "doesn't exist: Nowhere"),
        ("ß-secret", "Rückläufer & mehr", "doesn't exist: R"),
    ],
)
def test_what_the_server_refuses_is_told_in_its_words(imap: Imap, password: str, folder: str, said: str) -> None:
    with pytest.raises(MailServerError, match=said) as refused:
        list(bounces.messages(imap.url(folder), password))
    assert refused.value.exit_code == 1


def test_a_certificate_of_nobody_we_know_ends_it_before_the_password(
    imap: Imap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailServerError, match="CERTIFICATE_VERIFY_FAILED"):
        list(bounces.messages(imap.url(), "ß-secret"))
    assert "ana" not in (imap.folder / "log").read_text()


def test_a_certificate_of_another_host_ends_it_too(imap: Imap) -> None:
    with pytest.raises(MailServerError, match="CERTIFICATE_VERIFY_FAILED"):
        list(bounces.messages(f"imaps://ana@127.0.0.1:{imap.secure}/", "ß-secret"))


def test_without_tls_only_this_machine_hears_the_password(imap: Imap, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"imap://ana@localhost:{imap.plain}/"
    imap.put(report(TOKEN))
    assert len(list(bounces.messages(url, "ß-secret"))) == 1
    monkeypatch.setattr(bounces, "THIS_MACHINE", set())
    imap.put(report(TOKEN, date=LATER))
    assert len(list(bounces.messages(url, "ß-secret"))) == 1
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailServerError, match="CERTIFICATE_VERIFY_FAILED"):
        list(bounces.messages(url, "ß-secret"))


def test_a_server_that_hangs_up_is_an_error_and_no_crash() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        threading.Thread(target=lambda: listener.accept()[0].close(), daemon=True).start()
        with pytest.raises(MailServerError):
            list(bounces.messages(f"imap://ana@127.0.0.1:{port}/", "x"))
