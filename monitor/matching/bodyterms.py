"""The terms of an organization: its name, other ways to write it, and its acronyms."""

from collections.abc import Sequence
from functools import partial

from monitor.matching.bodynames import is_said, need_no_capital, proper, word_kinds
from monitor.matching.bodyturns import other_ways
from monitor.matching.geography import Geography
from monitor.matching.kinds import ACRONYM, EXACT
from monitor.matching.organizations import Acronym, Body
from monitor.matching.termmaking import TermMaker
from monitor.matching.terms import Term
from monitor.matching.wordlists import LEGAL_FORMS, SMALL_WORDS
from monitor.matching.words import TITLE, words_of
from monitor.records import Fuzzy


class BodyTerms:
    """Makes terms of organizations."""

    def __init__(self, maker: TermMaker, geography: Geography) -> None:
        self._maker = maker
        self._geography = geography

    def body(self, text: str, fuzzy: Fuzzy) -> Term | None:
        """The term for an organization's full name."""
        return self._maker.once(("body", text, fuzzy), lambda: self._body(text, fuzzy))

    def _body(self, text: str, fuzzy: Fuzzy) -> Term | None:
        words = [word.folded for word in words_of(text)]
        return self._body_of(text, proper(words), fuzzy, shortened=len(words) > 1 and words[-1] in LEGAL_FORMS)

    def turned(self, text: str, fuzzy: Fuzzy) -> list[Term | None]:
        """The terms for other ways to write a body's name: Justice Department for Department of Justice."""
        ways = other_ways(proper([word.folded for word in words_of(text)]), self._maker.lexicon, self._geography)
        return [
            self._maker.once(("turned", text, fuzzy, *way), partial(self._body_of, text, way, fuzzy, True))
            for way in ways
        ]

    def _body_of(
        self, text: str, folded: Sequence[str], fuzzy: Fuzzy, turned: bool = False, *, shortened: bool = False
    ) -> Term | None:
        if not folded:
            return None
        kinds = word_kinds(folded) if fuzzy == "normal" else [EXACT] * len(folded)
        numbers = tuple(self._maker.vocabulary.add(word, kind) for word, kind in zip(folded, kinds, strict=True))
        anchor = self._maker.anchor(folded)
        body = Body(
            text=text,
            folded=tuple(folded),
            lexicon=self._maker.lexicon,
            geography=self._geography,
            words=numbers,
            small=need_no_capital(text, folded, self._maker.lexicon),
            anchor=anchor,
            turned=turned,
            shortened=shortened,
        )
        return self._maker.term(body, numbers, anchor, folded)

    def acronym(self, text: str, names: tuple[str, ...]) -> Term | None:
        """The term for an acronym of some names; `None` for what is no single word."""
        return self._maker.once(("acronym", text, names), lambda: self._acronym(text, names))

    def _acronym(self, text: str, names: tuple[str, ...]) -> Term | None:
        words = words_of(text)
        if len(words) != 1:
            return None
        said = is_said(words[0].folded, self._maker.lexicon)
        number = self._maker.vocabulary.add(words[0].folded, EXACT if said or words[0].shape == TITLE else ACRONYM)
        contents = (frozenset(w.folded for w in words_of(name)) - SMALL_WORDS for name in names)
        return Term(Acronym(text=text, word=number, names=tuple(filter(None, contents)), said=said), (number,), number)
