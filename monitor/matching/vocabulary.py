"""The words that the watchlist seeks, and which words of a text stand for them.

Each distinct word of a text is judged once and remembered, so the cost of an article is that of looking its words up.
"""

from collections.abc import Iterable
from itertools import count
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from monitor.matching.kinds import (
    ACRONYM,
    EXACT,
    FIRST,
    FORMS,
    LOOSE,
    LOOSE_1,
    LOOSE_2,
    MISSPELLED,
    NAME,
    OPEN,
    PREFIX,
    WORD,
)
from monitor.matching.lexicon import COMMON_FIRST, COMMON_LAST, ENGLISH, LAST, PART, Lexicon
from monitor.matching.lexicon import FIRST as FIRST_NAME
from monitor.matching.lexicon import PLACE as PLACE_NAME
from monitor.matching.particles import without_particles
from monitor.matching.scoring import AS_FORM, AS_TYPO, AS_WRITTEN
from monitor.matching.sound import sound
from monitor.matching.spelling import Deletions, SpellingIndex, budget, edits, grows, has_figures, is_slip, slips, turns
from monitor.matching.transcription import Script, heard
from monitor.matching.umlauts import transcriptions
from monitor.matching.variants import variants
from monitor.matching.wordforms import plurals
from monitor.matching.words import HYPHENS, LONGEST, cut

MOST_CUTS = 30_000
"""Chunks whose words are remembered, at most."""


class Hit(NamedTuple):
    """A word of a text stands for the sought word `id`; `how` is a place in `scoring.HOWS`."""

    id: int
    how: int
    edits: int
    sure: bool = True
    """False where the word is a name too: its lower case, or the words beside it, must leave no doubt."""


Found = tuple[int, int, str, int, tuple[Hit, ...]]
"""A word of a chunk: start, end, folded, shape, and its hits."""


class Vocabulary:
    """Sought words by number, and the hits of any word of a text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words: list[str] = []
        self.kinds: list[int] = []
        self.hits: dict[str, tuple[Hit, ...]] = {}
        """What is known of the words met so far."""
        self._cuts: dict[str, tuple[Found, ...]] = {}
        self._transcribed: dict[str, str] = {}
        """Sought words without their umlauts, and the same with them written out: schroder, schroeder."""
        self._heard: dict[Script, dict[str, set[int]]] = {}
        """For each script from which names are carried over, how they sound and their numbers."""
        self._ids: dict[tuple[str, int], int] = {}
        self._spellings: dict[str, tuple[tuple[int, int], ...]] = {}
        """For each spelling that stands for a sought word without a typo, the words and how."""
        self._sounds: dict[str, list[int]] = {}
        self._targets: list[str] = []
        self._owners: list[int] = []
        self._index = SpellingIndex.of(())
        self._prefixes: dict[str, int] = {}
        self._prefix_lengths: list[int] = []
        self._loose: list[tuple[int, Deletions]] = []

    def add(self, word: str, kind: int) -> int:
        """The number of a folded word of a kind, a new one if it was not sought before."""
        number = self._ids.setdefault((word, kind), len(self.words))
        if number == len(self.words):
            self.words.append(word)
            self.kinds.append(kind)
        return number

    def transcribe(self, text: str) -> None:
        """Know the words of a term by their umlauts written out, too."""
        if not text.isascii():
            self._transcribed.update(transcriptions(text))

    def hear(self, number: int, script: Script) -> None:
        """Know a surname by its other spellings, too, as one that comes from a script."""
        if self.kinds[number] == NAME and (key := heard(self.words[number], script)):
            self._heard.setdefault(script, {}).setdefault(key, set()).add(number)

    def compile(self) -> None:
        """Make the tables, once every word is added."""
        found: dict[str, dict[int, int]] = {}
        for number, (word, kind) in enumerate(zip(self.words, self.kinds, strict=True)):
            found.setdefault(word, {})[number] = AS_WRITTEN
            if word in self._transcribed and kind not in (EXACT, ACRONYM):
                found.setdefault(self._transcribed[word], {}).setdefault(number, AS_WRITTEN)
            for spelling, how in variants(word, kind, self.lexicon):
                found.setdefault(spelling, {}).setdefault(number, how)
            if kind == FIRST:
                self._sounds.setdefault(sound(word), []).append(number)
            if kind in MISSPELLED:
                self._aim(number, word, kind)
        self._compile_open()
        self._spellings = {spelling: tuple(hits.items()) for spelling, hits in found.items()}
        self._index = SpellingIndex.of(self._targets)

    def _compile_open(self) -> None:
        """Words that a query leaves open: their beginning, or how they are spelled."""
        if OPEN.isdisjoint(self.kinds):
            return
        kinds = list(zip(self.words, self.kinds, strict=True))
        self._prefixes = {word: number for number, (word, kind) in enumerate(kinds) if kind == PREFIX}
        self._prefix_lengths = sorted({len(word) for word in self._prefixes})
        for letters in (1, 2):
            words = [(number, word) for number, (word, kind) in enumerate(kinds) if _letters(word, kind) == letters]
            if words:
                self._loose.append((letters, Deletions.of(words, letters)))

    def _aim(self, number: int, word: str, kind: int) -> None:
        targets = {word, *plurals(word, self.lexicon.is_english)} if kind == WORD else {word}
        for target in sorted(targets):
            self._targets.append(target)
            self._owners.append(number)

    def dump(self) -> tuple[object, ...]:
        """The sought words, their tables and what is known of words, to be kept."""
        hits = {word: tuple(map(tuple, hits)) for word, hits in self.hits.items() if hits}
        none = "\n".join(word for word, hits in self.hits.items() if not hits)
        tables = self._heard, self._spellings, self._sounds, self._targets, self._owners
        return self.words, self.kinds, *tables, self._index.dump(), hits, none

    def load(self, tables: tuple[Any, ...], learned: Iterable[str] = ()) -> None:
        """The tables that were dumped, in place of `compile`; `learned` are words that the lexicon knows since."""
        self.words, self.kinds, *found, index, hits, none = tables
        self._heard, self._spellings, self._sounds, self._targets, self._owners = found
        self._ids = dict(zip(zip(self.words, self.kinds, strict=True), count(), strict=False))
        make = Hit._make
        self._index = SpellingIndex.load(index)
        self.hits = dict.fromkeys(none.split("\n"), ()) if none else {}
        self.hits.update((word, tuple(map(make, found))) for word, found in hits.items())
        for word in learned:
            self.hits.pop(word, None)
        self._compile_open()

    def find(self, word: str) -> tuple[Hit, ...]:
        """The sought words that a folded word of a text stands for; remembered."""
        hits = self.hits.get(word)
        if hits is None:
            hits = self.hits[word] = self._judge(word)
        return hits

    def cut(self, chunk: str) -> tuple[Found, ...]:
        """The words of a chunk and what they stand for; remembered."""
        words = self._cuts.get(chunk)
        if words is None:
            if len(self._cuts) > MOST_CUTS:
                self._cuts.clear()
            words = tuple(
                (word.start, word.end, word.folded, word.shape, self.find(word.folded)) for word in cut(chunk)
            )
            words = self._parted(chunk, words) or words
            if len(chunk) <= LONGEST:
                self._cuts[chunk] = words
        return words

    def _parted(self, chunk: str, words: tuple[Found, ...]) -> tuple[Found, ...]:
        """A sought word that a hyphen parts (re-zoning, Ke-qiang), where neither part is sought itself."""
        if len(words) != 2 or words[0][4] or words[1][4] or chunk[words[0][1] : words[1][0]] not in HYPHENS:
            return ()
        whole = words[0][2] + words[1][2]
        hits = self.parted(whole)
        return ((words[0][0], words[1][1], whole, words[0][3], hits),) if hits else ()

    def parted(self, whole: str) -> tuple[Hit, ...]:
        """The sought words that the two sides of a hyphen spell together."""
        return tuple(Hit(number, max(how, AS_FORM), 0) for number, how in self._spellings.get(whole, ()))

    def _judge(self, word: str) -> tuple[Hit, ...]:
        """A word that is sought or known is itself; any other may be a misspelling."""
        found = {number: Hit(number, how, 0) for number, how in self._spellings.get(word, ())}
        for rest in without_particles(word):
            for number, _ in self._spellings.get(rest, ()):
                if self.kinds[number] not in (EXACT, ACRONYM):
                    found.setdefault(number, Hit(number, AS_FORM, 0))
        flags, learned = self.lexicon.flags(word), word in self.lexicon.words
        known = flags > 0 or learned
        if self._sounds and (not known or flags & FIRST_NAME):
            for number in self._sounds.get(sound(word), ()):
                found.setdefault(number, Hit(number, AS_TYPO, 1))
        if self._heard and not flags & (COMMON_FIRST | COMMON_LAST):
            self._hear(word, found)
        named = known and not learned and not flags & ENGLISH
        if (named or not known) and len(word) >= 4 and not has_figures(word):
            for at in self._index.candidates(word):
                number, distance = self._owners[at], edits(word, self._targets[at])
                kind = self.kinds[number]
                if named and kind != WORD and not (self._is_rare(flags, kind) and self._slips(word, at)):
                    continue
                if kind == NAME and self._are_clans(word, self._targets[at]):
                    continue
                if kind in (NAME, FIRST) and grows(word, self._targets[at]):
                    continue
                if distance and (number not in found or distance < found[number].edits):
                    found[number] = Hit(number, AS_TYPO, distance, not named)
        for hit in self._open_hits(word):
            found.setdefault(hit.id, hit)
        return tuple(found.values())

    def _hear(self, word: str, found: dict[int, Hit]) -> None:
        """Another spelling of a surname from another script."""
        for script, keys in self._heard.items():
            for number in keys.get(heard(word, script), ()):
                found.setdefault(number, Hit(number, AS_TYPO, 1))

    def _is_rare(self, flags: int, kind: int) -> bool:
        """Whether a word is a rare name and nothing else; of a town, too, where a surname is sought."""
        return not flags & ~(LAST | FIRST_NAME | PART | (PLACE_NAME if kind == NAME else 0))

    def _slips(self, word: str, at: int) -> bool:
        """Whether a rare name is but a slip in writing a target; another vowel at its end is another first name."""
        target = self._targets[at]
        return is_slip(word, target) and (self.kinds[self._owners[at]] != FIRST or word[-1] == target[-1])

    def _are_clans(self, word: str, target: str) -> bool:
        """Whether both are surnames behind the same O' or Mc, each one of its own: O'Mooney, O'Looney."""
        return any(
            self.lexicon.is_last_name(word.removeprefix(mark)) and self.lexicon.is_last_name(target.removeprefix(mark))
            for mark in ("o", "mc")
            if word.startswith(mark) and target.startswith(mark)
        )

    def why_not(self, word: str, number: int) -> str:
        """Why a word of a text does not stand for a sought word: the rule of `find` that refuses it."""
        target, kind = self.words[number], self.kinds[number]
        if any(hit.id == number for hit in self.find(word)):
            return "its other words are missing"
        if not (kind in MISSPELLED and target.isalpha()) and not _letters(target, kind):
            left_out = "typos are" if kind == FORMS else "other forms and typos are"
            return f"{word} is not {target}, and {left_out} not looked for here"
        if word in self.lexicon and kind not in (LOOSE_1, LOOSE_2):
            return f"{word} is a known word of its own, not a typo of {target}"
        if kind == NAME and self._are_clans(word, target):
            return f"{word} is a name of its own behind an O' or Mc"
        if kind in (NAME, FIRST) and grows(word, target):
            return f"{word} differs from {target} by its last letters, or an O in front, as another name does"
        if turns(word, target):
            return f"{word} begins with another direction than {target}"
        allowed, distance = _letters(target, kind) or budget(len(target)), OSA.distance(word, target)
        letters = "one letter" if distance == 1 else f"{distance} letters"
        typos = ("no typo", "one typo", "two typos")[allowed]
        return f"{word} differs from {target} in {letters}; a word of {len(target)} may have {typos}"

    def _open_hits(self, word: str) -> Iterable[Hit]:
        """Hits of words that a query leaves open."""
        for length in self._prefix_lengths:
            number = self._prefixes.get(word[:length]) if length < len(word) else None
            if number is not None:
                yield Hit(number, AS_FORM, 0)
        for letters, deletions in self._loose:
            for number in deletions.find(word):
                distance = OSA.distance(word, self.words[number], score_cutoff=letters)
                wary = self.kinds[number] == LOOSE
                if distance <= letters and not (wary and self._stands(word)):
                    yield Hit(number, AS_TYPO, distance, not (wary and word in self.lexicon))

    def _stands(self, word: str) -> bool:
        """Whether a word, in lower case too, is itself and no typo of another."""
        return self.lexicon.is_english(word) or word in self.lexicon.words or has_figures(word)


def _letters(word: str, kind: int) -> int:
    """How many letters may be wrong in a word of a query."""
    return {LOOSE_1: 1, LOOSE_2: 2, LOOSE: slips(len(word))}.get(kind, 0)
