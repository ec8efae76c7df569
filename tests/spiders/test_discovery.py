"""Ways in that nobody named are found from the home page, and kept."""

from datetime import UTC, datetime, timedelta

from monitor.records import Source
from spiders.discovery import known


def unnamed(site, **ways):
    return Source(name="Record", home=site.base + "/", **ways)


def home(site, *stories, feed=""):
    links = "".join(f'<article><h3><a href="{s}">A long enough headline about {s}</a></h3></article>' for s in stories)
    head = f'<link rel="alternate" type="application/rss+xml" href="{feed}">' if feed else ""
    site.page("/", f"<html><head><title>Record</title>{head}</head><body>{links}</body></html>", ETag='"h"')


def test_a_feed_that_the_home_page_names_is_read_and_known_from_then_on(site, run, articles):
    home(site, feed="/rss")
    site.feed("/rss", "/2026/news/the-council-keeps-its-policy-1")
    site.story("/2026/news/the-council-keeps-its-policy-1")
    report = run(unnamed(site))
    assert [(s.state, s.reason) for s in report.sources] == [("checked", "")]
    assert len(articles()) == 1
    assert site.paths().count("/") == 1
    run(unnamed(site))
    assert site.paths()[-2:] == ["/rss", "/"]
    assert site.asked[-1].headers["If-None-Match"] == '"h"'


def test_without_a_feed_the_home_pages_own_links_are_followed(site, run, articles):
    path = "/2026/11/24/the-council-keeps-its-policy-after-a-long-debate.html"
    home(site, path)
    site.story(path)
    report = run(unnamed(site))
    assert report.sources[0].state == "checked"
    assert len(articles()) == 1


def test_a_home_page_that_leads_nowhere_has_a_reason(site, run):
    home(site)
    report = run(unnamed(site, sections=()))
    assert [(s.state, s.reason) for s in report.sources] == [("failed", "no way in was found from its home page")]


def test_that_a_source_with_a_feed_has_no_other_way_is_no_failure_and_is_known(site, run):
    home(site)
    site.feed("/rss", "/2026/news/the-council-keeps-its-policy-1")
    site.story("/2026/news/the-council-keeps-its-policy-1")
    source = unnamed(site, feeds=(site.base + "/rss",), sections=())
    report = run(source)
    assert [(s.state, s.reason, s.troubles) for s in report.sources] == [("checked", "", ())]
    asked = len(site.asked)
    run(source)
    assert site.paths()[asked:] == ["/rss"]


def test_a_home_page_that_does_not_answer_has_a_reason(site, run):
    site.page("/", "no", status=500)
    report = run(unnamed(site))
    assert [(s.state, s.reason) for s in report.sources] == [("failed", "HTTP 500 Internal Server Error")]


def test_what_was_found_is_known_for_a_week():
    source = Source(name="Record", home="https://record.example/", feeds=("https://record.example/rss",))
    now = datetime(2026, 11, 24, tzinfo=UTC)
    found = {"sitemaps": ["https://record.example/s.xml"], "sections": [], "found": [now.isoformat()]}
    assert known(source, found, now + timedelta(days=6)) == {
        "feeds": source.feeds, "sitemaps": ("https://record.example/s.xml",), "sections": (),
    }  # fmt: skip
    assert known(source, found, now + timedelta(days=8)) == {"feeds": source.feeds, "sitemaps": None, "sections": None}
    assert known(source, {}, now)["sections"] is None
