"""Which words of a text are misspellings of sought ones, and why others are not."""

from collections.abc import Iterator, Sequence
from typing import Any

from rapidfuzz.distance import OSA

from monitor.matching.kinds import FIRST, LOOSE_1, LOOSE_2, NAME, WORD
from monitor.matching.lexicon import FIRST as FIRST_NAME
from monitor.matching.lexicon import LAST, PART, Lexicon
from monitor.matching.lexicon import PLACE as PLACE_NAME
from monitor.matching.openwords import letters
from monitor.matching.spelling import SpellingIndex, budget, edits, grows, is_slip, turns
from monitor.matching.wordforms import plurals


class Misspellings:
    """The words of which misspellings are sought, each with the number of the sought word that it stands for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._targets: list[str] = []
        self._owners: list[int] = []
        self._index = SpellingIndex.of(())

    def aim(self, number: int, word: str, kind: int) -> None:
        """Seek those of a word, and of its plural."""
        targets = {word, *plurals(word, self._lexicon.is_english)} if kind == WORD else {word}
        for target in sorted(targets):
            self._targets.append(target)
            self._owners.append(number)

    def compile(self) -> None:
        """Make the table, once every word is added."""
        self._index = SpellingIndex.of(self._targets)

    def dump(self) -> tuple[Any, ...]:
        """The table, to be kept."""
        return self._targets, self._owners, self._index.dump()

    def load(self, tables: tuple[Any, ...]) -> None:
        """The table that was dumped, in place of `compile`."""
        self._targets, self._owners, index = tables
        self._index = SpellingIndex.load(index)

    def find(self, word: str, kinds: Sequence[int], flags: int, *, named: bool) -> Iterator[tuple[int, int]]:
        """The numbers of sought words of which a word is a misspelling, and the edits.

        `named`: it is a name, of the kinds that `flags` tell, and no word; a rare one may be a slip in another.
        """
        for at in self._index.candidates(word):
            target, number = self._targets[at], self._owners[at]
            kind, distance = kinds[number], edits(word, target)
            if named and kind != WORD and not (_is_rare(flags, kind) and _is_slip(word, target, kind)):
                continue
            if kind == NAME and self._are_clans(word, target):
                continue
            if distance and not (kind in (NAME, FIRST) and grows(word, target)):
                yield number, distance

    def refusal(self, word: str, target: str, kind: int) -> str:
        """Why a word is no misspelling of a target."""
        if word in self._lexicon and kind not in (LOOSE_1, LOOSE_2):
            return f"{word} is a known word of its own, not a typo of {target}"
        if kind == NAME and self._are_clans(word, target):
            return f"{word} is a name of its own behind an O' or Mc"
        if kind in (NAME, FIRST) and grows(word, target):
            return f"{word} differs from {target} by its last letters, or an O in front, as another name does"
        if turns(word, target):
            return f"{word} begins with another direction than {target}"
        allowed, distance = letters(target, kind) or budget(len(target)), OSA.distance(word, target)
        wrong = "one letter" if distance == 1 else f"{distance} letters"
        typos = ("no typo", "one typo", "two typos")[allowed]
        return f"{word} differs from {target} in {wrong}; a word of {len(target)} may have {typos}"

    def _are_clans(self, word: str, target: str) -> bool:
        """Whether both are surnames behind the same O' or Mc, each one of its own: O'Mooney, O'Looney."""
        is_last_name = self._lexicon.is_last_name
        return any(
            is_last_name(word.removeprefix(mark)) and is_last_name(target.removeprefix(mark))
            for mark in ("o", "mc")
            if word.startswith(mark) and target.startswith(mark)
        )


def _is_rare(flags: int, kind: int) -> bool:
    """Whether a word is a rare name and nothing else; of a town, too, where a surname is sought."""
    return not flags & ~(LAST | FIRST_NAME | PART | (PLACE_NAME if kind == NAME else 0))


def _is_slip(word: str, target: str, kind: int) -> bool:
    """Whether a rare name is but a slip in writing a target; another vowel at its end is another first name."""
    return is_slip(word, target) and (kind != FIRST or word[-1] == target[-1])
