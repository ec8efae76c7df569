"""Which chunks of text hold sought words: each is judged once, and most by the plain words they are made of."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from monitor.matching.kinds import ACRONYM, INITIALS, PLACE
from monitor.matching.reading import Reading
from monitor.matching.terms import Anchor
from monitor.matching.vocabulary import Hit, Vocabulary
from monitor.matching.words import EDGES, HYPHENS, LONGEST, LOWER, UPPER, cut

MOST = 300_000
"""Chunks remembered, at most; over it they are forgotten, all at once, between two articles."""
OVERLONG = 100
"""Characters; longer chunks are cut into pieces by the reading before they are judged."""
_INTRICATE = re.compile(r"['`#&]|[A-Za-z]\.[A-Za-z]").search
"""Finds what keeps a chunk from being the sum of its runs of letters: don't, #SanctuaryPolicy, U.S."""
_runs = re.compile(r"[A-Za-z0-9]+").findall


class Mark:
    """What stands in a chunk: the anchors that call their terms, and the `numbers` of all sought words."""

    __slots__ = ("alone", "anchors", "numbers", "partners")

    def __init__(self, anchors: Iterable[Anchor], numbers: frozenset[int]) -> None:
        self.anchors = tuple(anchors)
        self.numbers = numbers
        self.alone = any(anchor.alone for anchor in self.anchors)
        """Whether a term is called wherever the chunk stands …"""
        self.partners: AbstractSet[int] = (
            self.anchors[0].partners
            if len(self.anchors) == 1
            else frozenset().union(*[anchor.partners for anchor in self.anchors])
        )
        """… and the words beside which others are."""


NOTHING = Mark((), frozenset())
"""The mark of most chunks."""


class Chunks:
    """What is known of the chunks met so far: those in which nothing sought stands, and the marks of the others."""

    def __init__(self, vocabulary: Vocabulary, anchors: Mapping[int, Anchor]) -> None:
        self._vocabulary = vocabulary
        self._anchors = anchors
        self._plain: set[str] = set()
        self._marks: dict[str, Mark] = {}

    def __len__(self) -> int:
        return len(self._plain) + len(self._marks)

    def sought(self, reading: Reading) -> dict[int, Mark]:
        """The places of a reading at which sought words stand, in order, with the marks of their chunks."""
        chunks, plain, known = reading.chunks, self._plain, self._marks.get
        found, overlong = {}, False
        for at in [at for at, chunk in enumerate(chunks) if chunk not in plain]:
            mark = known(chunks[at]) or self.mark(chunks[at])
            if mark is not NOTHING:
                found[at] = mark
            elif len(chunks[at]) > OVERLONG:
                overlong = overlong or not (chunks[at].isascii() and chunks[at].isalnum())
        if overlong and not reading.split:
            reading.split_long()
            return self.sought(reading)
        return found

    def mark(self, chunk: str) -> Mark:
        """The mark of a chunk; remembered. An overlong one has none."""
        if chunk in self._plain or len(chunk) > OVERLONG:
            return NOTHING
        mark = self._marks.get(chunk)
        if mark is None:
            mark = self._judge(chunk)
            if mark is NOTHING:
                self._plain.add(chunk)
            else:
                self._marks[chunk] = mark
        return mark

    def _judge(self, chunk: str) -> Mark:
        """A chunk of plain words holds what they hold; any other is cut with care."""
        plain = chunk.strip(EDGES)
        if plain[-2:] in ("'s", "’s"):
            plain = plain[:-2]
        if plain.isalnum() and plain.isascii() and "#" not in chunk:
            return self._word(plain) if plain == chunk else self.mark(plain)
        if plain.isascii() and plain[-1:].isalnum() and "#" not in chunk and not _INTRICATE(plain):
            runs = _runs(plain)
            mark = self._sum([self.mark(run) for run in runs])
            return self._parted(plain, runs) if mark is NOTHING else mark
        words = cut(chunk)
        mark = self._of((self._vocabulary.find(w.folded), w.shape != LOWER, w.shape == UPPER) for w in words)
        return self._parted(chunk, [w.folded for w in words]) if mark is NOTHING else mark

    def _parted(self, chunk: str, words: list[str]) -> Mark:
        """The mark of a sought word that a hyphen parts, where its parts are not sought."""
        if len(words) != 2 or HYPHENS.isdisjoint(chunk):
            return NOTHING
        hits = self._vocabulary.parted("".join(words).lower())
        return self._of(((hits, words[0] != words[0].lower() or chunk[:1].isupper(), False),)) if hits else NOTHING

    def _word(self, word: str) -> Mark:
        folded = word.lower()
        hits = self._vocabulary.find(folded) if len(word) <= LONGEST else ()
        return self._of(((hits, folded != word, word.isupper()),)) if hits else NOTHING

    def _sum(self, marks: Iterable[Mark]) -> Mark:
        found = [mark for mark in marks if mark is not NOTHING]
        if len(found) < 2:
            return found[0] if found else NOTHING
        anchors = dict.fromkeys(anchor for mark in found for anchor in mark.anchors)
        return Mark(anchors, frozenset().union(*[mark.numbers for mark in found]))

    def _of(self, words: Iterable[tuple[tuple[Hit, ...], bool, bool]]) -> Mark:
        """The mark of words: the hits of each, whether it has a capital, and whether it is all capitals."""
        kinds = self._vocabulary.kinds
        called: set[int] = set()
        numbers: set[int] = set()
        for hits, capital, upper in words:
            for hit in hits:
                kind = kinds[hit.id]
                if kind == INITIALS and not capital:
                    continue
                numbers.add(hit.id)
                if (capital or kind != PLACE) and (upper or kind != ACRONYM):
                    called.add(hit.id)
        anchors = [self._anchors[number] for number in called if number in self._anchors]
        return Mark(anchors, frozenset(numbers)) if numbers else NOTHING

    def trim(self) -> None:
        """Forget, when too much is remembered."""
        if len(self) > MOST:
            self._plain.clear()
            self._marks.clear()
        if len(self._vocabulary.hits) > MOST:
            self._vocabulary.hits.clear()

    def dump(self) -> str:
        """The chunks in which nothing sought stands, to be kept; the others are soon made again."""
        return "\n".join(self._plain)

    def load(self, chunks: str) -> None:
        """The chunks that were dumped."""
        self._plain.update(chunks.split("\n") if chunks else ())
