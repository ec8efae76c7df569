"""People: a first name and a surname that stand together, and nobody whose name merely resembles or contains them."""

from dataclasses import dataclass

from monitor.matching import middlenames
from monitor.matching.firstnames import is_capital, may_be_first
from monitor.matching.lexicon import Lexicon
from monitor.matching.longernames import longer_name
from monitor.matching.mentions import Mention, Refused, Verdict
from monitor.matching.reading import BREAK, Reading, Token, is_initial
from monitor.matching.scoring import COSTS, HOWS, SURNAME, UNCAPITALIZED
from monitor.matching.spelling import has_figures
from monitor.matching.straight import Found, Straight
from monitor.matching.turned import Turned
from monitor.matching.vocabulary import Hit
from monitor.matching.wordlists import CLAUSE_WORDS, DEEDS, GENERATIONS

FARTHEST = 6
"""Chunks in front of a surname in which the first name is sought."""
MOST_EDITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person's name, its words by number."""

    text: str
    middles: tuple[str, ...]
    last: tuple[int, ...]
    lexicon: Lexicon
    straight: Straight | None = None
    """How the name is read with the first name in front; `None` for a single name."""
    turned: Turned | None = None
    """The same with the surname in front."""
    generation: str = ""
    """jr, sr, ii and so on, where the topic says so."""

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
        written = reading.written(tokens[at], tokens[at])
        found: Found | Refused = Refused(text=written, reason="only a part of the surname stands here")
        if start is not None:
            if self.straight is None:
                return self._weigh(reading, tokens, start, at, [hit], 0)
            found = self.straight.read(reading, tokens, start)
        if not isinstance(found, Refused):
            first, first_hit, cost = found
            return self._weigh(reading, tokens, first, at, [first_hit, hit], cost)
        turned = self.turned.read(reading, tokens, start, at, hit) if self.turned else None
        if turned is None or isinstance(turned, Refused):
            return turned or found
        end, first_hit, cost = turned
        begin = at if start is None else start
        while begin and tokens[begin - 1].folded in self.middles and reading.close(tokens[begin - 1], tokens[begin]):
            begin -= 1
        return self._weigh(reading, tokens, begin, end, [hit, first_hit], cost)

    def _surname_start(self, reading: Reading, tokens: list[Token], at: int) -> int | None:
        """Where a surname of several words begins that ends at a place; `None` when its first words are not there."""
        start = at - len(self.last) + 1
        if start < 0:
            return None
        for place, number in zip(range(start, at), self.last[:-1], strict=True):
            if not tokens[place].hit(number) or not reading.close(tokens[place], tokens[place + 1]):
                return None
        return start

    def _weigh(
        self, reading: Reading, tokens: list[Token], start: int, end: int, hits: list[Hit], cost: float
    ) -> Verdict:
        first, last = tokens[start], tokens[end]
        written = reading.written(first, last)
        refusal = self._refusal(reading, tokens, start, end, hits)
        if refusal:
            return Refused(text=written, reason=refusal, nearness=80)
        if not _may_name(reading, tokens, start) or not _may_name(reading, tokens, end):
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
        known = self.lexicon.is_english if self.straight is None else self.lexicon.is_common
        common = any(known(token.folded) for token in (first, last))
        starts, ends = _may_name(reading, tokens, start), _may_name(reading, tokens, end)
        if starts != ends or (not starts and common):
            return "written in lower case, as common words are"
        if hits[0].how and first.folded in CLAUSE_WORDS and reading.starts_sentence(tokens, start):
            return "a word of English that opens a sentence"
        if any(not hit.sure for hit in hits) and (len(hits) == 1 or sum(hit.how > 0 for hit in hits) > 1):
            return "a known name of its own, not a typo"
        if hits[-1].edits and self.straight and is_initial(first) and not first.hit(self.straight.first):
            return "an initial and a typo"
        if sum(hit.edits for hit in hits) > MOST_EDITS or all(hit.edits > 1 for hit in hits):
            return "too many typos"
        if self.straight is None and hits[0].edits and len(last.folded) < 7:
            return "too short a name to take another for a typo of it"
        if self.generation and _generation(reading, tokens, end) not in ("", self.generation):
            return f"of another generation, {reading.written(first, tokens[end + 1])}"
        leads = self.turned is not None and self.turned.leads and first.hit(self.last[0]) is not None
        return longer_name(self.lexicon, reading, tokens, start, end, leads)

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
        maiden = middlenames.maiden(self.lexicon, self.middles)
        if start and tokens[start - 1].folded == maiden and reading.close(tokens[start - 1], tokens[start]):
            start -= 1
        if longer_name(self.lexicon, reading, tokens, start, at):
            return None
        if self.turned and self.turned.names_another(reading, tokens, at):
            return None
        before = tokens[start - 1] if start else None
        if before is None or reading.joint(before, tokens[start]) >= BREAK:
            common = self.lexicon.is_common(tokens[at].folded) and reading.starts_sentence(tokens, start)
            return None if common and not _acts(reading, tokens, at) else start
        return start if not before.capital or not may_be_first(self.lexicon, reading, tokens, start - 1) else None


def _may_name(reading: Reading, tokens: list[Token], at: int) -> bool:
    """Whether a word is written as one of a name; figures are always (50 Cent)."""
    return is_capital(reading, tokens, at) or has_figures(tokens[at].folded)


def _generation(reading: Reading, tokens: list[Token], end: int) -> str:
    """What stands behind a name and tells the person from others of the family: sr; nothing where nothing does."""
    after = tokens[end + 1].folded if end + 1 < len(tokens) else ""
    follows = after in GENERATIONS and reading.between(tokens[end], tokens[end + 1]).strip() in ("", ",")
    return after if follows else ""


def _acts(reading: Reading, tokens: list[Token], at: int) -> bool:
    """Whether a common word that opens a sentence does, or has, what persons do: Baker said, Baker's, Baker, 40."""
    if reading.possessive(tokens[at]) or at + 1 == len(tokens):
        return reading.possessive(tokens[at])
    after, gap = tokens[at + 1].folded, reading.between(tokens[at], tokens[at + 1])
    return after in DEEDS or (gap == ", " and (after == "who" or (len(after) == 2 and after.isdigit())))
