import pytest

from monitor.leads import ways
from monitor.records import Lead, Response

HOME = "https://record.example/"
PAGE = """<html><head><title>The Record | Stockton news</title><meta property="og:site_name" content="The Record">
<link rel="alternate" type="application/rss+xml" title="The Record" href="/news/feed.rss">
<link rel="alternate" type="application/rss+xml" title="The Record » Comments Feed" href="/comments/feed/">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2"><link rel="alternate" hreflang="es" href="/es/">
<link rel="stylesheet" href="/wp-content/themes/x.css"></head><body>
<nav><a href="/news/">News</a> <a href="/local-news">Local</a> <a href="/category/sports/">Sports</a> <a href="/about">About</a>
<a href="/tag/fire">Fire</a> <a href="https://jobs.example/">Jobs</a> <a href="/2026/11/24/a-story-of-a-fire">Fire!</a></nav>
<footer><a href="/local/rss">RSS</a> <a href="/2026/11/24/rss-is-dead-says-a-mayor-in-town">RSS is dead, says a mayor</a></footer>
</body></html>"""
ROBOTS = """User-agent: *
Sitemap: https://record.example/sitemap-video.xml
sitemap:https://record.example/sitemap.xml
Sitemap: /news-sitemap.xml
Sitemap: ftp://record.example/x.xml
"""


def found(kind: str, page: str = PAGE, robots: str = ROBOTS, *, named: bool = True) -> list[str]:
    candidates = ways.discover(Response(url=HOME, body=page.encode()), robots)
    return [c.url.removeprefix(HOME) for c in candidates if c.kind == kind and c.named == named]


def test_feeds_that_the_page_names_come_first() -> None:
    assert found("feeds") == ["news/feed.rss", "local/rss"]


def test_the_news_sitemap_of_robots_comes_first_and_the_videos_stay_out() -> None:
    assert found("sitemaps") == ["news-sitemap.xml", "sitemap.xml"]


def test_sections_are_the_home_page_and_its_menu() -> None:
    assert found("sections") == ["", "news/", "local-news", "category/sports/"]


@pytest.mark.parametrize(
    ("sign", "feed", "sitemap"),
    [
        ('<img src="/wp-content/a.jpg">', "feed/", "wp-sitemap.xml"),
        (
            "<script src='https://bloximages.chicago2.vip.townnews.com/x.js'></script>",
            "search/?f=rss",
            "tncms/sitemap/news.xml",
        ),
        ('<link href="/pf/resources/x.css">', "arc/outboundfeeds/rss/", "arc/outboundfeeds/news-sitemap/"),
        ("<p>plain</p>", "feed", "news-sitemap.xml"),
    ],
)
def test_a_platform_tells_where_to_look(sign: str, feed: str, sitemap: str) -> None:
    page = f"<html><body>{sign}</body></html>"
    assert any(url.startswith(feed) for url in found("feeds", page, "", named=False))
    assert any(url.startswith(sitemap) for url in found("sitemaps", page, "", named=False))


def test_each_address_is_proposed_once_and_with_a_reason() -> None:
    candidates = ways.discover(Response(url=HOME, body=PAGE.encode()), ROBOTS)
    assert len({(c.kind, c.url) for c in candidates}) == len(candidates)
    assert all(c.reason for c in candidates)


def test_coverage_counts_the_home_pages_stories() -> None:
    home = [Lead(url=f"{HOME}{n}") for n in range(4)]
    leads = [Lead(url=f"http://www.record.example/{n}/?utm_source=rss") for n in (1, 2, 9)]
    assert ways.coverage(home, [*leads, Lead(url=None)]) == (2, 4)


def test_a_proposed_source_has_the_sites_name_and_the_kept_ways() -> None:
    home = Response(url=HOME, body=PAGE.encode())
    kept = [c for c in ways.discover(home, ROBOTS) if c.url.endswith(("feed.rss", "news-sitemap.xml")) and c.named]
    source = ways.source_of(home, kept)
    assert (source.name, source.home) == ("The Record", HOME)
    assert (source.feeds, source.sitemaps, source.sections) == (
        (HOME + "news/feed.rss",), (HOME + "news-sitemap.xml",), (),
    )  # fmt: skip


def test_an_empty_page_still_has_the_common_addresses() -> None:
    assert "feed" in found("feeds", "", "", named=False)
    assert ways.source_of(Response(url=HOME, body=b""), ()).name == "record.example"
