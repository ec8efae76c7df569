"""Parameters of an address that follow the reader about and say nothing of the article.

An own list, narrow on purpose: general ones (courlan's among them) also take `uid`, `keyword`, `game` and
queries without a value, which on some news sites are all that names the article.
"""

import re

_TRACKER = (  # compiled where it is first used
    r"(?i)(?:utm|mtm|hsa|itm|oly|vero|trk|wt|ns|at|mc|pk|piwik|matomo|ga|fb)[_.][a-z0-9_-]+|_?_hs\w+|__cft__.*|__tn__"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|yclid|ysclid|ttclid|rb_clickid|irclickid|li_fat_id|igshid"
    r"|igsh|_gl|_ga|_openstat|mkt_tok|s_cid|s_kwcid|sc_cid|hsctatracking|__twitter_impression|cmp|cmpid|ncid|icid|ocid|ito"
    r"|xtor|smid|smtyp|emc|spm|sharetoken|share_?id|sr_share|ref_src|ref_url|referr?er|guccounter|guce_referrer(?:_sig)?"
    r"|__source|feedtype|feedname|reflink|sfnsn|wpisrc|wpmm|noamp|amp_js_v|usqp|phpsessid|jsessionid|aspsessionid\w*"
)
_ORIGIN = {"ref", "source", "src", "from", "via", "origin", "feed", "cid", "partner", "mod", "rss", "medium", "share"}
"""Parameters that tell where a reader came from, when their value says so; else they may name the article."""
_ORIGIN_VALUE = (
    r"(?i)(?:\W*(?:rss|feed|atom|xml|twitter|facebook|fb|linkedin|reddit|whatsapp|instagram|google|bing|yahoo|apple|flipboard"
    r"|e?mail|newsletter|share|social|home|homepage|front|sitemap|push|tw|article_inline|related|trending)s?)(?:\W|_|$).*|"
)
_VIEWS = {"amp", "_amp", "output", "outputtype", "print"}
"""Parameters that ask for another dress of the same page, when their value says so."""
_DRESSES = {"amp", "", "1", "true", "yes"}


def tracks(parameter: str) -> bool:
    """Whether `parameter` (`name=value` as it stands in a query) can go without losing the article."""
    name, _, value = parameter.removeprefix("amp;").partition("=")
    name = name.lower()
    if name in _ORIGIN:
        return re.fullmatch(_ORIGIN_VALUE, value) is not None
    if name in _VIEWS:
        return value.lower() in (_DRESSES if name != "output" else {"amp"})
    return re.fullmatch(_TRACKER, name) is not None
