"""Making a digest fit into one mail: cards while there is room, then one line a story, then the rest waits."""

from collections.abc import Callable
from dataclasses import replace

from alerts.digests import Digest
from alerts.messages import LARGEST

MOST = 150
"""Stories in one mail; nobody reads more."""


def fit(digest: Digest, build: Callable[[Digest], bytes], largest: int = LARGEST) -> tuple[Digest, bytes]:
    """The largest part of `digest` whose message stays within `largest` bytes, and that message.

    The best stories are cards, as many as leave room for a line for each of the others; what finds no room even so is
    left out, and counted in `waiting`: it has no mark in what is returned, and comes with the next digest.
    """
    raw = build(digest)
    if len(raw) <= largest and len(digest.cards) <= MOST:
        return digest, raw
    told = _most(min(len(digest.cards), MOST), lambda n: len(build(_part(digest, 0, n))) <= largest)
    cards = _most(told, lambda n: len(build(_part(digest, n, told))) <= largest)
    chosen = _part(digest, cards, told)
    return chosen, build(chosen)


def _part(digest: Digest, cards: int, told: int) -> Digest:
    """The first `cards` stories as cards, the others up to `told` as lines."""
    stories = digest.cards
    echoes = digest.echoes[: max(10, MOST - told)]
    return replace(
        digest, cards=stories[:cards], lines=stories[cards:told], echoes=echoes,
        waiting=len(stories) - told + len(digest.echoes) - len(echoes),
    )  # fmt: skip


def _most(limit: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `limit` that fits; 0 is taken to."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low
