"""The parts of a person's name as a topic writes it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.matching.lexicon import Lexicon
from monitor.matching.wordlists import FAMILIES, PARTICLES, SUFFIXES, TITLES
from monitor.matching.words import INITIAL, LOWER, Word, words_of

_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u2011](?=\w)")
_OF_THE_CLAN = re.compile(r"(?:^|\s)(O['’]|Ma?c)(?=[A-Z]\w+$)")
_SYLLABLE = re.compile(r"(?:[bcdfghjklmnpqrstwxyz]|[cstz]h|kw|hs|hw|ts)?y?[aeiou]{1,3}[wy]?(?:ng|ck|[hklmnprt])?")
"""How a syllable of a Chinese or Korean given name is spelled."""
_SERVANT = re.compile(r"(abd[aeu]l)(?=\w{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person's name in its parts, folded."""

    first: str
    middles: tuple[str, ...]
    last: tuple[str, ...]
    """The surname with its particles."""
    leads: bool = False
    """Whether the surname stands first, and the given names behind it."""


def readings(text: str, lexicon: Lexicon) -> list[Name]:
    """The ways in which a topic's name may be read, the likeliest first; none where it holds no word."""
    whole = _HYPHEN.sub("", text)
    found = [*_orders(text, lexicon)]
    wholes = [*_orders(whole, lexicon)] if whole != text else [name for name in found if len(name.last) > 1]
    found += [replace(name, last=("".join(name.last),)) for name in wholes]
    found += [name for one in found[:1] for name in _spacings(one, text)]
    return list(dict.fromkeys(found))


def _orders(text: str, lexicon: Lexicon) -> Iterator[Name]:
    """A name read with the first name in front, with the surname, or, where nothing tells, both ways."""
    words = words_of(text)
    if not words:
        return
    name = parse_name(words, inverted=is_inverted(text))
    family, *given = (word.folded for word in words)
    may_lead = given and "," not in text and name.first == family and lexicon.is_last_name(family)
    hyphened = len(words) == 3 and _HYPHEN.match(text, words[1].end) and words[2].shape == LOWER
    three = not hyphened and _are_syllables(words)
    two = len(words) == 2 and not lexicon.is_first_name(family)
    first, surname = two and lexicon.is_first_name(given[0]), two and lexicon.is_last_name(given[0])
    leads = may_lead and (hyphened or three or (two and (first or not surname)))
    if leads:
        yield Name(first=given[0], middles=tuple(given[1:]), last=(family,), leads=True)
    if not leads or (two and first is surname) or (three and lexicon.is_common_last_name(given[1])):
        yield name


def _are_syllables(words: Sequence[Word]) -> bool:
    """Whether three words are a Chinese or Korean surname and a given name's two syllables; Lee Ann Park is not."""
    family, *given = (word.folded for word in words)
    return len(given) == 2 and family in FAMILIES and all(map(_SYLLABLE.fullmatch, given))


def _spacings(name: Name, text: str) -> Iterator[Name]:
    """The same name with a space more or less: O Sullivan, Mc Gregor, Abdulrahman for Abdul Rahman, Weiming."""
    if name.leads and len(name.middles) == 1 and not _HYPHEN.search(text):
        yield replace(name, first=name.first + name.middles[0], middles=())
    clan = _OF_THE_CLAN.search(text)
    if clan and len(name.last) == 1:
        mark = clan[1].rstrip("'’").lower()
        yield replace(name, last=(mark, name.last[0].removeprefix(mark)))
    servant = _SERVANT.match(name.first)
    if servant:
        yield replace(name, first=servant[1], middles=(name.first[servant.end() :], *name.middles))
    elif _SERVANT.match(name.first + "".join(name.middles[:1])):
        yield replace(name, first=name.first + name.middles[0], middles=name.middles[1:])


def parse_name(words: Sequence[Word], inverted: bool) -> Name:
    """The parts of a name as a topic writes it: Eric T. Jones, Jones, Eric (`inverted`), Bill de Blasio, bin Laden."""
    parts = [word.folded for word in words]
    lone = {word.folded for word in words if word.shape == INITIAL}
    while len(parts) > 2 and parts[-1] in SUFFIXES:
        parts.pop()
    while len(parts) > 2 and parts[0] in TITLES:
        parts.pop(0)
    if inverted and len(parts) > 1:
        parts = [*parts[1:], parts[0]]
    leading = _leading(words) if len(parts) == len(words) and not inverted else 0
    parts = [*parts[leading:], *parts[:leading]]
    if len(parts) < 2 or leading == len(parts):
        return Name(first="", middles=(), last=tuple(parts))
    start = len(parts) - 1
    while start > 1 and parts[start - 1] in PARTICLES and parts[start - 1] not in lone:
        start -= 1
    return Name(first=parts[0], middles=tuple(parts[1:start]), last=tuple(parts[start:]))


def _leading(words: Sequence[Word]) -> int:
    """How many words in front are a surname with its particles: bin Salman Mohammed, von der Leyen."""
    particles = 0
    while particles < len(words) - 1 and words[particles].shape == LOWER and words[particles].folded in PARTICLES:
        particles += 1
    return particles + 1 if particles and words[particles].shape != LOWER else 0


def is_inverted(name: str) -> bool:
    """Whether a comma stands behind the surname, and not just before Jr.: Jones, Eric."""
    behind = name.partition(",")[2]
    return any(word.folded not in SUFFIXES for word in words_of(behind))
