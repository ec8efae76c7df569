"""DKIM: a mail's headers and body signed with a key of the sender's domain (RFC 6376; Ed25519: RFC 8463)."""

import base64
import binascii
import importlib.util
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from monitor.errors import NewswatchError

SIGNED = (
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Id", "List-Unsubscribe",
    "List-Unsubscribe-Post", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
)  # fmt: skip
"""The headers that are signed, where a mail has them; RFC 8058 wants both of List-Unsubscribe's."""
_ONCE = ("From", "To", "Subject", "Date")
"""Signed once more than they are there: a second one, added on the way, breaks the signature."""
_LEAST_BITS = 1024
"""Of an RSA key (RFC 8301)."""
_READ_BY_ALL = 0o004
_PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----(.+?)-----END \1-----", re.DOTALL)
_ED25519 = bytes.fromhex("302e020100300506032b657004220420")
"""How a PKCS #8 Ed25519 key begins (RFC 8410); its 32 bytes follow."""
_TRIAL = b"From: a@x.example\r\n\r\n\r\n"


class DkimError(NewswatchError):
    """No mail can be signed with the key in `path`; `reason` says why."""

    exit_code = 2

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"mail.dkim: {path}: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A key and the name under which its public half is in DNS: `selector`._domainkey.`domain`."""

    selector: str
    domain: str
    algorithm: Literal["rsa-sha256", "ed25519-sha256"]
    key: bytes = field(repr=False)

    def sign(self, raw: bytes) -> bytes:
        """The message with its signature on top; its lines end in CR LF."""
        import dkim

        message: Any = dkim.DKIM(raw)
        there = {name.lower() for name, _ in message.headers}
        names = [name for name in SIGNED if name.lower().encode() in there] + [*_ONCE]
        header: bytes = message.sign(
            self.selector.encode(), self.domain.encode(), self.key, self.algorithm.encode(),
            canonicalize=(b"relaxed", b"relaxed"), include_headers=[name.encode() for name in names],
        )  # fmt: skip
        return header + raw


def load(path: Path, selector: str, domain: str) -> Signer:
    """The signer with the private key in `path`: RSA (PKCS #1 or #8), or Ed25519 (PKCS #8, or dknewkey's base64).

    Raises `DkimError`, also where the extra `dkim` is not installed or everyone on this machine may read the file.
    """
    if importlib.util.find_spec("dkim") is None or importlib.util.find_spec("nacl") is None:
        raise DkimError(path, "signing needs the extra `dkim`: pip install 'newswatch[dkim]'")
    algorithm, key = _key(path)
    signer = Signer(selector=selector, domain=domain, algorithm=algorithm, key=key)
    try:
        signer.sign(_TRIAL)
    except Exception as error:  # dkimpy lets through whatever its parser of keys stumbles over
        raise DkimError(path, "holds no private key that can be used; `openssl pkey -check` says more") from error
    return signer


def _key(path: Path) -> tuple[Literal["rsa-sha256", "ed25519-sha256"], bytes]:
    try:
        if path.stat().st_mode & _READ_BY_ALL:
            raise DkimError(path, f"everyone on this machine may read the private key: chmod o-rwx {path}")
        text = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise DkimError(path, error.strerror or type(error).__name__) from error
    except UnicodeDecodeError:
        raise DkimError(path, "is not PEM; `openssl pkey -inform DER` turns a DER key into it") from None
    return _of_pem(path, text) if "-----" in text else ("ed25519-sha256", _seed(path, text))


def _of_pem(path: Path, text: str) -> tuple[Literal["rsa-sha256", "ed25519-sha256"], bytes]:
    found = _PEM.search(text)
    kind = found[1] if found else "nothing whole"
    if "ENCRYPTED" in text:
        raise DkimError(path, "is locked with a passphrase, which nobody is there to type; `openssl pkey` takes it off")
    if found is None or kind not in {"PRIVATE KEY", "RSA PRIVATE KEY"}:
        raise DkimError(path, f"holds {kind}; wanted is a private key of RSA or Ed25519 in PEM")
    der = _decoded(path, found[2])
    if der.startswith(_ED25519):
        return "ed25519-sha256", base64.b64encode(der[len(_ED25519) :])
    pem = f"-----BEGIN {kind}-----\n{base64.b64encode(der).decode()}\n-----END {kind}-----\n".encode()
    bits = _bits(path, pem)
    if bits < _LEAST_BITS:
        raise DkimError(path, f"its RSA key has {bits} bits; receivers want {_LEAST_BITS} at least, better 2048")
    return "rsa-sha256", pem


def _seed(path: Path, text: str) -> bytes:
    if len(_decoded(path, text)) != 32:
        raise DkimError(path, "holds neither a key in PEM nor the 32 bytes of an Ed25519 key in base64")
    return text.encode()


def _decoded(path: Path, text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error:
        raise DkimError(path, "holds neither a key in PEM nor the 32 bytes of an Ed25519 key in base64") from None


def _bits(path: Path, pem: bytes) -> int:
    from dkim.crypto import parse_pem_private_key

    try:
        return int(parse_pem_private_key(pem)["modulus"]).bit_length()
    except Exception as error:  # as above
        raise DkimError(path, "holds a private key that is not of RSA or Ed25519, or is damaged") from error
