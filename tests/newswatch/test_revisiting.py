"""Looks at known articles in whole runs: by themselves, and killed in the middle."""

import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.newswatch.conftest import ROOT, Newsroom, Site

ADDED = "Late in the evening the county dropped its sanctuary policy."


def revisions(newsroom: Newsroom) -> list[dict[str, object]]:
    return [json.loads(line) for line in newsroom.run("export", "revisions").stdout.splitlines()]


def test_a_run_looks_at_what_is_due_although_its_source_is_not(newsroom: Newsroom, site: Site) -> None:
    sources = newsroom.directory / "sources.yaml"
    sources.write_text(sources.read_text().replace('"sections"', '"poll": "1d", "sections"'))
    now = datetime.now(UTC)
    site.publish("/a", "Council meets", "The council met on Monday.")
    assert newsroom.report("run")["articles"]["new"] == 1
    site.publish("/a", "Council meets", ADDED)
    report = newsroom.report("run", at=now + timedelta(hours=1.1))
    assert (report["sources"]["checked"], report["sources"]["failed"]) == (0, [])
    assert report["articles"] == {"new": 0, "revised": 1, "held": 0, "other": 0}
    assert (report["matches"], report["digests"]["sent"]) == (1, 1)
    (mail,) = newsroom.mails()
    assert "Updated story" in mail
    assert site.hits["/rss"] == 1


@pytest.mark.slow
def test_a_kill_between_looks_loses_nothing_and_doubles_nothing(newsroom: Newsroom, site: Site) -> None:
    settings = newsroom.directory / "newswatch.yaml"
    settings.write_text(settings.read_text().replace('"10ms"', '"400ms"'))
    paths = [f"/{number}" for number in range(8)]
    for path in paths:
        site.publish(path, f"Council meets {path}", f"The council met on Monday, for the {path} time.")
    now = datetime.now(UTC)
    assert newsroom.report("run")["articles"]["new"] == 8
    for path in paths:
        site.publish(path, f"Council meets {path}", f"The council met on Monday, for the {path} time. {ADDED}")
    at = (now + timedelta(hours=1.1)).isoformat()
    command = [sys.executable, "-m", "newswatch", "run", "--config", str(newsroom.directory), "--at", at]
    for reached in (11, 14):
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        while sum(site.hits[path] for path in paths) < reached and process.poll() is None:
            time.sleep(0.02)
        process.kill()
        process.wait()
    newsroom.run("run", at=now + timedelta(hours=1.2))
    found = revisions(newsroom)
    assert sorted(str(row["url"]) for row in found) == sorted(site.url + path for path in paths)
    assert {row["number"] for row in found} == {1}
    mails = newsroom.mails()
    assert sorted(path for path in paths for mail in mails if f"{site.url}{path}\n" in mail) == sorted(paths)
