"""Surnames carried over from Arabic and Slavic scripts, which each paper spells by ear: Qaddafi for Gaddafi."""

import re
from collections.abc import Callable
from operator import itemgetter
from typing import Literal

from monitor.matching.sound import is_arabic

Script = Literal["arabic", "slavic"]

SHORTEST = 4
"""Letters of a key; shorter ones are those of too many names."""

_PARTICLES = frozenset({"al", "el", "bin", "ibn", "ben", "abu", "abd"})
_SLAVIC = (
    "ski", "sky", "skiy", "skyy", "skii", "skij", "ov", "off", "ev", "eff", "enko", "vich", "vitch", "vic", "vicz",
    "vitz", "wicz", "chuk", "czuk", "yuk",
)  # fmt: skip
"""How surnames end that come from Cyrillic …"""
_BY_EAR = (*_SLAVIC, "skj", "ow", "ew", "enco", "vits")
"""… and how these are spelled by ear."""
_STEPS = {
    "arabic": (
        ("kh", "k"), ("dh", "d"), ("gh", "k"), ("q", "k"), ("g", "k"), ("ou", "u"), ("oo", "u"), ("o", "u"),
        ("ai", "i"), ("ay", "i"), ("ei", "i"), ("ey", "i"), ("ee", "i"), ("e", "i"), ("y", "i"),
    ),
    "slavic": (
        ("w", "v"), ("y", "i"), ("j", "i"), ("ie", "e"), ("off", "ov"), ("eff", "ev"), ("tch", "ch"), ("cz", "ch"),
        ("sch", "sh"), ("sz", "sh"), ("tz", "ts"), ("kh", "h"), ("ii", "i"),
    ),
}  # fmt: skip
_twice = re.compile(r"(.)\1").sub
_once: Callable[[re.Match[str]], str] = itemgetter(1)


def script(first: str, last: tuple[str, ...]) -> Script | None:
    """Which script a person's folded name seems to come from: told by first names and particles, or by the ending."""
    if is_arabic(first) or not _PARTICLES.isdisjoint(last[:-1]):
        return "arabic"
    return "slavic" if last[-1].endswith(_SLAVIC) else None


def heard(surname: str, of: Script) -> str:
    """A key that the spellings of one folded surname share; empty where it would be shorter than `SHORTEST`, or where
    no surname of that origin ends so."""
    if of == "slavic" and not surname.endswith(_BY_EAR):
        return ""
    for spelled, plain in _STEPS[of]:
        if spelled in surname:
            surname = surname.replace(spelled, plain)
    surname = _twice(_once, surname)
    if of == "slavic" and surname.endswith(("vic", "vits")):
        surname = surname[: surname.rindex("vi")] + "vich"
    elif of == "arabic":
        surname = surname.removesuffix("h")
    return surname if len(surname) >= SHORTEST else ""
