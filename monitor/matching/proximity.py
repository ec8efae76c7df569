"""Words of a query near each other, in any order: "two words"~5 as Lucene has it.

Each word of the text has a shift: its place, less that of its word in the phrase. In a phrase as written all shifts are
the same; how far the least and the greatest differ is what Lucene compares with the number behind ~ (the class
SloppyPhraseMatcher). So each word between costs one, and two words the other way round cost two.
"""

from collections import Counter
from collections.abc import Sequence

from monitor.matching.reading import Token
from monitor.matching.sequences import Found, align
from monitor.matching.vocabulary import Hit

_Standing = tuple[int, int, int, Hit]
"""A word of the text that stands for one of the phrase: shift, number of the word in the phrase, place, and hit."""


def gather(tokens: list[Token], at: int, words: Sequence[int], anchor: int, gap: int) -> Found | None:
    """Words of a phrase around its anchor, which stands at `tokens[at]`, if their shifts differ by at most `gap`: in
    their own order, else the nearest. A phrase that holds a word twice is sought in its own order only."""
    found = align(tokens, at, words, anchor, gap)
    if found is not None and found.gap <= gap:
        return found
    if len(set(words)) < len(words):
        return None
    best = _narrowest(_standing(tokens, at, words, anchor, gap), len(words))
    if best is None or best[-1][0] - best[0][0] > gap:
        return None
    chosen = sorted({word: (place, hit) for _, word, place, hit in best}.values(), key=lambda one: one[0])
    return Found(tokens, [place for place, _ in chosen], [hit for _, hit in chosen])


def _standing(tokens: list[Token], at: int, words: Sequence[int], anchor: int, gap: int) -> list[_Standing]:
    """What stands for words of the phrase with shifts at most `gap` from the anchor's, in the order of the shifts."""
    home = at - anchor
    found: list[_Standing] = []
    for place in range(max(0, home - gap), min(len(tokens), home + len(words) + gap)):
        for number, word in enumerate(words):
            hit = tokens[place].hit(word) if tokens[place].hits and (number == anchor) is (place == at) else None
            if hit is not None and abs(place - number - home) <= gap:
                found.append((place - number, number, place, hit))
    return sorted(found, key=lambda one: one[:3])


def _narrowest(standing: list[_Standing], words: int) -> list[_Standing] | None:
    """The run of the least difference in shift that holds all words of the phrase."""
    seen: Counter[int] = Counter()
    best: list[_Standing] | None = None
    first = 0
    for last, (shift, number, _, _) in enumerate(standing, 1):
        seen[number] += 1
        while len(seen) == words:
            if best is None or shift - standing[first][0] < best[-1][0] - best[0][0]:
                best = standing[first:last]
            dropped = standing[first][1]
            seen[dropped] -= 1
            if not seen[dropped]:
                del seen[dropped]
            first += 1
    return best
