"""What is written onto a noun without a space: particles behind it (Korean), articles and prepositions before it
(Hebrew, Arabic)."""

import re
from collections.abc import Iterator

_KOREAN = (
    "에서", "에게", "께서", "으로", "까지", "부터", "이다", "들은", "들이", "들을", "은", "는",
    "이", "가", "을", "를", "의", "에", "로", "와", "과", "도", "만", "들",
)  # fmt: skip
"""Behind a noun of two syllables or more."""
_HEBREW = re.compile("ו?(?:כש|מש|ש)?[בכלמ]?ה?")  # noqa: RUF001
_ARABIC = re.compile("[وف]?[بكل]?(?:ال)?|[وف]?لل")
"""Before a noun of four letters or more; of three, behind the article."""
_LONGEST = 4


def without_particles(word: str) -> Iterator[str]:
    """What may be left of a folded word without its particles."""
    first = word[:1]
    if "가" <= first <= "힣":
        yield from (word[: -len(end)] for end in _KOREAN if word.endswith(end) and len(word) - len(end) >= 2)
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
