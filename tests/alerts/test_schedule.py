"""Local times as instants."""

import json
import os
import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alerts import schedule
from monitor.records import Every, Subscription

DATA = Path(os.environ.get("NEWSWATCH_DATA") or Path(__file__).parents[3] / "shared" / "data")
TABLE = DATA / "adversarial" / "tables" / "schedule.jsonl"
LA = "America/Los_Angeles"


def utc(text: str) -> datetime:
    """An instant."""
    return datetime.fromisoformat(text).astimezone(UTC)


def instants(subscription: Subscription, start: datetime, end: datetime) -> list[datetime]:
    """What a run every seven minutes makes digests for."""
    found, last, now = [], None, start
    subscription = Subscription(
        email="a@example.org", every=subscription.every, at=subscription.at, day=subscription.day,
        time_zone=subscription.time_zone, created=start,
    )  # fmt: skip
    while now <= end:
        moment = schedule.due(subscription, now, last)
        if moment is not None:
            found.append(moment)
            last = moment
        now += timedelta(minutes=7)
    return found


def daily(at: str, zone: str = LA, every: Every = "daily", day: str = "monday") -> Subscription:
    """A subscription."""
    return Subscription(email="a@example.org", every=every, at=at, time_zone=zone, day=day)


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        (date(2026, 3, 7), "08:00", LA, "2026-03-07T16:00Z"),
        (date(2026, 3, 8), "08:00", LA, "2026-03-08T15:00Z"),
        (date(2026, 3, 8), "02:30", LA, "2026-03-08T10:00Z"),  # does not exist: right after the jump
        (date(2026, 3, 8), "02:00", LA, "2026-03-08T10:00Z"),
        (date(2026, 3, 8), "03:00", LA, "2026-03-08T10:00Z"),
        (date(2026, 11, 1), "01:30", LA, "2026-11-01T08:30Z"),  # twice: the first time
        (date(2026, 3, 29), "02:30", "Europe/Berlin", "2026-03-29T01:00Z"),
        (date(2026, 10, 25), "02:30", "Europe/Berlin", "2026-10-25T00:30Z"),
        (date(2026, 10, 4), "02:15", "Australia/Lord_Howe", "2026-10-03T15:30Z"),  # jumps half an hour
        (date(2026, 4, 5), "01:45", "Australia/Lord_Howe", "2026-04-04T14:45Z"),
        (date(2011, 12, 30), "07:30", "Pacific/Apia", "2011-12-30T10:00Z"),  # a day that was left out
        (date(2026, 4, 25), "00:00", "Africa/Cairo", "2026-04-24T21:00Z"),
        (date(2026, 4, 24), "00:00", "Africa/Cairo", "2026-04-23T22:00Z"),  # midnight does not exist
        (date(2026, 7, 1), "12:00", "Asia/Kathmandu", "2026-07-01T06:15Z"),
        (date(2026, 10, 4), "02:30", "Australia/Sydney", "2026-10-03T16:00Z"),  # forward in spring, there too
        (date(2026, 4, 5), "02:30", "Australia/Sydney", "2026-04-04T15:30Z"),
        (date(2026, 4, 5), "02:59", "Pacific/Auckland", "2026-04-04T13:59Z"),
        (date(2026, 9, 27), "02:01", "Pacific/Auckland", "2026-09-26T14:00Z"),
        (date(2026, 9, 6), "00:00", "America/Santiago", "2026-09-06T04:00Z"),  # the first hour of the day is left out
        (date(2026, 3, 29), "02:30", "Antarctica/Troll", "2026-03-29T01:00Z"),  # jumps two hours
        (date(2026, 10, 25), "01:30", "Antarctica/Troll", "2026-10-24T23:30Z"),
        (date(2026, 3, 29), "00:30", "Atlantic/Azores", "2026-03-29T01:00Z"),
        (date(2026, 2, 16), "12:00", "Africa/Casablanca", "2026-02-16T12:00Z"),  # forward before Ramadan, back after it
    ],
)
def test_a_local_time_is_one_instant(day: date, at: str, zone: str, expected: str) -> None:
    assert schedule.instant(day, time.fromisoformat(at), ZoneInfo(zone)) == utc(expected)


@pytest.mark.skipif(not TABLE.exists(), reason="the adversarial data is not here")
def test_the_table_of_schedules() -> None:
    rows = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
    assert rows
    for row in rows:
        every, at, zone = re.match(r"(\w+) (\d\d:\d\d) (\S+)", row["case"]).groups()  # type: ignore[union-attr]
        if "window" in row:
            start, end = map(utc, row["window"])
            assert instants(daily(at, zone, every), start, end) == [utc(moment) for moment in row["fires"]], row["case"]
        else:
            days = [date.fromisoformat(day) for day in row["fires_on"]]
            start, end = (
                datetime.combine(day, time(hour), ZoneInfo(zone)) for day, hour in ((days[0], 0), (days[-1], 23))
            )
            found = instants(daily(at, zone, every), start.astimezone(UTC), end.astimezone(UTC))
            assert [moment.astimezone(ZoneInfo(zone)).date() for moment in found] == days, row["case"]


def test_a_daily_digest_over_the_gap() -> None:
    found = instants(daily("08:00"), utc("2026-03-07T00:00-08:00"), utc("2026-03-10T00:00-07:00"))
    assert found == [utc("2026-03-07T16:00Z"), utc("2026-03-08T15:00Z"), utc("2026-03-09T15:00Z")]


def test_a_daily_digest_over_the_fold_comes_once() -> None:
    found = instants(daily("01:30"), utc("2026-10-31T00:00-07:00"), utc("2026-11-02T23:00-08:00"))
    days = [moment.astimezone(ZoneInfo(LA)).date() for moment in found]
    assert days == [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2)]
    assert found[1] == utc("2026-11-01T08:30Z")


def test_an_hourly_digest_comes_in_every_hour_that_passes() -> None:
    found = instants(daily("07:30", every="hourly"), utc("2026-11-01T00:10-07:00"), utc("2026-11-01T06:00-08:00"))
    assert {b - a for a, b in pairwise(found)} == {timedelta(hours=1)}
    assert len(found) == 6
    assert {moment.minute for moment in found} == {0}


def test_an_hourly_digest_is_on_the_local_full_hour() -> None:
    found = instants(daily("07:30", "Asia/Kathmandu", "hourly"), utc("2026-07-01T00:00Z"), utc("2026-07-01T03:00Z"))
    assert [moment.minute for moment in found] == [15, 15, 15]


@pytest.mark.parametrize("day", schedule.DAYS)
def test_a_weekly_digest_comes_on_its_day(day: str) -> None:
    found = instants(daily("08:00", every="weekly", day=day), utc("2026-10-20T00:00Z"), utc("2026-11-20T00:00Z"))
    assert len(found) in {4, 5}
    local = [moment.astimezone(ZoneInfo(LA)) for moment in found]
    assert {schedule.DAYS[moment.weekday()] for moment in local} == {day}
    assert {(moment.hour, moment.minute) for moment in local} == {(8, 0)}


@pytest.mark.parametrize("every", ["immediately", "hourly", "daily", "weekly"])
@pytest.mark.parametrize("zone", [LA, "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia", "UTC"])
def test_latest_and_following_enclose_the_moment(every: Every, zone: str) -> None:
    subscription = daily("02:30", zone, every)
    now = utc("2026-01-01T00:00Z")
    while now < utc("2027-01-01T00:00Z"):
        before, after = schedule.latest(subscription, now), schedule.following(subscription, now)
        assert before <= now < after
        assert schedule.latest(subscription, after) == after
        assert schedule.following(subscription, before) == after
        now += timedelta(hours=17, minutes=13)


def test_a_new_subscription_waits_for_its_first_time() -> None:
    now = utc("2026-11-24T12:00-08:00")
    subscription = Subscription(email="a@example.org", at="07:30", time_zone=LA, created=now)
    assert schedule.due(subscription, now, None) is None
    assert schedule.due(subscription, now + timedelta(hours=19, minutes=29), None) is None
    assert schedule.due(subscription, now + timedelta(hours=19, minutes=30), None) == utc("2026-11-25T07:30-08:00")
