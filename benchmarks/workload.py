"""A watchlist of any size for the matching benchmark: phrases, people, places and organizations, drawn by a seed.

Phrases and organizations are put together from lists of our own (watchwords.txt); first and last names come from the
articles (words that the lexicon calls so), towns from the data's list of cities.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import data
from monitor.matching.lexicon import COMMON, COMMON_FIRST, COMMON_LAST, Lexicon
from monitor.records import Topic

_LISTS = dict(re.findall(r"\[([\w ]+)\]\n([^[]+)", (Path(__file__).parent / "watchwords.txt").read_text()))
SUBJECTS, MATTERS, PLACES_OF_BODIES, FIELDS_OF_BODIES, KINDS_OF_BODIES = (text.split() for text in _LISTS.values())
SHARES = {"phrase": 0.40, "person": 0.30, "place": 0.15, "organization": 0.15}
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the articles' words are: how many articles hold each, and which are names."""

    frequency: Counter[str]
    firsts: tuple[str, ...]
    lasts: tuple[str, ...]
    towns: tuple[str, ...]
    unshipped: tuple[str, ...]
    """Capitalized words of several articles that no shipped table knows: names that only a reader can know."""
    slips: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Listed misspellings by right word."""


def vocabulary(texts: Iterable[str], lexicon: Lexicon) -> Vocabulary:
    """Counts the words of articles and sorts out the names."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        found = {word for word in WORD.findall(text) if word.isascii()}
        lower.update(word for word in found if word.islower())
        capital.update(word for word in found if word.istitle())
    names = {w: n for w, n in capital.items() if len(w) > 2 and lower[w.lower()] * 20 < n and n >= 3}
    flags = {word: lexicon.flags(word.lower()) for word in names}
    frequency = lower.copy()
    for word, count in capital.items():
        frequency[word.lower()] += count
    return Vocabulary(
        frequency=frequency,
        firsts=tuple(sorted(w for w in names if flags[w] & COMMON_FIRST and not flags[w] & COMMON)),
        lasts=tuple(sorted(w for w in names if flags[w] & COMMON_LAST and not flags[w] & COMMON)),
        towns=tuple(t for t in data.cities() if re.fullmatch(r"[A-Z][a-z]{4,}( [A-Z][a-z]{3,})?", t)),
        unshipped=tuple(sorted(w for w in names if not flags[w])),
        slips=listed_slips(frequency),
    )


def listed_slips(frequency: Counter[str]) -> dict[str, tuple[str, ...]]:
    """Misspellings that people were seen to make, without those that are words in use."""
    from rapidfuzz.distance import OSA

    found: dict[str, set[str]] = {}
    for _, wrong, right in data.misspellings():
        wrong, right = wrong.lower(), right.lower()
        budget = typo_budget(right)
        plain = wrong.isascii() and wrong.isalpha() and right.isalpha() and frequency[wrong] < 20
        if plain and 0 < OSA.distance(wrong, right, score_cutoff=budget) <= budget:
            found.setdefault(right, set()).add(wrong)
    return {right: tuple(sorted(wrongs)) for right, wrongs in found.items()}


def typo_budget(word: str) -> int:
    """One edit in a word of 5 to 8 letters, two from 9 on."""
    return 0 if len(word) < 5 else 1 if len(word) < 9 else 2


def watchlist(size: int, words: Vocabulary, seed: int = 1) -> list[Topic]:
    """`size` different topics, the four kinds in their shares."""
    draw = random.Random(f"watchlist {seed}")
    makers = {"phrase": phrase, "person": person, "place": place, "organization": organization}
    topics: list[Topic] = []
    taken: set[str] = set()
    for kind, share in SHARES.items():
        wanted = round(size * share)
        while wanted:
            term = makers[kind](draw, words)
            if term.lower() in taken:
                continue
            taken.add(term.lower())
            wanted -= 1
            topics.append(topic(kind, term, len(topics)))
    draw.shuffle(topics)
    return topics


def topic(kind: str, term: str, number: int) -> Topic:
    """A topic of one kind, and nothing else said of it."""
    extra: dict[str, tuple[str, ...]] = {}
    if kind == "organization":
        extra = {"acronyms": ("".join(word[0] for word in term.split()),)}
    said = {"phrases": (term,)} if kind == "phrase" else {kind: term}
    return Topic(id=f"t{number}", name=term, **said, **extra)  # type: ignore[arg-type]


def phrase(draw: random.Random, words: Vocabulary) -> str:
    """Two words of a city's business, or three."""
    parts = [*draw.sample(SUBJECTS, 1 if draw.random() < 0.6 else 2), draw.choice(MATTERS)]
    return " ".join(parts) if len(set(parts)) == len(parts) else phrase(draw, words)


def person(draw: random.Random, words: Vocabulary) -> str:
    """A first and a last name."""
    first, last = draw.choice(words.firsts), draw.choice(words.lasts)
    return f"{first} {last}" if first != last else person(draw, words)


def place(draw: random.Random, words: Vocabulary) -> str:
    """A town whose name is not also a word in daily use."""
    town = draw.choice(words.towns)
    daily = all(words.frequency[part.lower()] > 400 for part in town.split())
    return place(draw, words) if daily else town


def organization(draw: random.Random, words: Vocabulary) -> str:
    """A body of three words."""
    return " ".join((draw.choice(PLACES_OF_BODIES), draw.choice(FIELDS_OF_BODIES), draw.choice(KINDS_OF_BODIES)))
