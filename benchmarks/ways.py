"""The ways in which writers put a name, and those in which something else comes near it, with carrier sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from benchmarks.workload import FIELDS_OF_BODIES, KINDS_OF_BODIES, PLACES_OF_BODIES, typo_budget

if TYPE_CHECKING:
    from benchmarks.planting import Planter

CARRIERS = {
    "phrases": (
        "Residents asked about the {} at a meeting that ran past midnight.",
        "“We have heard enough about the {},” she told reporters on the courthouse steps.",
        "Nobody at the hearing could say what the {} would cost.",
        "The newsletter devotes two pages to the {} and its history.",
        "After a long silence he turned to the {}, which few had expected.",
        "Critics of the {} gathered outside before dawn.",
    ),
    "person": (
        "The report was first read aloud by {} on Thursday.",
        "“I was told nothing,” said {}, who had waited in the hall.",
        "Among those who spoke was {}, a late addition to the list.",
        "A letter from {} reached the newsroom last week.",
        "Neighbors remember {} as a patient listener.",
        "In an interview, {} declined to name a date.",
    ),
    "place": (
        "The family moved to {} when the mill closed.",
        "Crews drove to {} before the storm arrived.",
        "Officials in {} would not comment on the figures.",
        "The bus stops in {} twice a day.",
        "Most of the signatures came from {}, the organizers said.",
    ),
    "organization": (
        "A spokeswoman for the {} said the figures were still being checked.",
        "The {} meets again in two weeks.",
        "Both reports were paid for by the {}, records show.",
        "He left the {} after nine years.",
        "Lawyers for the {} did not return calls.",
    ),
    "possessive": (
        "The paper printed {} reply in full.",
        "Nothing in {} history had prepared anyone for this.",
        "What changed was {} tone.",
    ),
}
KEYS = {a: b for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for a, b in zip(row, row[1:] + row[-2], strict=True)}
INSERTED = ("and related", "or similar", "and other", "and wider", "proposed", "so-called")
TITLES = ("Mayor", "Police Chief", "Councilwoman", "Dr.", "Rep.", "Attorney", "Coach")
TAILS = ("Park", "Elementary School", "Bridge", "Memorial Library", "Avenue")
FORTS = ("Fort {}", "Port {}", "{}-on-Tees", "John {}")
UNLIKE = ("banana", "weather", "cathedral", "orchestra", "trombone")


Writer = Callable[["Planter", str], "str | None"]


def stem(word: str) -> str:
    """What the forms of a word share, roughly: director, directors, directing, direction."""
    one = re.sub(r"ies$", "y", word) if word.endswith("ies") else re.sub(r"(?<=[^s])s$", "", word)
    return re.sub(r"(e|ed|ing|er|or|al|ion|ation|ment)$", "", one)


def sound(name: str) -> str:
    """What two spellings of one name share (Eric and Erik, Jon and John), roughly."""
    said = re.sub(r"(?<!^)h|e$", "", name.lower().replace("ph", "f").replace("ck", "k"))
    return re.sub(r"(.)\1+", r"\1", said.translate(str.maketrans("cyz", "kis")))


def one_word(p: Planter, name: str, change: Callable[[str], str | None], fewest: int = 5) -> str | None:
    """The name with one of its words changed."""
    parts = name.split()
    at = p.draw.randrange(len(parts))
    changed = change(parts[at]) if len(parts[at]) >= fewest else None
    return " ".join((*parts[:at], changed, *parts[at + 1 :])) if changed else None


def listed(p: Planter, word: str) -> str | None:
    slips = [slip for slip in p.words.slips.get(word.lower(), ()) if not p.in_use(slip)]
    if not slips:
        return None
    slip = p.draw.choice(slips)
    return slip.capitalize() if word.istitle() else slip


def beside(p: Planter, word: str) -> str | None:
    near = p.near(word)
    return None if not near else p.draw.choice(near).capitalize() if word.istitle() else p.draw.choice(near)


def unshipped(p: Planter, word: str) -> str | None:
    most = typo_budget(word.lower())
    if not most:
        return None
    near = process.extract(word, p.words.unshipped, scorer=OSA.distance, score_cutoff=most, limit=5)
    return p.draw.choice([other for other, _, _ in near]) if near else None


def plural(p: Planter, name: str) -> str:
    return re.sub(r"(?<=[^aeiou])y$", "ie", name) + ("es" if re.search(r"(s|x|ch|sh)$", name) else "s")


def gapped(p: Planter, name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{first} {p.draw.choice(INSERTED)} {rest}"


def special(p: Planter, name: str) -> str:
    at = p.draw.randrange(2, max(3, len(name) - 1))
    return p.draw.choice(
        (
            name.replace(" ", "\n", 1),
            name.replace(" ", "\u00a0"),
            name[:at] + "\u00ad" + name[at:],
            name[:at] + "\u200b" + name[at:],
            "#" + "".join(word.capitalize() for word in name.split()),
            f"“{name}”",
        )
    )


def nickname(p: Planter, name: str) -> str | None:
    first, _, last = name.partition(" ")
    short = sorted(p.lexicon.nicknames(first.lower()))
    return f"{p.draw.choice(short).capitalize()} {last}" if short else None


def inverted(p: Planter, name: str) -> str:
    first, _, last = name.partition(" ")
    return f"{last}, {first}"


def middle(p: Planter, name: str) -> str:
    return name.replace(" ", f" {p.draw.choice('ABCDEFGHJKLMNPRSTW')}. ", 1)


def swapped_first(p: Planter, name: str) -> str | None:
    first, _, last = name.partition(" ")
    other = p.draw.choice(p.words.firsts)
    same = other.lower() in p.lexicon.nicknames(first.lower()) or sound(other) == sound(first)
    return None if same or other[0] == first[0] else f"{other} {last}"


def half(p: Planter, name: str) -> str:
    parts = name.split()
    parts[p.draw.randrange(len(parts))] = p.draw.choice(UNLIKE)
    return " ".join(parts)


def apart(p: Planter, name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{first} that nobody had asked for when the year began. Later they spoke of the {rest}"


def other_body(p: Planter, name: str) -> str:
    parts = name.split()
    at = p.draw.randrange(3)
    parts[at] = p.draw.choice((PLACES_OF_BODIES, FIELDS_OF_BODIES, KINDS_OF_BODIES)[at])
    return " ".join(parts)


def exact(p: Planter, name: str) -> str:
    return name


SLIPS: tuple[tuple[str, int, Writer], ...] = (
    ("listed typo", 0, lambda p, name: one_word(p, name, lambda word: listed(p, word))),
    ("made typo", 0, lambda p, name: one_word(p, name, p.typo)),
)
WAYS: dict[str, tuple[tuple[str, int, Writer], ...]] = {
    "phrases": (
        ("exact", 25, exact),
        ("case", 12, lambda p, name: p.draw.choice((name.upper(), name.title(), name.capitalize()))),
        ("word form", 12, plural),
        ("hyphen", 7, lambda p, name: name.replace(" ", "-", 1)),
        ("gap", 8, gapped),
        ("special", 8, special),
        *SLIPS,
    ),
    "person": (
        ("exact", 28, exact),
        ("possessive", 8, lambda p, name: f"{name}’s"),
        ("title", 8, lambda p, name: f"{p.draw.choice(TITLES)} {name}"),
        ("middle", 10, middle),
        ("inverted", 4, inverted),
        ("upper", 4, lambda p, name: name.upper()),
        ("nickname", 6, nickname),
        ("special", 4, lambda p, name: name.replace(" ", p.draw.choice("\u00a0\n"))),
        *SLIPS,
    ),
    "place": (
        ("exact", 50, exact),
        ("upper", 6, lambda p, name: name.upper()),
        ("possessive", 8, lambda p, name: f"{name}’s"),
        ("made typo", 0, lambda p, name: one_word(p, name, p.typo, fewest=7)),
        ("listed typo", 0, lambda p, name: one_word(p, name, lambda word: listed(p, word), fewest=7)),
    ),
    "organization": (
        ("exact", 45, exact),
        ("upper", 5, lambda p, name: name.upper()),
        ("possessive", 8, lambda p, name: f"{name}’s"),
        ("special", 8, special),
        *SLIPS,
    ),
}
FALSE_WAYS: dict[str, tuple[tuple[str, Writer], ...]] = {
    "phrases": (
        ("a real word", lambda p, name: one_word(p, name, lambda word: beside(p, word))),
        ("a real word", lambda p, name: one_word(p, name, lambda word: beside(p, word))),
        ("half of it", half),
        ("far apart", apart),
    ),
    "person": (
        ("a real name", lambda p, name: one_word(p, name, lambda word: beside(p, word))),
        ("another first name", swapped_first),
        ("an unshipped name", lambda p, name: one_word(p, name, lambda word: unshipped(p, word))),
        ("in a longer name", lambda p, name: f"{name} {p.draw.choice(TAILS)}"),
    ),
    "place": (
        ("a real name", lambda p, name: one_word(p, name, lambda word: beside(p, word))),
        ("in a longer name", lambda p, name: p.draw.choice(FORTS).format(name)),
        ("an unshipped name", lambda p, name: one_word(p, name, lambda word: unshipped(p, word))),
    ),
    "organization": (
        ("another body", other_body),
        ("another body", other_body),
        ("a real word", lambda p, name: one_word(p, name, lambda word: beside(p, word))),
    ),
}
