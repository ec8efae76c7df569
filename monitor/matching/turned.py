"""Names with the surname in front: Jones, Eric; JONES Eric; and those of languages in which it leads, Kim Jong-un."""

from dataclasses import dataclass

from monitor.matching import middlenames
from monitor.matching.lexicon import Lexicon
from monitor.matching.mentions import Refused, another
from monitor.matching.reading import Reading, Token, is_initial
from monitor.matching.scoring import INVERTED
from monitor.matching.straight import Found
from monitor.matching.vocabulary import Hit
from monitor.matching.wordlists import SUFFIXES, TITLES, WHERE
from monitor.matching.words import HYPHENS, UPPER

_BEFORE_PLACES = WHERE | {"at"}
"""Prepositions behind which a place stands before a comma, and no person: in Houston, Kerry …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """What may follow one person's surname, the words by number."""

    first: int
    middles: tuple[str, ...]
    particles: tuple[int, ...]
    lexicon: Lexicon
    free: bool
    """Whether no comma is needed: Orbán Viktor. Thomas James is not James Thomas."""
    leads: bool
    """Whether the surname leads in the topic itself, so that all of the given names behind it are asked for."""

    def read(
        self, reading: Reading, tokens: list[Token], start: int | None, at: int, surname: Hit
    ) -> Found | Refused | None:
        """Where the name ends of which the surname ends at a place, how its first name stands, and what turning costs.

        Where only the last word of the surname stands in front (`start` is `None`), its particles stand at the end:
        Meulen, Pieter van der. What a preposition stands before is a place (in Washington, Kerry …). A refusal tells
        of another name, `None` of none.
        """
        if start and tokens[start - 1].folded in _BEFORE_PLACES and reading.close(tokens[start - 1], tokens[start]):
            return None
        place, comma = self._behind(reading, tokens, at)
        hit = tokens[place].hit(self.first) if place < len(tokens) and tokens[place].capital else None
        if hit is None:
            return None if start is None else self._another(reading, tokens, start, at)
        listed = tokens[at].shape == UPPER != tokens[place].shape
        if not comma and not self.leads and (surname.edits or hit.edits or not (listed or self.free)):
            return None
        end = place
        while end + 1 < len(tokens) and self._goes_on(reading, tokens[end], tokens[end + 1]):
            end += 1
        names = tokens[place + 1 : end + 1]
        if start is None and not self._are_particles(reading, tokens, end):
            return None
        refused = self._refused(reading, tokens, at if start is None else start, end, names)
        return refused or (end, hit, 0 if self.leads and not comma else INVERTED)

    def names_another(self, reading: Reading, tokens: list[Token], at: int) -> bool:
        """Whether a given name seems to stand behind a surname that leads: Kim Yo-jong."""
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if after is None or not self.leads or not after.capital or reading.between(tokens[at], after) != " ":
            return False
        return after.shape != UPPER and not self.lexicon.is_common(after.folded)

    def _behind(self, reading: Reading, tokens: list[Token], at: int) -> tuple[int, bool]:
        """Where the name goes on, and whether a comma stands before: Jones, Eric; Jones Jr., Eric; Jones, Dr. Eric."""
        place = at + 1
        if place < len(tokens) and tokens[place].folded in SUFFIXES and reading.close(tokens[at], tokens[place]):
            place += 1
        if place == len(tokens):
            return place, False
        gap = reading.between(tokens[place - 1], tokens[place]).strip()
        comma = gap == "," or (gap == ".," and place > at + 1)
        while comma and place < len(tokens) - 1 and tokens[place].folded in TITLES:
            place += 1
        plain = reading.text[tokens[at].end : tokens[place].start] in (" ", "\u00a0", "\n" if self.leads else " ")
        return place if comma or (plain and place == at + 1) else len(tokens), comma

    def _goes_on(self, reading: Reading, token: Token, after: Token) -> bool:
        return reading.of_one_name(token, after) and (is_initial(after) or after.folded in self.middles)

    def _are_particles(self, reading: Reading, tokens: list[Token], end: int) -> bool:
        """Whether the particles of the surname stand behind a place."""
        behind = tokens[end + 1 : end + 1 + len(self.particles)]
        joined = len(behind) == len(self.particles) and reading.close(tokens[end], behind[0])
        return joined and all(token.hit(number) for token, number in zip(behind, self.particles, strict=True))

    def _refused(
        self, reading: Reading, tokens: list[Token], start: int, end: int, names: list[Token]
    ) -> Refused | None:
        """Why a name from a place to another is another's, if it is; `names` are those behind the first."""
        own = middlenames.without_particles(self.middles)
        strange = own and any(not any(middlenames.same(self.lexicon, name, mine) for mine in own) for name in names)
        if strange or (self.leads and len(names) < len(self.middles)):
            written = reading.written(tokens[start], tokens[end])
            return Refused(text=written, reason="the middle name is another", nearness=80)
        if self.leads or end + 1 == len(tokens) or not reading.of_one_name(tokens[end], tokens[end + 1]):
            return None
        after, joined = tokens[end + 1], reading.between(tokens[end], tokens[end + 1]) in HYPHENS
        if not after.capital and not (joined and not self.lexicon.is_common(after.folded)):
            return None
        return Refused(text=reading.written(tokens[start], after), reason="the first name belongs to another name")

    def _another(self, reading: Reading, tokens: list[Token], start: int, at: int) -> Refused | None:
        if not self.names_another(reading, tokens, at):
            return None
        return another(
            reading.field,
            tokens[start].start,
            reading.written(tokens[start], tokens[at + 1]),
            "the first name is another",
        )
