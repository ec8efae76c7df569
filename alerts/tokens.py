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

UNSUBSCRIBE = "newswatch.unsubscribe"
PREFERENCES = "newswatch.preferences"
CONFIRM = "newswatch.confirm"
DECLINE = "newswatch.decline"
"""The purposes (salts) of link tokens: one for another purpose is no token at all. The first two name a subscription,
the others what was asked for (a consent)."""
_ENVELOPE = b"newswatch.envelope:"
_MAC = 10
"""Bytes of an envelope's signature: 16 characters, short enough for a local part."""


def load_keys(path: Path) -> tuple[str, ...]:
    """The keys in `path`, oldest first; a first one is made, readable by its owner alone, where there is no file."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return load_keys(path)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(reversed([line for line in lines if line and not line.startswith("#")]))


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
