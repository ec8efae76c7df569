"""Dates that a machine set in one go."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.leads.stamps import are_dated_anew, are_stamped
from monitor.records import Lead

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)


def leads(*minutes: float) -> list[Lead]:
    return [Lead(url="https://p.example/", published=NOW - timedelta(minutes=m), precision="time") for m in minutes]


@pytest.mark.parametrize(
    ("found", "stamped"),
    [
        (leads(*[1] * 12), True),
        (leads(*[m / 10 for m in range(12)]), True),
        (leads(*[1] * 10, 900, 2000), True),
        (leads(*[1] * 6, *range(100, 700, 100)), False),
        (leads(*range(0, 600, 50)), False),
        (leads(*[1] * 9), False),
        ([Lead(url="https://p.example/", published=NOW, precision="day") for _ in range(12)], False),
    ],
)
def test_a_feed_whose_dates_lie_within_minutes_is_stamped(found: list[Lead], stamped: bool) -> None:
    assert are_stamped(found, 10) is stamped


@pytest.mark.parametrize(
    ("anew", "kept", "verdict"),
    [(3, 0, True), (3, 3, True), (3, 4, False), (2, 0, False), (0, 5, False)],
)
def test_stories_known_before_the_day_they_are_given_were_dated_anew(anew: int, kept: int, verdict: bool) -> None:
    old, found = NOW - timedelta(days=30), leads(*[1] * (anew + kept))
    known = [(lead, old if number < anew else NOW) for number, lead in enumerate(found)]
    assert are_dated_anew(known) is verdict
