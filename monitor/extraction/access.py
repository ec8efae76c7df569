"""Why a page's text is not whole: a paywall, a consent wall, a bot wall, JavaScript that is to fill it, or nothing."""

import re

from monitor.extraction import data, jsonld
from monitor.extraction.page import Page, squeeze
from monitor.pagetype import is_gone

PAYWALL, CONSENT, BOT, SCRIPT, EMPTY = "paywall", "consent wall", "bot wall", "JavaScript only", "no text"

_SHORT = 1500
"""Characters up to which a text with a paywall's words beside it is a teaser."""
_EMPTY = 250
"""Characters under which a page shows nothing to read."""
_PAYWALL = re.compile(
    r"(?:subscribe|sign up|sign in|log in|register|become a (?:member|"
    r"subscriber))\b.{0,40}\bto (?:continue|keep|finish|unlock|read)|"
    r"to (?:continue|keep) reading|(?:article|story|content) is (?:only |exclusively )?(?:for|available to) (?:our )?"
    r"(?:paid |premium |registered )?(?:subscribers|members)|subscribers? only|subscriber[- ]exclusive|"
    r"already a (?:subscriber|member)\?|"
    r"you(?:'|\u2019)ve (?:reached|read) your|free articles? (?:left|remaining|this month)|"
    r"unlock this (?:article|story)|"
    r"artikel ist (?:nur )?für abonnenten|nur für abonnenten|jetzt weiterlesen|weiterlesen mit|"
    r"mit .{0,15}(?:plus|\+) weiterlesen|"
    r"réservé (?:aux|à nos) abonnés|pour lire la suite|il vous reste .{0,12} de cet article|"
    r"contenido exclusivo para suscriptores|"
    r"suscríbete para (?:seguir|leer)|riservato agli abbonati|abbonati per|"
    r"conteúdo exclusivo para assinantes|会員限定|続きをお読み|続きを読むには",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"we value your privacy|we and our (?:\d+ )?partners|accept (?:all )?(?:cookies|and continue)|(?:uses?|"
    r"using) cookies|cookie (?:settings|policy|consent)|"
    r"manage (?:your )?(?:consent|preferences)|alle(?:n)? (?:cookies )?(?:akzeptieren|zustimmen)|"
    r"tout accepter|accepter et (?:fermer|continuer)|"
    r"aceptar (?:todas )?(?:las )?cookies|your privacy (?:choices|is important)",
    re.IGNORECASE,
)
_BOT = re.compile(
    r"just a moment|verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot)|"
    r"checking your browser|attention required|"
    r"enable javascript and cookies to continue|unusual (?:traffic|activity)|pardon our interruption|"
    r"complete the (?:captcha|security check)|"
    r"press (?:&|and) hold|access (?:to this page has been )?denied|ddos protection|"
    r"request (?:was )?blocked|bot detection",
    re.IGNORECASE,
)
_SCRIPT = re.compile(
    r"(?:enable|requires?|need|turn on|activate|activer|aktivieren)\b.{0,30}\bjavascript|"
    r"javascript\b.{0,40}\b(?:enabled?|required|disabled|aktivieren)",
    re.IGNORECASE,
)
_ROOTS = frozenset({"root", "app", "__next", "__nuxt", "main-app", "react-root", "app-root"})


def barrier(page: Page, text: str, raw: str) -> str:
    """What stands between the reader and the story whose extracted text is `text`; "" where nothing seems to.

    `raw` is the page's whole text, as `raw_text` gives it.
    """
    closed = _says_closed(page)
    if len(text) >= _SHORT:
        return PAYWALL if _ends_early(text, closed) else ""
    visible = squeeze(raw)
    if len(visible) < 3000 and _BOT.search(visible[:1500]):
        return BOT
    if len(text) < _EMPTY:
        if len(visible) < 3000 and _CONSENT.search(visible) and not _PAYWALL.search(visible):
            return CONSENT
        if _is_filled_by_script(page, visible):
            return SCRIPT
    if closed or _PAYWALL.search(visible):
        return PAYWALL
    return EMPTY if len(visible) < _EMPTY and not is_gone(visible) else ""


def raw_text(page: Page) -> str:
    """All text that a page shows, as it stands in the source."""
    body = page.tree.find("body")
    return str((body if body is not None else page.tree).text_content())


def is_paywall_line(line: str) -> bool:
    """Whether a short line of a text is the wall's and not the story's."""
    return len(line) < 200 and bool(_PAYWALL.search(line))


def _says_closed(page: Page) -> bool:
    """Whether the page's own marks say that it is not free; https://schema.org/isAccessibleForFree."""
    if page.meta.first("article:content_tier").lower() in ("locked", "metered"):
        return True
    return any(str(node.get("isAccessibleForFree")).lower() == "false" for node in [page.story, *page.jsonld[:20]])


def _ends_early(text: str, closed: bool) -> bool:
    last = text[-300:].rstrip()
    return bool(_PAYWALL.search(last)) or (closed and last.endswith(("...", "\u2026")))


def _is_filled_by_script(page: Page, visible: str) -> bool:
    if len(visible) > 1000:
        return False
    if page.scripts and _SCRIPT.search(visible):
        return True
    if len(visible) >= _EMPTY or not page.scripts:
        return False
    return any(element.get("id") in _ROOTS for element in page.tree.iter("div"))


def told_by_script(page: Page) -> str:
    """The story's text as its JSON-LD, else its script's data, gives it, in paragraphs; "" where neither does."""
    return _plain(jsonld.text(page.story.get("articleBody"))) or _plain(data.longest_text(page.data))


def _plain(source: str) -> str:
    source = re.sub(r"<(?:br|/p|/div|/li|/h\d)\b[^>]*>", "\n", source)
    lines = (" ".join(line.split()) for line in re.sub(r"<[^>]{0,500}>", "", source).splitlines())
    return "\n".join(line for line in lines if line)
