"""What is written onto a noun without a space: particles behind it (Korean), articles and prepositions before it
(Hebrew, Arabic)."""

import re
from collections.abc import Iterator

_KOREAN = re.compile(
    "들?(?:이다?|가|을|를|(?:에서?|에게|께서|으로|로|와|과|보다|처럼)?(?:부터|까지)?(?:은|는|도|만|의)?)"
)
"""Behind a noun of two syllables or more: plural, case, and what marks the theme, one behind the other."""
_HEBREW = re.compile("ו?(?:כש|מש|ש)?[בכלמ]?ה?")  # noqa: RUF001
_ARABIC = re.compile("[وف]?[بكل]?(?:ال)?|[وف]?لل")
"""Before a noun of four letters or more; of three, behind the article."""
_LONGEST = 6


def without_particles(word: str) -> Iterator[str]:
    """What may be left of a folded word without its particles."""
    first = word[:1]
    if "가" <= first <= "힣":
        yield from (word[:at] for at in range(max(2, len(word) - _LONGEST), len(word)) if _KOREAN.fullmatch(word, at))
    elif "א" <= first <= "ת":
        yield from (rest for _, rest in _parted(word, _HEBREW) if len(rest) >= 4)
    elif "ء" <= first <= "ي":
        for particle, rest in _parted(word, _ARABIC):
            article = particle.endswith(("ال", "لل"))
            if len(rest) >= (3 if article else 4):
                yield rest
            if particle.endswith("لل"):
                yield "ال" + rest


def _parted(word: str, particles: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The ways to cut a word into particles and the rest."""
    for at in range(1, min(_LONGEST, len(word) - 1) + 1):
        if particles.fullmatch(word, 0, at):
            yield word[:at], word[at:]
