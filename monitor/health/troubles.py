"""The names of what can be wrong with a way into a source or with its pages, and what an operator can do about each."""

from typing import Literal, get_args

Trouble = Literal[
    "",
    "dns",
    "tls",
    "refused",
    "timeout",
    "broken",
    "private_address",
    "robots",
    "bot_wall",
    "forbidden",
    "not_found",
    "rate_limited",
    "server_error",
    "http",
    "redirected",
    "too_large",
    "unreadable",
    "not_a_feed",
    "javascript",
    "no_way_in",
    "empty",
    "fewer",
    "old_dates",
    "silent",
    "paywall",
    "consent_wall",
    "no_text",
    "other",
]
"""`""` is none. Those from `empty` on come with an answer that looks good."""

ALL: frozenset[str] = frozenset(get_args(Trouble)) - {""}
QUIET: frozenset[str] = frozenset({"empty", "fewer", "old_dates", "silent", "no_text"})
"""Troubles of what answers and can be read: "200, but nothing"."""

_HINTS: dict[str, str] = {
    "dns": "See whether the host name in {entry} is spelled right and still exists; {check}.",
    "tls": (
        "The site's certificate is not valid for the address in {entry}. Open it in a browser: the site may have "
        "moved to another host name. Until its owner mends it there is no safe way to read it."
    ),
    "refused": (
        "The server takes no connections. If that lasts, look in a browser whether the site has moved, and "
        "correct {entry}; {check}."
    ),
    "timeout": "It is too slow. Raise `crawl.timeout` in newswatch.yaml, or give the source a `delay`; {check}.",
    "broken": "The connection broke off. If that lasts: {check}, from another network if you can.",
    "private_address": (
        "The address is not on the open Internet. If it is meant, name its network under `crawl.allow_networks` "
        "in newswatch.yaml."
    ),
    "robots": (
        "The site's robots.txt does not want it read. Leave the address out of {entry}, or ask the site's owner; "
        "{discover}."
    ),
    "bot_wall": (
        "The site takes newswatch for an unwanted robot. Ask its owner to let in the User-Agent that names your "
        "`crawl.contact`, give the source a longer `delay` and `poll`, or name a feed or news sitemap that is not"
        " walled: {discover}."
    ),
    "forbidden": "The server refuses this address. Take it out of {entry} if it is not public; {discover}.",
    "not_found": "The address is gone. Replace it in {entry}; {discover}.",
    "rate_limited": (
        "The server is asked too often for its taste. Give the source a longer `delay` and `poll` in sources.yaml."
    ),
    "server_error": "The server has trouble of its own; it is asked again by itself. If that lasts: {check}.",
    "http": "The server answers with neither a page nor an error that says more. Look at {url} in a browser; {check}.",
    "redirected": (
        "It leads to another site: the domain may have been sold or the paper may have moved. Look at {url} in a "
        "browser, and correct `home` and {entry}."
    ),
    "too_large": "The answer is larger than newswatch reads. Name a smaller one in {entry}; {discover}.",
    "unreadable": "`newswatch sources read {url}` says what is wrong with it. Another way in may be sound: {discover}.",
    "not_a_feed": (
        "There is no feed or sitemap at this address (any more). Correct {entry}; `newswatch sources read {url}` "
        "shows what it is, and {discover}."
    ),
    "javascript": (
        "The page is filled by JavaScript only. Mark {name} with `js: true` in sources.yaml (it takes the extra `js` "
        "and Chromium), or name a feed or a news sitemap instead: {discover}."
    ),
    "no_way_in": "Name `feeds`, `sitemaps` or `sections` of {name} in sources.yaml; {discover}.",
    "empty": (
        "It answers, but lists nothing. Compare `newswatch sources read {url}` with the site; if the site has "
        "changed, correct {entry}; {discover}."
    ),
    "fewer": (
        "It lists far less than it used to. Compare `newswatch sources read {url}` with the site; if the site has"
        " changed, correct {entry} or `articles`; {discover}."
    ),
    "old_dates": "All that it lists is old: an archive, or a feed left behind. Replace it in {entry}; {discover}.",
    "silent": (
        "It answers, but has shown nothing new for much longer than usual. Look whether the site itself has news;"
        " if so, it was left behind: replace it in {entry}; {discover}."
    ),
    "paywall": "Titles and summaries are matched. A feed with full texts would tell more: {discover}.",
    "consent_wall": "Titles and summaries are matched. A feed with full texts would tell more: {discover}.",
    "no_text": (
        "No text is found on the pages, which looks like a new layout. `newswatch extract` with the address of a "
        "story shows what is read; check `articles.allow` and `articles.deny` of {name} in sources.yaml."
    ),
    "other": "{check} and shows more.",
}


def hint(trouble: str, *, name: str, home: str, url: str, key: str) -> str:
    """How to mend a trouble: which key of sources.yaml, which command. Empty for no trouble.

    `key` is the list in sources.yaml that `url` stands in (feeds, sitemaps, sections), or `home`.
    """
    return _HINTS.get(trouble, "").format(
        url=url or home, name=repr(name),
        entry=f"`{key or 'home'}` of {name!r} in sources.yaml",
        check="`newswatch check --online` asks again",
        discover=f"`newswatch sources discover {home}` looks for ways in that work",
    )  # fmt: skip


def of_status(status: int) -> Trouble:
    """The trouble that an HTTP status is, but for a bot wall, which has signs of its own; "" for 2xx and 304."""
    if 200 <= status < 300 or status == 304:
        return ""
    if status in (404, 410):
        return "not_found"
    if status == 429:
        return "rate_limited"
    if status in (401, 402, 403, 451):
        return "forbidden"
    return "server_error" if status >= 500 else "http"
