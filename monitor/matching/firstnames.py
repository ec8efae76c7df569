"""First names: which words may be one, or a part of a name at all, and initials that stand for them or they for."""

from dataclasses import dataclass

from monitor.matching.lexicon import Lexicon
from monitor.matching.names import Name
from monitor.matching.reading import Reading, Token, is_initial
from monitor.matching.scoring import INITIAL as COST
from monitor.matching.wordlists import PARTICLES, TITLES
from monitor.matching.words import HYPHENS, INITIAL, UPPER


def may_be_first(lexicon: Lexicon, reading: Reading, tokens: list[Token], at: int) -> bool:
    """Whether a capitalized word may be a first name: no title, and no common word that opens a sentence."""
    word = tokens[at].folded
    if word in TITLES or reading.possessive(tokens[at]):
        return False
    return not lexicon.is_common(word) or not reading.starts_sentence(tokens, at)


def has_name_before(lexicon: Lexicon, reading: Reading, tokens: list[Token], at: int) -> bool:
    """Whether a name, it seems, goes on at a place."""
    before = tokens[at - 1] if at else None
    named = before is not None and before.capital and reading.close(before, tokens[at])
    return named and may_be_first(lexicon, reading, tokens, at - 1)


def is_capital(reading: Reading, tokens: list[Token], at: int) -> bool:
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


def is_article(reading: Reading, tokens: list[Token], at: int) -> bool:
    """Whether an A in front of a name has no point behind it: A Pemberton win."""
    return tokens[at].folded == "a" and not reading.between(tokens[at], tokens[at + 1]).startswith(".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Initials:
    """The initials of one person, folded."""

    given: str = ""
    """The first name, unless it is initials."""
    middles: tuple[str, ...] = ()
    spelled: str = ""
    """Where the first name is initials, these and those behind it: jd of J.D. Vance, rk of R. K. Narayan."""
    rare: bool = False
    """Whether the surname is so rare that initials may stand for names, and names for initials: Jack Dean for J.D."""

    @classmethod
    def of(cls, name: Name, shape: int, *, rare: bool) -> "Initials":
        """Those of a name of which the topic's first word has a shape."""
        if len(name.first) > 3 or shape not in (UPPER, INITIAL):
            return cls(given=name.first, middles=name.middles, rare=rare)
        lone = all(len(middle) == 1 for middle in name.middles)
        spelled = "".join((name.first, *name.middles)) if lone else name.first
        return cls(middles=name.middles, spelled=spelled, rare=rare and lone)

    def cost(self, lexicon: Lexicon, reading: Reading, tokens: list[Token], place: int, start: int) -> float | None:
        """What it costs that the words from a place to the surname are the topic's initials, together or one by one
        (J. D. Vance), or the names of which it has the initials; `None` where they are not."""
        words = tokens[place:start]
        if all(word.shape in (INITIAL, UPPER) for word in words) and "".join(w.folded for w in words) == self.spelled:
            return 0
        if not self.rare or has_name_before(lexicon, reading, tokens, place):
            return None
        names = all(token.capital and not is_initial(token) and token.folded not in TITLES for token in words)
        opening = lexicon.is_common(words[0].folded) and reading.starts_sentence(tokens, place)
        return COST if names and not opening and "".join(w.folded[0] for w in words) == self.spelled else None

    def is_mine(self, lexicon: Lexicon, reading: Reading, tokens: list[Token], at: int) -> bool:
        """Whether a word is the initial of the first name, or of it and the next: J. or JC for Jean-Claude; but no
        article, and no party (D-Colo.)."""
        if not self.rare or not self.might_be_mine(tokens[at]) or has_name_before(lexicon, reading, tokens, at):
            return False
        party = reading.between(tokens[at], tokens[at + 1]) in HYPHENS and not is_initial(tokens[at + 1])
        return not party and not is_article(reading, tokens, at)

    def might_be_mine(self, token: Token) -> bool:
        """The same of a word alone, however many bear the surname."""
        if not self.given or not is_initial(token):
            return False
        return token.folded in (self.given[0], self.given[0] + "".join(name[0] for name in self.middles))
