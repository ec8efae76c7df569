"""A sketch of an article: the words that tell its story from others, and how much each is worth."""

import heapq
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

TERMS = 40
"""Words of an article that are kept."""
_HEAD = 600
"""Characters of a text in which a reader is told what it is about."""
_LONGEST = 20_000
"""Characters of a text that are read."""
_TITLE_WORTH, _HEAD_WORTH, _NAME_WORTH = 1.0, 0.5, 1.5
"""What is added for a word of the title, for a word of the head, and by what a name weighs more."""
_TOKEN = re.compile(r"\d[\d.,:]*\d|\d|[^\W\d_](?:[\w'’-]*[^\W_])?")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_LANGUAGES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch",
    "no": "Norwegian_Bokmal", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
}  # fmt: skip
_NEWS = frozenset(
    re.findall(
        r"\w+",
        """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
        september october november december mr mrs ms dr said says say told according news report reported reports
        reporter reuters associated press ap afp image images getty photo video click read more story also""",
    )
)
"""What stands in every outlet's stories."""


RARE, USUAL = 0.003, 0.03
"""Share of articles that hold a name, and another word, where no count is known yet."""
_RARE, _USUAL = math.log(RARE), math.log(USUAL)


class Term(NamedTuple):
    """A word of a sketch."""

    text: str
    """Without case."""
    weight: float
    """How much the article makes of it: by how often and where it stands."""
    name: str
    """As it is written, where it is a name or a number."""

    @property
    def expected(self) -> float:
        """The share of articles that may be expected to hold it."""
        return RARE if self.name else USUAL


@dataclass(frozen=True, slots=True)
class Sketch:
    """The words that tell an article's story, the weightiest first."""

    terms: tuple[Term, ...]


def sketch(title: str, body: str, language: str = "") -> Sketch:
    """What an article is about, by its own words. `language` is a code (en); without one, English is taken.

    Words that everyone uses are left out. A name is a word that the text never writes in lower case; it weighs half as
    much again.
    """
    common = _common(language[:2].lower() or "en") | _NEWS
    weights: dict[str, float] = {}
    lower: set[str] = set()
    names: dict[str, str] = {}
    head = _words(body[:_HEAD])
    for word, times in _words(body[:_LONGEST]).items():
        folded = word.casefold()
        if folded in common or (len(folded) < 2 and not folded.isdigit()):
            continue
        weights[folded] = weights.get(folded, 0.0) + times + head.get(word, 0) * _HEAD_WORTH
        if word[0].isupper() or word[0].isdigit():
            names.setdefault(folded, word)
        else:
            lower.add(folded)
    heading = {word.casefold() for word in _words(title) if len(word) > 1} - common
    weighed = []
    for text in weights.keys() | heading:
        name = "" if text in lower else names.get(text, "")
        weight = _weight(weights.get(text, 0.0), text in heading, bool(name))
        weighed.append((weight * (_RARE if name else _USUAL), text, weight, name))
    return Sketch(tuple(Term(*term[1:]) for term in heapq.nsmallest(TERMS, weighed)))


@lru_cache(maxsize=4096)  # most words stand in a text once or twice
def _weight(times: float, title: bool, name: bool) -> float:
    """By the square root, as the tenth mention of a name tells less than the first."""
    weight = (math.sqrt(times) + (_TITLE_WORTH if title else 0.0)) * (_NAME_WORTH if name else 1.0)
    return round(weight, 2)


def _words(text: str) -> Counter[str]:
    """How often each word stands in a text; of scripts without spaces, each pair of letters."""
    tokens, wide = _TOKEN.findall(text), _WIDE.findall(text)
    if "'" in text or "’" in text:
        tokens = [_POSSESSIVE.sub("", token) if "'" in token or "’" in token else token for token in tokens]
    if wide:
        tokens = [token for token in tokens if not _WIDE.search(token)]
    found = Counter(tokens)
    for run in wide:
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return found


@lru_cache(maxsize=64)
def _common(language: str) -> frozenset[str]:
    import justext  # loads lxml, which a run without news does without

    name = _LANGUAGES.get(language)
    return frozenset(justext.get_stoplist(name)) if name else frozenset()
