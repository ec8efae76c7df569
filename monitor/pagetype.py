"""Whether a page is one article, or something else: a home page, a listing, a table of meetings, a wall, an error."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.records import PageType

_LINE = 80
"""Width from which on a line is prose."""
_WIDE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Scripts in which one character says about as much as three Latin letters."""
_LINKED = 0.95
_DAY = re.compile(
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:page|article|story|file|content|url|site)\b.{0,20}\b(?:not|n[o']t be|"
    r"no longer)\b.{0,6}\b(?:found|available|exist)|"
    r"^\W*(?:error\W*)?40[34]\b|\b40[34]\b.{0,12}(?:error|not found|forbidden)|^not found$|^forbidden$|"
    r"^access denied|^error$|"
    r"seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|pagina non trovata|"
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|verify you are|security check",
    re.IGNORECASE,
)
_INDEX = re.compile(
    r"\b(?:meetings?|agendas?|minutes|notices?|calendar|archives?|events|directory|board of|"
    r"commission(?:ers)?|committees?|members|"
    r"staff|search|category|tags?|home(?:page)?|contact|privacy|terms|impressum|datenschutz|site ?map|"
    r"log ?in|sign ?in|subscribe|faq)\b",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"^(?:about(?:[-_ ]us)?|contact(?:[-_ ]us)?|privacy(?:[-_ ]policy)?|terms(?:[-_ ].*)?|impressum|"
    r"imprint|datenschutz\w*|"
    r"kontakt|subscribe|subscriptions?|log-?in|sign-?(?:in|up)|register|advertise|masthead|careers?|jobs|"
    r"faq|help|cookies?(?:[-_ ]policy)?|"
    r"search|section|sections|category|categories|tags?|topics?|authors?|archives?|staff|newsletters?|uber-uns|ueber-uns|qui-sommes-nous|"
    r"legal|sitemap|rss|feeds?)(?:\.\w{2,5})?$",
    re.IGNORECASE,
)
"""Names of the pages that every site has, in addresses and titles."""
_ROOT = re.compile(r"(?:index|home|default|main)?(?:\.\w{2,5})?|[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for a page's being an article, and against."""

    url: str
    title: str
    body: str
    article: bool = False
    """Its JSON-LD, or its one `<article>` with the headline, says that it is one."""
    og_type: str = ""
    dated: bool = False
    """It says when it was published, in a mark rather than somewhere in its text."""
    signed: bool = False
    teasers: int = 0
    """Links of a headline's length."""
    linked: float = 0.0
    """Share of the page's visible text that stands in links."""


def is_gone(text: str) -> bool:
    """Whether a text so short that it can be all of a page says that there is no such page, or that it is closed."""
    return len(text) < 400 and bool(_GONE.search(text))


def page_type(signs: Signs) -> PageType:
    """`article` where more speaks for it than against."""
    if not signs.title or _GONE.search(signs.title) or is_gone(signs.body):
        return "other"
    return "article" if _address(signs) + _marks(signs) + _text(signs) >= 0 else "other"


def width(text: str) -> int:
    """The length of a text, in Latin letters' worth."""
    return len(text) + 2 * len(_WIDE.findall(text))


def _marks(signs: Signs) -> int:
    points = 3 * signs.article + signs.dated + signs.signed
    points += ("article" in signs.og_type) + 2 * ("video" in signs.og_type) - (signs.og_type == "website")
    return points


def _address(signs: Signs) -> int:
    parts = urlsplit(signs.url)
    path = parts.path.strip("/")
    segments = path.split("/")
    points = 0
    if _ROOT.fullmatch(path) and not parts.query:
        points -= 4
    if _STANDING.match(segments[-1]) or _STANDING.match(signs.title):
        points -= 4
    elif len(segments) > 1 and _STANDING.match(segments[0]) and len(segments) == 2:
        points -= 2
    if len(re.findall(r"[-_]", segments[-1])) >= 3 or re.search(r"\d{4,}", f"{path}?{parts.query}"):
        points += 1
    if len(signs.title.split()) <= 8 and _INDEX.search(signs.title):
        points -= 2
    return points


def _text(signs: Signs) -> int:
    lines = signs.body.split("\n")
    total = width(signs.body) or 1
    prose = sum(wide for line in lines if (wide := width(line)) >= _LINE)
    rows = sum(line.startswith("|") for line in lines)
    days = len(_DAY.findall(signs.body))
    points = 2 * (prose >= 1500 and prose > 0.7 * total) or int(prose >= 600 and prose > 0.5 * total)
    points -= 2 * (prose < 250) + (prose < 0.5 * total) + (prose < 0.25 * total)
    outside = sum(wide for line in lines if not line.startswith("|") and (wide := width(line)) >= _LINE)
    points -= (1 if outside >= 1500 else 3) * (rows > 0.4 * len(lines)) + 3 * (days >= 5 and days * 150 > total)
    return points - (signs.teasers * 60 > prose) - 3 * (signs.linked > _LINKED)
