"""Phrases: the words of a term in their order, in any form, with a small gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.matching.mentions import Mention, Refused, Verdict
from monitor.matching.reading import BREAK, CLOSE, END, Reading, Token, parts
from monitor.matching.scoring import GAP
from monitor.matching.sequences import Found, align, in_order, sentence, worst_joint
from monitor.matching.wordlists import CLAUSE_WORDS
from monitor.matching.words import LOWER, TITLE, UPPER, Word
from monitor.records import How

WIDEST_GAP = 2
MOST_EDITS = 2
"""In all words of a phrase together."""
_COORDINATION = frozenset({"and", "or"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrase, its words by number. `how` overrides how it is told that it was found."""

    text: str
    words: tuple[int, ...]
    anchor: int
    gap: int = WIDEST_GAP
    how: How | None = None
    shapes: tuple[int, ...] = ()
    """The shapes that the words must have, when the term is taken as it stands."""
    lower: bool = False
    """Whether the topic writes it in lower case."""
    parted: bool = False
    """Whether the topic itself writes punctuation between its words: Roe v. Wade."""

    @property
    def reach(self) -> int:
        """How many chunks around the anchor may hold the phrase."""
        return (len(self.words) - 1) * (self.gap + 1) + 2

    def judge(self, reading: Reading, chunk: int) -> list[Verdict]:
        """Verdicts on the places in a chunk where the anchor stands."""
        tokens, places = reading.standing(chunk, self.reach, self.words[self.anchor])
        return [self._verdict(reading, tokens, at) for at in places]

    def _verdict(self, reading: Reading, tokens: list[Token], at: int) -> Verdict:
        found = align(tokens, at, self.words, self.anchor, self.gap)
        if found is None:
            return self._incomplete(reading, tokens, at)
        written = reading.written(found.first, found.last)
        refusal = self._refusal(reading, found)
        if refusal:
            return Refused(text=written, reason=refusal, nearness=70)
        return Mention(
            field=reading.field,
            start=found.first.start,
            end=found.last.end,
            text=written,
            term=self.text,
            how=self.how or found.how,
            score=100 - found.cost - GAP * found.gap,
            remark=f"{found.gap} words between" if found.gap else "",
        )

    def _refusal(self, reading: Reading, found: Found) -> str:
        joint = CLOSE if self.parted and not found.gap else worst_joint(reading, found)
        if joint == END or (self.lower and _opens_line(reading, found)):
            return "its words stand in different sentences"
        if found.gap > self.gap:
            return "its words stand too far apart"
        if joint == BREAK and not (self.gap and found.gap and _between(found) & _COORDINATION):
            return "punctuation stands between its words"
        if found.gap and self.how is None and _between(found) & CLAUSE_WORDS:
            return "its words belong to different parts of the sentence"
        if found.edits > (1 if found.gap else MOST_EDITS):
            return "too many typos"
        named = found.first.capital or not self.lower
        if len(self.words) == 1 and found.edits and len(found.first.folded) < 7 and named:
            return "too short a word to take another for a typo of it"
        if any(not hit.sure and found.tokens[at].capital for at, hit in zip(found.places, found.hits, strict=True)):
            return "a known name of its own, not a typo"
        return self._miscast(reading, found)

    def _miscast(self, reading: Reading, found: Found) -> str:
        """A capital where the term has none tells that an unknown word is a name and not a typo."""
        if self.shapes and not all(
            _cast(found.tokens[at].shape, shape) for at, shape in zip(found.places, self.shapes, strict=True)
        ):
            return "not written in capitals as the term is"
        if self.lower and found.edits:
            return self._named(reading, found)
        return ""

    def _named(self, reading: Reading, found: Found) -> str:
        """In running text, an unknown word with a capital that the rest of the phrase has not is a name and no typo."""
        words = [(found.tokens[at], hit.edits) for at, hit in zip(found.places, found.hits, strict=True)]
        if any(token.capital and not edits for token, edits in words):
            return ""
        for token, edits in words:
            if edits and token.shape == TITLE and _is_in_running_text(reading, found, token):
                return f"{reading.text[token.start : token.end]} is written as a name, not as a typo"
        return ""

    def _incomplete(self, reading: Reading, tokens: list[Token], at: int) -> Refused:
        text, words = _excerpt(reading, tokens, at), set(self.words)
        seen = sum(any(token.hit(word) for token in tokens) for word in words)
        if seen == len(words):
            how = "too far apart" if in_order(tokens, self.words) else "in another order"
            return Refused(text=text, reason=f"its words stand {how}", nearness=65)
        return Refused(text=text, reason="only a part of it stands here", nearness=60 * seen / len(words))


def is_parted(text: str, words: Sequence[Word]) -> bool:
    """Whether punctuation stands between the words of a term."""
    return any(parts(text[first.end : second.start]) for first, second in pairwise(words))


def _between(found: Found) -> set[str]:
    """The words inside of a phrase that are not its own, without the No. of a number."""
    inside = range(found.places[0] + 1, found.places[-1])
    others = [at for at in inside if at not in found.places]
    return {found.tokens[at].folded for at in others if not _is_number_sign(found, at)}


def _is_number_sign(found: Found, at: int) -> bool:
    return found.tokens[at].folded == "no" and found.tokens[at + 1].folded.isdigit()


def _opens_line(reading: Reading, found: Found) -> bool:
    """Whether a word is the first of a line and has a capital that the one before it has not, as in a new paragraph."""
    inside = found.tokens[found.places[0] : found.places[-1] + 1]
    return any(
        not first.capital and second.shape == TITLE and "\n" in reading.between(first, second)
        for first, second in pairwise(inside)
    )


def _cast(shape: int, wanted: int) -> bool:
    """Whether a word is written with the capitals that an alias asks for."""
    if wanted == UPPER:
        return shape == UPPER
    return wanted != TITLE or shape != LOWER


def _is_in_running_text(reading: Reading, found: Found, token: Token) -> bool:
    """Whether a word stands inside of a sentence in which most words have no capital."""
    at = found.tokens.index(token)
    if at == 0 or reading.joint(found.tokens[at - 1], token) == END:
        return False
    around = sentence(reading, found)
    return any(not other.capital and len(other.folded) >= 4 for other in around if other is not token)


def _excerpt(reading: Reading, tokens: Sequence[Token], at: int) -> str:
    """The word and its neighbours, for people."""
    first, last = tokens[max(0, at - 2)], tokens[min(len(tokens) - 1, at + 2)]
    return " ".join(reading.text[first.start : last.end].split())
