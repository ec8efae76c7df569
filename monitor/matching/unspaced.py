"""Scripts that put no space between words: how they are told, and their text without any spaces."""

import re
import unicodedata
from functools import lru_cache

from monitor.matching.folding import INVISIBLE, fold

_WIDE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
wide = re.compile(f"[{_WIDE}]").search
"""Finds a character of a script that puts no space between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese."""
_VOICING = frozenset("\u3099\u309a")
"""Marks of Japanese that belong to the sign before them; in half width they are signs of their own."""
_KATAKANA = "\u30a0-\u30ff\uff66-\uff9f"
_SAME_WIDE = (
    (re.compile(f"(?<=[{_KATAKANA}])[\u30fb\uff65\uff1d\u30a0](?=[{_KATAKANA}])").sub, " "),
    (re.compile("\u0e4d([\u0e48-\u0e4b])").sub, "\\1\u0e4d"),
    (re.compile(r"\n(?=[^\S\n]*\n)").sub, "\0"),
)
"""What parts foreign words in Japanese is a space, a Thai tone stands before the ring of a vowel, and a blank line
is no white space: replaced sign for sign."""


def spread(text: str) -> tuple[str, list[int]]:
    """Text folded character by character without white space, and where each character of the result comes from."""
    for sub, plain in _SAME_WIDE:
        text = sub(plain, text)
    letters: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        folded = char if "\u4e00" <= char <= "\u9fff" else _sign(char)
        if folded in _VOICING and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + folded)
        else:
            letters += folded
            places += [at] * len(folded)
    return "".join(letters), places


@lru_cache(maxsize=4_096)
def _sign(char: str) -> str:
    """A character folded; nothing of white space and what is not seen."""
    return "" if char in INVISIBLE or char.isspace() else fold(char)
