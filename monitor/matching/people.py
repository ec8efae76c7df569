"""People: a first name and a surname that stand together, and nobody whose name merely resembles or contains them."""

from dataclasses import dataclass

from monitor.matching import middlenames
from monitor.matching.firstnames import Initials, may_be_first
from monitor.matching.lexicon import Lexicon
from monitor.matching.longernames import longer_name
from monitor.matching.mentions import Mention, Refused, Verdict, another
from monitor.matching.reading import BREAK, Reading, Token
from monitor.matching.scoring import COSTS, COUPLE, HOWS, INITIAL, SURNAME, UNCAPITALIZED
from monitor.matching.turned import Turned
from monitor.matching.vocabulary import Hit
from monitor.matching.wordlists import PARTICLES
from monitor.matching.words import HYPHENS

FARTHEST = 6
"""Chunks in front of a surname in which the first name is sought."""
MOST_MIDDLES = 3
MOST_EDITS = 3
EN_DASH = "\u2013"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person's name, its words by number."""

    text: str
    first: int | None
    """`None` for a single name."""
    middles: tuple[str, ...]
    last: tuple[int, ...]
    lexicon: Lexicon
    initials: Initials
    turned: Turned | None = None
    """How the name is read with the surname in front; `None` for a single name."""

    def judge(self, reading: Reading, chunk: int) -> list[Verdict]:
        """Verdicts on the places in a chunk where the surname stands."""
        tokens = reading.around(chunk, FARTHEST, FARTHEST)
        verdicts: list[Verdict] = []
        for at, token in enumerate(tokens):
            hit = token.hit(self.last[-1]) if token.chunk == chunk else None
            if hit is not None:
                verdicts.append(self._verdict(reading, tokens, at, hit))
        return verdicts

    def _verdict(self, reading: Reading, tokens: list[Token], at: int, hit: Hit) -> Verdict:
        start = self._surname_start(reading, tokens, at)
        if self.turned is None and start is not None:
            return self._weigh(reading, tokens, start, at, [hit], 0)
        refused = Refused(text=_word(reading, tokens[at]), reason="only a part of the surname stands here")
        found = refused if start is None else self._first_before(reading, tokens, start)
        if not isinstance(found, Refused):
            first_at, first_hit, cost = found
            return self._weigh(reading, tokens, first_at, at, [first_hit, hit], cost)
        turned = self.turned and self.turned.read(reading, tokens, at + 1 if start is None else start, at, hit)
        if not isinstance(turned, tuple):
            return turned or found
        end, first_hit, cost = turned
        return self._weigh(reading, tokens, at if start is None else start, end, [hit, first_hit], cost)

    def _surname_start(self, reading: Reading, tokens: list[Token], at: int) -> int | None:
        """Where a surname of several words begins that ends at a place; `None` when its first words are not there."""
        start = at - len(self.last) + 1
        if start < 0:
            return None
        for place, number in zip(range(start, at), self.last[:-1], strict=True):
            if not tokens[place].hit(number) or not reading.close(tokens[place], tokens[place + 1]):
                return None
        return start

    def _first_before(self, reading: Reading, tokens: list[Token], start: int) -> tuple[int, Hit, float] | Refused:
        """The first name in front of a surname, across middle names, and what these cost."""
        assert self.first is not None
        middles: list[Token] = []
        bracket = -1
        for place in range(start - 1, max(-1, start - MOST_MIDDLES - 2), -1):
            token = tokens[place]
            gap = reading.between(token, tokens[place + 1])
            if gap == ") " and place and reading.between(tokens[place - 1], token) == " (":
                bracket = place
                continue
            parted = reading.possessive(token) or (EN_DASH in gap and token.folded not in self.middles)
            if bracket != place + 1 and (parted or not reading.of_one_name(token, tokens[place + 1])):
                break
            hit = token.hit(self.first)
            if hit is None and self.initials.are_spelled(tokens, place, start):
                return place, Hit(self.first, 0, 0), 0
            if hit is None and self.initials.is_mine(self.lexicon, reading, tokens, place):
                found = self._with_middles(reading, tokens, place, Hit(self.first, 0, 0), middles[::-1], start)
                return found if isinstance(found, Refused) else (*found[:2], found[2] + INITIAL)
            if hit is None and self.initials.are_names(self.lexicon, reading, tokens, place, start):
                return place, Hit(self.first, 0, 0), INITIAL
            if hit is not None and not self._stands_before(reading, tokens, place):
                return self._with_middles(reading, tokens, place, hit, middles[::-1], start)
            if not _capital(reading, tokens, place) and token.folded not in PARTICLES:
                return self._couple(reading, tokens, place, middles) or self._another(reading, tokens, start, middles)
            middles.append(token)
        return self._another(reading, tokens, start, middles)

    def _couple(
        self, reading: Reading, tokens: list[Token], place: int, middles: list[Token]
    ) -> tuple[int, Hit, float] | None:
        """The first name in front of another one and `and`: Eric and Dana Jones."""
        if not place or tokens[place].folded != "and" or len(middles) != 1 or self.first is None:
            return None
        hit, before = tokens[place - 1].hit(self.first), tokens[place - 2] if place > 1 else None
        named = before and before.capital and may_be_first(self.lexicon, reading, tokens, place - 2)
        opens = before is None or not named or not reading.close(before, tokens[place - 1])
        given = self.lexicon.is_first_name(middles[0].folded) and not self.lexicon.is_common(middles[0].folded)
        together = reading.close(tokens[place - 1], tokens[place])
        return (place - 1, hit, COUPLE) if hit and hit.sure and opens and given and together else None

    def _another(self, reading: Reading, tokens: list[Token], start: int, middles: list[Token]) -> Refused:
        """Why a surname without the first name in front of it is no mention."""
        mine = len(middles) == 1 and middles[0].folded == self.maiden
        if middles and middles[0].capital and not mine and may_be_first(self.lexicon, reading, tokens, start - 1):
            return another(reading.field, middles[0].start, reading.written(middles[0], tokens[start]))
        return Refused(text=_word(reading, tokens[start]), reason="the surname alone, without the first name")

    def _stands_before(self, reading: Reading, tokens: list[Token], at: int) -> bool:
        """Whether the first name stands once more in front of itself, in the same name: Mohammad Hamdi Mohammad."""
        number = self.first
        for place in range(at - 1, max(-1, at - MOST_MIDDLES - 1), -1):
            if not tokens[place].capital or not reading.of_one_name(tokens[place], tokens[place + 1]):
                return False
            if number is not None and tokens[place].hit(number):
                return True
        return False

    def _with_middles(
        self, reading: Reading, tokens: list[Token], place: int, hit: Hit, middles: list[Token], start: int
    ) -> tuple[int, Hit, float] | Refused:
        cost = middlenames.cost(self.lexicon, middles, self.middles)
        if cost is None:
            written = reading.written(tokens[place], tokens[start])
            return Refused(text=written, reason="the middle name is another", nearness=80)
        return place, hit, cost

    def _weigh(
        self, reading: Reading, tokens: list[Token], start: int, end: int, hits: list[Hit], cost: float
    ) -> Verdict:
        first, last = tokens[start], tokens[end]
        written = reading.written(first, last)
        refusal = self._refusal(reading, tokens, start, end, hits)
        if refusal:
            return Refused(text=written, reason=refusal, nearness=80)
        if not _capital(reading, tokens, start) or not _capital(reading, tokens, end):
            cost += UNCAPITALIZED / 2
        return Mention(
            field=reading.field,
            start=first.start,
            end=last.end,
            text=written,
            term=self.text,
            how=HOWS[max(hit.how for hit in hits)],
            score=100 - cost - sum(COSTS[hit.how] * max(1, hit.edits) for hit in hits),
        )

    def _refusal(self, reading: Reading, tokens: list[Token], start: int, end: int, hits: list[Hit]) -> str:
        first, last = tokens[start], tokens[end]
        known = self.lexicon.is_english if self.first is None else self.lexicon.is_common
        common = any(known(token.folded) for token in (first, last))
        starts, ends = _capital(reading, tokens, start), _capital(reading, tokens, end)
        if starts != ends or (not starts and common):
            return "written in lower case, as common words are"
        if any(not hit.sure for hit in hits) and (len(hits) == 1 or sum(hit.how > 0 for hit in hits) > 1):
            return "a known name of its own, not a typo"
        if sum(hit.edits for hit in hits) > MOST_EDITS or all(hit.edits > 1 for hit in hits):
            return "too many typos"
        if self.first is None and hits[0].edits and len(last.folded) < 7:
            return "too short a name to take another for a typo of it"
        return longer_name(self.lexicon, reading, tokens, start, end)

    def surname(self, reading: Reading, chunk: int) -> list[Mention]:
        """Mentions of the surname alone in a chunk, to be counted once the full name stood."""
        tokens = reading.around(chunk, 3, 2)
        return [
            Mention(
                field=reading.field,
                start=tokens[start].start,
                end=token.end,
                text=reading.written(tokens[start], token),
                term=self.text,
                how="surname",
                score=100 - SURNAME,
                standing="surname",
            )
            for at, token in enumerate(tokens)
            if token.chunk == chunk and (start := self._alone_from(reading, tokens, at)) is not None
        ]

    def _alone_from(self, reading: Reading, tokens: list[Token], at: int) -> int | None:
        """Where a surname begins that stands alone and ends at a place: García Márquez, if both are the person's."""
        hit = tokens[at].hit(self.last[-1])
        start = self._surname_start(reading, tokens, at) if hit and not hit.edits else None
        if start is None or not tokens[at].capital:
            return None
        if start and tokens[start - 1].folded == self.maiden and reading.close(tokens[start - 1], tokens[start]):
            start -= 1
        if longer_name(self.lexicon, reading, tokens, start, at):
            return None
        if self.turned and self.turned.names_another(reading, tokens, at):
            return None
        before = tokens[start - 1] if start else None
        if before is None or reading.joint(before, tokens[start]) >= BREAK:
            common = self.lexicon.is_common(tokens[at].folded) and reading.starts_sentence(tokens, start)
            return None if common else start
        return start if not before.capital or not may_be_first(self.lexicon, reading, tokens, start - 1) else None

    @property
    def maiden(self) -> str:
        """The last middle name where it is a surname: García of Gabriel García Márquez; else nothing."""
        name = self.middles[-1] if self.middles else ""
        return name if name and self.lexicon.is_last_name(name) else ""


def _capital(reading: Reading, tokens: list[Token], at: int) -> bool:
    """Whether a word is written as one of a name: with a capital, or behind a hyphen (Jong-un), or a particle is, and
    the word behind it has the capital (von der Leyen, Ursula)."""
    if tokens[at].capital:
        return True
    if at and tokens[at - 1].capital and reading.between(tokens[at - 1], tokens[at]) in HYPHENS:
        return True
    end = at
    while end < len(tokens) - 1 and tokens[end].folded in PARTICLES and reading.close(tokens[end], tokens[end + 1]):
        end += 1
    return end > at and tokens[end].capital


def _word(reading: Reading, token: Token) -> str:
    return reading.text[token.start : token.end]
