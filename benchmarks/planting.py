"""Mentions of topics, and what merely looks like one, put into articles by a seed."""

import random
import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from benchmarks.ways import CARRIERS, FALSE_WAYS, KEYS, WAYS, sound, stem
from benchmarks.workload import Vocabulary, typo_budget
from monitor.matching.lexicon import COMMON, COMMON_FIRST, COMMON_LAST, Lexicon
from monitor.records import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A span of a text that is a mention of a topic, or looks like one (`variant` begins with `not`)."""

    topic: int
    variant: str
    start: int
    end: int

    @property
    def positive(self) -> bool:
        return not self.variant.startswith("not ")


def kind_of(topic: Topic) -> str:
    """Which of the four kinds a topic is."""
    return next(kind for kind in ("phrases", "person", "place", "organization") if getattr(topic, kind))


class Planter:
    """Writes mentions and look-alikes of topics by a seed."""

    def __init__(self, topics: list[Topic], words: Vocabulary, lexicon: Lexicon, seed: int = 1) -> None:
        self.draw, self.topics, self.words, self.lexicon = random.Random(f"planter {seed}"), topics, words, lexicon
        self.names = {topic.name.lower() for topic in topics}
        self.spoken = sorted(w for w, n in words.frequency.items() if n >= 20 and len(w) >= 4)
        self.near = cache(self._near)

    def plant(self, text: str, sentence: str, mention: str) -> tuple[str, int]:
        """The text with the sentence between two of its own, and where the mention begins."""
        gaps = [m.end() for m in re.finditer(r"[a-z]{3}[.!?]”?\s+(?=[A-Z“])", text)] or [len(text)]
        at = self.draw.choice(gaps)
        lead = "" if at == 0 or text[at - 1].isspace() else "\n"
        return text[:at] + lead + sentence + " " + text[at:], at + len(lead) + sentence.index(mention)

    def carried(self, topic: Topic, mention: str, variant: str) -> str:
        kind = "possessive" if variant == "possessive" else kind_of(topic)
        return self.draw.choice(CARRIERS[kind]).format(mention)

    def mention(self, topic: Topic, slip: str = "") -> tuple[str, str] | None:
        """(a way to write the topic's name, what kind of way), or None where that way does not suit the name."""
        ways = WAYS[kind_of(topic)]
        weights = [weight if slip == "" else way == slip for way, weight, _ in ways]
        variant, _, write = self.draw.choices(ways, weights)[0] if any(weights) else ways[0]
        written = write(self, topic.name)
        return (written, variant) if written and slip in ("", variant) else None

    def lookalike(self, topic: Topic) -> tuple[str, str] | None:
        """(a text that is not about the topic, why), or None."""
        ways = FALSE_WAYS[kind_of(topic)]
        variant, write = self.draw.choice(ways)
        written = write(self, topic.name)
        return (written, f"not {variant}") if written and written.lower() not in self.names else None

    def _near(self, word: str) -> tuple[str, ...]:
        """Words in use that are a typo's distance from this one and no form of it."""
        most = typo_budget(word.lower())
        if not most:
            return ()
        found = process.extract(word.lower(), self.spoken, scorer=OSA.distance, score_cutoff=most, limit=20)
        slips = self.words.slips.get(word.lower(), ())
        mine = {word.lower(), *self.lexicon.nicknames(word.lower()), *slips}
        return tuple(
            o for o, _, _ in found if o not in mine and stem(o) != stem(word.lower()) and sound(o) != sound(word)
        )

    def typo(self, word: str) -> str | None:
        """The word as a hurried hand types it: a key beside, a letter missing, doubled, or two swapped."""
        budget = typo_budget(word)
        if not budget:
            return None
        slip = word
        for _ in range(2 if budget == 2 and self.draw.random() < 0.25 else 1):
            slip = self.edited(slip)
        near = OSA.distance(slip.lower(), word.lower()) <= budget
        return slip if slip != word and near and not self.in_use(slip.lower()) else None

    def edited(self, word: str) -> str:
        at = self.draw.randrange(1, len(word))
        match self.draw.choice(("key", "swap", "miss", "double")):
            case "key":
                return word[:at] + KEYS.get(word[at].lower(), "e") + word[at + 1 :]
            case "swap" if at + 1 < len(word):
                return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            case "double":
                return word[:at] + word[at] + word[at:]
            case _:
                return word[:at] + word[at + 1 :]

    def in_use(self, word: str) -> bool:
        """Whether a reader would take the slip for a word or a name of its own."""
        return self.words.frequency[word] >= 20 or bool(
            self.lexicon.flags(word) & (COMMON | COMMON_FIRST | COMMON_LAST)
        )

    def planted(self, body: str, mention: bool) -> tuple[str, Planted]:
        """A text with a mention or a look-alike of some topic in it."""
        slip = self.draw.choices(("listed typo", "made typo", ""), (14, 14, 72))[0] if mention else ""
        for attempt in range(10_000):
            number = self.draw.randrange(len(self.topics))
            topic = self.topics[number]
            made = self.mention(topic, slip if attempt < 300 else "") if mention else self.lookalike(topic)
            if made:
                text, at = self.plant(body, self.carried(topic, *made), made[0])
                return text, Planted(topic=number, variant=made[1], start=at, end=at + len(made[0]))
        raise ValueError("no topic can be planted")
