"""A whole crawl against a real server."""

import threading
import time
from datetime import UTC, datetime, timedelta

from monitor.records import Source


def source(site, name="Record", **ways):
    named = {"feeds": (), "sitemaps": (), "sections": ()} | ways
    return Source(name=name, home=site.base + "/", **named)


def test_a_feeds_stories_are_fetched_stored_and_not_asked_for_again(site, run, articles):
    site.feed("/rss", "/a", "/b", ETag='W/"x y"', Last_Modified="Mon, 01 Jan 2018 00:00:00 GMT")
    site.story("/a", "The first story of the day")
    site.story("/b", "The second story of the day")
    report = run(source(site, feeds=(site.base + "/rss",)))
    assert [(s.state, s.reason) for s in report.sources] == [("checked", "")]
    assert report.articles.held == 2
    assert {a["title"] for a in articles()} == {"The first story of the day", "The second story of the day"}
    assert sorted(site.paths()) == ["/a", "/b", "/robots.txt", "/rss"]

    site.pages["/rss"] = lambda asked: (304, {}, b"")
    report = run(source(site, feeds=(site.base + "/rss",)))
    assert [s.state for s in report.sources] == ["unchanged"]
    assert site.paths()[4:] == ["/rss"]
    again = site.asked[-1].headers
    assert again["If-None-Match"] == 'W/"x y"'
    assert again["If-Modified-Since"] == "Mon, 01 Jan 2018 00:00:00 GMT"


def test_requests_say_who_asks(site, run):
    site.feed("/rss")
    run(source(site, feeds=(site.base + "/rss",)))
    agents = {a.headers["User-Agent"] for a in site.asked}
    assert len(agents) == 1
    assert agents.pop().endswith("(+https://example.org/bot)")


def test_a_host_is_asked_no_faster_than_the_delay_and_by_no_more_than_two_at_once(site, run):
    site.slow = 0.5
    stories = [f"/{n}" for n in range(6)]
    site.feed("/rss", *stories)
    for path in stories:
        site.story(path)
    run(source(site, feeds=(site.base + "/rss",)), delay=0.2)
    assert len(site.asked) == 8
    assert min(site.gaps()) >= 0.15
    assert site.peak == 2


def test_the_robots_file_is_asked_for_first_obeyed_and_kept_for_a_day(site, run):
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    site.feed("/rss", "/private/a", "/b")
    site.story("/b")
    report = run(source(site, feeds=(site.base + "/rss",)))
    assert site.paths()[0] == "/robots.txt"
    assert "/private/a" not in site.paths()
    assert [(r.reason, r.count) for r in report.refused] == [("robots.txt disallows it", 1)]
    run(source(site, feeds=(site.base + "/rss",)))
    assert site.paths().count("/robots.txt") == 1


def test_a_robots_file_that_fails_forbids_the_site_and_is_asked_for_again_next_time(site, run):
    site.page("/robots.txt", "", "text/plain", status=503)
    site.feed("/rss", "/a")
    report = run(source(site, feeds=(site.base + "/rss",)))
    assert [(s.state, s.reason) for s in report.sources] == [("failed", "robots.txt answered HTTP 503")]
    assert site.paths() == ["/robots.txt"]
    run(source(site, feeds=(site.base + "/rss",)))
    assert site.paths() == ["/robots.txt", "/robots.txt"]


def test_each_trouble_has_a_reason_and_stays_with_its_source(new_site, run):
    good, bad = new_site("127.0.0.1"), new_site("127.0.0.3")
    good.feed("/rss", "/a")
    good.story("/a")
    bad.page("/403", "no", status=403)
    bad.page("/html", "<html><body>Please verify you are a human</body></html>")
    bad.page("/empty", "")
    names = {"/403": "HTTP 403 Forbidden", "/gone": "HTTP 404 Not Found"}
    sources = [source(good, "good", feeds=(good.base + "/rss",))]
    sources += [source(bad, path, feeds=(bad.base + path,)) for path in ("/403", "/gone", "/html", "/empty")]
    sources.append(
        Source(name="nowhere", home="http://x.invalid/", feeds=("http://x.invalid/f",), sitemaps=(), sections=())
    )
    sources.append(
        Source(name="shut", home="http://127.0.0.1:9/", feeds=("http://127.0.0.1:9/f",), sitemaps=(), sections=())
    )
    report = run(*sources)
    outcomes = {s.name: (s.state, s.reason) for s in report.sources}
    assert outcomes["good"] == ("checked", "")
    for path, reason in names.items():
        assert outcomes[path] == ("failed", reason)
    assert outcomes["/html"][0] == outcomes["/empty"][0] == "failed"
    assert outcomes["/html"][1]
    assert "DNS" in outcomes["nowhere"][1]
    assert "connection refused" in outcomes["shut"][1]
    assert report.articles.new + report.articles.held == 1


def test_private_addresses_are_not_asked_however_they_are_spelled(new_site, run):
    open_, canary = new_site("127.0.0.1"), new_site("127.0.0.2")
    port = canary.base.rsplit(":", 1)[1]
    canary.story("/internal")
    spellings = ["127.0.0.2", "2130706434", "0x7f000002", "0177.0.0.2", "127.2", "[::ffff:127.0.0.2]"]
    for number, host in enumerate(spellings):
        open_.page(f"/to{number}", "", status=302, Location=f"http://{host}:{port}/internal")
    open_.feed("/rss", *[f"/to{n}" for n in range(len(spellings))])
    direct = [
        source(canary, f"direct{n}", feeds=(f"http://{host}:{port}/internal",)) for n, host in enumerate(spellings)
    ]
    report = run(source(open_, feeds=(open_.base + "/rss",)), *direct, allow_networks=("127.0.0.1/32",))
    assert canary.asked == []
    assert all(s.reason.startswith("private address refused") for s in report.sources[1:])
    assert sum(r.count for r in report.refused) == 2 * len(spellings)


def test_retry_after_is_heeded_and_postpones_the_source(site, run, tmp_path):
    site.page("/rss", "", status=429, Retry_After="3600")
    report = run(source(site, feeds=(site.base + "/rss", site.base + "/rss2")), delay=0.5)
    assert report.sources[0].state == "failed"
    assert "429" in report.sources[0].reason
    assert site.paths() == ["/robots.txt", "/rss"]

    from monitor.store import sources
    from monitor.store.engine import open_store

    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    with engine.connect() as connection:
        state = sources.states(connection)["Record"]
    engine.dispose()
    assert state.next_poll > datetime.now(UTC) + timedelta(minutes=55)


def test_a_short_retry_after_is_waited_for(site, run):
    answers = iter([(503, {"Retry-After": "1"}, b"")])
    site.feed("/good", "/a")
    site.story("/a")
    site.pages["/rss"] = lambda asked: next(answers, site.pages["/good"])
    report = run(source(site, feeds=(site.base + "/rss",)))
    assert report.articles.new + report.articles.held == 1
    first, second = (a.at for a in site.asked if a.path == "/rss")
    assert second - first >= 0.95


def test_when_the_budget_is_over_the_rest_waits_for_the_next_run(site, run):
    stories = [f"/{n}" for n in range(20)]
    site.feed("/rss", *stories)
    for path in stories:
        site.story(path)
    report = run(source(site, feeds=(site.base + "/rss",)), delay=0.3, budget=2.0)
    assert report.out_of_budget
    assert 0 < report.articles.held < 20
    rest = run(source(site, feeds=(site.base + "/rss",)))
    assert report.articles.held + rest.articles.held == 20
    assert all(site.paths().count(path) == 1 for path in stories)


def test_the_budget_ends_a_run_that_is_stuck_in_a_request(site, run):
    site.slow = 20.0
    report = run(source(site, feeds=(site.base + "/rss",)), timeout=30.0, budget=1.0)
    assert report.out_of_budget
    assert report.sources[0].state == "unreached"
    assert report.seconds < 5


def test_a_page_that_fails_is_tried_again_another_time(site, run):
    site.feed("/rss", "/a")
    site.page("/a", "", status=500)
    report = run(source(site, feeds=(site.base + "/rss",)))
    assert report.articles.new + report.articles.held == 0
    site.story("/a")
    report = run(source(site, feeds=(site.base + "/rss",)))
    assert report.articles.new + report.articles.held == 0, "not at once"
    report = run(source(site, feeds=(site.base + "/rss",)), clock_offset=3600.0)
    assert report.articles.new + report.articles.held == 1


def test_single_addresses_are_fetched_on_request(site, run, articles):
    site.story("/a", "Somebody asked for this one")
    run(addresses=(site.base + "/a",))
    assert [a["title"] for a in articles()] == ["Somebody asked for this one"]


def test_the_delay_holds_between_two_runs_as_well(site, run):
    site.feed("/rss", "/story-1")
    site.story("/story-1")
    run(source(site, feeds=(site.base + "/rss",)), delay=1.0)
    run(source(site, feeds=(site.base + "/rss",)), delay=1.0)
    assert len(site.asked) == 4
    assert min(site.gaps()) >= 0.95


def test_connections_to_many_hosts_are_not_all_kept(new_site, run, monkeypatch):
    def connections(asked):
        if asked.headers["Host"].startswith("127.0.9.1:"):
            time.sleep(1)
            found.append(sum("process_request_thread" in thread.name for thread in threading.enumerate()))
        return 200, {"Content-Type": "application/rss+xml"}, b"<rss version='2.0'><channel></channel></rss>"

    found: list[int] = []
    monkeypatch.setattr("spiders.handler.KEPT", 3)
    site = new_site("0.0.0.0")
    site.pages["/rss"] = connections
    homes = [site.base.replace("0.0.0.0", f"127.0.9.{n}") for n in range(1, 13)]
    report = run(*(Source(name=h, home=h, feeds=(f"{h}/rss",), sitemaps=(), sections=()) for h in homes))
    assert {outcome.state for outcome in report.sources} == {"checked"}
    assert 1 <= found[0] <= 5
