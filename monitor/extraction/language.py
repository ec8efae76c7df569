"""The language of a page, as it says or as its commonest words show."""

import re

from monitor.extraction.page import Page

_CODE = re.compile(r"[a-z]{2,3}(?=$|[-_])")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
"""Scripts that tell a language, or its commonest user."""
_WORDS = {
    "en": "the of and to in that is was for with are his has been from this which",
    "de": "der die und das ist nicht mit den von ein auch für sich dem eine wird",
    "fr": "le la les des est une dans pour qui pas sur avec plus sont cette aux",
    "es": "el los las una del que por con para más este como pero fue sus al",
    "it": "il di che della per una sono con nel gli più anche dei alla questo",
    "pt": "os da uma não para com por mais dos foi ao pelo são também como",
    "nl": "het een van en dat niet voor zijn met aan ook werd naar door bij",
    "sv": "och att det som är för med har till inte av ett från den kan",
    "no": "og det som er til ikke av har med på fra ble også skal være",
    "da": "og det som er til ikke af har med på fra blev også skal være",
    "pl": "się nie jest że na do od przez jak po tym oraz dla został jego",
    "cs": "se je že na do by jako pro ale jsou byl který podle také jeho",
    "tr": "ve bir bu için ile olarak daha olan gibi çok sonra kadar ancak",
}
_SAME = {"nb": "no", "nn": "no"}
_SAMPLE = 2000
_ENOUGH = 0.06
"""Share of a text's words that must be a language's commonest."""


def language(page: Page, text: str) -> str:
    """ISO 639 code in lower case; "" where nothing tells."""
    for said in (
        page.tree.get("lang"), page.tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        page.story.get("inLanguage"),
        page.meta.first("content-language", "og:locale", "dc.language", "dcterms.language", "language"),
    ):  # fmt: skip
        match = _CODE.match(said.strip().lower()) if isinstance(said, str) else None
        if match and match[0] not in ("und", "mul", "utf", "zxx"):
            return _SAME.get(match[0], match[0])
    return guess(text)


def guess(text: str) -> str:
    """The language of a text by its script and its commonest words; "" where they do not tell."""
    sample = text[:_SAMPLE]
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) > 0.15 * len(sample):
            return code
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if not words:
        return ""
    shares = {code: sum(word in common for word in words) / len(words) for code, common in _COMMON.items()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= _ENOUGH else ""


_COMMON = {code: frozenset(words.split()) for code, words in _WORDS.items()}
