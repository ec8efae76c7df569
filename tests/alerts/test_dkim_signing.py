"""DKIM signatures: what is signed verifies, what is changed does not, and a bad key is named."""

import base64
import importlib.util
import os
import re
import subprocess
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from alerts.dkim_signing import DkimError, Signer, load
from alerts.messages import Letterhead, build
from alerts.rendering import Rendered
from alerts.smtp import SmtpTransport
from alerts.transports import open_transport
from monitor.store.outbox import Mail
from tests.alerts.test_smtp_tls import Box, serving
from tests.newsroom import NOON

pytest.importorskip("nacl", reason="the extra `dkim` is not installed")
dkim = pytest.importorskip("dkim", reason="the extra `dkim` is not installed")
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ED = ed25519.Ed25519PrivateKey.generate()
Private = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey


def pem(
    key: Private, form: PrivateFormat = PrivateFormat.PKCS8, lock: KeySerializationEncryption | None = None
) -> bytes:
    return key.private_bytes(Encoding.PEM, form, lock or NoEncryption())


def kept(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    path = folder / "dkim.pem"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def record(key: Private) -> bytes:
    """What DNS says of the key."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return b"v=DKIM1; k=ed25519; p=" + base64.b64encode(raw)
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(der)


def verifies(raw: bytes, key: Private) -> bool:
    """Whether the signature does, by a DNS that knows the one record."""

    def ask(name: bytes, timeout: int = 5) -> bytes:
        return record(key) if name == b"s1._domainkey.example.org." else b""

    try:
        return bool(dkim.DKIM(raw).verify(dnsfunc=ask))
    except dkim.ValidationError:
        return False


def message(signer: Signer | None, **words: str) -> bytes:
    head = Letterhead(site="Valley Watch", sender="Valley Watch <alerts@example.org>", keys=("k",), url="https://w.example", dkim=signer)  # fmt: skip
    given: dict[str, Any] = {"subject": "Wähle 3", "text": "Grüße\n.\n\n", "html": "<p>Grüße</p>\n", **words}
    return build(
        head, "digest:1:x", "ana@example.org", Rendered(**given), NOON, leave="https://w.example/unsubscribe/t"
    )


@pytest.mark.parametrize(
    ("content", "key"),
    [(pem(RSA), RSA), (pem(RSA, PrivateFormat.TraditionalOpenSSL), RSA), (pem(ED), ED),
     (pem(RSA).replace(b"\n", b"\r\n"), RSA), (b"# selector s1\n" + pem(ED) + b"\n\n", ED),
     (base64.b64encode(ED.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())) + b"\n", ED)],
    ids=["pkcs8", "pkcs1", "ed25519", "crlf", "comment", "dknewkey"],
)  # fmt: skip
def test_a_signed_mail_verifies_and_is_else_the_same(tmp_path: Path, content: bytes, key: Private) -> None:
    signer = load(kept(tmp_path, content), "s1", "example.org")
    raw = message(signer)
    assert verifies(raw, key)
    header, rest = raw[: -len(message(None))], raw[-len(message(None)) :]
    assert rest == message(None)
    assert header.startswith(b"DKIM-Signature: ")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert not re.search(rb"(?<!\r)\n", raw)
    other = (
        ed25519.Ed25519PrivateKey.generate()
        if key is ED
        else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    assert not verifies(raw, other)


@pytest.mark.parametrize("key", [RSA, ED], ids=["rsa", "ed25519"])
def test_what_matters_is_signed(tmp_path: Path, key: Private) -> None:
    raw = message(load(kept(tmp_path, pem(key)), "s1", "example.org"))
    said = str(message_from_bytes(raw, policy=policy.default)["DKIM-Signature"])
    assert {"c=relaxed/relaxed", "d=example.org", "s=s1"} <= {part.strip() for part in said.split(";")}
    signed = (
        re.sub(r"\s", "", next(part for part in said.split(";") if part.strip().startswith("h=")))
        .removeprefix("h=")
        .split(":")
    )
    assert {"list-unsubscribe", "list-unsubscribe-post", "message-id"} <= set(signed)
    assert all(signed.count(name) == 2 for name in ("from", "to", "subject", "date"))
    for name in (b"Subject", b"List-Unsubscribe", b"List-Unsubscribe-Post", b"To", b"Date", b"Content-Type"):
        changed = re.sub(rb"(?m)^" + name + rb": .*\r\n", name + b": x\r\n", raw, count=1)
        assert changed != raw
        assert not verifies(changed, key), name
    for name in (b"From: b@x.example", b"Subject: other", b"To: b@x.example"):
        assert not verifies(name + b"\r\n" + raw, key), name
    assert not verifies(raw.replace(b"<p>Gr", b"<p>gr"), key)
    assert verifies(b"Received: from elsewhere\r\n" + raw, key)


def test_it_verifies_where_it_arrives(tmp_path: Path) -> None:
    raw = message(load(kept(tmp_path, pem(RSA)), "s1", "example.org"))
    mail = Mail(key="k", kind="digest", recipient="ana@example.org", sender="alerts@example.org", message_id="<k@example.org>",
                message=raw, expires=NOON)  # fmt: skip
    box = Box()
    with serving(box, None) as port:
        transport = open_transport(f"smtp://127.0.0.1:{port}")
        assert isinstance(transport, SmtpTransport)
        assert transport.deliver(mail).outcome == "sent"
        transport.close()
    assert verifies(box.taken[0], RSA)


def test_the_key_is_not_shown(tmp_path: Path) -> None:
    signer = load(kept(tmp_path, pem(ED)), "s1", "example.org")
    head = Letterhead(site="x", sender="a@example.org", keys=(), dkim=signer)
    assert signer.key.decode() not in repr(head)
    assert replace(head).dkim is signer


WEAK = rsa.generate_private_key(public_exponent=65537, key_size=1024)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "holds neither"), (b"not a key at all", "holds neither"), (b"c2hvcnQ=", "holds neither"),
     (b"\xff\xfe\x00", "is not PEM"), (pem(RSA)[:200], "holds nothing whole"), (pem(RSA).replace(b"\nM", b"\n!"), "holds neither"),
     (pem(RSA, lock=BestAvailableEncryption(b"x")), "passphrase"),
     (pem(RSA, PrivateFormat.TraditionalOpenSSL, BestAvailableEncryption(b"x")), "passphrase"),
     (RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), "holds PUBLIC KEY"),
     (pem(ec.generate_private_key(ec.SECP256R1())), "not of RSA or Ed25519"),
     (b"-----BEGIN PRIVATE KEY-----\nMAAw\n-----END PRIVATE KEY-----\n", "not of RSA or Ed25519, or is damaged"),
     (b"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAA\n-----END PRIVATE KEY-----\n", "can be used")],
)  # fmt: skip
def test_a_bad_key_is_named_with_its_file(tmp_path: Path, content: bytes, words: str) -> None:
    path = kept(tmp_path, content)
    with pytest.raises(DkimError, match=re.escape(words)) as caught:
        load(path, "s1", "example.org")
    assert str(caught.value).startswith(f"mail.dkim: {path}: ")


def test_a_weak_key_is_refused(tmp_path: Path) -> None:
    load(kept(tmp_path, pem(WEAK)), "s1", "example.org")
    made = subprocess.run(["openssl", "genrsa", "512"], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("this openssl makes no such key")
    with pytest.raises(DkimError, match="its RSA key has 512 bits"):
        load(kept(tmp_path, made.stdout), "s1", "example.org")


def test_a_key_that_all_may_read_or_nobody_can_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DkimError, match="everyone on this machine may read the private key: chmod o-rwx"):
        load(kept(tmp_path, pem(ED), 0o644), "s1", "example.org")
    load(kept(tmp_path, pem(ED), 0o640), "s1", "example.org")
    with pytest.raises(DkimError, match="No such file"):
        load(tmp_path / "none.pem", "s1", "example.org")
    if os.geteuid():
        with pytest.raises(DkimError, match="Permission denied"):
            load(kept(tmp_path, pem(ED), 0o200), "s1", "example.org")


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(DkimError, match=re.escape("needs the extra `dkim`: pip install 'newswatch[dkim]'")):
        load(kept(tmp_path, pem(ED)), "s1", "example.org")
