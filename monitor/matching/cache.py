"""What was learned of words, kept in a file between runs, and thrown away when topics, tables or rules change.

The file: a digest of the rest, a fingerprint of what the rest depends on, and the tables.
"""

import hashlib
import logging
import marshal
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from monitor.records import Topic

logger = logging.getLogger(__name__)

_SIZE = 32
_ASIDE = frozenset({"id", "name", "min_score", "examples"})
"""What is said of a topic that changes nothing in what it seeks."""
_sought = attrgetter(*(field.name for field in fields(Topic) if field.name not in _ASIDE))


@cache
def _rules() -> bytes:
    """A digest of the rooms of this package: what they decide may change with any of them."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=_SIZE)
    for room in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(room.read_bytes())
    return digest.digest()


def fingerprint(topics: Sequence[Topic], lexicon: str) -> bytes:
    """A digest of what topics seek, the lexicon's version, and the rules."""
    digest = hashlib.blake2b(_rules(), digest_size=_SIZE)
    for part in (repr(list(map(_sought, topics))), lexicon):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.digest()


def load(path: Path, mark: bytes) -> Any | None:
    """The tables kept under a fingerprint; `None` where there are none, or others, or the file is damaged."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    digest, kept, tables = data[:_SIZE], data[_SIZE : 2 * _SIZE], data[2 * _SIZE :]
    if kept != mark or digest != hashlib.blake2b(data[_SIZE:], digest_size=_SIZE).digest():
        return None
    return marshal.loads(tables)  # noqa: S302 - our own file, whole by its digest


def save(path: Path, mark: bytes, tables: Any) -> None:
    """Keep tables under a fingerprint, whole or not at all. A file that cannot be written is only logged."""
    data = mark + marshal.dumps(tables)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(hashlib.blake2b(data, digest_size=_SIZE).digest() + data)
        draft.replace(path)
    except OSError as error:
        logger.warning("the vocabulary is not kept: %s", error)
        with suppress(OSError):
            draft.unlink(missing_ok=True)
