"""A revision as a person reads it: what was taken out in [-brackets-], what came in in {+braces+}, in colour on a
terminal."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

import click

from alerts.wording import clean

_MOST = 3_000
"""Words of a change that are compared one by one; a longer one is shown as taken out and put in."""


def told(row: Mapping[str, Any], *, colour: bool) -> Iterator[str]:
    """The lines of one row of `export revisions`."""
    yield _styled(f"{clean(row['source'])} · {clean(row['title'])}", colour, bold=True)
    yield clean(row["url"])
    yield f"Revision {row['number']}, {row['seen']:%Y-%m-%d %H:%M} UTC: {_what(row)}"
    if row["title_before"] != row["title"]:
        yield f"  Headline: {_marked(row['title_before'], row['title'], colour)}"
    for change in row["diff"]:
        yield f"  {_marked(change['old'], change['new'], colour)}"
    yield ""


def _what(row: Mapping[str, Any]) -> str:
    parts = [row["kind"] if row["returns_to"] is None else f"the text of revision {row['returns_to']} again"]
    parts += [f"“{clean(row['note'])}”"] if row["note"] else []
    parts += [f"new: {', '.join(map(clean, row['new_topics']))}"] if row["new_topics"] else []
    parts += [f"gone: {', '.join(map(clean, row['gone_topics']))}"] if row["gone_topics"] else []
    return "; ".join(parts)


def _marked(before: str, after: str, colour: bool) -> str:
    old, new = clean(before).split(), clean(after).split()
    if len(old) > _MOST or len(new) > _MOST:
        codes = [("replace", 0, len(old), 0, len(new))]
    else:
        codes = list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    pieces = []
    for tag, i1, i2, j1, j2 in codes:
        if tag == "equal":
            pieces.append(" ".join(old[i1:i2]))
            continue
        if i1 < i2:
            pieces.append(_styled(f"[-{' '.join(old[i1:i2])}-]", colour, fg="red"))
        if j1 < j2:
            pieces.append(_styled(f"{{+{' '.join(new[j1:j2])}+}}", colour, fg="green"))
    return " ".join(pieces)


def _styled(text: str, colour: bool, **style: Any) -> str:
    return click.style(text, **style) if colour else text
