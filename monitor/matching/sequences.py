"""Words of a term in their order around the place where one of them stands."""

from collections.abc import Sequence

from monitor.matching.reading import END, Reading, Token
from monitor.matching.scoring import COSTS, HOWS
from monitor.matching.vocabulary import Hit
from monitor.records import How


class Found:
    """The tokens that stand for the words of a term, in order, and their hits."""

    __slots__ = ("first", "hits", "last", "places", "tokens")

    def __init__(self, tokens: list[Token], places: list[int], hits: list[Hit]) -> None:
        self.tokens = tokens
        """All tokens around, those between and beside the found ones too."""
        self.places = places
        """Where in `tokens` each word of the term stands."""
        self.hits = hits
        self.first = tokens[places[0]]
        self.last = tokens[places[-1]]

    @property
    def gap(self) -> int:
        """How many other words stand between them."""
        return self.places[-1] - self.places[0] + 1 - len(self.places)

    @property
    def before(self) -> Token | None:
        """The word in front of the first."""
        return self.tokens[self.places[0] - 1] if self.places[0] else None

    @property
    def after(self) -> Token | None:
        """The word behind the last."""
        at = self.places[-1] + 1
        return self.tokens[at] if at < len(self.tokens) else None

    @property
    def edits(self) -> int:
        """Edits in all words together."""
        return sum(hit.edits for hit in self.hits)

    @property
    def doubtful(self) -> bool:
        """Whether a word that is a rare name itself is not held by all other words, written exactly."""
        doubts = sum(not hit.sure for hit in self.hits)
        return doubts > 0 and (doubts > 1 or len(self.hits) == 1 or sum(hit.how > 0 for hit in self.hits) > 1)

    @property
    def how(self) -> How:
        """How the words stand for the term, the least faithful first."""
        return HOWS[max(hit.how for hit in self.hits)]

    @property
    def cost(self) -> float:
        """What forms, nicknames and typos of the words cost."""
        return sum(COSTS[hit.how] * max(1, hit.edits) for hit in self.hits)


def align(tokens: list[Token], at: int, words: Sequence[int], anchor: int, gap: int) -> Found | None:
    """The nearest words of a term around its anchor, which stands at `tokens[at]`; `None` when one is missing.

    At most `gap` other words may stand between two of them.
    """
    hit = tokens[at].hit(words[anchor])
    if hit is None:
        return None
    before = _walk(tokens, at, words[:anchor][::-1], -1, gap)
    after = _walk(tokens, at, words[anchor + 1 :], 1, gap)
    if before is None or after is None:
        return None
    found = [*before[::-1], (at, hit), *after]
    return Found(tokens, [place for place, _ in found], [hit for _, hit in found])


def _walk(tokens: list[Token], at: int, words: Sequence[int], step: int, gap: int) -> list[tuple[int, Hit]] | None:
    found = []
    for word in words:
        for place in range(at + step, at + step * (gap + 2), step):
            hit = tokens[place].hit(word) if 0 <= place < len(tokens) else None
            if hit is not None:
                found.append((place, hit))
                at = place
                break
        else:
            return None
    return found


def in_order(tokens: Sequence[Token], words: Sequence[int]) -> bool:
    """Whether the words of a term stand among tokens in their order, whatever stands between them."""
    rest = iter(tokens)
    return all(any(token.hit(word) for token in rest) for word in words)


def worst_joint(reading: Reading, found: Found) -> int:
    """What stands between the words from the first to the last, at its worst: CLOSE, BREAK or END."""
    places = range(found.places[0], found.places[-1])
    return max((reading.joint(found.tokens[at], found.tokens[at + 1]) for at in places), default=0)


def sentence(reading: Reading, found: Found) -> list[Token]:
    """The words around a term that are of its sentence, its own among them."""
    tokens, first, last = found.tokens, found.places[0], found.places[-1]
    while first and reading.joint(tokens[first - 1], tokens[first]) != END:
        first -= 1
    while last + 1 < len(tokens) and reading.joint(tokens[last], tokens[last + 1]) != END:
        last += 1
    return tokens[first : last + 1]
