"""What all terms are made with: the sought words, the terms made so far, and by which of its words a term is called."""

from collections.abc import Callable, Hashable, Sequence

from monitor.matching.lexicon import COMMON, COMMON_FIRST, COMMON_LAST, Lexicon
from monitor.matching.signs import signed
from monitor.matching.terms import NEAR, Judge, Term
from monitor.matching.unspaced import wide
from monitor.matching.vocabulary import Vocabulary
from monitor.matching.wide import NO_WORD, substring
from monitor.matching.wordlists import SMALL_WORDS
from monitor.matching.words import TITLE, Word

Texts = Sequence[Word] | Sequence[str]


class TermMaker:
    """Makes terms; equal terms are made once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.vocabulary = Vocabulary(lexicon)
        self._made: dict[tuple[Hashable, ...], Term | None] = {}

    def once(self, key: tuple[Hashable, ...], make: Callable[[], Term | None]) -> Term | None:
        """The term for a kind and a text, and whatever else it depends on; a text without spaces is a substring."""
        if key not in self._made:
            text = key[1] if isinstance(key[1], str) else ""
            if text.isascii() or not wide(text):
                self._made[key] = make()
            else:
                self._made[key] = self.substring(text) if key[0] not in ("joined", "turned") else None
        return self._made[key]

    def substring(self, text: str) -> Term | None:
        """The term for a text in a script without spaces; `None` when it has no letters."""
        judge = substring(text)
        return Term(judge, (), NO_WORD) if judge else None

    def term(self, judge: Judge, numbers: tuple[int, ...], anchor: int, words: Texts, gap: int = 0) -> Term:
        """The term for words in a row, called by the one at `anchor`, and by those that must stand near it."""
        folded = [word if isinstance(word, str) else word.folded for word in words]
        near = [at for at in range(len(numbers)) if (gap + 1) * abs(at - anchor) <= NEAR]
        others = sorted(near, key=lambda at: (folded[at] in SMALL_WORDS, abs(at - anchor)))
        beside = dict.fromkeys(numbers[at] for at in others if numbers[at] != numbers[anchor])
        return Term(signed(judge), numbers, numbers[anchor], tuple(beside))

    def anchor(self, words: Sequence[str]) -> int:
        """The place of the word that is likely to be the rarest."""
        return min(range(len(words)), key=lambda at: self.commonness(words[at]))

    def commonness(self, word: str) -> tuple[bool, bool, int]:
        """How common a folded word is likely to be: small, common, and the shorter the more."""
        common = self.lexicon.flags(word) & (COMMON | COMMON_FIRST | COMMON_LAST)
        return word in SMALL_WORDS or len(word) < 3, bool(common), -len(word)


def is_article(words: Sequence[Word], at: int) -> bool:
    """Whether a word of a name is the article in front, which running text has in lower case: The Bronx."""
    return at == 0 and len(words) > 1 and words[at].folded == "the" and words[at].shape == TITLE
