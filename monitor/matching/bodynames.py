"""An organization as a topic names it: the words of the name, and what sort of name it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.matching.geography import LONGEST_NAME, Geography, joined
from monitor.matching.headlines import LOW_IN_TITLES
from monitor.matching.kinds import BODY, EXACT, INNER, JOINT, JOINTS
from monitor.matching.lexicon import Lexicon
from monitor.matching.reading import Token
from monitor.matching.spelling import has_figures
from monitor.matching.wordlists import BODIES, LEGAL_FORMS, NATIONS, SMALL_WORDS
from monitor.matching.words import LOWER, words_of

NOTABLE = 50_000
"""Inhabitants from which a place called as a common word is (Reading, Orange) is thought of."""
_SMALL = SMALL_WORDS | LOW_IN_TITLES


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyName:
    """An organization's folded words, without article and legal form, and the tables that tell of others."""

    folded: tuple[str, ...]
    lexicon: Lexicon
    geography: Geography

    @property
    def generic(self) -> bool:
        """Whether none of the words is somebody's or some place's own: one may ask whose Education Department it is."""
        return not any(
            not self.lexicon.is_common(word) or (word not in BODIES and is_notable(self.lexicon, word))
            for word in self.folded
            if word not in SMALL_WORDS
        )


def is_notable(lexicon: Lexicon, name: str) -> bool:
    """Whether a notable place bears a name."""
    return lexicon.is_place(name) and any(place.population >= NOTABLE for place in lexicon.places(name))


def place_length(body: BodyName, tokens: list[Token], at: int) -> int:
    """How many words of a text up to one are the name of a place or of a people, 0 for none."""
    word, known = tokens[at].folded, body.lexicon
    for length in range(min(at + 1, LONGEST_NAME), 1, -1):
        name = tokens[at + 1 - length : at + 1]
        if name[0].capital and known.is_place(joined(token.folded for token in name)):
            return length
    if word in NATIONS or body.geography.codes(word):
        return 1
    return int(body.generic and is_notable(known, word) if known.is_common(word) else known.is_place(word))


def proper(words: list[str]) -> list[str]:
    """A body's name without article in front and legal form behind."""
    while len(words) > 1 and (words[-1] in LEGAL_FORMS or words[-1] == "and"):
        words = words[:-1]
    return words[1:] if len(words) > 2 and words[0] == "the" else words


def word_kinds(words: Sequence[str]) -> list[int]:
    """As what each word is sought: a matter may stand in the plural (Court of Appeals), the kind at the end may not."""
    kinds = [(JOINT if word in JOINTS else EXACT) if word in SMALL_WORDS else INNER for word in words]
    kinds[-1] = BODY if JOINTS.isdisjoint(words[1:]) else INNER
    return kinds


def need_no_capital(text: str, words: Sequence[str], lexicon: Lexicon) -> tuple[bool, ...]:
    """Which words need no capital: small ones, figures, those written so in the topic, and all but the first of a
    foreign name.

    A name is foreign where most of its words are not English.
    """
    written = words_of(text)
    low = _SMALL.union(word.folded for word in written if word.shape == LOWER != written[0].shape)
    content = [word for word in words if word not in SMALL_WORDS]
    foreign = 2 * sum(map(lexicon.is_english, content)) < len(content)
    return tuple(word in low or has_figures(word) or (foreign and at > 0) for at, word in enumerate(words))


def is_said(acronym: str, lexicon: Lexicon) -> bool:
    """Whether an acronym, folded, may be written like a word, as it is like no common one and no name: Unicef."""
    named = lexicon.is_common_first_name(acronym) or lexicon.is_common_last_name(acronym)
    return len(acronym) >= 4 and acronym.isalpha() and not named and not lexicon.is_common(acronym)
