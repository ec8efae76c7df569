"""When a source is looked at again."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from monitor import polling
from monitor.polling import Rhythm
from monitor.records import Source

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SOURCE = Source(name="The Record", home="http://record.test/")


def looked(*looks: tuple[int, list[int] | None]) -> Rhythm:
    """The rhythm after looks at (minutes since the first, items)."""
    rhythm = polling.begin(looks[0][1] or [], NOW)
    for minutes, items in looks[1:]:
        rhythm = polling.learn(rhythm, items, NOW + minutes * MINUTE)
    return rhythm


def test_a_quiet_feed_is_looked_at_more_and_more_rarely() -> None:
    pauses = [looked(*[(15 * n, [1, 2, 3]) for n in range(count)]).pause for count in range(2, 30)]
    assert pauses == sorted(pauses)
    assert pauses[-1] > 30 * 60


def test_a_full_look_makes_the_pause_shorter() -> None:
    calm = looked((0, list(range(10))), (15, list(range(10))))
    busy = looked((0, list(range(10))), (15, list(range(8, 18))))
    assert busy.pause < calm.pause


def test_a_look_that_shares_nothing_with_the_last_one_is_a_gap_and_the_next_comes_soon() -> None:
    before = looked((0, [1, 2, 3]))
    assert polling.is_gap(before, [4, 5, 6])
    assert not polling.is_gap(before, [3, 4, 5])
    assert not polling.is_gap(before, [])
    assert looked((0, [1, 2, 3]), (60, [4, 5, 6])).pause == polling.SHORTEST.total_seconds()


def test_the_pause_stays_between_five_minutes_and_a_day() -> None:
    for items in (None, [1], list(range(100, 200))):
        rhythm = looked((0, list(range(10))))
        for n in range(1, 200):
            rhythm = polling.learn(rhythm, items, NOW + n * 60 * MINUTE)
            assert polling.SHORTEST.total_seconds() <= rhythm.pause <= polling.LONGEST.total_seconds()


def test_hours_in_which_nothing_ever_comes_are_looked_at_more_rarely() -> None:
    rhythm, item = polling.begin(list(range(10)), NOW), 10
    pauses: dict[int, float] = {}
    for n in range(1, 24 * 4 * 8):
        at = NOW + n * 15 * MINUTE
        item += 1 if 8 <= at.hour < 20 else 0
        rhythm = polling.learn(rhythm, list(range(item - 10, item)), at)
        pauses[at.hour] = rhythm.pause
    assert pauses[2] > 2 * pauses[12]


def test_a_clock_that_was_set_back_teaches_nothing() -> None:
    rhythm = polling.learn(looked((0, [1, 2])), [2, 3], NOW - 60 * MINUTE)
    assert rhythm.pause == polling.FIRST.total_seconds()
    assert rhythm.last == (NOW - 60 * MINUTE).timestamp()


def test_a_rhythm_survives_being_kept() -> None:
    import json

    rhythm = looked((0, [1, 2, 3]), (15, [2, 3, 4]))
    assert Rhythm.of(json.loads(json.dumps(rhythm.plain()))) == rhythm


@pytest.mark.parametrize(
    ("poll", "dark", "pause"),
    [
        (None, timedelta(), timedelta(minutes=15)),
        (timedelta(hours=1), timedelta(), timedelta(hours=1)),
        (None, timedelta(hours=20), timedelta(minutes=15)),
        (None, timedelta(days=2), timedelta(hours=6)),
        (None, timedelta(days=90), timedelta(days=1)),
        (timedelta(days=3), timedelta(days=90), timedelta(days=3)),
    ],
)
def test_a_dark_source_is_asked_more_rarely_and_daily_at_least(
    poll: timedelta | None, dark: timedelta, pause: timedelta
) -> None:
    source = Source(name="A", home="http://a.test/", poll=poll)
    assert polling.next_poll(source, [], NOW, NOW - dark if dark else None) == NOW + pause


def wished(wishes: polling.Wishes, *looks: tuple[int, list[int] | None]) -> Rhythm:
    """The rhythm of a feed whose publisher has wishes."""
    rhythm = polling.wishing(polling.begin(looks[0][1] or [], NOW), wishes)
    for minutes, items in looks[1:]:
        rhythm = polling.learn(polling.wishing(rhythm, wishes), items, NOW + minutes * MINUTE)
    return rhythm


def test_a_publishers_wish_to_wait_is_heeded_as_far_as_the_feed_holds_what_may_come() -> None:
    calm = [(minutes, list(range(20))) for minutes in (0, 15)]
    plain, asked = wished(polling.Wishes(), *calm), wished(polling.Wishes(wait=30 * MINUTE), *calm)
    assert plain.pause < 30 * 60 <= asked.pause
    busy = [(minutes, list(range(minutes, minutes + 10))) for minutes in (0, 5, 10, 15)]
    assert wished(polling.Wishes(wait=timedelta(days=1)), *busy).pause <= 36 * 60


def test_hours_and_days_to_skip_are_skipped_where_nothing_is_missed_by_it() -> None:
    looks = [(minutes, list(range(60))) for minutes in (0, 15)]  # looked at noon, a Tuesday
    skip = polling.Wishes(skip_hours=(12,))
    assert NOW + timedelta(minutes=15, seconds=wished(skip, *looks).pause) >= NOW.replace(hour=13)
    assert wished(polling.Wishes(skip_days=(0,)), *looks).pause == wished(polling.Wishes(), *looks).pause


def test_a_publisher_whose_wish_cost_a_story_is_not_heeded_any_more() -> None:
    gap = [(0, list(range(20))), (60, list(range(50, 70))), (65, list(range(50, 70)))]
    rhythm = wished(polling.Wishes(wait=timedelta(hours=3)), *gap)
    assert rhythm.misled
    assert rhythm.pause == wished(polling.Wishes(), *gap).pause


def test_the_longest_silence_of_each_week_is_kept_and_comes_back_as_it_was() -> None:
    rhythm = polling.begin([], NOW)
    for day in range(30):
        for hour in range(4):
            number = day * 4 + hour
            rhythm = polling.learn(rhythm, [number], NOW + timedelta(days=day, hours=hour + 1))
    assert len(rhythm.moves) == polling.MOVES
    assert {until - since for since, until in rhythm.lulls} == {21 * 3600}
    assert 3 <= len(rhythm.lulls) <= 4
    assert Rhythm.of(json.loads(json.dumps(rhythm.plain()))) == rhythm


def test_old_stories_that_are_put_back_are_no_news() -> None:
    dates = {1: NOW - timedelta(days=400), 2: NOW + timedelta(minutes=20)}
    rhythm = polling.learn(polling.begin([0], NOW), [0, 1], NOW + timedelta(minutes=30), dates)
    assert rhythm.moves == ()
    rhythm = polling.learn(rhythm, [0, 1, 2], NOW + timedelta(minutes=45), dates)
    assert rhythm.moves == (int((NOW + timedelta(minutes=45)).timestamp()),)
