"""The lexicon: words that are known to be words or names, so that none is taken for a typo of another.

Every word given to it is folded: casefolded and without accents. The tables it reads, and their licences, are told in
`tables/SOURCES.md`.
"""

import gzip
import hashlib
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path

from monitor.matching.nicknames import nicknames

TABLES = Path(__file__).parent / "tables"
ENGLISH, COMMON, FIRST, COMMON_FIRST, LAST, COMMON_LAST, PLACE, PART = (1 << bit for bit in range(8))
BUCKETS = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A country, its first division, or a county of the United States."""

    code: str
    """ISO country, GeoNames division and FIPS county, joined by dots: US, US.CA, US.CA.077."""
    name: str
    abbreviations: tuple[str, ...] = ()
    """As they are printed: Calif. and CA; a two-letter one is a word of English in any other case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One of the places that bear a name: the code of the smallest region around it, and how many live there."""

    region: str
    population: int


@cache
def word_flags() -> Callable[[str], int]:
    """A function that gives the flags of a shipped word, 0 for any other.

    The table holds CRC-32 sums instead of words (1.7 MB, nothing to parse): about one unknown word in 8,000 shares its
    sum with a known one and is taken for it.
    """
    data = gzip.decompress((TABLES / "words.gz").read_bytes())
    starts = (0, *accumulate(data[:BUCKETS]))
    low = memoryview(data)[BUCKETS : BUCKETS + 2 * starts[-1]]
    flags = data[BUCKETS + 2 * starts[-1] :]
    keys = memoryview(_native(low)).cast("H")
    crc32 = zlib.crc32

    def find(word: str) -> int:
        total = crc32(word.encode("utf-8", "replace"))
        bucket, key = total >> 16, total & 0xFFFF
        end = starts[bucket + 1]
        at = bisect_left(keys, key, starts[bucket], end)
        return flags[at] if at < end and keys[at] == key else 0

    return find


def _native(low: memoryview) -> bytes:
    """16-bit numbers, lowest byte first, in this machine's order."""
    if memoryview(b"\1\0").cast("H")[0] == 1:
        return bytes(low)
    turned = bytearray(len(low))
    turned[::2], turned[1::2] = low[1::2], low[::2]
    return bytes(turned)


@cache
def _place_lines() -> tuple[bytes, ...]:
    return tuple(gzip.decompress((TABLES / "places.tsv.gz").read_bytes()).split(b"\n"))


@cache
def _regions() -> dict[str, Region]:
    lines = gzip.decompress((TABLES / "regions.tsv.gz").read_bytes()).decode().splitlines()
    rows = (line.split("\t") for line in lines)
    return {code: Region(code=code, name=name, abbreviations=tuple(short.split())) for code, name, short in rows}


@cache
def _tables_version() -> str:
    """A digest of the shipped tables, and of which table of nicknames is installed."""
    digest = hashlib.blake2b(version("nicknames").encode(), digest_size=6)
    for table in sorted(TABLES.glob("*.gz")):
        digest.update(table.read_bytes())
    return digest.hexdigest()


class Lexicon:
    """The shipped tables and the words learned from what was read. Equal versions give equal answers."""

    __slots__ = ("flags", "tables", "version", "words")

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.words = frozenset(words)
        """Those that were learned."""
        self.flags = word_flags()
        """What the shipped tables say of a word, as a sum of ENGLISH, COMMON, FIRST and so on."""
        self.tables = _tables_version()
        learned = hashlib.blake2b("\n".join(sorted(self.words)).encode("utf-8", "replace"), digest_size=6)
        self.version = f"{self.tables}-{learned.hexdigest()}" if self.words else self.tables

    @classmethod
    def shipped(cls) -> "Lexicon":
        """The lexicon that comes with the program."""
        return cls()

    def with_words(self, words: Iterable[str]) -> "Lexicon":
        """This lexicon and more known words, folded."""
        return Lexicon(self.words.union(words))

    def __contains__(self, word: object) -> bool:
        return word in self.words or (isinstance(word, str) and self.flags(word) != 0)

    def is_english(self, word: str) -> bool:
        """A word of English, inflected or not; names of days, peoples and languages too."""
        return bool(self.flags(word) & ENGLISH)

    def is_common(self, word: str) -> bool:
        """One of the 40,000 most used words of English: in lower case it is no name (sessions, banks)."""
        return bool(self.flags(word) & COMMON)

    def is_first_name(self, word: str) -> bool:
        """A first name that at least 100 people in the United States were given."""
        return bool(self.flags(word) & FIRST)

    def is_last_name(self, word: str) -> bool:
        """A last name that at least 100 people in the United States bear."""
        return bool(self.flags(word) & LAST)

    def is_common_first_name(self, word: str) -> bool:
        """A first name that at least 1,000 people in the United States were given."""
        return bool(self.flags(word) & COMMON_FIRST)

    def is_common_last_name(self, word: str) -> bool:
        """One of the 10,000 last names most borne in the United States."""
        return bool(self.flags(word) & COMMON_LAST)

    def is_place(self, name: str) -> bool:
        """The whole name, of one word or more, of a place of 500 people, a county, a division or a country."""
        return bool((self.flags(name) | (self.flags(name.replace(" ", "-")) if " " in name else 0)) & PLACE)

    def longer_places(self, word: str) -> list[str]:
        """The names of places of more words that begin with a word."""
        lines, names = _place_lines(), list[str]()
        if not self.flags(word) & PART:
            return names
        for key in (f"{word} ".encode("utf-8", "replace"), f"{word}-".encode("utf-8", "replace")):
            at = bisect_left(lines, key)
            while at < len(lines) and lines[at].startswith(key):
                names.append(lines[at].partition(b"\t")[0].decode())
                at += 1
        return names

    def nicknames(self, first: str) -> frozenset[str]:
        """The short or long forms of a first name, however spelled: mike for michael, kate for catherine, and back."""
        return nicknames(first)

    def places(self, name: str) -> tuple[Place, ...]:
        """The places that bear a name, the most populous first."""
        key, lines = name.encode("utf-8", "replace") + b"\t", _place_lines()
        at = bisect_left(lines, key)
        if at == len(lines) or not lines[at].startswith(key):
            return self.places(name.replace(" ", "-")) if " " in name else ()
        spots = (spot.rpartition(":") for spot in lines[at][len(key) :].decode().split(" "))
        return tuple(Place(region=code, population=int(people)) for code, _, people in spots)

    @property
    def regions(self) -> dict[str, Region]:
        """Every region by its code; the code of a region starts with that of the one around it."""
        return _regions()
