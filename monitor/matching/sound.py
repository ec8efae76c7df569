"""First names that sound alike though they are spelled apart: Erik and Eric, Sara and Sarah, but not Erica or Erin."""

import re

_STEPS = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"^geof", "jef"),
        (r"^m[aeou]h?[aeou]m+[aeou][dt]h?$", "mohamed"),
        (r"^steph([ae])n$", r"stev\1n"),
        (r"chr", "kr"),
        (r"ph", "f"),
        (r"ck|q(?!u)|c(?![eihy])", "k"),
        (r"(?<=[aeioulnrt])h(?![aeiou])|(?<=[aeiou])h(?=n)|(?<=r)h", ""),
        (r"ie$|ey$|ee$", "i"),
        (r"y", "i"),
        (r"z", "s"),
        (r"(.)\1+", r"\1"),
    )
)


def sound(name: str) -> str:
    """A key that folded spellings of one first name share; final vowels tell names apart and are kept."""
    for pattern, letters in _STEPS:
        name = pattern.sub(letters, name)
    return name
