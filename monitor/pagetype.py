"""Whether a page is one article, or something else: a home page, a listing, a wall, an error."""

import re

from monitor.records import PageType

_GONE = re.compile(
    r"\b(?:page|article|story|file)?\s*(?:was |is |could )?not (?:be )?found\b|^404\b|\b404 (?:error|not found)\b|seite nicht gefunden|page introuvable|no longer available",
    re.IGNORECASE,
)


def page_type(*, title: str, body: str) -> PageType:
    """The thin rule: some text under a title that does not say that the page is gone."""
    if len(body) < 250 or (len(body) < 1000 and _GONE.search(title)):
        return "other"
    return "article"
