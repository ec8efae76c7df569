"""What the spiders see of ways in becomes a trouble with a name."""

import sqlalchemy as sa

from monitor.health.verdict import Health, judge
from monitor.records import Source
from monitor.store.engine import open_store
from monitor.store.tables import outages
from monitor.store.tables import sources as table

FOR_SALE = "<html><head><title>record.test</title></head><body><h1>This domain is for sale</h1></body></html>"
SHELL = '<html><head><script src="/a.js"></script></head><body><div id="root"></div></body></html>'


def source(name, **ways):
    return Source(name=name, home="http://127.0.0.1/", **({"feeds": (), "sitemaps": (), "sections": ()} | ways))


def verdicts(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    with engine.connect() as connection:
        rows = connection.execute(sa.select(table.c.name, table.c.health)).all()
    engine.dispose()
    return {name: judge(Health.of(health)) for name, health in rows}


def test_each_failure_of_a_way_in_has_its_name(site, run, tmp_path):
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    pages = {
        "bot_wall": ("no", 403, {"cf_mitigated": "challenge"}), "forbidden": ("no", 403, {}),
        "not_found": ("gone", 410, {}), "server_error": ("", 502, {}), "not_a_feed": ("<html><p>Hello</html>", 200, {}),
        "empty": ("", 200, {}), "redirected": (FOR_SALE, 200, {}),
    }  # fmt: skip
    for name, (body, status, headers) in pages.items():
        site.page(f"/{name}", body, status=status, **headers)
    site.page("/javascript", SHELL)
    wanted = [source(name, feeds=(f"{site.base}/{name}",)) for name in pages]
    wanted += [
        source("javascript", sections=(f"{site.base}/javascript",)),
        source("robots", feeds=(f"{site.base}/private/rss",)),
        source("dns", feeds=("http://x.invalid/rss",)),
        source("refused", feeds=("http://127.0.0.1:9/rss",)),
        source("private_address", feeds=("http://10.0.0.1/rss",)),
    ]
    run(*wanted)
    found = verdicts(tmp_path)
    assert {name: verdict.trouble for name, verdict in found.items()} == {name: name for name in found}
    assert len(found) == len(wanted)


def test_a_section_page_whose_markup_changes_is_found_in_two_looks(site, run, tmp_path):
    links = "".join(f'<a href="/2026/11/24/story-number-{n}-of-the-day">Story {n} of a long day</a>' for n in range(12))
    site.page("/city", f"<html><body>{links}</body></html>")
    section = source("Record", sections=(f"{site.base}/city",))
    run(section)
    site.page("/city", "<html><body><p>" + "Nothing but text here. " * 60 + "</p></body></html>")
    run(section, clock_offset=3600.0)
    assert verdicts(tmp_path)["Record"].state == "shaky"
    run(section, clock_offset=7200.0)
    verdict = verdicts(tmp_path)["Record"]
    assert (verdict.state, verdict.trouble) == ("failing", "empty")
    assert "used to list 12" in verdict.reason
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    with engine.connect() as connection:
        (span,) = connection.execute(sa.select(outages.c.kind, outages.c.until, outages.c.trouble)).all()
    engine.dispose()
    assert tuple(span) == ("dark", None, "empty")


def test_a_way_in_that_leads_to_another_site_with_other_stories_has_moved_away(new_site, run, tmp_path):
    old, new = new_site("127.0.0.1"), new_site("127.0.0.3")
    old.feed("/rss", "/story-1", "/story-2")
    new.feed("/rss", "/casino-1", "/casino-2")
    record = source("Record", feeds=(f"{old.base}/rss",))
    run(record)
    old.page("/rss", "", status=301, Location=f"{new.base}/rss")
    report = run(record, clock_offset=3600.0)
    assert report.sources[0].state == "failed"
    assert verdicts(tmp_path)["Record"].trouble == "redirected"
    assert not [path for path in new.paths() if "casino" in path]
