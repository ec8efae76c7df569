"""What a later telling of a story adds: a sentence with names and numbers that no earlier one has."""

import re
from collections.abc import Sequence

_FEWEST = 2
"""New names or numbers that make a sentence news; a number alone may be a rounder one of the same fact."""
_TOKEN = re.compile(r"\d[\d.,:]*\d|\d|[^\W\d_][\w'’-]*")


def addition(sentences: Sequence[str], told: Sequence[str]) -> int | None:
    """The place of the sentence that says most that no text of `told` says, or `None` where nothing new is said.

    New is a number, or a word that is written with a capital within the sentence, that stands in none of them.
    """
    known = {token.casefold() for text in told for token in _TOKEN.findall(text)}
    new = [len(_telling(sentence) - known) for sentence in sentences]
    best = max(range(len(new)), key=lambda place: (new[place], -place), default=None)
    return best if best is not None and new[best] >= _FEWEST else None


def _telling(sentence: str) -> set[str]:
    tokens = _TOKEN.findall(sentence)
    return {
        token.casefold() for place, token in enumerate(tokens)
        if token[0].isdigit() or (place and token[0].isupper() and len(token) > 1)
    }  # fmt: skip
