"""From topics to terms: how what a watchlist says becomes sought words and judges."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from unicodedata import normalize

from monitor.matching.bodyterms import BodyTerms
from monitor.matching.expressions import Query
from monitor.matching.geography import Geography
from monitor.matching.joined import Joined
from monitor.matching.kinds import EXACT, FORMS, WORD
from monitor.matching.lexicon import Lexicon
from monitor.matching.personterms import PersonTerms
from monitor.matching.phrases import WIDEST_GAP, Phrase, is_parted
from monitor.matching.placeterms import PlaceTerms
from monitor.matching.queries import Leaves
from monitor.matching.queryterms import QueryTerms
from monitor.matching.spacings import spacings
from monitor.matching.termmaking import TermMaker, is_article
from monitor.matching.terms import Term
from monitor.matching.wordlists import SMALL_WORDS
from monitor.matching.words import LONGEST, LOWER, words_of
from monitor.records import Fuzzy, How, Topic

_WORD_KINDS: dict[Fuzzy, int] = {"off": EXACT, "strict": FORMS, "normal": WORD}


@dataclass(slots=True, kw_only=True)
class Watched:
    """A topic and its terms: those it looks for, and those that must, or must not, be there as well."""

    topic: Topic
    terms: list[Term] = field(default_factory=list)
    require: list[Term] = field(default_factory=list)
    exclude: list[Term] = field(default_factory=list)
    context: list[Term] = field(default_factory=list)
    region: list[Term] = field(default_factory=list)
    query: Query | None = None
    leaves: Leaves = field(default_factory=dict)
    always: bool = False
    """A query of which nothing need be in the text: it is evaluated for every article."""


HYPHEN = re.compile(r"(?<=\w)[-\u2010\u2011](?=\w)(?!(?<=\d.)\d)")
"""A hyphen in a word; one between figures parts them."""
SHORTEST_JOINED = 8
"""Letters that several words written as one have, at least; a syllable of Korean has two or three."""


class Compiler(TermMaker):
    """Makes terms of topics."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self.geography = Geography(lexicon)

    def watched(self, topic: Topic) -> Watched:
        """A topic with its terms."""
        watched = Watched(topic=topic)
        for text in (topic.person, topic.place, topic.organization, *topic.phrases):
            self.vocabulary.transcribe(text)
        watched.terms = _each_once(self._terms(topic))
        if topic.query:
            self._query(watched, topic.query)
        fuzzy = topic.fuzzy
        watched.require = self._phrases(topic.require, fuzzy)
        watched.exclude = self._phrases(topic.exclude, fuzzy)
        watched.context = self._phrases(topic.context, fuzzy)
        watched.region = _each_once(map(self.alias, topic.region))
        return watched

    def _terms(self, topic: Topic) -> list[Term | None]:
        terms: list[Term | None] = []
        bodies = BodyTerms(self, self.geography)
        for text in topic.phrases:
            terms += [self.phrase(text, topic.fuzzy), self.joined(text, topic.fuzzy, name=False)]
            terms.append(self.whole(text, topic.fuzzy))
            terms += [self._spelled(text, topic.fuzzy, other) for other in spacings(text) if topic.fuzzy != "off"]
        if topic.person:
            terms += PersonTerms(self).persons(topic.person, topic.fuzzy)
        if topic.place:
            terms += PlaceTerms(self, self.geography).places(topic)
        if topic.organization:
            terms += [bodies.body(topic.organization, topic.fuzzy), *bodies.turned(topic.organization, topic.fuzzy)]
        for text in filter(None, (topic.person, topic.place, topic.organization)):
            terms.append(self.joined(text, topic.fuzzy, name=True))
        terms += [self.alias(text) for text in topic.also]
        names = tuple(name for name in (topic.organization, *topic.also) if name)
        terms += [bodies.acronym(text, names) or self.alias(text) for text in topic.acronyms]
        return terms

    def _query(self, watched: Watched, text: str) -> None:
        from monitor.matching.query import parse

        watched.query = parse(text)
        terms = QueryTerms(self)
        watched.leaves = terms.leaves(watched.query)
        watched.terms = _each_once(terms.calls(watched.query))
        watched.always = not watched.terms

    def _phrases(self, texts: tuple[str, ...], fuzzy: Fuzzy) -> list[Term]:
        return _each_once(self.phrase(text, fuzzy) for text in texts)

    def phrase(self, text: str, fuzzy: Fuzzy, gap: int | None = None, how: How | None = None) -> Term | None:
        """The term for a phrase; `None` when it holds no word."""
        gap = gap if gap is not None else WIDEST_GAP if fuzzy == "normal" else 0
        return self.once(("phrase", text, fuzzy, gap, how), lambda: self._phrase(text, fuzzy, gap, how))

    def whole(self, text: str, fuzzy: Fuzzy) -> Term | None:
        """The term for a phrase in which hyphens join words, without them: gun buyback for gun buy-back."""
        plain = HYPHEN.sub("", text)
        words = words_of(plain)
        if plain == text or fuzzy == "off" or (len(words) == 1 and not self._is_one(text, words[0].folded)):
            return None
        return self._spelled(text, fuzzy, plain)

    def _spelled(self, text: str, fuzzy: Fuzzy, other: str) -> Term | None:
        """The term for a phrase written in another way."""
        return self.once(("spelled", text, fuzzy, other), lambda: self._phrase(text, "strict", 0, None, other))

    def _is_one(self, text: str, whole: str) -> bool:
        """Whether a short word is the same without its hyphen: COVID19, e-mail; not co-op, as a coop is another thing.

        Long ones are any words written as one.
        """
        alone = len(words_of(text)[0].folded) == 1
        return len(whole) < SHORTEST_JOINED and (alone or not self.lexicon.is_english(whole))

    def _phrase(self, text: str, fuzzy: Fuzzy, gap: int, how: How | None, spelled: str = "") -> Term | None:
        words = words_of(spelled or text)
        if not words:
            return None
        kind = _WORD_KINDS[fuzzy]
        numbers = tuple(self.vocabulary.add(w.folded, EXACT if w.folded in SMALL_WORDS else kind) for w in words)
        anchor = self.anchor([w.folded for w in words])
        lower = all(word.shape == LOWER for word in words)
        parted = is_parted(spelled or text, words)
        judge = Phrase(text=text, words=numbers, anchor=anchor, gap=gap, how=how, lower=lower, parted=parted)
        return self.term(judge, numbers, anchor, words, gap)

    def joined(self, text: str, fuzzy: Fuzzy, *, name: bool) -> Term | None:
        """The term for several words written as one; `None` when there is but one, or the whole would be too short."""
        return self.once(("joined", text, fuzzy, name), lambda: self._joined(text, fuzzy, name))

    def _joined(self, text: str, fuzzy: Fuzzy, name: bool) -> Term | None:
        words = words_of(text)
        if fuzzy == "off" or not 2 <= len(words) <= 4 or "," in text:
            return None
        whole = "".join([word.folded for word in words])
        if len(whole) > LONGEST or len(normalize("NFD", whole)) < SHORTEST_JOINED:
            return None
        number = self.vocabulary.add(whole, EXACT if name else FORMS)
        return Term(
            Joined(text=text, word=number, name=name, surname=self.lexicon.is_last_name(whole)), (number,), number
        )

    def alias(self, text: str) -> Term | None:
        """The term for a name that is taken as it stands, capitals too."""
        return self.once(("alias", text), lambda: self._alias(text))

    def _alias(self, text: str) -> Term | None:
        words = words_of(text)
        if not words:
            return None
        numbers = tuple(self.vocabulary.add(word.folded, EXACT) for word in words)
        anchor = self.anchor([w.folded for w in words])
        shapes = tuple(LOWER if is_article(words, at) else word.shape for at, word in enumerate(words))
        parted = is_parted(text, words)
        alias = Phrase(text=text, words=numbers, anchor=anchor, gap=0, how="alias", shapes=shapes, parted=parted)
        return self.term(alias, numbers, anchor, words)


def _each_once(terms: Iterable[Term | None]) -> list[Term]:
    """Those that there are."""
    return list(dict.fromkeys(term for term in terms if term is not None))
