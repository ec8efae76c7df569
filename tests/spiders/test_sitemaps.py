"""Sitemap indexes, compressed ones too, are read newest first and no further than what is fresh."""

import gzip
from datetime import UTC, datetime, timedelta

from monitor.records import Source

NOW = datetime.now(UTC)
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def index(site, path, *children):
    entries = "".join(
        f"<sitemap><loc>{site.base}{child}</loc><lastmod>{at:%Y-%m-%dT%H:%M:%SZ}</lastmod></sitemap>"
        for child, at in children
    )
    site.page(path, f'<?xml version="1.0"?><sitemapindex {NS}>{entries}</sitemapindex>', "application/xml", ETag='"i"')


def sitemap(site, path, *stories, packed=False, at=NOW):
    entries = "".join(
        f"<url><loc>{site.base}{story}</loc><lastmod>{at:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>" for story in stories
    )
    text = f'<?xml version="1.0"?><urlset {NS}>{entries}</urlset>'.encode()
    site.page(path, gzip.compress(text) if packed else text, "application/xml", ETag=f'"{path}"')
    for story in stories:
        site.story(story)


def watched(site):
    return Source(name="Record", home=site.base, feeds=(), sitemaps=(site.base + "/index.xml",), sections=())


def test_an_index_leads_to_its_fresh_sitemaps_and_to_no_others(site, run, articles):
    old = NOW - timedelta(days=30)
    index(site, "/index.xml", ("/old.xml", old), ("/new.xml.gz", NOW))
    sitemap(site, "/old.xml", "/story-old", at=old)
    sitemap(site, "/new.xml.gz", "/story-new", packed=True)
    run(watched(site))
    assert [a["url"] for a in articles()] == [site.base + "/story-new"]
    assert "/old.xml" not in site.paths()


def test_the_index_is_read_whole_each_time_and_its_sitemaps_conditionally(site, run):
    index(site, "/index.xml", ("/new.xml", NOW))
    sitemap(site, "/new.xml", "/story-1")
    run(watched(site))
    run(watched(site))
    again = {a.path: a.headers for a in site.asked}
    assert "If-None-Match" not in again["/index.xml"]
    assert again["/new.xml"]["If-None-Match"] == '"/new.xml"'


def test_a_new_sitemap_of_a_known_index_is_news(site, run, tmp_path):
    import sqlite3

    index(site, "/index.xml", ("/1.xml", NOW))
    sitemap(site, "/1.xml", "/story-1")
    run(watched(site))
    index(site, "/index.xml", ("/1.xml", NOW), ("/2.xml", NOW))
    sitemap(site, "/2.xml", "/story-2")
    run(watched(site))
    with sqlite3.connect(tmp_path / "store.db") as store:
        states = dict(store.execute("SELECT url, state FROM articles").fetchall())
    store.close()
    assert states == {site.base + "/story-1": "held", site.base + "/story-2": "live"}


def test_an_index_that_names_itself_or_too_many_is_bounded(site, run):
    names = [(f"/{n}.xml", NOW) for n in range(60)]
    index(site, "/index.xml", ("/index.xml", NOW), ("/deeper.xml", NOW), *names)
    index(site, "/deeper.xml", ("/deeper.xml", NOW), ("/index.xml", NOW))
    for name, _ in names:
        sitemap(site, name)
    report = run(watched(site))
    assert report.sources[0].state == "checked"
    assert len(site.asked) <= 1 + 1 + 20
