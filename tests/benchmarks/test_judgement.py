"""The replayed month is judged by the world's record: what is told falsely, not at all, or otherwise, is counted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks import record
from benchmarks.faults import Fault
from benchmarks.faulty import BEGINS
from benchmarks.judgement import Judge
from benchmarks.record import Month, Seen

HOUR = timedelta(hours=1)
DAY, OUT = 3, Fault(1, 1.0, 10, "503", "dark")
SITE, OTHER = "The Site", "The Other"
LISTED = "/feed.xml"
HOURS = "`sources health`, hours"


def told(month: Month) -> dict[str, Any]:
    return {what: figure for what, figure, _, _ in Judge(month).rows()}


@pytest.fixture
def month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Month]:
    """Three days of two sites that bring a story out every two hours; the first is out for ten hours of the second.
    `says` is what `sources health` calls each site, `looks` are the hours in which the lists are asked for."""
    monkeypatch.setattr(record, "FAULTS", (OUT,))
    (tmp_path / "outbox").mkdir()
    truth = [
        {"url": f"http://127.0.1.{n}:1/2017/{h}", "site": name, "published": BEGINS + h * HOUR}
        for n, name in ((1, SITE), (2, OTHER)) for h in range(-48, 24 * DAY, 2)
    ]  # fmt: skip

    def made(says: Callable[[str, datetime], str], looks: Callable[[int], bool] = lambda hour: True) -> Month:
        times = [BEGINS + hour * HOUR for hour in range(24 * DAY)]
        return Month(
            folder=tmp_path, days=DAY, truth=truth, edited={}, edit="", seconds=1.0,
            asked={name: [(at, LISTED) for h, at in enumerate(times) if looks(h)] for name in (SITE, OTHER)},
            archive={row["url"] for row in truth}, seen=[_seen(at, says) for at in times],
        )  # fmt: skip

    return made


def _seen(at: datetime, says: Callable[[str, datetime], str]) -> Seen:
    states = {name: {"state": says(name, at), "kind": "", "reason": ""} for name in (SITE, OTHER)}
    failed = [{"name": name} for name, row in states.items() if row["state"] == "failing"]
    return Seen(at, {"sources": {"failed": failed, "partial": []}}, states)


def _rightly(name: str, at: datetime) -> str:
    return "failing" if name == SITE and OUT.begin + HOUR <= at < OUT.end else "ok"


def test_all_that_is_told_rightly_from_the_second_look_on_is_right(month: Callable[..., Month]) -> None:
    figures = told(month(_rightly))
    assert figures[f"{HOURS} (144): rightly told"] == 9
    assert [figures[f"{HOURS}: {what}"] for what in ("falsely told", "missed", "told as another extent")] == [0, 0, 0]
    assert figures["published and archived (66)"] == 1.0


def test_who_says_nothing_misses_every_hour_from_the_second_look_on(month: Callable[..., Month]) -> None:
    figures = told(month(lambda name, at: "ok"))
    assert figures[f"{HOURS}: missed"] == 9
    assert figures["`run --json`, looks: falsely told, missed"] == "0, 9"


def test_not_to_look_is_no_excuse_for_longer_than_three_usual_intervals(month: Callable[..., Month]) -> None:
    figures = told(month(lambda name, at: "ok", lambda hour: not OUT.is_on(BEGINS + hour * HOUR)))
    assert figures[f"{HOURS}: missed"] == 4


def test_a_healthy_site_is_falsely_told_but_not_before_one_can_know_it_mended(month: Callable[..., Month]) -> None:
    def late(name: str, at: datetime) -> str:
        return "failing" if name == SITE and OUT.begin + HOUR <= at < OUT.end + 5 * HOUR else "ok"

    assert told(month(late))[f"{HOURS}: falsely told"] == 5
    blind = month(late, lambda hour: not OUT.end <= BEGINS + hour * HOUR < OUT.end + 3 * HOUR)
    assert told(blind)[f"{HOURS}: falsely told"] == 2
    assert told(month(lambda name, at: "partial" if name == OTHER else "ok"))[f"{HOURS}: falsely told"] == 24 * DAY


def test_dark_is_not_partial(month: Callable[..., Month]) -> None:
    figures = told(month(lambda name, at: "partial" if _rightly(name, at) == "failing" else "ok"))
    assert figures[f"{HOURS}: told as another extent"] == 9
