"""A way in, look after look: blips, lists that empty, shrink, age or fall silent."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor import polling
from monitor.health import ways
from monitor.health.ways import Sight, WayHealth
from monitor.polling import Rhythm

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def after(*sights: Sight | int, kind: str = "feeds", every: timedelta = HOUR) -> WayHealth:
    """The health after looks an hour apart; a number is a list of so many."""
    health = WayHealth()
    for n, sight in enumerate(sights):
        seen = Sight(kind=kind, entries=sight) if isinstance(sight, int) else sight
        health = ways.look(health, seen, None, NOW + n * every)
    return health


BAD = Sight(kind="feeds", trouble="server_error", reason="HTTP 503")
SAME = Sight()


@pytest.mark.parametrize(
    ("looks", "state"),
    [
        ([20], "ok"),
        ([BAD], "failing"),  # it never worked
        ([20, BAD], "shaky"),
        ([20, BAD, 20], "ok"),
        ([20, BAD, BAD], "failing"),
        ([20, BAD, BAD, 20], "recovering"),
        ([20, BAD, BAD, 20, BAD], "failing"),
        ([20, BAD, BAD, 20, SAME], "ok"),
    ],
)
def test_a_blip_is_no_failure_and_one_good_look_no_recovery(looks: list[Sight | int], state: str) -> None:
    assert after(*looks).state == state


def test_a_failure_has_a_beginning_and_a_last_good_look() -> None:
    health = after(20, 20, BAD, BAD)
    assert datetime.fromtimestamp(health.first, UTC) == NOW + 2 * HOUR
    assert datetime.fromtimestamp(health.good, UTC) == NOW + HOUR
    assert (health.trouble, health.reason) == ("server_error", "HTTP 503")


@pytest.mark.parametrize(
    ("kind", "looks", "trouble"),
    [
        ("feeds", [20, 0, 0], "empty"),
        ("feeds", [20, 0, SAME], "empty"),
        ("sections", [40, 0, 0], "empty"),
        ("sections", [40, 3, 3], "fewer"),
        ("sections", [40, 30, 25, 20], ""),
        ("sections", [5, 1, 1], ""),
        ("sitemaps", [40, 3, 1, 0, 0], ""),  # no news in two days
        ("feeds", [0, 0, 0], ""),  # not yet
    ],
)
def test_a_list_that_empties_or_shrinks_is_found_in_two_looks(
    kind: str, looks: list[Sight | int], trouble: str
) -> None:
    health = after(*looks, kind=kind)
    assert (health.trouble, health.state) == (trouble, "failing" if trouble else "ok")


def test_a_list_that_never_held_anything_is_told_after_two_days() -> None:
    assert after(*[0] * 48).trouble == ""
    assert after(*[0] * 50).state == "failing"


def test_a_list_of_old_stories_is_told_unless_they_always_were_rare() -> None:
    old = tuple(NOW - timedelta(days=400 + n) for n in range(10))
    yearly = tuple(NOW - timedelta(days=300 * (n + 1)) for n in range(4))
    assert after(*[Sight(kind="feeds", entries=10, dates=old)] * 2).trouble == "old_dates"
    assert after(*[Sight(kind="feeds", entries=4, dates=yearly)] * 2).trouble == ""


@pytest.mark.parametrize("dated", [True, False])
def test_news_came_by_its_date_or_after_the_look_before(dated: bool) -> None:
    date = NOW + HOUR / 2
    rhythm = polling.begin([1, 2], NOW)
    health = ways.look(WayHealth(), Sight(kind="feeds", entries=2), rhythm, NOW)
    assert (health.news, datetime.fromtimestamp(health.still, UTC)) == (0.0, NOW)
    for items in ([1, 2, 3], [1, 2, 3]):
        now = NOW + (HOUR if rhythm.last == NOW.timestamp() else 2 * HOUR)
        rhythm = polling.learn(rhythm, items, now, {3: date} if dated else {})
        health = ways.look(health, Sight(kind="feeds", entries=3), rhythm, now)
    assert datetime.fromtimestamp(health.still, UTC) == (date if dated else NOW)
    assert datetime.fromtimestamp(health.news, UTC) == (date if dated else NOW + HOUR)


def daily(days: int, *, weekends: bool = True) -> tuple[WayHealth, Rhythm, datetime]:
    """A feed that has three stories each noon, looked at every six hours."""
    health, rhythm, items, dates = WayHealth(), None, [], {}
    now = NOW
    for step in range(days * 4):
        now = NOW + step * timedelta(hours=6)
        if now.hour == 12 and (weekends or now.weekday() < 5):
            new = range(len(dates), len(dates) + 3)
            dates |= {n: now - timedelta(minutes=n % 3 + 1) for n in new}
            items = [*new, *items][:20]
        shown = {n: dates[n] for n in items}
        rhythm = polling.begin(items, now, shown.values()) if not rhythm else polling.learn(rhythm, items, now, shown)
        health = ways.look(health, Sight(kind="feeds", entries=len(items)), rhythm, now)
        assert not health.failing, now
    assert rhythm is not None
    return health, rhythm, now


@pytest.mark.parametrize("weekends", [True, False])
def test_a_feed_that_falls_silent_is_told_after_more_than_two_of_its_intervals_and_within_three(weekends: bool) -> None:
    health, rhythm, now = daily(40, weekends=weekends)
    last = datetime.fromtimestamp(health.news, UTC)
    usual = timedelta(days=1 if weekends else 3)
    while not health.failing:
        now += timedelta(hours=3)
        rhythm = polling.learn(rhythm, None, now)
        health = ways.look(health, SAME, rhythm, now)
        assert now - last <= 3 * usual + timedelta(hours=3), "a look later"
    assert health.trouble == "silent"
    assert now - last > 2 * timedelta(days=1)
    assert health.first == last.timestamp()
    kept = WayHealth.of(health.plain())
    assert kept == health
