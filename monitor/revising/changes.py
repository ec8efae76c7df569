"""What changed from one text to the next, sentence by sentence, so that the later can be made from the earlier."""

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from monitor.records import Change
from monitor.revising.words import sentences

_MOST = 4_000_000
"""Pairs of sentences between the first and the last change; texts with more are not compared one by one …"""
_MOST_ALIKE = 50_000
"""… nor those with more pairs of sentences that are alike, as only a text that repeats itself has."""


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The changes from `before` to `after`, in order; neighbouring sentences are one change."""
    old, new = _pieces(before), _pieces(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    start = sum(map(len, old[:head]))
    places = _places(old_middle, start)
    return tuple(
        Change(at=places[i1], old="".join(old_middle[i1:i2]), new="".join(new_middle[j1:j2]))
        for i1, i2, j1, j2 in _blocks(old_middle, new_middle)
    )


def apply(before: str, made: Iterable[Change]) -> str:
    """The text after, from the text before. Raises `ValueError` where the changes are of another text."""
    pieces, at = [], 0
    for change in made:
        end = change.at + len(change.old)
        if before[change.at : end] != change.old:
            raise ValueError(f"the change at {change.at} is of another text")
        pieces += [before[at : change.at], change.new]
        at = end
    return "".join([*pieces, before[at:]])


def _pieces(text: str) -> list[str]:
    """The sentences of `text`, each with the white space before it: one that follows another leaves it as it was."""
    pieces, space = [], ""
    for sentence in sentences(text):
        words = sentence.rstrip()
        pieces.append(space + words)
        space = sentence[len(words) :]
    return [*pieces, space] if space else pieces


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for a, b in zip(old, new, strict=False):
        if a != b:
            break
        count += 1
    return count


def _places(pieces: Sequence[str], start: int) -> list[int]:
    places = [start]
    for piece in pieces:
        places.append(places[-1] + len(piece))
    return places


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    if not old and not new:
        return []
    counts = Counter(new)
    if not old or not new or len(old) * len(new) > _MOST or sum(counts[piece] for piece in old) > _MOST_ALIKE:
        return [(0, len(old), 0, len(new))]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in codes if tag != "equal"]
