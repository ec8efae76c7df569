"""Names with the first name in front, across middle names: Eric T. Jones, Robert (Bob) Kowalski, Eric and Dana Lee."""

from dataclasses import dataclass

from monitor.matching import middlenames
from monitor.matching.firstnames import Initials, is_article, is_capital, may_be_first
from monitor.matching.lexicon import Lexicon
from monitor.matching.mentions import Refused, another
from monitor.matching.reading import Reading, Token, is_initial
from monitor.matching.scoring import COUPLE, INITIAL
from monitor.matching.vocabulary import Hit
from monitor.matching.wordlists import PARTICLES, TITLES
from monitor.matching.words import HYPHENS

MOST_MIDDLES = 3
EN_DASH = "\u2013"

Found = tuple[int, Hit, float]
"""Where the first name stands, how it stands for the topic's, and what the words between cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Straight:
    """What may stand in front of one person's surname, the first name by number."""

    first: int
    middles: tuple[str, ...]
    lexicon: Lexicon
    initials: Initials

    def read(self, reading: Reading, tokens: list[Token], start: int) -> Found | Refused:
        """The first name in front of a surname that begins at a place, or why there is none."""
        middles: list[Token] = []
        bracket = -1
        for place in range(start - 1, max(-1, start - MOST_MIDDLES - 2), -1):
            token = tokens[place]
            gap = reading.between(token, tokens[place + 1])
            if gap == ") " and place and reading.between(tokens[place - 1], token) == " (":
                bracket = place
                continue
            if bracket != place + 1 and not self._are_one_name(reading, token, tokens[place + 1]):
                break
            hit = token.hit(self.first)
            if hit is None:
                cost = self.initials.cost(self.lexicon, reading, tokens, place, start)
                if cost is not None:
                    return place, Hit(self.first, 0, 0), cost
                if self._are_mine(middles) and self.initials.is_mine(self.lexicon, reading, tokens, place):
                    return self._across(reading, tokens, (place, Hit(self.first, 0, 0), INITIAL), start, middles)
                if not middles and self._makes_another(reading, token, tokens[start]):
                    return self._longer(reading, token, tokens[start])
            elif is_article(reading, tokens, place) and reading.starts_sentence(tokens, place):
                break
            elif not self._stands_before(reading, tokens, place) and not (hit.how and _titled(middles)):
                if middles and self._makes_another(reading, token, middles[-1]):
                    return self._longer(reading, token, middles[-1])
                return self._across(reading, tokens, (place, hit, 0), start, middles)
            if self._is_no_name(reading, tokens, place):
                return self._couple(reading, tokens, place, middles) or self._another(reading, tokens, start, middles)
            middles.append(token)
        return self._another(reading, tokens, start, middles)

    def _are_one_name(self, reading: Reading, token: Token, behind: Token) -> bool:
        """Whether a word and the one behind it may be parts of one name; a possessive ends a name, and a dash does
        (April–May) but for a surname in two parts."""
        dash = EN_DASH in reading.between(token, behind) and token.folded not in self.middles
        return not dash and not reading.possessive(token) and reading.of_one_name(token, behind)

    def _makes_another(self, reading: Reading, token: Token, behind: Token) -> bool:
        """Whether a hyphen makes another name of a word and the one behind it: Smith-Jones, Eric-John."""
        own = not {token.folded, behind.folded}.isdisjoint((*self.middles, *PARTICLES))
        return reading.between(token, behind) in HYPHENS and not own and not is_initial(token)

    def _longer(self, reading: Reading, token: Token, behind: Token) -> Refused:
        """The refusal of a name with a hyphen; that of another person, but for anti-Moss and post-Moss."""
        written = reading.written(token, behind)
        reason = f"a part of a longer name, {written}"
        prefix = self.lexicon.is_common(token.folded) and not self.lexicon.is_last_name(token.folded)
        if prefix or not token.capital:
            return Refused(text=written, reason=reason)
        return another(reading.field, token.start, written, reason)

    def _are_mine(self, middles: list[Token]) -> bool:
        """Whether the names behind an initial are the topic's, or initials: R. Hunter Moss is not Ruth Moss."""
        return all(token.folded in self.middles or is_initial(token) for token in middles)

    def _is_no_name(self, reading: Reading, tokens: list[Token], at: int) -> bool:
        """Whether a word may not stand inside of a name: in lower case, or a common word that is nobody's name and not
        in quotes, as in headlines (ERIC LEE KNOCKS JONES)."""
        word = tokens[at].folded
        if word in PARTICLES or word in self.middles or is_initial(tokens[at]):
            return False
        if not is_capital(reading, tokens, at):
            return True
        names = self.lexicon.is_first_name(word) or self.lexicon.is_last_name(word)
        return not names and self.lexicon.is_common(word) and reading.between(tokens[at], tokens[at + 1]) == " "

    def _across(
        self, reading: Reading, tokens: list[Token], found: Found, start: int, middles: list[Token]
    ) -> Found | Refused:
        """The first name as found, if the names between it and the surname may be the person's."""
        cost = middlenames.cost(self.lexicon, middles[::-1], self.middles)
        if cost is None:
            written = reading.written(tokens[found[0]], tokens[start])
            return Refused(text=written, reason="the middle name is another", nearness=80)
        return *found[:2], found[2] + cost

    def _couple(self, reading: Reading, tokens: list[Token], place: int, middles: list[Token]) -> Found | None:
        """The first name in front of another one and `and`: Eric and Dana Jones."""
        if not place or tokens[place].folded != "and" or len(middles) != 1:
            return None
        hit, before = tokens[place - 1].hit(self.first), tokens[place - 2] if place > 1 else None
        named = before and before.capital and may_be_first(self.lexicon, reading, tokens, place - 2)
        opens = before is None or not named or not reading.close(before, tokens[place - 1])
        given = self.lexicon.is_first_name(middles[0].folded) and not self.lexicon.is_common(middles[0].folded)
        together = reading.close(tokens[place - 1], tokens[place])
        return (place - 1, hit, COUPLE) if hit and hit.sure and opens and given and together else None

    def _stands_before(self, reading: Reading, tokens: list[Token], at: int) -> bool:
        """Whether the first name stands once more in front of itself, in the same name: Mohammad Hamdi Mohammad."""
        for place in range(at - 1, max(-1, at - MOST_MIDDLES - 1), -1):
            if not tokens[place].capital or not reading.of_one_name(tokens[place], tokens[place + 1]):
                return False
            if tokens[place].hit(self.first):
                return True
        return False

    def _why_another(self, token: Token) -> str:
        if token.folded in self.middles:
            return "only a part of the name stands here"
        if self.initials.might_be_mine(token):
            return "an initial does not tell who it is of the many that bear the surname"
        return "the first name is another"

    def _another(self, reading: Reading, tokens: list[Token], start: int, middles: list[Token]) -> Refused:
        """Why a surname without the first name in front of it is no mention."""
        mine = len(middles) == 1 and middles[0].folded == middlenames.maiden(self.lexicon, self.middles)
        if middles and middles[0].capital and not mine and may_be_first(self.lexicon, reading, tokens, start - 1):
            written = reading.written(middles[0], tokens[start])
            return another(reading.field, middles[0].start, written, self._why_another(middles[0]))
        text = reading.written(tokens[start], tokens[start])
        return Refused(text=text, reason="the surname alone, without the first name")


def _titled(middles: list[Token]) -> bool:
    """Whether a title stands among names: what is in front of it is no nickname (Supreme Court Justice Anthony Lee)."""
    return any(token.folded in TITLES for token in middles)
