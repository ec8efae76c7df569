"""The parts of a person's name as a topic writes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.matching.wordlists import PARTICLES, SUFFIXES, TITLES
from monitor.matching.words import INITIAL, LOWER, Word, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person's name in its parts, folded."""

    first: str
    middles: tuple[str, ...]
    last: tuple[str, ...]
    """The surname with its particles."""


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
