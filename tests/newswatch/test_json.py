"""With `--json` each command prints one JSON document on stdout, and nothing else there."""

import json
from pathlib import Path

import pytest

from tests.newswatch.conftest import Newsroom, Site

CSV = "email,topics\ncy@example.org,Sanctuary policy\n"
COMMANDS = [
    "check", "topics list", "topics test", "sources list", "sources export", "sources read {site}/rss",
    "sources discover {site}/a", "crawl", "crawl {site}/a", "extract {site}/a", "match {site}/a",
    "match --explain {site}/a", "run", "digest preview", "digest send", "outbox list", "outbox show 1", "outbox retry",
    "outbox flush", "mail test ana@example.org", "subscribers list", "subscribers add bea@example.org",
    "subscribers import {folder}/people.csv", "subscribers remove bea@example.org", "subscribers export",
    "subscribers export bea@example.org", "subscribers erase bea@example.org", "bounces read {folder}/people.csv",
    "export articles", "export matches", "export articles --since 2999-01-01", "export feeds {folder}/feeds",
    "init {folder}/beat",
]  # fmt: skip


def test_every_command_prints_one_document(newsroom: Newsroom, site: Site, tmp_path: Path) -> None:
    site.publish("/a", "County drops its sanctuary policy", "The county dropped its sanctuary policy on Monday.")
    newsroom.run("run")
    (tmp_path / "people.csv").write_text(CSV)
    for command in COMMANDS:
        words = command.format(site=site.url, folder=tmp_path).split()
        done = newsroom.run(*words, "--json")
        try:
            json.loads(done.stdout)
        except ValueError:
            pytest.fail(f"{command}: {done.stdout!r} {done.stderr!r}")


def test_what_subscribers_does_is_told_to_a_program(newsroom: Newsroom) -> None:
    (row,) = newsroom.report("subscribers", "add", "bea@example.org", "--every", "weekly")["subscribers"]
    assert (row["email"], row["state"], row["every"]) == ("bea@example.org", "active", "weekly")
    (row,) = newsroom.report("subscribers", "remove", "bea@example.org")["subscribers"]
    assert row["state"] == "unsubscribed"
    assert newsroom.report("subscribers", "erase", "bea@example.org") == {"erased": "bea@example.org"}
    done = newsroom.run("subscribers", "add", "bea@example.org", "--time-zone", "Mars")
    assert done.returncode == 2
    assert "time_zone: is not a time zone of the IANA database" in done.stderr
