"""The many ways of writing a moment."""

from datetime import UTC, datetime

import pytest

from monitor.dates.reading import parse


@pytest.mark.parametrize(
    ("text", "instant", "precision", "offset"),
    [
        ("2017-08-04T10:00:00Z", (2017, 8, 4, 10), "time", 0),
        ("2017-08-04T10:00:00.123+02:00", (2017, 8, 4, 8), "time", 120),
        ("2017-08-04T10:00:00-0500", (2017, 8, 4, 15), "time", -300),
        ("2017-08-04 10:00", (2017, 8, 4, 10), "time", 0),
        ("2017-08-04", (2017, 8, 4), "day", 0),
        ("2017-08-04T00:00:00+09:00", (2017, 8, 4), "day", 0),
        ("20170804", (2017, 8, 4), "day", 0),
        ("20170804T103015+0900", (2017, 8, 4, 1, 30, 15), "time", 540),
        ("20170804T103015Z", (2017, 8, 4, 10, 30, 15), "time", 0),
        ("20170804T1030-0500", (2017, 8, 4, 15, 30), "time", -300),
        ("2017/08/04 10:30:00 EDT", (2017, 8, 4, 14, 30), "time", -240),
        ("Fri, 04 Aug 2017 10:00:00 GMT", (2017, 8, 4, 10), "time", 0),
        ("Fri Aug 04 2017 10:00:00 GMT+0200 (CEST)", (2017, 8, 4, 8), "time", 120),
        ("August 4, 2017 at 6:09 p.m.", (2017, 8, 4, 18, 9), "time", 0),
        ("4. August 2017, 10:15 Uhr", (2017, 8, 4, 10, 15), "time", 0),
        ("4 de agosto de 2017", (2017, 8, 4), "day", 0),
        ("04.08.2017", (2017, 8, 4), "day", 0),
        ("08/04/2017", (2017, 8, 4), "day", 0),
        ("25/04/2017", (2017, 4, 25), "day", 0),
        ("2017年8月4日 10:30", (2017, 8, 4, 10, 30), "time", 0),
        ("1501840800", (2017, 8, 4, 10), "time", 0),
        ("1501840800000", (2017, 8, 4, 10), "time", 0),
    ],
)
def test_a_moment_is_read(text: str, instant: tuple[int, ...], precision: str, offset: int) -> None:
    moment = parse(text)
    assert moment is not None
    assert moment.instant.replace(microsecond=0) == datetime(*instant, tzinfo=UTC)  # type: ignore[arg-type,misc]
    assert (moment.precision, moment.offset) == (precision, offset)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "12:30",
        "2017-13-45",
        "32.01.2017",
        "1970-01-01",
        "9" * 60,
        "99999999999999",
        "30 MB",
        "Room 2017",
    ],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert parse(text) is None


def test_a_slashed_day_is_read_as_the_page_writes_it() -> None:
    first, second = parse("03/04/2017"), parse("03/04/2017", day_first=True)
    assert first is not None
    assert second is not None
    assert (first.instant.month, second.instant.month) == (3, 4)
