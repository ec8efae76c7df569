"""Terms in scripts that put no space between words (Chinese, Japanese, Thai, …): they are sought as substrings."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.matching.mentions import Mention, Verdict
from monitor.matching.reading import Reading
from monitor.matching.terms import ENOUGH
from monitor.matching.unspaced import spread, wide

NO_WORD = -1
"""The anchor of a term that is no sequence of words."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Substring:
    """A term that stands wherever its characters do, unless that is inside of a Latin word or a number."""

    text: str
    letters: str
    """Folded, without white space."""

    def judge(self, reading: Reading, chunk: int) -> list[Verdict]:
        """Verdicts on a whole field; the chunk does not matter."""
        letters, places = reading.spread
        found: list[Verdict] = []
        at = letters.find(self.letters)
        while at >= 0 and len(found) < ENOUGH:
            start, end = places[at], places[at + len(self.letters) - 1] + 1
            if not (_goes_on(reading.text, start) or _goes_on(reading.text, end)):
                found.append(self.mention(reading, start, end))
            at = letters.find(self.letters, at + len(self.letters))
        return found

    def mention(self, reading: Reading, start: int, end: int) -> Mention:
        """The mention at a place of a field."""
        text = reading.text[start:end]
        return Mention(field=reading.field, start=start, end=end, text=text, term=self.text, how="exact", score=100)


def _goes_on(text: str, at: int) -> bool:
    """Whether a word or number of a script with spaces goes on at a place of a text, as before the A of NBA股."""
    beside = text[at - 1 : at + 1] if at else ""
    return len(beside) == 2 and beside.isalnum() and not wide(beside)


class SubstringIndex:
    """Finds all substrings that stand in a text in one pass over it."""

    def __init__(self) -> None:
        self._starting: dict[str, list[Substring]] = defaultdict(list)

    def add(self, term: Substring) -> None:
        """Seek this one too."""
        self._starting[term.letters[:2]].append(term)

    def __bool__(self) -> bool:
        return bool(self._starting)

    def find(self, reading: Reading) -> Iterator[Substring]:
        """The terms that stand in a field, each once."""
        letters, _ = reading.spread
        seen: set[int] = set()
        get = self._starting.get
        for at in range(len(letters)):
            for term in (*get(letters[at : at + 2], ()), *get(letters[at], ())):
                if id(term) not in seen and letters.startswith(term.letters, at):
                    seen.add(id(term))
                    yield term


def substring(text: str) -> Substring | None:
    """The term for a text, or nothing where it has no letters."""
    letters, _ = spread(text)
    return Substring(text=text, letters=letters) if letters else None
