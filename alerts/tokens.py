"""Signed tokens: proof that an address in a link or an envelope is one of ours. They never expire; keys can be rotated.

The keys file holds one key a line, the newest first: that one signs, all of them verify.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from itsdangerous import BadSignature, URLSafeSerializer

from monitor.errors import NewswatchError

UNSUBSCRIBE = "newswatch.unsubscribe"
PREFERENCES = "newswatch.preferences"
CONFIRM = "newswatch.confirm"
DECLINE = "newswatch.decline"
"""The purposes (salts) of link tokens: one for another purpose is no token at all. The first two name a subscription,
the others what was asked for (a consent)."""
_ENVELOPE = b"newswatch.envelope:"
_MAC = 10
"""Bytes of an envelope's signature: 16 characters, short enough for a local part."""


class KeysError(NewswatchError):
    """There is no key to sign with; `path` and `reason` say where and why."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}; a signing key must be kept there, a line of random characters")


def load_keys(path: Path) -> tuple[str, ...]:
    """The keys in `path`, oldest first; a first one is made, readable by its owner alone, where there is no file.

    Raises `KeysError`.
    """
    if not path.exists():
        _make(path)
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    found = tuple(reversed([line for line in lines if line and not line.startswith("#")]))
    if not found:
        raise KeysError(path, "holds no key")
    return found


def _make(path: Path) -> None:
    """Write a first key: whole or not at all, and over no file that another process made meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
        _place(draft, path)
    except OSError as error:
        raise KeysError(path, error.strerror or str(error)) from error
    finally:
        draft.unlink(missing_ok=True)


def _place(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        draft.replace(path)


def sign(keys: Sequence[str], purpose: str, number: int) -> str:
    """A token for a link, of URL-safe characters; `number` is a subscription's or a consent's."""
    return _serializer(keys, purpose).dumps(number)


def read(keys: Sequence[str], purpose: str, token: str) -> int | None:
    """The number a link's token stands for; `None` where it is not ours to the last bit, or for another purpose."""
    if not token.isascii():
        return None
    try:
        value = _serializer(keys, purpose).loads(token)
    except BadSignature:
        return None
    # The last character of base64 has bits that no decoder looks at.
    same = (hmac.compare_digest(sign([key], purpose, value).encode(), token.encode()) for key in keys)
    return value if isinstance(value, int) and any(same) else None


def envelope(keys: Sequence[str], subscription_id: int) -> str:
    """A token for the sender's address of the envelope: lower case, letters, digits and a hyphen, ≤ 36 characters."""
    return f"{subscription_id}-{_mac(keys[-1], subscription_id)}"


def read_envelope(keys: Sequence[str], token: str) -> int | None:
    """The subscription an envelope's token stands for (mail servers may change its case); `None` if it is not ours."""
    number, _, mac = token.lower().partition("-")
    if not (number.isascii() and number.isdecimal()) or len(number) > 18:
        return None
    ours = (hmac.compare_digest(_mac(key, int(number)), mac) for key in keys)
    return int(number) if mac.isascii() and any(ours) else None


def _serializer(keys: Sequence[str], purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(list(keys), salt=purpose, signer_kwargs={"digest_method": hashlib.sha256})


def _mac(key: str, subscription_id: int) -> str:
    digest = hmac.new(key.encode(), _ENVELOPE + str(subscription_id).encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:_MAC]).decode().lower()
