"""Words that a hyphen parts at the end of a line, as texts set in columns have them: sanctu-⏎ary."""

import re

from monitor.matching.folding import fold
from monitor.matching.lexicon import Lexicon
from monitor.matching.vocabulary import Vocabulary
from monitor.matching.words import LONGEST

_LETTER = r"[^\W\d_]"
_ends = re.compile("-\n").search
"""Finds the common one; much faster than `in` does."""
_ENDED = re.compile(rf"[-\u2010\xad]\n(?=({_LETTER}{{1,{LONGEST}}}))")
_BEFORE = re.compile(rf"{_LETTER}+\Z")
_UNSEEN = "\xad\u2060"
"""What stands for the hyphen and the line end of one word: a soft hyphen and a word joiner."""


def rejoin(text: str, vocabulary: Vocabulary) -> str:
    """The text, character for character, with unseen signs where only the line's end parts a word."""
    if _ends(text) or ("\xad" in text and "\xad\n" in text) or ("\u2010" in text and "\u2010\n" in text):
        return _ENDED.sub(lambda end: _UNSEEN if _is_one(end, vocabulary) else end[0], text)
    return text


def _is_one(end: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether both sides are one word: one that is known, or is sought while no side is."""
    before = _BEFORE.search(end.string, max(0, end.start() - LONGEST), end.start())
    if before is None or not end[1][0].islower():
        return False
    first, second = fold(before[0]), fold(end[1])
    whole, left, right = map(vocabulary.find, (first + second, first, second))
    if end[0][0] == "\xad" or _is_known(first, second, vocabulary.lexicon):
        return bool(whole) or not (left and right)
    return bool(whole) and not (left or right)


def _is_known(first: str, second: str, lexicon: Lexicon) -> bool:
    """Whether two sides are a word of English, or a name that is not made of two such words."""
    if lexicon.is_english(first + second):
        return True
    return first + second in lexicon and not (lexicon.is_english(first) and lexicon.is_english(second))
