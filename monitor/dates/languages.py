"""How languages name months, count years and say "two hours ago", so that one reader understands them all."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from importlib import import_module
from typing import Any

_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_JALALI = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_LEVANTINE = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني",
    "كانون الأول",
)  # fmt: skip
"""The months of Iraq, Syria, Lebanon, Jordan and Palestine; https://cldr.unicode.org, locale ar-JO."""
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""Years that precede an era's first, by what a Japanese or a Taiwanese year is written after."""
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s*(\d{{1,3}}|元)\s*年")
_BUDDHIST = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")
_SOLAR_YEAR = re.compile(r"(?<!\d)1[34]\d\d(?!\d)")
_SOLAR_NUMBERS = re.compile(r"(?<!\d)(1[34]\d\d)\s*([/.-])\s*(\d\d?)\s*\2\s*(\d\d?)(?!\d)")
_SOLAR_WORDS = re.compile(rf"(?<!\d)(\d\d?)\s+({'|'.join(_JALALI)})(?:\s*ماه)?[\s،,]+(1[34]\d\d)(?!\d)")
_AFTER = frozenset({"오후", "下午", "午後", "晚上"})
_HALVES = re.compile(r"(오전|오후|上午|下午|午前|午後|晚上)\s*(\d\d?)[:時点點시]\s*(?:(\d\d)[分분]?)?")
"""An hour of half a day in Korean, Chinese and Japanese."""
_HALF_AFTER = re.compile(r"(\d\d?:\d\d(?::\d\d)?)\s*(?:(مساء\w*|ب\.?\s?ظ)|صباح\w*|ق\.?\s?ظ)")
"""The same in Arabic and Persian; the first group is of the second half."""
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(7)}
_PERSIAN = {ord("ي"): "ی", ord("ك"): "ک"}
_SCRIPTS = tuple(
    (code, re.compile(letters))
    for code, letters in (
        ("fa", "[پچژگیک]"), ("ar", "[\u0620-\u064a]"), ("uk", "[іїєґ]"), ("ru", "[\u0430-\u044f]"),
        ("el", "[\u03b1-\u03c9]"), ("he", "[\u05d0-\u05ea]"), ("th", "[\u0e01-\u0e4e]"), ("hi", "[\u0904-\u0939]"),
        ("bn", "[\u0985-\u09b9]"),
    )
)  # fmt: skip
"""Letters by which a date in an unnamed language is read."""
_DIGITS = {ord(zero) + value: str(value) for zero in "\u0660\u06f0\u0966\u09e6\u0e50" for value in range(10)}
_ONE = dict.fromkeys(("one", "a", "an", "ein", "einer", "einem", "eine", "una", "un", "une", "um", "uma", "een"), "1")


def plain(text: str, language: str) -> str:
    """`text`, written in `language` (ISO 639; "" for unknown), with English months, the common calendar and 0–9."""
    text = _MARKS.sub("", text).translate(_DIGITS)
    language = language or _of_script(text)
    if language == "fa":
        text = text.translate(_PERSIAN)
    text = _ERA.sub(lambda era: f"{_ERAS[era[1]] + (1 if era[2] == '元' else int(era[2]))}年", text)
    if language == "th":
        text = _BUDDHIST.sub(lambda year: str(int(year[0]) - 543), text)
    if language in ("fa", "ps", "ckb") or _SOLAR_WORDS.search(text):
        text = _SOLAR_WORDS.sub(lambda day: _solar(day[3], _JALALI.index(day[2]) + 1, day[1]), text)
        text = _SOLAR_NUMBERS.sub(lambda day: _solar(day[1], int(day[3]), day[4]), text)
    text = _HALVES.sub(lambda half: f"{half[2]}:{half[3] or '00'} {'pm' if half[1] in _AFTER else 'am'} ", text)
    text = _HALF_AFTER.sub(lambda half: f"{half[1]} {'pm' if half[2] else 'am'} ", text)
    months = _months(language)
    return months[0].sub(lambda name: f" {months[1][name[1].lower()]} ", text) if months else text


def ago(text: str, language: str, now: datetime) -> tuple[datetime, bool] | None:
    """The instant that "2 hours ago" or "yesterday" is at `now`, and whether it has an hour; `None` for other texts."""
    said = " ".join(_MARKS.sub("", text).translate(_DIGITS).lower().split()).strip(" .·|-–")
    counted = " ".join(_ONE.get(word, word) for word in said.split())
    for code in dict.fromkeys((language, "en")):
        for count, length, pattern in _relative(code):
            match = pattern.fullmatch(said) or pattern.fullmatch(counted)
            if match is not None:
                passed = length * (float(match[1].replace(",", ".")) if count is None else count)
                return (now - passed, length < timedelta(days=1)) if passed < _LONGEST else None
    return None


_LONGEST = timedelta(days=366)


@lru_cache(maxsize=64)
def _months(language: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """What finds a month's name in a language that is not English, and the English for each."""
    if language in ("", "en", "ja", "zh", "ko"):
        return None
    known = _data(language)
    names = {name.lower(): english for english in _ENGLISH for name in known.get(english, ()) if len(name) > 1}
    if language == "ar":
        names |= dict(zip(_LEVANTINE, _ENGLISH, strict=True))
    names = {name: english for name, english in names.items() if not name.isdigit()}
    if not names:
        return None
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    second = rf"(?:\s*/\s*(?:{listed}))?"  # two names for a month, as Arabic papers give
    return re.compile(rf"(?<![^\W\d_])({listed}){second}(?![^\W\d_])", re.IGNORECASE), names


def _of_script(text: str) -> str:
    """A language that uses the text's letters; "" for Latin ones."""
    return next((code for code, letters in _SCRIPTS if letters.search(text)), "")


@lru_cache(maxsize=64)
def _relative(language: str) -> tuple[tuple[int | None, timedelta, re.Pattern[str]], ...]:
    """How a language says that a count (`None`: the number that the pattern finds) of a length of time has passed."""
    found: list[tuple[int | None, timedelta, re.Pattern[str]]] = []
    known = _data(language)
    for said, forms in [*known.get("relative-type", {}).items(), *known.get("relative-type-regex", {}).items()]:
        count, _, unit = said.removesuffix(" ago").rpartition(" ")
        if said.endswith(" ago") and unit in _UNITS and said != "0 week ago":
            number = int(count) if count.isdigit() else None
            for form in forms:
                pattern = re.escape(form) if number is not None else form.replace("++", "+").replace("*+", "*")
                found.append((number, _UNITS[unit], re.compile(pattern)))
    return tuple(found)


def _data(language: str) -> Mapping[str, Any]:
    """What dateparser knows of a language (from CLDR); nothing where it does not know it."""
    if not re.fullmatch(r"[a-z]{2,3}", language):
        return {}
    try:
        return dict(import_module(f"dateparser.data.date_translation_data.{language}").info)
    except ModuleNotFoundError:
        return {}


def _solar(year: str, month: int, day: str) -> str:
    """A day of the Iranian calendar in the common one, as ISO 8601; what is no day stays as it was.

    By the 33-year rule of the Borkowski table, exact for 1206–1498; https://www.astro.uni.torun.pl/~kb/Papers/EMP/PersianC-EMP.htm
    """
    years, days = int(year), int(day)
    if not (1 <= month <= 12 and 1 <= days <= 31):
        return f"{year}/{month}/{day}"
    before = years - 979
    passed = 365 * before + before // 33 * 8 + (before % 33 + 3) // 4
    passed += 31 * min(month - 1, 6) + 30 * max(0, month - 7) + days - 1
    found = datetime(1600, 3, 20) + timedelta(days=passed)  # noqa: DTZ001 - a day, written at once
    return f"{found:%Y-%m-%d}"
