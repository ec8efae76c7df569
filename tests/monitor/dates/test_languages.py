"""Months, calendars, halves of the day and "two hours ago" in the languages of the world."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.dates import languages
from monitor.dates.reading import parse

NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text", "instant"),
    [
        ("fa", "۱۶ آبان ۱۴۰۲ - ۱۲:۳۰", (2023, 11, 7, 12, 30)),
        ("fa", "1402/08/16", (2023, 11, 7)),
        ("fa", "1 فروردین 1403", (2024, 3, 20)),
        ("fa", "1403/12/30", (2025, 3, 20)),
        ("fa", "دوشنبه ۲ تير ۱۳۹۹ - 1:09 ب.ظ", (2020, 6, 22, 13, 9)),
        ("th", "7 พฤศจิกายน 2566", (2023, 11, 7)),
        ("ja", "令和5年11月7日 午後3時15分", (2023, 11, 7, 15, 15)),
        ("ja", "令和元年5月1日", (2019, 5, 1)),
        ("zh", "民國112年11月7日", (2023, 11, 7)),
        ("zh", "2023年11月7日 下午3:15", (2023, 11, 7, 15, 15)),
        ("ko", "입력 2023. 11. 7. 오후 3:15", (2023, 11, 7, 15, 15)),
        ("ru", "7 ноября 2023, 12:30", (2023, 11, 7, 12, 30)),
        ("", "7 ноября 2023", (2023, 11, 7)),
        ("uk", "7 листопада 2023 р.", (2023, 11, 7)),  # noqa: RUF001
        ("el", "7 Νοεμβρίου 2023", (2023, 11, 7)),
        ("he", "7 בנובמבר 2023", (2023, 11, 7)),
        ("ar", "٧ نوفمبر ٢٠٢٣", (2023, 11, 7)),  # noqa: RUF001
        ("", "الجمعة 24 نيسان / أبريل 2020 09:22 مساءً", (2020, 4, 24, 21, 22)),
        ("hi", "7 नवंबर 2023", (2023, 11, 7)),
        ("vi", "7 tháng 11 năm 2023", (2023, 11, 7)),
        ("tr", "7 Kasım 2023", (2023, 11, 7)),  # noqa: RUF001
        ("hu", "2023. november 7.", (2023, 11, 7)),
        ("lt", "2023 m. lapkričio 7 d.", (2023, 11, 7)),
        ("fi", "7. marraskuuta 2023", (2023, 11, 7)),
        ("ro", "7 noiembrie 2023", (2023, 11, 7)),
        ("xx", "7 November 2023", (2023, 11, 7)),
        ("en", "Written: 2023-11-07 15:03:30", (2023, 11, 7, 15, 3, 30)),
    ],
)
def test_a_day_is_read_in_its_language_and_calendar(language: str, text: str, instant: tuple[int, ...]) -> None:
    moment = parse(text, language=language, day_first=True)
    assert moment is not None
    assert moment.instant == datetime(*instant, tzinfo=UTC)  # type: ignore[arg-type,misc]


def test_a_year_of_two_digits_is_read_where_the_day_comes_first() -> None:
    moment = parse("24.11.22, 10:15", day_first=True)
    assert moment is not None
    assert moment.instant == datetime(2022, 11, 24, 10, 15, tzinfo=UTC)
    assert parse("10.4.11") is None


@pytest.mark.parametrize(
    ("language", "text", "passed", "exact"),
    [
        ("en", "2 hours ago", timedelta(hours=2), True),
        ("en", "an hour ago", timedelta(hours=1), True),
        ("en", "Yesterday", timedelta(days=1), False),
        ("de", "vor einer Stunde", timedelta(hours=1), True),
        ("fr", "il y a 2 heures", timedelta(hours=2), True),
        ("es", "hace 3 días", timedelta(days=3), False),
        ("ja", "3時間前", timedelta(hours=3), True),
        ("ko", "5분 전", timedelta(minutes=5), True),
        ("de", "5 minutes ago", timedelta(minutes=5), True),
    ],
)
def test_what_was_so_long_ago_is_reckoned_from_the_fetch(
    language: str, text: str, passed: timedelta, exact: bool
) -> None:
    assert languages.ago(text, language, NOW) == (NOW - passed, exact)


@pytest.mark.parametrize("text", ["2 hours later", "20 years ago", "2 hours", "", "ago"])
def test_what_is_no_length_of_time_ago_is_none(text: str) -> None:
    assert languages.ago(text, "en", NOW) is None
