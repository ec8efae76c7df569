"""Signs behind a word that make another of it: C++ is no C, and Lumen+ no Lumen."""

import re
from dataclasses import dataclass, replace

from monitor.matching.folding import fold
from monitor.matching.mentions import Mention, Refused, Verdict
from monitor.matching.reading import Reading
from monitor.matching.terms import Judge
from monitor.matching.words import UPPER, shape

_SIGNED = re.compile(r"(?<!\w)([^\W\d_]\w*)([+#]+)(?!\w)")
_SIGNS = re.compile(r"(?<=\w)[+#]+")
_BEHIND = re.compile("[+#\uff0b\uff03]*")
"""In full width too."""


def signed(judge: Judge) -> Judge:
    """A judge that asks for the signs of its term as well, where it has some; those of an acronym may be left out."""
    signs = frozenset(found[2] for found in _SIGNED.finditer(judge.text) if shape(found[1]) != UPPER)
    return Signed(words=judge, signs=signs) if signs else judge


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Signed:
    """The judge of a term's words, and the signs that must stand behind a word of each mention."""

    words: Judge
    signs: frozenset[str]

    @property
    def text(self) -> str:
        """The term as the topic writes it."""
        return self.words.text

    def judge(self, reading: Reading, chunk: int) -> list[Verdict]:
        """Verdicts on the places in a chunk where the anchor stands; evidence holds the signs."""
        verdicts = self.words.judge(reading, chunk)
        return [self._signed(reading, one) if isinstance(one, Mention) else one for one in verdicts]

    def _signed(self, reading: Reading, mention: Mention) -> Verdict:
        behind = _BEHIND.match(reading.text, mention.end)
        assert behind is not None
        written = reading.text[mention.start : behind.end()]
        if self.signs <= set(_SIGNS.findall(fold(written))):
            return replace(mention, end=behind.end(), text=mention.text + behind[0])
        return Refused(text=mention.text, reason=f"without the {' '.join(sorted(self.signs))} of {self.text}")
