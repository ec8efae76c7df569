"""The terms of a place: its name, as running text and as headlines have it."""

import re
from collections.abc import Sequence
from functools import partial

from monitor.matching.geography import Geography, joined
from monitor.matching.kinds import EXACT, PLACE
from monitor.matching.places import Place
from monitor.matching.spelling import has_figures
from monitor.matching.termmaking import TermMaker, is_article
from monitor.matching.terms import Term
from monitor.matching.words import LOWER, Word, words_of
from monitor.records import Topic

_LEANING = re.compile(r"\bd['\u2019](?=[^\W\d_])")


class PlaceTerms:
    """Makes terms of places."""

    def __init__(self, maker: TermMaker, geography: Geography) -> None:
        self._maker = maker
        self._geography = geography

    def places(self, topic: Topic) -> list[Term | None]:
        """The terms for a place, of which the regions are a part: one for the name, and one where a d' that leans on
        the next word has a capital, as in headlines (Coeur D'Alene)."""
        names = dict.fromkeys((topic.place, _LEANING.sub("D'", topic.place)))
        return [
            self._maker.once(("place", n, topic.region, topic.fuzzy), partial(self._place, n, topic)) for n in names
        ]

    def _place(self, name: str, topic: Topic) -> Term | None:
        words = words_of(name)
        if not words:
            return None
        kind = PLACE if topic.fuzzy == "normal" else EXACT
        numbers = tuple(self._maker.vocabulary.add(word.folded, kind) for word in words)
        folded = [word.folded for word in words]
        anchor = self._maker.anchor(folded)
        place = Place(
            text=topic.place,
            name=joined(folded),
            words=numbers,
            small=_need_no_capital(words),
            anchor=anchor,
            region=topic.region,
            lexicon=self._maker.lexicon,
            geography=self._geography,
        )
        return self._maker.term(place, numbers, anchor, words)


def _need_no_capital(words: Sequence[Word]) -> tuple[bool, ...]:
    """Which words of a place's name need none: figures, those that the topic writes so, and the article in front."""
    low = words[0].shape != LOWER
    return tuple(
        has_figures(word.folded) or (low and word.shape == LOWER) or is_article(words, at)
        for at, word in enumerate(words)
    )
