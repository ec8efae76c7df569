"""Organizations: a full name in capitals, and acronyms once they are defined."""

from dataclasses import dataclass

from monitor.matching.bodynames import BodyName
from monitor.matching.longerbodies import longer_body, whose
from monitor.matching.mentions import Mention, Refused, Verdict
from monitor.matching.reading import BREAK, END, Reading, Token
from monitor.matching.scoring import UNCAPITALIZED, WORD_FORM
from monitor.matching.sequences import Found, align, worst_joint
from monitor.matching.wordlists import ABBREVIATIONS, BODIES, SMALL_WORDS
from monitor.matching.words import INITIAL, TITLE, UPPER

MOST_EDITS = 3
BESIDE, DEFINITION = 3, 8
"""Chunks on each side of an acronym that are read; more where a bracket beside it may hold what it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(BodyName):
    """One full name of an organization, its words by number."""

    text: str
    words: tuple[int, ...]
    small: tuple[bool, ...]
    """Which of the words need no capital."""
    anchor: int
    shortened: bool = False
    """Whether the topic has a legal form, which a text need not have."""
    turned: bool = False
    """Whether the words stand in another order than in the topic."""

    @property
    def reach(self) -> int:
        """How many chunks around the anchor are read."""
        return len(self.words) + 2

    def judge(self, reading: Reading, chunk: int) -> list[Verdict]:
        """Verdicts on the places in a chunk where the anchor stands."""
        tokens, places = reading.standing(chunk, self.reach, self.words[self.anchor])
        return [self._verdict(reading, tokens, at) for at in places]

    def _verdict(self, reading: Reading, tokens: list[Token], at: int) -> Verdict:
        found = align(tokens, at, self.words, self.anchor, 0)
        if found is None:
            seen = sum(any(token.hit(word) for token in tokens) for word in self.words)
            text = reading.written(tokens[max(0, at - 2)], tokens[min(len(tokens) - 1, at + 2)])
            return Refused(
                text=text, reason="only a part of the name stands here", nearness=60 * seen / len(self.words)
            )
        written = reading.written(found.first, found.last)
        dotted = found.last.folded in ABBREVIATIONS and reading.text[found.last.end : found.last.end + 1] == "."
        refusal = self._refusal(reading, found)
        if refusal:
            return Refused(text=written, reason=refusal, nearness=75)
        longer = longer_body(self, reading, found)
        if longer:
            return Refused(text=longer, reason=f"another body, {longer}", nearness=75)
        cost, remark = whose(self, reading, found)
        if not self._capitals(found):
            cost, remark = cost + UNCAPITALIZED, "written in lower case"
        return Mention(
            field=reading.field,
            start=found.first.start,
            end=found.last.end + dotted,
            text=written + "." * dotted,
            term=self.text,
            how="word_form" if self.turned and found.how == "exact" else found.how,
            score=100 - found.cost - (WORD_FORM if self.turned else 0) - cost,
            remark=remark,
        )

    def _refusal(self, reading: Reading, found: Found) -> str:
        joint = worst_joint(reading, found)
        if joint == END:
            return "its words stand in different sentences"
        if joint == BREAK and len(self.words) < 4:
            return "punctuation stands between its words"
        if found.edits > MOST_EDITS or sum(hit.edits > 0 for hit in found.hits) > max(1, len(self.words) // 2):
            return "too many typos"
        if found.doubtful:
            return "a known name of its own, not a typo"
        if len(self.words) == 1 and found.edits and len(found.first.folded) < 7:
            return "too short a name to take another for a typo of it"
        after = found.after
        if self.shortened and after and after.capital and after.folded in BODIES:
            behind = reading.close(found.last, after) and not reading.possessive(found.last)
            return f"another body, {reading.written(found.first, after)}" if behind else ""
        return ""

    def _capitals(self, found: Found) -> bool:
        return all(small or found.tokens[at].capital for small, at in zip(self.small, found.places, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Acronym:
    """An acronym, to be written in capitals, and the folded words of the names that it stands for."""

    text: str
    word: int
    names: tuple[frozenset[str], ...]
    said: bool = False
    """Whether it may be written like a word."""

    @property
    def anchor(self) -> int:
        return 0

    def judge(self, reading: Reading, chunk: int) -> list[Verdict]:
        """Verdicts on the places in a chunk where it stands; whether it is defined is decided for the whole article."""
        tokens, places = reading.standing(chunk, BESIDE, self.word)
        if any(_bracketed(reading, tokens[at]) for at in places):
            tokens, places = reading.standing(chunk, DEFINITION, self.word)
        return [self._verdict(reading, tokens, at) for at in places]

    def _verdict(self, reading: Reading, tokens: list[Token], at: int) -> Verdict:
        token = tokens[at]
        written = reading.text[token.start : token.end]
        if token.shape != UPPER and written != self.text and not (self.said and token.shape == TITLE):
            return Refused(text=written, reason="an acronym is written in capitals", nearness=60)
        defined = self._defined(reading, tokens, at)
        if defined is False:
            return Refused(
                text=written, reason="the article uses it for another body", nearness=60, standing="elsewhere"
            )
        if not defined and _among_capitals(reading, tokens, at):
            return Refused(text=written, reason="the words around it are in capitals too", nearness=60)
        return Mention(
            field=reading.field,
            start=token.start,
            end=token.end,
            text=written,
            term=self.text,
            how="acronym",
            score=100,
            standing="here" if defined else "acronym",
        )

    def _defined(self, reading: Reading, tokens: list[Token], at: int) -> bool | None:
        """Whether a name in front of `(DOJ)` or in brackets behind `DOJ (` is that of the organization."""
        text, token = reading.text, tokens[at]
        if text[max(0, token.start - 1) : token.start] == "(":
            before = tokens[max(0, at - DEFINITION) : at]
            return self._stands_for([t.folded for t in before][::-1], _capitals(tokens, at))
        if text[token.end : token.end + 2] == " (":
            behind = [t.folded for t in tokens[at + 1 : at + DEFINITION + 1]]
            return any(name.issubset(behind[: len(name) + 3]) for name in self.names) or None
        return None

    def _stands_for(self, words: list[str], initials: str) -> bool | None:
        """`words` from the bracket backwards."""
        for name in self.names:
            if name <= set(words[: len(name) + 2]):
                return True
        acronym = "".join(c for c in self.text.lower() if c.isalnum())
        return False if initials.endswith(acronym) else None


def _bracketed(reading: Reading, token: Token) -> bool:
    """Whether a bracket opens beside a word, so that a definition may stand there."""
    return "(" in reading.text[max(0, token.start - 1) : token.end + 2]


def _capitals(tokens: list[Token], at: int) -> str:
    """The first letters of the capitalized words in front of a place."""
    return "".join(t.folded[0] for t in tokens[:at] if t.capital and t.folded not in SMALL_WORDS)


def _among_capitals(reading: Reading, tokens: list[Token], at: int) -> bool:
    """Whether the words around it in the sentence are written in capitals like the acronym."""
    start, end = at, at + 1
    while start and at - start < BESIDE and reading.joint(tokens[start - 1], tokens[start]) != END:
        start -= 1
    while end < len(tokens) and end - at <= BESIDE and reading.joint(tokens[end - 1], tokens[end]) != END:
        end += 1
    near = [*tokens[start:at], *tokens[at + 1 : end]]
    return all(token.shape in (UPPER, INITIAL) for token in near) and any(len(token.folded) > 4 for token in near)
