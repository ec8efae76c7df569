import gzip
from datetime import UTC, datetime

import pytest

from monitor.leads import Reading, read, sitemaps
from monitor.leads.reading import Child
from monitor.records import Response

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
NEWS = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> http://news.example/a?x=1&amp;y=2 </loc><lastmod>2026-11-23</lastmod>
<image:image><image:loc>http://news.example/a.jpg</image:loc><image:title>Picture</image:title></image:image>
<n:news><n:publication><n:name>N</n:name></n:publication><n:publication_date>2026-11-24T01:00:00+01:00</n:publication_date>
<n:title><![CDATA[Council &amp; mayor]]></n:title></n:news></url>
<url><loc>http://news.example/b?x=1&y=2</loc><lastmod>garbage</lastmod></url><url><lastmod>2026</lastmod></url></urlset>"""


def sitemap(body: str | bytes, limit: int = 2_000) -> Reading:
    raw = body.encode() if isinstance(body, str) else body
    return read(Response(url="http://news.example/sitemap.xml", body=raw, fetched=NOW), limit=limit)


@pytest.mark.parametrize("body", [NEWS, NEWS.encode("utf-16"), gzip.compress(NEWS.encode()), "\n junk " + NEWS])
def test_a_news_sitemap_gives_titles_and_times(body: str | bytes) -> None:
    reading = sitemap(body)
    first, second = reading.leads
    assert (reading.kind, reading.entries, reading.error) == ("news-sitemap", 3, "")
    assert (first.url, first.title) == ("http://news.example/a?x=1&y=2", "Council & mayor")
    assert (first.published, first.precision) == (datetime(2026, 11, 24, tzinfo=UTC), "time")
    assert (second.url, second.published) == ("http://news.example/b?x=1&y=2", None)
    assert first.way == "sitemap"


INDEX = """<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
<sitemap><loc>/s-2019-03.xml</loc></sitemap><sitemap><loc>/new.xml</loc><lastmod>2026-11-24T01:00:00Z</lastmod></sitemap>
<sitemap><loc>/news.xml</loc></sitemap><sitemap><loc>/s-2026-11.xml</loc></sitemap></sitemapindex>"""


def test_an_index_lists_its_sitemaps_newest_first_and_the_old_are_passed_over() -> None:
    reading = sitemap(INDEX)
    assert (reading.kind, reading.entries, reading.leads) == ("index", 5, ())
    names = [child.url.rpartition("/")[2] for child in reading.children]
    assert names == ["new.xml", "old.xml", "s-2019-03.xml", "news.xml", "s-2026-11.xml"]
    kept = sitemaps.worthwhile(reading.children, datetime(2026, 11, 21, tzinfo=UTC))
    assert [child.url.rpartition("/")[2] for child in kept] == ["new.xml", "news.xml", "s-2026-11.xml"]


def test_no_more_sitemaps_are_taken_than_asked_for() -> None:
    many = [Child(url=f"http://news.example/{n}") for n in range(50)]
    assert len(sitemaps.worthwhile(many, NOW)) == 20


def test_a_list_of_addresses_is_a_sitemap() -> None:
    reading = sitemap("\ufeffhttp://news.example/1\r\nhttp://news.example/2\n\nnot a url\n")
    assert (reading.kind, reading.entries, [lead.url for lead in reading.leads]) == (
        "sitemap", 2, ["http://news.example/1", "http://news.example/2"],
    )  # fmt: skip


HOSTILE = [
    ("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><urlset><url><loc>http://news.example/&x;</loc></url></urlset>",
     "declares entities"),
    ("<urlset><url><loc>http://news.example/a</loc></url><url><lo", "broken XML"),
    ("<urlset><url><loc>http://news.example/a</loc></url>" + "<x>" * 5_000, "too deep"),
    ("<urlset " + " ".join(f"a{n}='1'" for n in range(1_100_000)) + "/>", "attributes"),
    (gzip.compress(bytes(60_000_000), 1), "unpacks to more than 50 MB"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "error"), HOSTILE)
def test_a_hostile_sitemap_says_why_it_is_not_whole(body: str | bytes, error: str) -> None:
    reading = sitemap(body)
    assert error in reading.error
    assert all((lead.url or "").startswith("http://news.example/") for lead in reading.leads)


def test_of_a_long_sitemap_the_newest_are_kept_and_all_counted() -> None:
    urls = "".join(
        f"<url><loc>http://news.example/{n}</loc><lastmod>2026-{n % 11 + 1:02}-01</lastmod></url>" for n in range(500)
    )
    reading = sitemap(f"<urlset>{urls}</urlset>", limit=30)
    assert (reading.entries, len(reading.leads)) == (500, 30)
    assert {lead.published for lead in reading.leads} == {datetime(2026, 11, 1, tzinfo=UTC)}
