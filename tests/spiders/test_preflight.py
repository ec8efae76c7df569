"""Conditional requests before Scrapy is loaded."""

import datetime
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.records import Source
from monitor.store import fetching
from monitor.store.engine import open_store
from spiders import flight, preflight
from spiders.plan import CrawlPlan

ROOT = Path(__file__).parents[2]


@pytest.fixture
def plan(tmp_path):
    def make(*sources, **more):
        defaults = {
            "store": f"sqlite:///{tmp_path}/store.db", "delay": 0.05, "timeout": 2.0, "budget": 30.0,
            "allow_networks": ("127.0.0.0/8",),
        }  # fmt: skip
        return CrawlPlan(sources=sources, **(defaults | more))

    return make


def source(site, *feeds, name="Record"):
    return Source(name=name, home=site.base + "/", feeds=feeds, sitemaps=(), sections=())


def unless_changed(tag, body=b"<rss version='2.0'><channel></channel></rss>"):
    def answer(asked):
        same = asked.headers.get("If-None-Match") == tag
        headers = {"ETag": tag, "Content-Type": "application/rss+xml"}
        return (304, headers, b"") if same else (200, headers, body)

    return answer


def html(answer):
    def page(asked):
        status, headers, body = answer(asked)
        return status, headers | {"Content-Type": "text/html"}, body

    return page


def test_a_source_that_answers_304_everywhere_is_done(site, plan, run):
    site.pages["/1"], site.pages["/2"] = unless_changed('"a"'), unless_changed('"b"')
    watched = plan(source(site, site.base + "/1", site.base + "/2"))
    assert preflight.look(watched).rest.sources == watched.sources, "nothing is known of it yet"
    assert site.asked == []
    run(*watched.sources)
    asked = len(site.asked)
    ahead = preflight.look(watched)
    assert ahead.rest.sources == ()
    assert [(o.name, o.state) for o in ahead.report.sources] == [("Record", "unchanged")]
    assert ahead.report.requests == 2
    assert [a.path for a in site.asked[asked:]] == ["/1", "/2"]
    assert site.gaps()[-1] >= 0.045


def test_what_changed_is_handed_on_and_asked_for_once(site, plan, run, articles):
    site.feed("/rss", ETag='"1"')
    site.pages["/same"] = unless_changed('"a"')
    watched = plan(source(site, site.base + "/rss", site.base + "/same"))
    run(*watched.sources)
    site.feed("/rss", "/story-1", ETag='"2"')
    site.story("/story-1")
    asked = len(site.asked)
    report = preflight.crawl(watched)
    assert sorted(site.paths()[asked:]) == ["/rss", "/same", "/story-1"]
    assert [o.state for o in report.sources] == ["checked"]
    assert report.requests == 3
    assert len(articles()) == 1
    assert min(site.gaps()[asked - 1 :]) >= 0.045


@pytest.mark.parametrize("answer", [(500, {}, b""), (404, {}, b""), (200, {"Content-Length": "9"}, b"")])
def test_anything_else_is_left_to_the_crawl_with_the_time_the_host_was_asked(site, plan, run, answer):
    site.pages["/rss"] = unless_changed('"a"')
    watched = plan(source(site, site.base + "/rss"))
    run(*watched.sources)
    site.pages["/rss"] = answer
    rest = preflight.look(watched).rest
    assert rest.sources == watched.sources
    assert rest.settled == {}
    assert "127.0.0.1" in rest.last_asked


def test_a_redirect_is_followed_within_the_same_rules(new_site, plan, run):
    site, canary = new_site("127.0.0.1"), new_site("127.0.0.2")
    site.pages["/new"] = unless_changed('"a"')
    site.page("/old", "", status=301, Location="/new")
    watched = plan(source(site, site.base + "/old"))
    run(*watched.sources)
    assert preflight.look(watched).rest.sources == ()
    site.page("/old", "", status=301, Location=canary.base + "/new")
    assert preflight.look(watched).rest.sources == watched.sources
    assert canary.asked == []


def test_a_drip_is_cut_off(site, plan, run, monkeypatch):
    import time

    site.pages["/rss"] = unless_changed('"a"')
    watched = plan(source(site, site.base + "/rss"))
    run(*watched.sources)

    def drip(asked):
        time.sleep(5)
        return 304, {}, b""

    site.pages["/rss"] = drip
    monkeypatch.setattr(flight, "PATIENCE", 0.5)
    begun = time.monotonic()
    assert preflight.look(watched).rest.sources == watched.sources
    assert time.monotonic() - begun < 2


def test_a_private_address_is_not_asked(site, plan, run):
    site.pages["/rss"] = unless_changed('"a"')
    watched = plan(source(site, site.base + "/rss"))
    run(*watched.sources)
    asked = len(site.asked)
    closed = plan(*watched.sources, allow_networks=())
    assert preflight.look(closed).rest.sources == watched.sources
    assert len(site.asked) == asked


def test_neither_scrapy_nor_twisted_nor_the_extractors_are_loaded():
    code = (
        "import sys, spiders.preflight; "
        "print([m for m in ('scrapy', 'twisted', 'trafilatura', 'lxml', 'rapidfuzz', 'pebble', 'alembic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_source_in_which_nothing_is_new_is_still_looked_at_again(site, plan, run):
    hour = datetime.timedelta(hours=1)
    when = datetime.datetime.now(datetime.UTC) - hour
    site.story("/story", extra=f'<meta property="article:published_time" content="{when.isoformat()}">')
    feed = f"<rss version='2.0'><channel><item><title>S</title><link>{site.base}/story</link></item></channel></rss>"
    site.pages["/rss"] = unless_changed('"a"', feed.encode())
    watched = plan(source(site, site.base + "/rss"), revisit=(hour,), clock_offset=3700.0)
    run(*watched.sources, revisit=(hour,))
    ahead = preflight.look(watched)
    assert (ahead.rest.sources, ahead.rest.again) == ((), watched.sources)
    asked = len(site.asked)
    site.story(
        "/story", title="Council votes again", extra=f'<meta property="article:published_time" content="{when}">'
    )
    report = preflight.crawl(watched)
    assert site.paths()[asked:] == ["/rss", "/story"]
    assert report.articles.revised == 1
    assert [outcome.state for outcome in report.sources] == ["unchanged"]


def test_pages_that_have_not_changed_are_settled_before_scrapy_is_loaded(site, plan, run):
    hour = datetime.timedelta(hours=1)
    when = (datetime.datetime.now(datetime.UTC) - hour).isoformat()
    site.story("/same", extra=f'<meta property="article:published_time" content="{when}">')
    site.story("/other", extra=f'<meta property="article:published_time" content="{when}">')
    pages = {path: unless_changed(f'"{path}"', site.pages[path][2]) for path in ("/same", "/other")}
    site.pages.update({path: html(answer) for path, answer in pages.items()})
    links = "".join(f"<item><title>S</title><link>{site.base}{path}</link></item>" for path in pages)
    site.pages["/rss"] = unless_changed('"a"', f"<rss version='2.0'><channel>{links}</channel></rss>".encode())
    watched = plan(source(site, site.base + "/rss"), revisit=(hour,), clock_offset=3700.0)
    run(*watched.sources, revisit=(hour,))
    site.story("/other", title="Council votes again")
    site.pages["/other"] = html(unless_changed('"new"', site.pages["/other"][2]))
    asked = len(site.asked)
    ahead = preflight.look(watched)
    assert sorted(site.paths()[asked:]) == ["/other", "/rss", "/same"]
    assert ahead.rest.again == watched.sources
    assert list(ahead.rest.given) == [site.base + "/other"]
    assert min(site.gaps()[asked - 1 :]) >= 0.045
    report = preflight.crawl(plan(revisit=(hour,), clock_offset=3700.0, again=watched.sources))
    assert report.articles.revised == 1
    assert site.paths()[asked + 3 :] == ["/other"], "asked for again once, as this is another run"
    ahead = preflight.look(plan(*watched.sources, revisit=(hour,), clock_offset=3700.0))
    assert ahead.rest.again == ()


def test_a_host_whose_robots_txt_asks_for_a_longer_delay_is_left_alone_in_the_next_run_too(new_site, plan, run):
    patient, slow = new_site(), new_site("127.0.0.2")
    patient.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    patient.pages["/1"], slow.pages["/1"] = unless_changed('"a"'), unless_changed('"b"')
    watched = plan(
        *(Source(name=s.base, home=s.base, feeds=(s.base + "/1",), sitemaps=(), sections=()) for s in (patient, slow))
    )
    run(*watched.sources)
    slow.slow = 0.8
    before = datetime.datetime.now(datetime.UTC)
    preflight.look(watched)
    engine = open_store(watched.store)
    with engine.connect() as connection:
        asked = fetching.asked(connection)
    engine.dispose()
    assert asked["127.0.0.1"] > before
