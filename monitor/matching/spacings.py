"""Where else a term may have its spaces: in Korean compounds, and in Persian words with a zero-width non-joiner."""

import re
from collections.abc import Iterator
from unicodedata import normalize

_COMPOUND = re.compile("[가-힣]{4,8}")
"""Longer ones could be spaced in too many ways."""


def spacings(text: str) -> list[str]:
    """The same term with its spaces elsewhere, as it may be written as well: 기후 변화 for 기후변화."""
    text = normalize("NFC", text)
    whole = "".join(text.split())
    spaced = _spaced(whole) if _COMPOUND.fullmatch(whole) else [text.replace("\u200c", " ")]
    return [other for other in spaced if other not in (text, whole)]


def _spaced(whole: str) -> Iterator[str]:
    """All ways to part it into words of two syllables or more, and itself."""
    yield whole
    for at in range(2, len(whole) - 1):
        yield from (f"{whole[:at]} {rest}" for rest in _spaced(whole[at:]))
