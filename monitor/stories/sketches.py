"""A sketch of an article: the words that tell its story from others, and how much each is worth."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import justext

TERMS = 40
"""Words of an article that are kept."""
_HEAD = 600
"""Characters of a text in which a reader is told what it is about."""
_LONGEST = 20_000
"""Characters of a text that are read."""
_TITLE_WORTH, _HEAD_WORTH, _NAME_WORTH = 1.0, 1.5, 1.5
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


class Term(NamedTuple):
    """A word of a sketch."""

    text: str
    weight: float
    """How much the article makes of it: by how often and where it stands."""
    name: bool
    """Whether it is a name or a number."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The words that tell an article's story, the weightiest first."""

    terms: tuple[Term, ...]

    def weights(self) -> Mapping[str, float]:
        """Word → weight."""
        return {term.text: term.weight for term in self.terms}


def sketch(title: str, body: str, language: str = "") -> Sketch:
    """What an article is about, by its own words. `language` is a code (en); without one, English is taken.

    Words that everyone uses are left out. A name is a word that the text never writes in lower case; it weighs half as
    much again.
    """
    body = body[:_LONGEST]
    common = _common(language[:2].lower() or "en")
    weights: dict[str, float] = {}
    lower: set[str] = set()
    upper: set[str] = set()
    for start, word in _words(body):
        folded = word.casefold()
        if folded in common or folded in _NEWS or (len(folded) < 2 and not folded.isdigit()):
            continue
        weights[folded] = weights.get(folded, 0.0) + (_HEAD_WORTH if start < _HEAD else 1.0)
        (lower if word[0].islower() else upper).add(folded)
    heading = {
        folded for _, word in _words(title)
        if (folded := word.casefold()) not in common and folded not in _NEWS and len(folded) > 1
    }  # fmt: skip
    names = upper - lower
    terms = [_term(text, weights.get(text, 0.0), text in names, text in heading) for text in weights.keys() | heading]
    terms.sort(key=lambda term: (-term.weight * prior(term), term.text))
    return Sketch(tuple(terms[:TERMS]))


def _term(text: str, times: float, name: bool, title: bool) -> Term:
    """Weighed by the square root, as the tenth mention of a name tells less than the first."""
    weight = (math.sqrt(times) + (_TITLE_WORTH if title else 0.0)) * (_NAME_WORTH if name else 1.0)
    return Term(text=text, weight=round(weight, 2), name=name)


def prior(term: Term) -> float:
    """How much a word tells before anything is known of how many articles have it: the inverse frequency to expect."""
    return -math.log(RARE if term.name else USUAL)


RARE, USUAL = 0.003, 0.03
"""Share of articles that hold a name, and another word, where no count is known yet."""


def _words(text: str) -> list[tuple[int, str]]:
    found = [(m.start(), _POSSESSIVE.sub("", m.group())) for m in _TOKEN.finditer(text)]
    if not _WIDE.search(text):
        return [(start, word) for start, word in found if word]
    spaced = [(start, word) for start, word in found if word and not _WIDE.search(word)]
    for run in _WIDE.finditer(text):
        pieces = run.group()
        spaced += [(run.start() + at, pieces[at : at + 2]) for at in range(len(pieces) - 1)]
    return spaced


@lru_cache(maxsize=8)
def _common(language: str) -> frozenset[str]:
    name = _LANGUAGES.get(language)
    return frozenset(justext.get_stoplist(name)) if name else frozenset()
