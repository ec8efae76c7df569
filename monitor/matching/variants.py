"""Which other words stand for a sought word though none of them is a typo: its forms, nicknames and abbreviations."""

from collections.abc import Iterable

from monitor.matching.kinds import BODY, FIRST, FORMS, INITIALS, INNER, JOINT, JOINTS, KNOWN_FIRST, NAME, PLACE, WORD
from monitor.matching.lexicon import Lexicon
from monitor.matching.scoring import AS_FORM, AS_NICKNAME, AS_WRITTEN
from monitor.matching.wordforms import forms, plurals, spellings

_ABBREVIATED = {"saint": "st", "st": "saint", "fort": "ft", "ft": "fort", "mount": "mt", "mt": "mount"}
_PARTICLES_ALIKE = (frozenset({"al", "el"}), frozenset({"bin", "ibn", "ben"}))
"""The article and the son in Arabic names, as they are written here or there."""
_ARTICLE = "ال"
"""Of Arabic, written onto its noun."""
_SHORT_BODIES = {"department": "dept", "university": "univ", "association": "assn", "government": "govt"}
_SHORT_BODIES |= {short: full for full, short in _SHORT_BODIES.items()}


def variants(word: str, kind: int, lexicon: Lexicon) -> Iterable[tuple[str, int]]:
    """Words that stand for a folded one of a kind, and how: places in `scoring.HOWS`."""
    if kind in (FORMS, WORD):
        bare = (word[2:],) if word.startswith(_ARTICLE) and len(word) >= 5 else ()
        return ((form, AS_FORM) for form in (*forms(word, lexicon.is_english), *bare))
    if kind in (KNOWN_FIRST, FIRST):
        return ((name, AS_NICKNAME) for name in lexicon.nicknames(word))
    if kind in (BODY, INNER):
        short = [table[word] for table in (_SHORT_BODIES, _ABBREVIATED) if word in table]
        same = [(other, AS_WRITTEN) for other in (*spellings(word, lexicon.is_english), *short)]
        number = plurals(word, lexicon.is_english) if kind == INNER else ()
        return [*same, *((other, AS_FORM) for other in number)]
    if kind == JOINT:
        return ((other, AS_FORM) for other in JOINTS - {word})
    if kind in (NAME, PLACE) and word in _ABBREVIATED:
        return ((_ABBREVIATED[word], AS_WRITTEN),)
    if kind == INITIALS:
        return ((word[0], AS_WRITTEN),)
    if kind == NAME:
        return ((other, AS_WRITTEN) for alike in _PARTICLES_ALIKE if word in alike for other in alike - {word})
    return ()
