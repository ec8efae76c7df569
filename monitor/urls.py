"""Addresses: when two are one article, which links may be followed, whose canonical word is believed.

Rules: RFC 3986 section 6 for the syntax; on top of it trackers, `www.`, AMP and the like are set aside. Where
it is not plain that two addresses are one article they stay two: a second fetch costs less than a lost story.
"""

import ipaddress
import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from monitor.tracking import tracks

LONGEST = 2_000
_PORTS = {"http": 80, "https": 443}
# Compiled where they are first used: a run that finds nothing new needs none of them.
_INDEX = r"(?i)/(?:index|default)\.(?:html?|php|aspx?|jsp)$"
_FOLLOW_UPS = r"(?:/(?:amp|print|printable|comments?|all|full|single|gallery|photos|page/\d+))+/?"
_STORY = r"\d{4}|[^-_]+(?:[-_][^-_]+){3}"
_REFUSED = r"(?i)/(?:404|error|not-?found|log-?in|sign-?in|register|subscribe|consent)(?:\.\w+)?/?$"
_SESSION = r"(?i);jsessionid=[^/]*"
_ESCAPE = r"%[0-9A-Fa-f]{2}"
_AMP_CACHE = r"https?://(?:www\.google\.[a-z.]+/amp|[^/]+\.cdn\.ampproject\.org/[cv])/(s/)?(.+)"
_NOT_IN_HOST = r"[\s<>\"'%@]"
_NO_HOST = r"(?i)https?:(?:/{0,2}$|///)"
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def normalize(url: str) -> str:
    """The same address in one spelling, still good to fetch: no fragment, no trackers, no default port."""
    try:
        parts = urlsplit(url.strip())
        netloc = _netloc(parts)
    except ValueError:
        return quote(url.strip(), safe="%/:=&?#@", errors="surrogatepass")
    path = _escape(re.sub(_SESSION, "", _without_dots(parts.path))) or "/"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit((parts.scheme.lower(), netloc, path, "&".join(_parameters(parts.query)), fragment))


@lru_cache(maxsize=4096)
def key(url: str) -> int:
    """The article's number: equal for addresses that differ only in what no site tells articles apart by.

    Signed 64 bit. Set aside besides what `normalize` does: scheme, `www.`, `m.` and `amp.` hosts, AMP paths,
    doubled and trailing slashes, index.html, the order of the query.
    """
    parts = urlsplit(normalize(_behind_cache(url)))
    path = re.sub(_INDEX, "", re.sub(r"/{2,}", "/", parts.path).rstrip("/"))
    path = re.sub(r"\.amp(\.html?)?$", r"\1", re.sub(r"^/amp(?=/.)|(?<=[^/])/amp$", "", path))
    query = "&".join(sorted(parts.query.split("&")))
    same = "\n".join((_bare_host(parts.netloc), re.sub(_INDEX, "", path).rstrip("/"), query, parts.fragment))
    return int.from_bytes(blake2b(same.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def link(base: str, href: str) -> str | None:
    """`href` as an absolute http(s) address of at most 2,000 characters, without a login in it; else `None`."""
    href = _repair(href.strip("".join(map(chr, range(33)))))
    if not href or re.match(_NO_HOST, href):
        return None
    try:
        parts = urlsplit(href if "://" in href[:8] else urljoin(base, href))
        usable = parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not usable or re.search(_NOT_IN_HOST, parts.netloc):
        return None
    shown = {name: _visible(getattr(parts, name)) for name in ("path", "query", "fragment")}
    absolute = urlunsplit(parts._replace(**shown))
    return absolute if len(absolute) <= LONGEST and not _unprintable(absolute) else None


def canonical(url: str, claimed: str) -> str:
    """The page's canonical address: `claimed` where it can be believed, else `url` as `normalize` spells it.

    Believed on the same registrable domain (the same host for bare IPs), unless it names the home page, a
    section above the article, an error or login page, or drops the parameter that alone names the article.
    """
    absolute = link(url, claimed) if claimed else None
    if absolute is None or site(absolute) != site(url):
        return normalize(url)
    ours, theirs = urlsplit(normalize(url)), urlsplit(normalize(absolute))
    return absolute if _names_article(ours, theirs) else normalize(url)


def site(url: str) -> str:
    """The registrable domain by the list of suffixes that `tld` ships; the host where there is none.

    >>> site("https://www.news.example.co.uk:8080/a")
    'example.co.uk'
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return _registrable(host)


@lru_cache(maxsize=4096)
def _registrable(host: str) -> str:
    from tld import get_fld  # loads the list of suffixes: only where it is asked for

    if _is_address(host) or "." not in host:
        return host
    found = get_fld(host, fix_protocol=True, fail_silently=True, search_private=True)
    return found or ".".join(host.split(".")[-2:])


def _netloc(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            pass
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    return host if port in (None, _PORTS.get(parts.scheme.lower())) else f"{host}:{port}"


def _parameters(query: str) -> list[str]:
    """The parameters that name the article; a tracker that was put behind a second `?` goes too."""
    parts = (re.sub(r"\?([^?&]+)$", lambda m: "" if tracks(m[1]) else m[0], p) for p in query.split("&"))
    return [_escape(p) for p in parts if p and not tracks(p)]


def _escape(text: str) -> str:
    """Percent-encoding in one spelling (RFC 3986 section 6.2.2): unreserved characters bare, hex in capitals."""

    def one(found: re.Match[str]) -> str:
        character = chr(int(found[0][1:], 16))
        return character if character in _UNRESERVED else found[0].upper()

    return re.sub(_ESCAPE, one, quote(text, safe="%/:=&?@!$'()*+,;~|[]", errors="surrogatepass"))


def _without_dots(path: str) -> str:
    """The path without `.` and `..` segments (RFC 3986 section 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == ".." and kept:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
    tail = "/" if segments[-1] in (".", "..") and kept else ""
    return "/" + "/".join(kept) + tail


def _bare_host(netloc: str) -> str:
    """The host without `www.`, `m.`, `mobile.`, `amp.`, where a domain of two labels or more is left."""
    if _is_address(netloc.rpartition(":")[0] or netloc):
        return netloc
    return re.sub(r"^(?:(?:www\d?|m|mobile|amp)\.)+(?=[^.]+\.[^.]+)", "", netloc)


def _behind_cache(url: str) -> str:
    """The publisher's address of a page in Google's AMP cache (google.com/amp/s/…, …cdn.ampproject.org/c/s/…)."""
    found = re.match(_AMP_CACHE, url)
    return f"http{'s' if found[1] else ''}://{found[2]}" if found else url


def _repair(href: str) -> str:
    """The address a browser would take: no line breaks, slashes for backslashes, a scheme before `www.`."""
    head, mark, tail = re.sub(r"[\t\r\n]", "", href).partition("?")
    head = head.replace("\\", "/")
    return ("http://" if re.match(r"www\.[\w-]+\.\w", head) else "") + head + mark + tail


def _visible(text: str) -> str:
    """Spaces and format characters (zero width, direction marks) percent-encoded; letters stay readable."""
    if text.isascii() and " " not in text:
        return text
    return "".join(quote(c) if unicodedata.category(c) in ("Zs", "Cf", "Zl", "Zp") else c for c in text)


def _unprintable(text: str) -> bool:
    return any(unicodedata.category(c) in _UNPRINTABLE for c in text if c < "!" or c > "~")


def _names_article(ours: SplitResult, theirs: SplitResult) -> bool:
    here, there = (re.sub(_INDEX, "", p.path).rstrip("/") for p in (ours, theirs))
    if not there and not theirs.query:
        return not here and not ours.query
    if re.search(_REFUSED, there):
        return False
    last = there.rpartition("/")[2]
    if here == there:
        return bool(theirs.query or not ours.query or re.search(_STORY, last))
    if here.startswith(there + "/"):
        return bool(re.search(_STORY, last) or re.fullmatch(_FOLLOW_UPS, here[len(there) :]))
    return True


@lru_cache(maxsize=1024)
def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
