"""When a page says that it was published and last changed: its own marks read with their hour and zone, then guesses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from monitor.records import Precision

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
"""How far after the fetch a date may lie: a day, for clocks and zones; past it the date is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date that a page gives."""

    instant: datetime
    """Aware, UTC; midnight of the day where `precision` is `day`. A time without a zone is taken as UTC."""
    precision: Precision
    offset: int = 0
    """Minutes east of UTC in which the page wrote it."""
    zoned: bool = False
    """Whether the page named a zone."""
    origin: str = ""

    @property
    def day(self) -> date:
        """The calendar day that the page's reader sees."""
        return (self.instant + timedelta(minutes=self.offset)).date()


_ISO = re.compile(
    r"(?P<y>\d{4})[-/.]?(?P<m>\d\d?)[-/.]?(?P<d>\d\d?)"
    r"(?:(?:[T\s,_-]\s*|\s+-\s+)(?P<H>\d\d?)[:.h]?(?P<M>\d\d)(?:[:.](?P<S>\d\d)(?:[.,]\d+)?)?\s*(?P<ap>[ap]\.?m\.?)?)?"
    r"\s*(?:T?(?P<z>Z|[+-]\d\d(?::?\d\d)?(?::\d\d)?|(?:UTC|GMT)(?:[+-]\d\d?(?::?\d\d)?)?|[A-Z]{2,5})\b)?",
    re.IGNORECASE,
)
_WORDY = re.compile(
    r"(?:(?P<d1>\d\d?)(?:st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?(?P<m1>[^\W\d]{3,12})\.?,?\s+(?:de\s+)?(?P<y1>\d{4})"
    r"|(?P<m2>[^\W\d]{3,12})\.?\s+(?P<d2>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y2>\d{4}))",
    re.IGNORECASE,
)
_JAVASCRIPT = re.compile(
    r"(?P<m>[A-Z][a-z]{2})\s+(?P<d>\d\d?)\s+(?P<t>\d\d:\d\d:\d\d)\s+(?:(?P<z>[A-Z]{3,4})\s+)?(?P<y>\d{4})"
)
_CLOCK = re.compile(
    r"(?:^|[\s,T|(])(?P<H>\d\d?)[:.h](?P<M>\d\d)(?::(?P<S>\d\d)(?:\.\d+)?)?\s*(?P<ap>[ap]\.?m\.?)?\s*"
    r"(?P<z>Z|(?:UTC|GMT)?\s*[+-]\d\d?:?(?:\d\d)?|[A-Z]{2,5})?\b",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?<!\d)(?P<a>\d\d?)(?P<s>[./-])(?P<b>\d\d?)(?P=s)(?P<y>\d{4})(?!\d)")
_CJK = re.compile(
    r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d\d?)\s*[月월]\s*(?P<d>\d\d?)\s*[日일]?(?:\s*(?P<H>\d\d?)[:時시](?P<M>\d\d))?"
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "BST": 60, "CET": 60, "WEST": 60, "IST": 330, "CEST": 120, "EET": 120,
    "EEST": 180, "MSK": 180, "MEZ": 60, "MESZ": 120, "EST": -300, "EDT": -240, "ET": -300, "CST": -360, "CDT": -300, "CT": -360,
    "MST": -420, "MDT": -360, "MT": -420, "PST": -480, "PDT": -420, "PT": -480, "AKST": -540, "AKDT": -480, "HST": -600,
    "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "SAST": 120, "AST": -240, "ADT": -180,
}  # fmt: skip
"""Minutes east of UTC of the zone names that news pages write (RFC 5322 section 4.3 and common ones)."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio janeiro januari januari stycznia ledna jänner",
            "feb february februar février fevrier febrero febbraio fevereiro februari lutego února feber",
            "mar march märz maerz mars marzo março marco maart marca března mär mrz",
            "apr april avril abril aprile abr avr kwietnia dubna",
            "may mai mayo maggio maio mei maja května mag",
            "jun june juni juin junio giugno junho czerwca června giu",
            "jul july juli juillet julio luglio julho lipca července lug juil",
            "aug august août aout agosto augustus sierpnia srpna ago augusti",
            "sep sept september septembre septiembre settembre setembro września září set",
            "oct october oktober octobre octubre ottobre outubro oktober października října okt ott out",
            "nov november novembre noviembre novembro listopada listopadu",
            "dec december dezember décembre decembre diciembre dicembre dezembro december grudnia prosince dez dic déc",
        ),
        1,
    )
    for name in names.split()
}


def parse(text: str, origin: str = "") -> Moment | None:
    """The moment that a short text writes (ISO 8601, RFC 5322, epoch seconds, a day in words, …); `None` where it is none.

    An ambiguous 03/04/2017 is read month first, 03.04.2017 day first.
    """
    text = " ".join(text.split())[:100]
    if _EPOCH.fullmatch(text):
        return _epoch(text, origin)
    for reader in (_read_iso, _read_cjk, _read_javascript, _read_wordy, _read_dotted):
        try:
            moment = reader(text, origin)
        except (ValueError, OverflowError):
            continue
        if moment is not None and moment.instant >= EARLIEST:
            return moment
    return None


def plausible(moment: Moment | None, now: datetime) -> bool:
    """Whether a date can be true of a page fetched at `now`."""
    return moment is not None and EARLIEST <= moment.instant <= now + AHEAD


def from_url(url: str) -> Moment | None:
    """The day in an address such as /2017/08/04/ or /20170804-; `None` where there is no whole one."""
    for pattern in _URL_DAYS:
        for match in pattern.finditer(url):
            try:
                day = datetime(int(match["y"]), int(match["m"]), int(match["d"]), tzinfo=UTC)
            except ValueError:
                continue
            if day >= EARLIEST:
                return Moment(instant=day, precision="day", origin="url")
    return None


_URL_DAYS = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[/._-](?P<m>[01]?\d)[/._-](?P<d>[0-3]?\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)/(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"(?<![\d.])(?P<y>20[0-3]\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
)


def _epoch(text: str, origin: str) -> Moment | None:
    seconds = float(text)
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    return Moment(instant=datetime.fromtimestamp(seconds, UTC), precision="time", zoned=True, origin=origin)


def _read_iso(text: str, origin: str) -> Moment | None:
    match = _ISO.match(text)
    if match is None or (match["H"] is None and len(match["y"] + match["m"] + match["d"]) < 6):
        return None
    if match["H"] is None and match.end("d") < len(text) and text[match.end("d")].isdigit():
        return None
    return _moment(match["y"], match["m"], match["d"], match, origin)


def _read_cjk(text: str, origin: str) -> Moment | None:
    match = _CJK.search(text)
    if match is None:
        return None
    clock = _CLOCK.search(text[match.end("d") :])
    return _moment(match["y"], match["m"], match["d"], clock, origin)


def _read_javascript(text: str, origin: str) -> Moment | None:
    match = _JAVASCRIPT.search(text)
    if match is None or match["m"].lower() not in _MONTHS:
        return None
    clock = _CLOCK.match(f"{match['t']} {match['z'] or ''}".strip())
    return _moment(match["y"], str(_MONTHS[match["m"].lower()]), match["d"], clock, origin)


def _read_wordy(text: str, origin: str) -> Moment | None:
    for match in _WORDY.finditer(text):
        month = _MONTHS.get((match["m1"] or match["m2"]).lower())
        if month is not None:
            clock = _CLOCK.search(text[match.end() :]) or _CLOCK.search(text[: match.start()])
            return _moment(match["y1"] or match["y2"], str(month), match["d1"] or match["d2"], clock, origin)
    return None


def _read_dotted(text: str, origin: str) -> Moment | None:
    match = _DOTTED.search(text)
    if match is None:
        return None
    first, second = int(match["a"]), int(match["b"])
    month_first = (match["s"] == "/" and first <= 12) or second > 12
    month, day = (first, second) if month_first else (second, first)
    clock = _CLOCK.search(text[match.end() :])
    return _moment(match["y"], str(month), str(day), clock, origin)


def _moment(year: str, month: str, day: str, clock: re.Match[str] | None, origin: str) -> Moment:
    """Raises ValueError where the numbers are no date."""
    date_ = datetime(int(year), int(month), int(day), tzinfo=UTC)
    if clock is None or clock["H"] is None:
        return Moment(instant=date_, precision="day", origin=origin)
    hour, minute, second = int(clock["H"]), int(clock["M"]), int(clock["S"] or 0)
    half = (clock["ap"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    offset = _offset(clock["z"])
    if hour == minute == second == 0 and not half:  # written by a program that had only the day
        return Moment(instant=date_, precision="day", origin=origin)
    if hour == 24:
        hour, date_ = 0, date_ + timedelta(days=1)
    local = date_.replace(
        hour=hour, minute=minute, second=min(second, 59), tzinfo=timezone(timedelta(minutes=offset or 0))
    )
    return Moment(
        instant=local.astimezone(UTC),
        precision="time",
        offset=offset or 0,
        zoned=offset is not None,
        origin=origin,
    )


def _offset(zone: str | None) -> int | None:
    """Minutes east of UTC; `None` for no zone or one that is not known."""
    if not zone:
        return None
    zone = zone.upper().replace(" ", "")
    if zone in _ZONES:
        return _ZONES[zone]
    digits = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d\d?):?(\d\d)?(?::?\d\d)?", zone)
    if digits is None:
        return None
    minutes = int(digits[2]) * 60 + int(digits[3] or 0)
    if minutes > 14 * 60:
        return None
    return minutes if digits[1] == "+" else -minutes


_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "og:pubdate", "datepublished", "parsely-pub-date",
    "article:published", "article.published", "published_time", "publication_date", "publish-date", "publish_date", "pubdate",
    "publishdate", "originalpublicationdate", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date.published",
    "dcterms.date", "dc.date", "dc.date.created", "dcterms.created", "dc.created", "cxenseparse:recs:publishtime", "ptime",
    "article_date_original", "displaydate", "rnews:datepublished", "date_published", "published", "publication-date",
    "bt:pubdate", "shareaholic:article_published_time", "article:post_date", "date.issued", "creation_date", "date", "pdate",
    "created", "timestamp", "datecreated", "article:created", "vr:published_time", "sort_date", "citation_publication_date",
    "last-published", "gentime",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "article:modified", "modified_time",
    "lastmod", "last-modified", "dc.date.modified", "dcterms.modified", "revised", "date_modified", "updated_time", "moddate",
    "article:updated_time", "updated",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What a page says of its time."""

    published: Moment | None = None
    modified: Moment | None = None


def find(page: Any, now: datetime) -> Dates:
    """The dates of a parsed page (`monitor.extraction.page.Page`) fetched at `now`; none later than `now` and a day."""
    modified = _first(_marked(page, "dateModified", _MODIFIED), now)
    published = _best(page, now)
    if published is None:
        published = _guess(page, now, modified)
    return Dates(published=published, modified=modified)


def _best(page: Any, now: datetime) -> Moment | None:
    found = [moment for moment in _stated(page) if plausible(moment, now)]
    if not found:
        return None
    first = found[0]
    for other in found[1:]:
        if first.precision == "day" and other.precision == "time" and other.day == first.day:
            return other
        if first.precision == "time" and not first.zoned and other.zoned and other.day == first.day:
            return other
    return first


def _stated(page: Any) -> Iterator[Moment]:
    yield from _marked(page, "datePublished", _PUBLISHED)
    yield from _timed(page)
    if (moment := from_url(page.url)) is not None:
        yield moment


def _marked(page: Any, name: str, metas: tuple[str, ...]) -> Iterator[Moment]:
    """Moments of JSON-LD, meta and microdata, in this order."""
    value = page.story.get(name)
    if isinstance(value, (str, int)) and (moment := parse(str(value), "json-ld")) is not None:
        yield moment
    for meta in metas:
        for content in page.meta.values.get(meta, ()):
            if (moment := parse(content, "meta")) is not None:
                yield moment
    for element in page.tree.xpath(f'//*[@itemprop="{name}"]')[:5]:
        text = element.get("content") or element.get("datetime") or " ".join(element.itertext())
        if (moment := parse(text, "microdata")) is not None:
            yield moment


def _timed(page: Any) -> Iterator[Moment]:
    """Moments of the `<time>` elements that stand with the article, not beside it."""
    for element in page.tree.xpath(
        "//time[not(ancestor::aside or ancestor::nav or ancestor::footer or ancestor::li or ancestor::a)]"
    )[:3]:
        text = element.get("datetime") or " ".join(element.itertext())
        if (moment := parse(text, "time")) is not None:
            yield moment


def _first(moments: Iterator[Moment], now: datetime) -> Moment | None:
    return next((moment for moment in moments if plausible(moment, now)), None)


def _guess(page: Any, now: datetime, modified: Moment | None) -> Moment | None:
    """What htmldate finds in the rest of the page; else the time of the last change."""
    from htmldate import find_date

    found = find_date(
        page.tree,
        original_date=True,
        url=page.url,
        max_date=now + AHEAD,
        extensive_search=len(page.source) < 500_000,
    )
    if found and plausible(moment := parse(found, "text"), now):
        return moment
    return modified
