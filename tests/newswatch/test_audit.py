"""`newswatch audit`: what is listed beside what is archived."""

import json
from datetime import UTC, datetime, timedelta

from tests.newswatch.conftest import Newsroom, Site


def test_coverage_names_each_missing_story_and_why(newsroom: Newsroom, site: Site) -> None:
    site.publish("/a", "In the archive", "The council met.")
    site.publish("/old", "Too old", "The council met.", at=datetime.now(UTC) - timedelta(days=9))
    site.publish("/private/x", "Known by its feed alone", "Robots may not read it.")
    newsroom.run("crawl")
    site.publish("/b", "After the look", "The council met.", at=datetime.now(UTC) + timedelta(minutes=1))
    site.publish("/c", "Slipped in under an old date", "The council met.", at=datetime.now(UTC) - timedelta(hours=5))
    done = newsroom.run("audit", "--json")
    assert done.returncode == 1
    (source,) = json.loads(done.stdout)["sources"]
    assert (source["listed"], source["archived"], source["coverage"]) == (4, 2, 0.5)
    assert {story["title"]: story["became"] for story in source["missing"]} == {
        "After the look": "unseen", "Slipped in under an old date": "overlooked",
    }  # fmt: skip
    (way,) = source["ways"]
    assert (way["kind"], way["listed"], way["alone"], way["error"]) == ("feeds", 4, 4, "")
    told = newsroom.run("audit").stdout
    assert "50.0% of what it lists, 2 in the archive, 2 missing" in told
    assert f"{site.url}/b" in told
    assert site.hits["/b"] == 0, "an audit fetches no article"


def test_a_source_that_is_whole_is_no_trouble(newsroom: Newsroom, site: Site) -> None:
    site.publish("/a", "In the archive", "The council met.")
    newsroom.run("crawl")
    done = newsroom.run("audit", "--days", "2")
    assert done.returncode == 0
    assert "100.0% of what it lists" in done.stdout


def test_a_way_in_that_does_not_answer_is_named(newsroom: Newsroom, site: Site) -> None:
    site.status = 503
    done = newsroom.run("audit")
    assert done.returncode == 1
    assert "HTTP 503" in done.stdout
    assert "nothing listed" in done.stdout


def test_an_unknown_source_is_bad_usage(newsroom: Newsroom) -> None:
    done = newsroom.run("audit", "Gazette")
    assert done.returncode == 2
    assert "there is no source 'Gazette'" in done.stderr
