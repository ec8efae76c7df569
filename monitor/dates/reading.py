"""A moment, and how the many ways of writing one are read: ISO 8601, RFC 5322, epoch seconds, days in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from monitor.dates import languages
from monitor.records import Precision

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


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
    r"(?P<y>\d{4})(?:[-/]|\.\s?)?(?P<m>\d\d?)(?:[-/]|\.\s?)?(?P<d>\d\d?)\.?"
    r"(?:(?:[T\s,_-]\s*|\s+[-–|]\s+)(?P<H>\d\d?)[:.h]?(?P<M>\d\d)(?:[:.]?(?P<S>\d\d)(?:[.,]\d+)?)?\s*(?P<ap>[ap]\.?m\.?)?)?"
    r"\s*(?:T?(?P<z>Z|[+-]\d\d(?::?\d\d)?(?::\d\d)?|(?:UTC|GMT)(?:[+-]\d\d?(?::?\d\d)?)?|[A-Z]{2,5})\b)?",
    re.IGNORECASE,
)
_WORDY = re.compile(
    r"(?:(?P<d1>\d\d?)(?:st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?(?P<m1>[^\W\d]{3,12})\.?,?\s+(?:del?\s+|năm\s+)?(?P<y1>\d{4})"
    r"|(?P<m2>[^\W\d]{3,12})\.?\s+(?P<d2>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y2>\d{4})"
    r"|(?P<y3>\d{4})[.,]?\s+(?:m\.\s+|(?:gada|urteko)\s+)?(?P<m3>[^\W\d]{3,12})\.?\s+(?P<d3>\d\d?)(?!\d))",
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
_LABELLED = re.compile(r"[^\d]{1,40}?[:|·>\s]\s*(?=\d{4}\D\s?\d)")
"""What stands before a day that begins with its year."""
_BRIEF = re.compile(r"(?P<d>\d\d?)(?P<s>[./])(?P<m>\d\d?)(?P=s)(?P<y>\d\d)(?:\D.{0,12})?")
"""A day with the last two digits of its year, and little else."""
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "BST": 60, "CET": 60, "WEST": 60, "IST": 330, "CEST": 120,
    "EET": 120,
    "EEST": 180, "MSK": 180, "MEZ": 60, "MESZ": 120, "EST": -300, "EDT": -240, "ET": -300, "CST": -360, "CDT": -300,
    "CT": -360,
    "MST": -420, "MDT": -360, "MT": -420, "PST": -480, "PDT": -420, "PT": -480, "AKST": -540, "AKDT": -480, "HST": -600,
    "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "SAST": 120, "AST": -240, "ADT": -180,
}  # fmt: skip
"""Minutes east of UTC of the zone names that news pages write (RFC 5322 section 4.3 and common ones)."""
_WESTERN = frozenset({"", "en", "de", "fr", "es", "it", "pt", "nl"})
"""Languages whose months are in the table below ("": any of them)."""
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


def parse(text: str, origin: str = "", *, day_first: bool = False, language: str = "") -> Moment | None:
    """The moment that a short text writes: ISO 8601, RFC 5322, epoch seconds, a day in words, and so on; else `None`.

    An ambiguous 03/04/2017 is read month first unless `day_first`; 03.04.2017 is read day first. `language` (ISO 639)
    is the one whose months and calendar are understood besides those of western Europe.
    """
    text = " ".join(text.split())[:100]
    if language not in _WESTERN or not text.isascii():
        text = " ".join(languages.plain(text, language).split())
    if _EPOCH.fullmatch(text):
        return _epoch(text, origin)
    for reader in (_read_iso, _read_cjk, _read_javascript, _read_wordy):
        moment = _try(reader, text, origin)
        if moment is not None:
            return moment
    moment = _try(lambda text, origin: _read_dotted(text, origin, day_first), text, origin)
    if moment is None and (label := _LABELLED.match(text)):
        moment = _try(_read_iso, text[label.end() :], origin)
    return moment


def _try(reader: Callable[[str, str], Moment | None], text: str, origin: str) -> Moment | None:
    try:
        moment = reader(text, origin)
    except (ValueError, OverflowError):
        return None
    return moment if moment is not None and moment.instant >= EARLIEST else None


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
        month = _MONTHS.get((match["m1"] or match["m2"] or match["m3"]).lower())
        if month is not None:
            clock = _CLOCK.search(text[match.end() :]) or _CLOCK.search(text[: match.start()])
            year, day = match["y1"] or match["y2"] or match["y3"], match["d1"] or match["d2"] or match["d3"]
            return _moment(year, str(month), day, clock, origin)
    return None


def _read_dotted(text: str, origin: str, day_first: bool) -> Moment | None:
    match = _DOTTED.search(text)
    if match is None:
        return _read_brief(text, origin, day_first)
    first, second = int(match["a"]), int(match["b"])
    month_first = (match["s"] == "/" and not day_first and first <= 12) or second > 12
    month, day = (first, second) if month_first else (second, first)
    clock = _CLOCK.search(text[match.end() :])
    return _moment(match["y"], str(month), str(day), clock, origin)


def _read_brief(text: str, origin: str, day_first: bool) -> Moment | None:
    match = _BRIEF.fullmatch(text)
    if match is None or not day_first:
        return None
    return _moment(f"20{match['y']}", match["m"], match["d"], _CLOCK.search(text[match.end("y") :]), origin)


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
