"""The dates of a feed's entries as they are written."""

import re
from collections.abc import Iterator

from monitor.leads.markup import Markup

DATE = re.compile(
    r"(<(?:[\w.-]+:)?(pubDate|published|issued|date|created|updated|modified)\b[^<>]*>)"
    r"\s*(?:<!\[CDATA\[)?([^<>\]]{0,200})(?:\]\]>)?\s*(</(?:[\w.-]+:)?\2\s*>)",
    re.IGNORECASE,
)
_CHANGES = {"updated", "modified"}


def dates(markup: Markup) -> Iterator[dict[str, str]]:
    """For each entry its first `published` and first `updated` date, where it has them."""
    found = DATE.finditer(markup.text, markup.starts[0] if markup.starts else 0)
    following = next(found, None)
    for end in (*markup.starts[1:], len(markup.text)):
        fields: dict[str, str] = {}
        while following and following.start() < end:
            name = "updated" if following[2].lower() in _CHANGES else "published"
            fields.setdefault(name, following[3].strip())
            following = next(found, None)
        yield fields
