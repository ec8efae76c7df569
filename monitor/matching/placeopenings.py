"""Where in a text the name of a place may begin: each chunk is looked at once, and most hold no such word."""

from collections.abc import Iterator

from monitor.matching.geography import Geography, joined
from monitor.matching.lexicon import COMMON, ENGLISH, FIRST, LAST, PLACE
from monitor.matching.reading import Reading
from monitor.matching.words import LONGEST, LOWER

MOST = 100_000
"""Chunks remembered, at most; over it they are forgotten, all at once, between two texts."""
NAME, PURE, REGION = (1 << bit for bit in range(3))
"""What a word may be: a place and a person's name too; a place and no person's name, or a state; a region's name or
abbreviation, behind a comma."""

Opening = tuple[int, int, int, frozenset[str]]
"""A word with which a name may begin: its chunk, its number among the words of the chunk, what it may be alone (a sum
of NAME, PURE and REGION), and the words with which longer names go on."""


class PlaceOpenings:
    """What is known of the chunks met so far: in which of them a name may begin, and with which of their words."""

    def __init__(self, geography: Geography) -> None:
        self.geography = geography
        self._none: set[str] = set()
        self._some: dict[str, tuple[tuple[int, int, frozenset[str]], ...]] = {}

    def of(self, reading: Reading) -> Iterator[Opening]:
        """The words of a reading with which a name may begin, in order."""
        if len(self._none) + len(self._some) > MOST:
            self._none.clear()
            self._some.clear()
        chunks, none, some = reading.chunks, self._none, self._some.get
        for at in [at for at, chunk in enumerate(chunks) if not chunk.islower() and chunk not in none]:
            for number, kinds, seconds in some(chunks[at]) or self._judge(reading, at):
                yield at, number, kinds, seconds

    def _judge(self, reading: Reading, at: int) -> tuple[tuple[int, int, frozenset[str]], ...]:
        """The words of a chunk with which a name may begin; remembered."""
        words = ((number, word) for number, (_, _, word, shape, _) in enumerate(reading.words(at)) if shape != LOWER)
        judged = ((number, *self._word(word)) for number, word in words)
        found = tuple((number, kinds, seconds) for number, kinds, seconds in judged if kinds or seconds)
        chunk = reading.chunks[at]
        if found:
            self._some[chunk] = found
        elif len(chunk) <= LONGEST:
            self._none.add(chunk)
        return found

    def _word(self, word: str) -> tuple[int, frozenset[str]]:
        """What a folded word with a capital may be alone, and how longer names go on that begin with it."""
        geography, name, flags = self.geography, joined((word,)), self.geography.lexicon.flags(word)
        kinds = REGION if geography.codes(name) else 0
        if not flags & COMMON and (flags & PLACE or (len(word) > 3 and geography.codes(word))):
            state = geography.is_wide(word) and (flags & ENGLISH or not flags & FIRST)
            kinds |= PURE if state or not flags & (FIRST | LAST) else NAME
        return kinds, geography.seconds(name)
