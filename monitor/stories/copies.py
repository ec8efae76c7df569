"""Copies of one text: the same words, most of the same words in the same order, or the beginning of a longer one."""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

SHORT = 200
"""Texts of fewer characters say too little to be called copies of each other."""
_SAME = 0.55
"""Share of two texts' words that stand in both in the same order, from which on one is a rewrite of the other."""
_WITHIN = 0.85
"""The same, of the shorter text alone: a copy that was cut, or that was written on."""
_CUT = 50
"""Words that a cut copy must have."""
_LONGEST = 1_500
"""Words that are compared: what follows in a longer text does not make it another."""


@lru_cache(maxsize=4)  # one text is asked for by several, one after the other
def text_hash(body: str) -> int:
    """A signed 64-bit hash of the words of `body`, case and punctuation aside; 0 for a text too short to compare."""
    if len(body) < SHORT:
        return 0
    return int.from_bytes(hashlib.blake2b(" ".join(words(body)).encode(), digest_size=8).digest(), "big", signed=True)


def words(body: str) -> list[str]:
    """The words of a text as copies are told by them: without case, numbers included."""
    return re.findall(r"\w+", body.casefold())


def likeness(some: Sequence[str], others: Sequence[str]) -> float:
    """Share of words that two texts have in common in the same order, 0 to 1; of the shorter one where it was cut.

    0 where that is too little to call one a copy of the other.
    """
    from rapidfuzz.distance import Indel, LCSseq  # a run without news does without

    a, b = some[:_LONGEST], others[:_LONGEST]
    if not a or not b:
        return 0.0
    whole = Indel.normalized_similarity(a, b, score_cutoff=_SAME)
    if whole or min(len(a), len(b)) < _CUT:
        return float(whole)
    within = LCSseq.similarity(a, b) / min(len(a), len(b))
    return within if within >= _WITHIN else 0.0
