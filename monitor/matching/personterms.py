"""The terms of a person: one for each way in which the name may be read or written."""

from functools import partial

from monitor.matching.firstnames import Initials
from monitor.matching.kinds import EXACT, FIRST, INITIALS, KNOWN_FIRST, NAME
from monitor.matching.names import Name, readings
from monitor.matching.people import Person
from monitor.matching.straight import Straight
from monitor.matching.termmaking import TermMaker
from monitor.matching.terms import Term
from monitor.matching.transcription import script
from monitor.matching.turned import Turned
from monitor.matching.wordlists import GENERATIONS, TITLES
from monitor.matching.words import words_of
from monitor.records import Fuzzy

_NAME_KINDS: dict[Fuzzy, int] = {"off": EXACT, "strict": EXACT, "normal": NAME}
_FIRST_KINDS: dict[Fuzzy, int] = {"off": EXACT, "strict": KNOWN_FIRST, "normal": FIRST}


class PersonTerms:
    """Makes terms of persons."""

    def __init__(self, maker: TermMaker) -> None:
        self._maker = maker

    def persons(self, text: str, fuzzy: Fuzzy) -> list[Term | None]:
        """The terms for a person, one for each way in which the name may be read or written."""
        names: list[Name | None] = [*readings(text, self._maker.lexicon)] or [None]
        return [
            self._maker.once(("person", text, fuzzy, name), partial(self._person, text, fuzzy, name)) for name in names
        ]

    def _person(self, text: str, fuzzy: Fuzzy, name: Name | None) -> Term | None:
        if name is None:
            return None
        lexicon, vocabulary = self._maker.lexicon, self._maker.vocabulary
        first = vocabulary.add(name.first, _FIRST_KINDS[fuzzy]) if name.first else None
        last = tuple(vocabulary.add(word, _NAME_KINDS[fuzzy]) for word in name.last)
        origin = script(name.first, name.last)
        if origin:
            vocabulary.hear(last[-1], origin)
        common = lexicon.is_common_last_name(name.last[-1]) or lexicon.is_common(name.last[-1])
        words = words_of(text)
        suffix = words[-1].folded
        initials = Initials.of(name, words[0].shape, rare=not common)
        straight = turned = None
        if first is not None:
            straight = Straight(first=first, middles=name.middles, lexicon=lexicon, initials=initials)
            turned = self._turned(name, first, last)
        person = Person(
            text=text,
            middles=name.middles,
            last=last,
            lexicon=lexicon,
            straight=straight,
            turned=turned,
            generation=suffix if suffix in GENERATIONS else "",
        )
        given = () if first is None else (first,)
        near = self._near(name, initials, given) if common else ()
        return Term(person, (*given, *last), last[-1], near)

    def _near(self, name: Name, initials: Initials, given: tuple[int, ...]) -> tuple[int, ...]:
        """What must stand near a common surname: the first name, or initials; these may be a name in capitals (JOE)."""
        if not initials.spelled:
            return given
        named = len(name.first) > 1 and self._maker.lexicon.is_first_name(name.first)
        return () if named else (self._maker.vocabulary.add(initials.spelled, INITIALS),)

    def _turned(self, name: Name, first: int, last: tuple[int, ...]) -> Turned:
        """How a name is read with the surname in front. Where each of both is a first name and a surname, it needs a
        comma: James Thomas is not Thomas James; and so does a title, for Pope Paul is not Paul Pope."""
        lexicon = self._maker.lexicon
        two = lexicon.is_last_name(name.first) and lexicon.is_first_name(name.last[-1])
        titled = name.last[-1] in TITLES
        return Turned(
            first=first,
            middles=name.middles,
            particles=last[:-1],
            lexicon=lexicon,
            free=len(last) > 1 or not (two or titled),
            leads=name.leads,
        )
