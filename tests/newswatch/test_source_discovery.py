"""What `sources discover` proposes for small sites."""

from datetime import UTC, datetime

from monitor.records import Response
from newswatch import source_discovery
from newswatch.source_discovery import Discovery
from newswatch.source_reading import NoWayInError, reading_of

HOME = "https://record.example/"
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def story(n: int) -> str:
    return f"/2026/11/24/story-number-{n}-of-the-day"


def page(*stories: int, head: str = "", menu: str = "") -> str:
    links = "".join(f'<h2><a href="{story(n)}">Story number {n} of the day</a></h2>' for n in stories)
    return f"<html><head><title>The Record</title>{head}</head><nav>{menu}</nav>{links}</html>"


def rss(*stories: int, day: str = "24 Nov 2026") -> str:
    items = (
        f"<item><title>{n}</title><link>{story(n)}</link><pubDate>{day} 0{n % 6}:00:00 GMT</pubDate></item>"
        for n in stories
    )
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>"


def look(pages: dict[str, str]) -> tuple[Discovery, list[str]]:
    asked: list[str] = []

    def fetch(url: str) -> Response:
        asked.append(url.removeprefix(HOME))
        if asked[-1] not in pages:
            raise NoWayInError(url, "HTTP 404")
        return Response(url=url, body=pages[asked[-1]].encode(), fetched=NOW)

    return source_discovery.look(fetch, reading_of, HOME), asked


def test_a_feed_that_carries_the_home_page_is_enough() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/news.rss">'
    found, _ = look({"": page(1, 2, 3, head=head), "news.rss": rss(1, 2, 3, 4)})
    assert (found.source.name, found.stories) == ("The Record", 3)
    assert (found.source.feeds, found.source.sitemaps, found.source.sections) == ((HOME + "news.rss",), (), ())
    (feed,) = [way for way in found.ways if way.kept]
    assert (feed.carried, feed.newest, feed.reading.entries) == (3, datetime(2026, 11, 24, 4, tzinfo=UTC), 4)


def test_pages_are_added_where_the_feed_carries_too_little() -> None:
    menu = '<a href="/local">Local</a><a href="/sports">Sports</a>'
    pages = {"": page(1, 2, 3, 4, menu=menu), "feed": rss(1), "local": page(7, 8), "sports": page(1)}
    found, _ = look(pages)
    assert found.source.feeds == (HOME + "feed",)
    assert found.source.sections == (HOME, HOME + "local")


def test_an_old_feed_is_not_proposed_and_the_next_is_tried() -> None:
    found, _ = look({"": page(1), "feed": rss(1, day="24 Nov 2019"), "rss.xml": rss(1)})
    assert found.source.feeds == (HOME + "rss.xml",)


def test_a_sitemap_index_is_followed_to_its_fresh_child() -> None:
    index = "<sitemapindex><sitemap><loc>/news.xml</loc><lastmod>2026-11-24</lastmod></sitemap></sitemapindex>"
    news = f"<urlset><url><loc>{HOME}2026/11/24/story-number-1-of-the-day</loc></url></urlset>"
    found, _ = look({"": page(1), "robots.txt": "Sitemap: /index.xml", "index.xml": index, "news.xml": news})
    assert found.source.sitemaps == (HOME + "index.xml",)
    assert found.source.sections == ()


def test_a_site_without_anything_is_asked_a_few_times_only() -> None:
    found, asked = look({"": "<html></html>"})
    assert not [way for way in found.ways if way.kept]
    assert len(asked) < 15


def test_a_page_that_answers_in_place_of_a_feed_is_none() -> None:
    found, _ = look({"": page(1), "feed": page(1, 2), "rss": page(1, 2)})
    assert found.source.feeds == ()
