"""Middle names: whether those of a text and those of a topic may be of one person."""

from collections.abc import Sequence

from monitor.matching.lexicon import Lexicon
from monitor.matching.reading import Token, is_initial
from monitor.matching.scoring import MIDDLE
from monitor.matching.spelling import edits
from monitor.matching.wordlists import PARTICLES

MOST = 2
"""Middle names more or less that cost something, where the topic has some: what is the same tells more."""


def cost(lexicon: Lexicon, written: Sequence[Token], own: Sequence[str]) -> float | None:
    """What the middle names in a text cost beside the topic's `own`, folded; `None` where they are another's."""
    names = [token for token in written if token.capital]
    own = without_particles(own)
    if not own:
        return sum(MIDDLE / 2 if is_initial(token) else MIDDLE for token in names)
    few, many = (names, own) if len(names) <= len(own) else (own, names)
    return MIDDLE * min(MOST, len(many) - len(few)) if _in_order(lexicon, few, many) else None


def without_particles(names: Sequence[str]) -> list[str]:
    """Middle names, folded, that are no particle of the surname; one letter is an initial."""
    return [name for name in names if len(name) == 1 or name not in PARTICLES]


def maiden(lexicon: Lexicon, own: Sequence[str]) -> str:
    """The last middle name where it is a surname: García of Gabriel García Márquez; else nothing."""
    return own[-1] if own and lexicon.is_last_name(own[-1]) else ""


def same(lexicon: Lexicon, token: Token, own: str) -> bool:
    """Whether a word of a text stands for a middle name: itself, its initial or a typo."""
    if is_initial(token) or len(own) == 1:
        return token.folded[:1] == own[:1]
    return token.folded == own or (token.folded not in lexicon and edits(token.folded, own) > 0)


def _in_order(lexicon: Lexicon, few: Sequence[Token | str], many: Sequence[Token | str]) -> bool:
    """Whether all of the fewer middle names are among the others, in their order; one side is of the text."""
    rest = iter(many)
    return all(any(_alike(lexicon, one, other) for other in rest) for one in few)


def _alike(lexicon: Lexicon, one: Token | str, other: Token | str) -> bool:
    if isinstance(one, str):
        one, other = other, one
    return isinstance(one, Token) and isinstance(other, str) and same(lexicon, one, other)
