"""Pages that cannot be had whole are told by what their leads say, and by their whole text when it comes."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import sqlalchemy as sa

from monitor.extraction import access
from monitor.records import Source, Topic
from monitor.store.engine import open_store
from monitor.store.tables import articles as table
from monitor.store.tables import matches, stories
from spiders.pipelines import _WALLS

FERRY = Topic(id="ferry", name="Ferry", phrases=("night ferry",))
MAYOR = Topic(id="mayor", name="Mayor", phrases=("its mayor",))


def feed(site, *entries, path="/rss"):
    date = format_datetime(datetime.now(UTC) - timedelta(hours=1))
    items = "".join(
        f"<item><title>{title}</title><link>{site.base}{path_}</link><description>{summary}</description>"
        f"<pubDate>{date}</pubDate></item>"
        for path_, title, summary in entries
    )
    site.page(path, f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>', "application/rss+xml")


def source(site):
    return Source(name="Record", home=site.base + "/", feeds=(site.base + "/rss",), sitemaps=(), sections=())


def stored(tmp_path, *columns):
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    with engine.connect() as connection:
        found = connection.execute(sa.select(*columns)).all()
    engine.dispose()
    return found


def test_the_names_of_walls_are_those_of_the_extraction():
    assert set(_WALLS) == {access.BOT, access.CONSENT, access.SCRIPT, access.EMPTY}


def test_a_page_that_is_gone_or_forbidden_is_matched_on_title_and_summary(site, run, tmp_path):
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    feed(
        site,
        ("/gone", "A night ferry for the delta", "From June on."),
        ("/private/a", "What the council said", "The night ferry is to sail again."),
    )
    run(source(site), topics=(FERRY,))
    rows = stored(tmp_path, table.c.url, table.c.partial, table.c.body)
    assert {(r.url.removeprefix(site.base), r.partial, r.body) for r in rows} == {
        ("/gone", "HTTP 404 Not Found", "From June on."),
        ("/private/a", "robots.txt disallows it", "The night ferry is to sail again."),
    }
    assert len(stored(tmp_path, matches.c.id)) == 2


def test_a_bot_walls_own_words_are_not_the_storys(site, run, tmp_path):
    feed(site, ("/a", "A night ferry for the delta", "From June on."))
    site.page("/a", "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>")
    run(source(site), topics=(FERRY,))
    assert stored(tmp_path, table.c.id) == [], "tried once more before"
    run(source(site), topics=(FERRY,), clock_offset=3600.0)
    (row,) = stored(tmp_path, table.c.title, table.c.body, table.c.partial)
    assert (row.title, row.body, row.partial) == (
        "A night ferry for the delta",
        "From June on.",
        "a bot wall (Cloudflare), HTTP 200",
    )


def test_what_a_feed_lists_is_told_though_its_page_is_no_article(site, run, tmp_path):
    feed(site, ("/video/1", "Film: a night ferry for the delta", "From June on."))
    links = "".join(f"<li><a href=/video/{n}>{n}: another film</a></li>" for n in range(2, 40))
    site.page("/video/1", f"<html><head><title>Films</title></head><body><ul>{links}</ul></body></html>")
    run(source(site), topics=(FERRY,))
    assert stored(tmp_path, table.c.id) == [], "tried once more before"
    run(source(site), topics=(FERRY,), clock_offset=3600.0)
    (row,) = stored(tmp_path, table.c.title, table.c.body, table.c.partial)
    assert row == ("Film: a night ferry for the delta", "From June on.", "no story on its page")
    assert len(stored(tmp_path, matches.c.id)) == 1


def test_a_teaser_that_looks_like_a_listing_is_told_at_once_with_what_hides_the_rest(site, run, tmp_path):
    feed(site, ("/a", "A night ferry for the delta", "From June on."))
    links = "".join(f"<li><a href=/{n}>{n}: another headline of the day</a></li>" for n in range(2, 60))
    wall = "<div class=paywall><p>Subscribe to continue reading this article.</p></div>"
    site.page("/a", f"<html><head><title>Record</title></head><body>{wall}<ul>{links}</ul></body></html>")
    run(source(site), topics=(FERRY,))
    (row,) = stored(tmp_path, table.c.title, table.c.partial)
    assert row == ("A night ferry for the delta", "paywall")


def test_what_a_section_links_to_is_not_told_where_its_page_is_no_article(site, run, tmp_path):
    site.page("/news", "<html><body><ul><li><a href=/2026/11/night-ferry-for-the-delta-sails-again-in-june>"
              "A night ferry for the delta sails again in June</a></li></ul></body></html>")  # fmt: skip
    site.page("/2026/11/night-ferry-for-the-delta-sails-again-in-june",
              "<html><head><title>Page not found</title></head><body><p>Page not found</p></body></html>")  # fmt: skip
    section = Source(name="R", home=site.base + "/", feeds=(), sitemaps=(), sections=(site.base + "/news",))
    for hours in (0, 1):
        run(section, topics=(FERRY,), clock_offset=3600.0 * hours)
    assert stored(tmp_path, table.c.id) == []


def test_a_consent_walls_own_words_are_not_the_storys(site, run, tmp_path):
    feed(site, ("/a", "A night ferry for the delta", "From June on."), ("/b", "", "The night ferry is to sail again."))
    for path in ("/a", "/b"):
        site.page(
            path,
            '<html><head><title>Your choice</title><meta name="description" content="We care for your data."></head>'
            "<body><div role=dialog>We value your privacy. Accept all cookies</div></body></html>",
        )
    run(source(site), topics=(FERRY,))
    (row,) = stored(tmp_path, table.c.title, table.c.body, table.c.partial)
    assert (row.title, row.body, row.partial) == ("A night ferry for the delta", "From June on.", "consent wall")


def test_a_page_for_javascript_alone_is_matched_on_what_its_description_says_too(site, run, tmp_path):
    feed(site, ("/a", "Council meets", ""))
    site.page(
        "/a",
        '<html><head><title>Council meets</title><meta property="og:description" content="The night ferry sails again.">'
        '<script src="/app.js"></script></head><body><div id="root"></div></body></html>',
    )
    run(source(site), topics=(FERRY,))
    (row,) = stored(tmp_path, table.c.body, table.c.partial)
    assert (row.body, row.partial) == ("The night ferry sails again.", "JavaScript only")
    assert len(stored(tmp_path, matches.c.id)) == 1


def test_a_page_without_any_text_is_tried_twice_and_then_matched_on_title_and_summary(site, run, tmp_path):
    feed(site, ("/a", "Council meets", "The night ferry sails again."))
    site.page("/a", "<html><head><title>Council meets</title></head><body><nav>Home</nav></body></html>")
    run(source(site), topics=(FERRY,))
    assert stored(tmp_path, table.c.id) == []
    run(source(site), topics=(FERRY,), clock_offset=3600.0)
    (row,) = stored(tmp_path, table.c.title, table.c.body, table.c.partial)
    assert (row.title, row.body, row.partial) == ("Council meets", "The night ferry sails again.", "no text")
    assert len(stored(tmp_path, matches.c.id)) == 1


def test_the_whole_text_takes_the_place_of_the_part_in_the_same_article_and_story(site, run, tmp_path):
    feed(site, ("/a", "A night ferry for the delta", "From June on."))
    site.page("/a", "", status=503)
    for hours in (0, 1):
        run(
            source(site), topics=(FERRY, MAYOR), clock_offset=hours * 3600.0,
            revisit=(timedelta(hours=1), timedelta(hours=6)),
        )  # fmt: skip
    before = stored(tmp_path, table.c.id, table.c.story_id, table.c.partial)
    assert [row.partial for row in before] == ["HTTP 503 Service Unavailable"]
    site.story("/a", "A night ferry for the delta")
    run(source(site), topics=(FERRY, MAYOR), clock_offset=9 * 3600.0, revisit=(timedelta(hours=1), timedelta(hours=6)))
    after = stored(tmp_path, table.c.id, table.c.story_id, table.c.partial)
    assert [(row.id, row.story_id, row.partial) for row in after] == [(before[0].id, before[0].story_id, "")]
    assert "debate with residents" in stored(tmp_path, table.c.body)[0].body
    found = {(row.topic_id, row.revision) for row in stored(tmp_path, matches.c.topic_id, matches.c.revision)}
    assert found == {("ferry", 0), ("mayor", 1)}
    assert len(stored(tmp_path, stories.c.id)) == 1
