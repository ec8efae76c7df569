"""When two articles tell the same story: copies of one text."""

import hashlib
import re

_SHORT = 200
"""Texts of fewer characters say too little to be called copies of each other."""


def text_hash(body: str) -> int:
    """A signed 64-bit hash of the words of `body`, case and punctuation aside; 0 for a text too short to compare."""
    if len(body) < _SHORT:
        return 0
    words = " ".join(re.findall(r"\w+", body.casefold()))
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)
