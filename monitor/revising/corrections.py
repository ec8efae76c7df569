"""Correction notes: whether a text holds a newsroom's word that a story was wrong, in the languages of labels.txt."""

import re
from importlib.resources import files

from monitor.revising.words import sentences

LONGEST = 300
"""Characters of a note that are kept."""

_HEAD = 4_000
"""Characters of a line that are looked at."""


def note(text: str) -> str:
    """The first correction note in `text`, on one line: the line that a label heads (with the line after it, where
    the label is alone), or the sentence that speaks of a correction. Empty where there is none."""
    label = ""
    for line in (line[:_HEAD] for line in text.splitlines() if line.strip()):
        if label:
            return f"{label} {_plain(line)}"[:LONGEST]
        if _ALONE.match(_plain(line)):
            label = _plain(line)
        elif _LABEL.match(_plain(line)):
            return _plain(line)[:LONGEST]
        else:
            for sentence in map(_plain, sentences(line)):
                if _OPENING.match(sentence) or _LABEL.match(sentence):
                    return sentence[:LONGEST]
    return label[:LONGEST]


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("’", "'")


def _load() -> dict[str, str]:
    """The sections of labels.txt, each as the alternatives of one expression."""
    sections: dict[str, list[str]] = {}
    for line in files("monitor.revising").joinpath("labels.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            sections[line[1:-1]] = []
        elif line and not line.startswith("#"):
            sections[next(reversed(sections))].append(f"(?:{line})")
    return {name: "|".join(lines) for name, lines in sections.items()}


_RULES = _load()
_DATE = r"(?:\s?\([^()]{1,40}\)|,?\s[^:\uff1a!?–—]{0,30}\d[^:\uff1a!?–—]{0,25})?"
"""When it was made may stand between a label and its colon."""
_LABEL = re.compile(rf"[\W_]*(?:{_RULES['labels']}){_DATE}(?:\s?[:\uff1a–—】\])]|\s-\s)", re.IGNORECASE)
_ALONE = re.compile(rf"[\W_]*(?:{_RULES['labels']}){_DATE}[\W_]*$", re.IGNORECASE)
_OPENING = re.compile(rf"[\W_]*(?:{_RULES['openings']})", re.IGNORECASE)
