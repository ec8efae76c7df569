"""The words that the watchlist seeks, and which words of a text stand for them.

Each distinct word of a text is judged once and remembered, so the cost of an article is that of looking its words up.
"""

from collections.abc import Iterable
from itertools import count
from typing import Any, NamedTuple

from monitor.matching.kinds import ACRONYM, EXACT, FIRST, FORMS, MISSPELLED, NAME, OPEN
from monitor.matching.lexicon import COMMON_FIRST, COMMON_LAST, ENGLISH, Lexicon
from monitor.matching.lexicon import FIRST as FIRST_NAME
from monitor.matching.misspellings import Misspellings
from monitor.matching.openwords import OpenWords, letters
from monitor.matching.particles import without_particles
from monitor.matching.scoring import AS_FORM, AS_TYPO, AS_WRITTEN
from monitor.matching.sound import sound
from monitor.matching.spelling import has_figures
from monitor.matching.transcription import Script, heard
from monitor.matching.umlauts import transcriptions
from monitor.matching.variants import variants
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
        self._misspellings = Misspellings(lexicon)
        self._open: OpenWords | None = None

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
                self._misspellings.aim(number, word, kind)
        self._compile_open()
        self._spellings = {spelling: tuple(hits.items()) for spelling, hits in found.items()}
        self._misspellings.compile()

    def _compile_open(self) -> None:
        if not OPEN.isdisjoint(self.kinds):
            self._open = OpenWords(self.words, self.kinds, self.lexicon)

    def dump(self) -> tuple[object, ...]:
        """The sought words, their tables and what is known of words, to be kept."""
        hits = {word: tuple(map(tuple, hits)) for word, hits in self.hits.items() if hits}
        none = "\n".join(word for word, hits in self.hits.items() if not hits)
        tables = self._heard, self._spellings, self._sounds
        return self.words, self.kinds, *tables, self._misspellings.dump(), hits, none

    def load(self, tables: tuple[Any, ...], learned: Iterable[str] = ()) -> None:
        """The tables that were dumped, in place of `compile`; `learned` are words that the lexicon knows since."""
        self.words, self.kinds, *found, misspellings, hits, none = tables
        self._heard, self._spellings, self._sounds = found
        self._ids = dict(zip(zip(self.words, self.kinds, strict=True), count(), strict=False))
        make = Hit._make
        self._misspellings.load(misspellings)
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
            for number, distance in self._misspellings.find(word, self.kinds, flags, named=named):
                if number not in found or distance < found[number].edits:
                    found[number] = Hit(number, AS_TYPO, distance, not named)
        if self._open is not None:
            for number in self._open.begun(word):
                found.setdefault(number, Hit(number, AS_FORM, 0))
            for number, distance, sure in self._open.alike(word):
                found.setdefault(number, Hit(number, AS_TYPO, distance, sure))
        return tuple(found.values())

    def _hear(self, word: str, found: dict[int, Hit]) -> None:
        """Another spelling of a surname from another script."""
        for script, keys in self._heard.items():
            for number in keys.get(heard(word, script), ()):
                found.setdefault(number, Hit(number, AS_TYPO, 1))

    def why_not(self, word: str, number: int) -> str:
        """Why a word of a text does not stand for a sought word: the rule of `find` that refuses it."""
        target, kind = self.words[number], self.kinds[number]
        if any(hit.id == number for hit in self.find(word)):
            return "its other words are missing"
        if not (kind in MISSPELLED and target.isalpha()) and not letters(target, kind):
            left_out = "typos are" if kind == FORMS else "other forms and typos are"
            return f"{word} is not {target}, and {left_out} not looked for here"
        return self._misspellings.refusal(word, target, kind)
