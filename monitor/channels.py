"""Ways to a subscriber that are no mail address: the address of a channel, and the name it is shown by.

The address (`slack://TOKEN/…`, `https://host/hook?key=…`) is a secret: it is kept in the store and shown nowhere. The
name is shown instead. It has a fingerprint of the address in it, so that it is always the same and tells two apart.
"""

import hashlib
import re
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

Kind = Literal["webhook", "apprise"]

_SHAPE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_NAME = re.compile(r"(?:webhook:[a-z0-9._:-]+|[a-z][a-z0-9+.-]*):[0-9a-f]{10}")
_WEB = {"http", "https"}
_ROUNDS = 10_000
"""Of the fingerprint: a short secret is not to be guessed from it at leisure."""


def is_address(text: str) -> bool:
    """Whether `text` has the form of a channel's address, rather than of a mail address or a channel's name."""
    return "://" in text


def is_name(text: str) -> bool:
    """Whether `text` has the form of a channel's name."""
    return bool(_NAME.fullmatch(text.lower()))


def address(text: str) -> str:
    """A channel's address in the form we keep: its scheme in lower case, `webhook+https:` as `https:`.

    Raises `ValueError` that says what is wrong and shows nothing of it.
    """
    text = text.strip()
    if not _SHAPE.fullmatch(text) or not text.isprintable():
        raise ValueError("must be the address of a channel, such as ntfy://ntfy.sh/topic or https://host/hook")
    scheme, _, rest = text.partition("://")
    scheme = scheme.lower().removeprefix("webhook+")
    if scheme in {"mailto", "mailtos"}:
        raise ValueError("is a mail address: write email: instead, so that bounces and leaving are looked after")
    if scheme in _WEB:
        try:
            parts = urlsplit(f"{scheme}://{rest}")
            usable = bool(parts.hostname) and parts.port != 0 and (parts.hostname or "").encode("idna") != b""
        except ValueError:
            usable = False
        if not usable:
            raise ValueError("names no host, or a port that is none: write https://host/path")
    return f"{scheme}://{rest}"


def kind(address: str) -> Kind:
    """What a kept address is: a JSON webhook, or anything that Apprise knows."""
    return "webhook" if address.partition("://")[0] in _WEB else "apprise"


@lru_cache(maxsize=1024)
def name(address: str) -> str:
    """What a kept address is shown as: `webhook:host:3f9a1b2c4d`, or the scheme and a fingerprint, `slack:3f9a1b2c4d`.

    Of an Apprise address nothing else is shown: in some the token stands where others have a host.
    """
    made = hashlib.pbkdf2_hmac("sha256", address.encode(), b"newswatch.channel", _ROUNDS, 5).hex()
    if kind(address) == "webhook":
        host = (urlsplit(address).hostname or "").encode("idna").decode()
        return f"webhook:{host}:{made}"
    return f"{address.partition('://')[0]}:{made}"
