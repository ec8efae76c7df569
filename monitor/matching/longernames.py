"""Whether a person's name in a text is but a part of a longer one: Eric Jones Park, bin Eric Jones."""

from monitor.matching.lexicon import Lexicon
from monitor.matching.reading import Reading, Token, is_initial
from monitor.matching.wordlists import CALENDAR, LEGAL_FORMS, PLACES_NAMED_AFTER, SUFFIXES
from monitor.matching.words import LOWER, TITLE, UPPER

_SON_OF = frozenset({"bin", "ibn", "ben", "bint"})
"""What stands between a name and the father's: what follows it is not the beginning of a name."""
_CARRIERS = PLACES_NAMED_AFTER | LEGAL_FORMS
_PARTNERS = frozenset({"sons", "daughters", "brothers", "company", "co", "partners", "associates"})
"""What, behind a person's name and `and`, makes it that of a firm."""


def longer_name(
    lexicon: Lexicon, reading: Reading, tokens: list[Token], start: int, end: int, leads: bool = False
) -> str:
    """Why the name from a place to another is but a part of a longer one, or nothing.

    Another first name may stand before a surname that `leads`: Annie Wong Ka-yan.
    """
    begun = "" if leads else _begun_before(lexicon, reading, tokens, start, end)
    return begun or _going_on(lexicon, reading, tokens, start, end)


def _begun_before(lexicon: Lexicon, reading: Reading, tokens: list[Token], start: int, end: int) -> str:
    before = tokens[start - 1] if start else None
    if before is None:
        return ""
    longer = f"a part of a longer name, {reading.written(before, tokens[end])}"
    if before.folded in _SON_OF and reading.close(before, tokens[start]):
        return longer
    if not before.capital or not reading.of_one_name(before, tokens[start]):
        return ""
    gap = reading.between(before, tokens[start])
    if "-" in gap and " " not in gap:
        return "a part of a longer name"
    if is_initial(before) and is_initial(tokens[start]):
        return longer
    named = lexicon.is_common_first_name(before.folded) and not lexicon.is_common(before.folded)
    return longer if named and gap == " " else ""


def _going_on(lexicon: Lexicon, reading: Reading, tokens: list[Token], start: int, end: int) -> str:
    if end + 1 == len(tokens):
        return ""
    after, behind = tokens[end + 1], tokens[end + 2 : end + 3]
    if reading.possessive(tokens[end]) or not reading.of_one_name(tokens[end], after):
        return ""
    if after.folded == "and" and behind and behind[0].capital and behind[0].folded in _PARTNERS:
        return f"a part of a longer name, {reading.written(tokens[start], behind[0])}"
    if not after.capital:
        return ""
    if after.folded in SUFFIXES:
        return _named_after(reading, tokens, start, end + 2)
    gap = reading.between(tokens[end], after)
    joined = "-" in gap and " " not in gap
    if joined or after.folded in _CARRIERS or _is_surname(lexicon, reading, tokens, end + 1):
        return f"a part of a longer name, {reading.written(tokens[start], after)}"
    return ""


def _named_after(reading: Reading, tokens: list[Token], start: int, at: int) -> str:
    """The same of what stands behind the suffix of a name: Martin Luther King Jr. Boulevard."""
    after = tokens[at] if at < len(tokens) else None
    if after is None or not after.capital or not reading.of_one_name(tokens[at - 1], after):
        return ""
    carries = after.folded in _CARRIERS and not reading.possessive(tokens[at - 1])
    return f"a part of a longer name, {reading.written(tokens[start], after)}" if carries else ""


def _is_surname(lexicon: Lexicon, reading: Reading, tokens: list[Token], at: int) -> bool:
    """Whether a word with a capital is another surname: a surname and no common word, and no first name that opens the
    next line; or one borne by many, or unknown, and followed by running text."""
    word = tokens[at]
    if word.folded in CALENDAR:
        return False
    if lexicon.is_last_name(word.folded) and not lexicon.is_common(word.folded):
        return "\n" not in reading.between(tokens[at - 1], word) or not lexicon.is_first_name(word.folded)
    bearers = lexicon.is_common_last_name(word.folded) or word.folded not in lexicon
    if not bearers or not (word.shape == TITLE or word.shape == tokens[at - 1].shape == UPPER):
        return False
    end = at
    while word.shape == UPPER and end + 1 < len(tokens) and tokens[end + 1].shape == UPPER:
        end += 1
    after = tokens[end + 1] if end + 1 < len(tokens) else None
    return after is not None and after.shape == LOWER and reading.close(tokens[end], after)
