"""The terms of a query: one for each of its words and phrases, and those that call it."""

from dataclasses import replace

from monitor.matching.expressions import Query, QueryPhrase, QueryWord
from monitor.matching.expressions import leaves as leaves_of
from monitor.matching.kinds import EXACT, LOOSE, LOOSE_1, LOOSE_2, PREFIX
from monitor.matching.phrases import is_parted
from monitor.matching.queries import Call, Leaf, Leaves, Words, triggers
from monitor.matching.spelling import slips
from monitor.matching.termmaking import TermMaker
from monitor.matching.terms import Term
from monitor.matching.unspaced import wide
from monitor.matching.wide import Substring
from monitor.matching.words import LOWER, UPPER, Word, words_of


class QueryTerms:
    """Makes terms of queries."""

    def __init__(self, maker: TermMaker) -> None:
        self._maker = maker

    def leaves(self, query: Query) -> Leaves:
        """The terms of the words and phrases that are sought in the text."""
        found = {leaf: self._leaf(leaf) for leaf in leaves_of(query.root) if leaf.field != "source"}
        return {leaf: term for leaf, term in found.items() if term is not None}

    def calls(self, query: Query) -> list[Term | None]:
        """Terms of which one stands in any article that matches; empty where an article needs none of them."""
        return [self._call(leaf) for leaf in triggers(query.root, self._rarity)]

    def _call(self, leaf: Leaf) -> Term | None:
        """What calls a query where a leaf of it stands; the leaf itself is judged when the whole query is."""
        term = self._leaf(leaf)
        if term is None or isinstance(term.seeker, Substring):
            return term
        return self._maker.once(
            ("call", replace(leaf, field=None)),
            lambda: Term(Call(text=term.text), term.words, term.key, term.beside),
        )

    def _rarity(self, leaf: Leaf) -> int:
        folded = [word.folded for word in words_of(_text(leaf))]
        return max((not self._maker.commonness(word)[1]) * 100 + len(word) for word in folded) if folded else 0

    def _leaf(self, leaf: Leaf) -> Term | None:
        """The term for a leaf, whichever field it is asked of."""
        plain = replace(leaf, field=None)
        return self._maker.once(("leaf", plain), lambda: self._made(plain))

    def _made(self, leaf: Leaf) -> Term | None:
        text = _text(leaf)
        if wide(text):
            return self._maker.substring(text)
        words = words_of(text)
        if not words:
            return None
        folded = [word.folded for word in words]
        kinds = [EXACT] * len(words)
        if isinstance(leaf, QueryWord):
            kinds[-1] = PREFIX if leaf.prefix else self._looseness(leaf, words[-1])
        numbers = tuple(map(self._maker.vocabulary.add, folded, kinds))
        anchor = self._maker.anchor(folded)
        upper = isinstance(leaf, QueryWord) and not leaf.prefix and len(words) == 1 and words[0].shape == UPPER
        gap = leaf.gap if isinstance(leaf, QueryPhrase) else 0
        parted = is_parted(text, words)
        judge = Words(text=text, words=numbers, anchor=anchor, gap=gap, upper=upper, parted=parted)
        return self._maker.term(judge, numbers, anchor, words, gap)

    def _looseness(self, leaf: QueryWord, word: Word) -> int:
        """The kind of a word with ~; one that is not known itself may be the typo, of a known word too."""
        if leaf.edits is None and self._is_known(word):
            return LOOSE
        return (EXACT, LOOSE_1, LOOSE_2)[slips(len(word.folded)) if leaf.edits is None else leaf.edits]

    def _is_known(self, word: Word) -> bool:
        """Whether a word was learned, is one of English or, with a capital, a name."""
        known = self._maker.lexicon
        return word.folded in (known if word.shape != LOWER else known.words) or known.is_english(word.folded)


def _text(leaf: Leaf) -> str:
    return " ".join(leaf.words) if isinstance(leaf, QueryPhrase) else leaf.text
