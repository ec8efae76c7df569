"""`newswatch sources health` and `run --json`: what is told of a source that answers, but shows nothing."""

import json
from datetime import UTC, datetime, timedelta

from tests.newswatch.conftest import Newsroom, Site


def test_health_names_what_fails_and_how_to_mend_it(newsroom: Newsroom, site: Site) -> None:
    assert json.loads(newsroom.run("sources", "health", "--json").stdout)[0]["state"] == "new"
    site.publish("/a", "County drops its sanctuary policy", "The county dropped its sanctuary policy on Monday.")
    newsroom.run("run")
    well = newsroom.run("sources", "health")
    assert well.returncode == 0
    assert "The Record  ok" in well.stdout
    site.articles.clear()
    for hours in (1, 2):
        done = newsroom.run("run", "--all", "--json", at=datetime.now(UTC) + timedelta(hours=hours))
    (failed,) = json.loads(done.stdout)["sources"]["failed"]
    assert (done.returncode, failed["kind"], failed["name"]) == (1, "empty", "The Record")
    assert "lists nothing, where it used to list 1" in failed["reason"]
    ill = newsroom.run("sources", "health", "--json", at=datetime.now(UTC) + timedelta(hours=2))
    (row,) = json.loads(ill.stdout)
    assert (ill.returncode, row["state"], row["kind"]) == (1, "failing", "empty")
    assert "`feeds` of 'The Record' in sources.yaml" in row["hint"]
    assert row["ways"][0]["since"] < row["ways"][0]["last_looked"]
    site.publish("/b", "The sanctuary policy again", "The county took up its sanctuary policy again.")
    report = newsroom.report("run", "--all", at=datetime.now(UTC) + timedelta(hours=3))
    assert report["sources"]["failed"] == []
