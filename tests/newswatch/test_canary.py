"""The canary, and where it gets lost."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.loading import load
from config.settings import Settings
from newswatch import canary
from newswatch.canary import STAGES, Outlet, due, fly, last_flight
from tests.newswatch.conftest import Newsroom, Site

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


@pytest.fixture
def settings(newsroom: Newsroom) -> Settings:
    """Of a newsroom that nothing was done in yet."""
    return load(newsroom.directory).settings


class Broken(Outlet):
    """Serves something else at one stage."""

    stage = ""

    def answer(self, path: str) -> tuple[int, str, bytes]:
        if self.stage == "feed" and path == "/feed.xml":
            return 500, "text/plain", b"out of order"
        if self.stage == "fetch" and path == "/robots.txt":
            return 200, "text/plain", b"User-agent: *\nDisallow: /story\n"
        return super().answer(path)

    def page(self) -> str:
        if self.stage == "extraction":
            return "<html><body><div id=app></div><script src=app.js></script></body></html>"
        return super().page().replace(self.term, "bird") if self.stage == "match" else super().page()


def test_it_passes_every_stage_and_leaves_the_archive_alone(newsroom: Newsroom) -> None:
    done = newsroom.run("canary", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (tuple(report["reached"]), report["broken"]) == (STAGES, None)
    assert newsroom.run("export", "articles").stdout == ""
    assert newsroom.mails() == []


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["feed", "fetch", "extraction", "match"])
def test_the_stage_where_it_is_lost_is_named(settings: Settings, stage: str) -> None:
    outlet = Broken(term="finch of the quarry", published=NOW - timedelta(minutes=20))
    outlet.stage = stage
    flight = fly(settings, NOW, outlet)
    assert (flight.broken, flight.reached) == (stage, STAGES[: STAGES.index(stage)])
    assert last_flight(settings) == flight
    assert due(settings, NOW + timedelta(minutes=5)), "it flies again in the next cycle"


@pytest.mark.slow
@pytest.mark.parametrize(("stage", "file", "old", "new"), [
    ("digest", "subscribers.yaml", "hourly", "weekly"),
    ("outbox", "newswatch.yaml", "file:outbox/", "smtp://127.0.0.1:1"),
])  # fmt: skip
def test_a_mail_that_is_not_made_or_does_not_leave_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, stage: str, file: str, old: str, new: str
) -> None:
    furnish = canary._furnish

    def furnish_otherwise(folder: Path, *arguments: Any) -> None:
        furnish(folder, *arguments)
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new))

    monkeypatch.setattr(canary, "_furnish", furnish_otherwise)
    assert fly(settings, NOW).broken == stage


def test_a_folder_that_cannot_be_written_is_a_lost_canary(settings: Settings) -> None:
    settings.lock_file.parent.write_text("in the way")
    flight = fly(settings, NOW)
    assert flight.broken == "feed"
    assert str(settings.lock_file.parent) in flight.reason


def test_it_flies_once_a_day(settings: Settings) -> None:
    assert due(settings, NOW)
    folder = settings.lock_file.parent / "canary"
    folder.mkdir(parents=True)
    (folder / "last.json").write_text(
        json.dumps({"at": NOW.isoformat(), "reached": STAGES, "reason": "", "lost_before": False})
    )
    assert not due(settings, NOW + timedelta(hours=23))
    assert due(settings, NOW + timedelta(hours=24))
    assert due(settings, NOW - timedelta(days=400)), "the clock was set back"
    (folder / "last.json").write_text("{")
    assert due(settings, NOW)


@pytest.mark.slow
def test_a_run_flies_it_tells_the_operator_and_gives_a_sign_of_life(newsroom: Newsroom, site: Site) -> None:
    path = newsroom.directory / "newswatch.yaml"
    settings = json.loads(path.read_text())
    settings["mail"]["operator"] = "ops@example.org"
    settings["proof"] = {"canary": True, "ping": f"{site.url}/alive"}
    path.write_text(json.dumps(settings))
    report = newsroom.report("run")
    assert report["canary"]["broken"] is None
    assert newsroom.report("run")["canary"] is None
    assert site.hits["/alive"] == 2
    last = newsroom.directory / "var" / "canary" / "last.json"
    lost = {"at": datetime.now(UTC).isoformat(), "reached": ["feed"], "reason": "robots", "lost_before": False}
    last.write_text(json.dumps(lost))
    assert newsroom.report("run")["canary"]["broken"] is None
    (mail,) = (mail for mail in newsroom.mails() if "ops@example.org" in mail)
    assert "arrived, where the one before it did not" in mail.replace("=\n", "")


def test_a_lost_canary_is_told_in_the_same_run_and_once(newsroom: Newsroom) -> None:
    path = newsroom.directory / "newswatch.yaml"
    settings = json.loads(path.read_text())
    settings["mail"]["operator"] = "ops@example.org"
    settings["proof"] = {"canary": True, "ping": "http://127.0.0.1:1/alive"}
    path.write_text(json.dumps(settings))
    (newsroom.directory / "var").mkdir()
    (newsroom.directory / "var" / "canary").write_text("in the way")
    done = newsroom.run("run")
    assert done.returncode == 1
    assert "the canary got lost at feed" in done.stderr
    assert "proof.ping: the sign of life did not arrive" in done.stderr
    newsroom.run("run")
    (mail,) = newsroom.mails()
    assert "got lost at feed" in mail.replace("=\n", "")
