"""Known articles are looked at again, on a real server whose pages change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.records import Source, Topic
from monitor.store import revisions
from monitor.store.engine import open_store
from monitor.store.tables import articles, looks, matches
from spiders.plan import CrawlReport
from tests.spiders.conftest import Asked, Site

REVISIT = tuple(timedelta(hours=h) for h in (1, 6, 24, 72))
TOPIC = Topic(id="sanctuary", name="Sanctuary policy", phrases=("sanctuary policy",))
ADDED = "Late on Tuesday the mayor said that the sanctuary policy would stay as it is."
TEXT = tuple(
    f"Paragraph {n} about the city council of the valley, its mayor and the budget that it voted to keep on Tuesday "
    f"night after {n + 3} hours of debate with residents of the town."
    for n in range(12)
)


class Paper:
    """One outlet with a feed and one story, and the runs of newswatch over it."""

    def __init__(self, site: Site, run: Callable[..., CrawlReport], store: str) -> None:
        self.site, self._run, self.store = site, run, store
        self.published = datetime.now(UTC) - timedelta(hours=1)
        self.source = Source(name="Paper", home=site.base + "/", feeds=(site.base + "/rss",), sitemaps=(), sections=())
        site.page("/robots.txt", "User-agent: *\nDisallow:", "text/plain")
        site.feed("/rss", "/story")
        self.show()

    def show(self, *more: str, title: str = "Council keeps its budget", text: tuple[str, ...] = TEXT, **headers: str):
        body = "".join(f"<p>{paragraph}</p>" for paragraph in (*text, *more))
        date = f'<meta property="article:published_time" content="{self.published.isoformat()}">'
        page = f"<html><head><title>{title}</title>{date}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
        self.site.page("/story", page, **headers)

    def run(self, hours: float, **plan: Any) -> CrawlReport:
        given = {"revisit": REVISIT, "topics": (TOPIC,), "store": self.store, "clock_offset": hours * 3600} | plan
        return self._run(self.source, **given)

    def asked(self, path: str = "/story") -> int:
        return self.site.paths().count(path)

    def revisions(self) -> list[dict[str, Any]]:
        return self._read(lambda connection: list(revisions.rows(connection)))

    def rows(self, table: sa.Table) -> list[Any]:
        return self._read(lambda connection: connection.execute(sa.select(table)).all())

    def _read(self, read: Callable[[sa.Connection], list[Any]]) -> list[Any]:
        engine = open_store(self.store)
        with engine.connect() as connection:
            found = read(connection)
        engine.dispose()
        return found


@pytest.fixture
def paper(site: Site, run: Callable[..., CrawlReport], store_url: str) -> Paper:
    return Paper(site, run, store_url)


@pytest.fixture
def quick(site: Site, run: Callable[..., CrawlReport], tmp_path: Any) -> Paper:
    return Paper(site, run, f"sqlite:///{tmp_path}/store.db")


def test_a_sentence_that_comes_in_is_a_revision_with_its_topic(paper: Paper) -> None:
    paper.run(0)
    paper.show(ADDED)
    report = paper.run(1.1)
    assert (report.articles.new, report.articles.revised, report.matches) == (0, 1, 1)
    (revision,) = paper.revisions()
    assert (revision["number"], revision["kind"], revision["new_topics"]) == (1, "text", ["Sanctuary policy"])
    (change,) = revision["diff"]
    assert change["new"].endswith(ADDED)
    (match,) = paper.rows(matches)
    assert (match.revision, match.gone) == (1, None)
    assert paper.run(2).articles.revised == 0


def test_the_schedule_falls_and_ends_and_dark_days_are_not_made_up_for(quick: Paper) -> None:
    quick.run(0)
    for hours, asked in ((0.5, 1), (1.1, 2), (2, 2), (6.1, 3), (12, 3), (80, 4), (81, 4), (500, 4)):
        quick.run(hours)
        assert quick.asked() == asked, hours


def test_a_page_that_has_not_changed_is_asked_for_with_its_own_validators(quick: Paper) -> None:
    def answer(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        assert asked.headers.get("If-None-Match", '"one"') == '"one"'
        status, headers, body = page
        return (304, headers, b"") if "If-None-Match" in asked.headers else (status, headers, body)

    quick.show(ETag='"one"')
    page = quick.site.pages["/story"]
    quick.site.pages["/story"] = answer
    quick.run(0)
    assert quick.run(1.1).articles.revised == 0
    assert quick.site.asked[-1].headers["If-None-Match"] == '"one"'
    (look,) = quick.rows(looks)
    assert look.etag == b'"one"'


def test_commas_quotes_and_stamps_are_no_revision(quick: Paper) -> None:
    quick.show('He said: "no", and left at 9.', "Updated 14:05")
    quick.run(0)
    quick.show("He said “no” — and left, at 9!", "Updated 15:20")
    assert quick.run(1.1).articles.revised == 0
    assert quick.revisions() == []
    quick.show("He said “yes” — and left, at 9!", "Updated 15:20")
    assert quick.run(6.1).articles.revised == 1


def test_a_correction_note_is_marked_and_a_headline_edit_is_recorded(quick: Paper) -> None:
    quick.run(0)
    quick.show(title="Council keeps its budget after all")
    quick.run(1.1)
    quick.show("Correction: An earlier version misstated the vote.", title="Council keeps its budget after all")
    quick.run(6.1)
    headline, correction = quick.revisions()
    assert (headline["kind"], headline["diff"], headline["title"]) == (
        "headline", [], "Council keeps its budget after all",
    )  # fmt: skip
    assert (correction["kind"], correction["note"]) == (
        "correction", "Correction: An earlier version misstated the vote.",
    )  # fmt: skip


def test_a_text_that_comes_back_is_known_and_brings_no_topic_again(quick: Paper) -> None:
    quick.show(ADDED)
    quick.run(0)
    quick.show()
    quick.run(1.1)
    quick.show(ADDED)
    quick.run(6.1)
    went, back = quick.revisions()
    assert (went["kind"], went["gone_topics"]) == ("text", ["Sanctuary policy"])
    assert (back["kind"], back["returns_to"], back["new_topics"]) == ("returned", 0, [])
    (match,) = quick.rows(matches)
    assert (match.revision, match.gone) == (0, None)


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_taken_down_does_not_take_its_text_along(quick: Paper, status: int) -> None:
    quick.run(0)
    body = quick.rows(articles)[0].body
    quick.site.page("/story", "gone", status=status)
    quick.run(1.1)
    (article,) = quick.rows(articles)
    assert article.body == body
    assert article.gone.startswith(f"HTTP {status}")
    quick.run(6.1)
    assert [revision["kind"] for revision in quick.revisions()] == ["withdrawn"]
    quick.show()
    quick.run(24.1)
    assert [revision["kind"] for revision in quick.revisions()] == ["withdrawn", "restored"]
    assert quick.rows(articles)[0].gone == ""


@pytest.mark.parametrize("wall", ["Subscribe to continue reading this article.", ""])
def test_a_teaser_does_not_take_the_place_of_the_text(quick: Paper, wall: str) -> None:
    quick.run(0)
    body = quick.rows(articles)[0].body
    quick.show(wall, text=TEXT[:3])
    quick.run(1.1)
    (article,) = quick.rows(articles)
    assert article.body == body
    assert article.gone
    assert [revision["kind"] for revision in quick.revisions()] == ["partial"]


@pytest.mark.parametrize("headers", [{}, {"cf_mitigated": "challenge"}])
def test_a_bot_wall_says_nothing_of_the_story(quick: Paper, headers: dict[str, str]) -> None:
    quick.run(0)
    wall = "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
    quick.site.page("/story", wall, **headers)
    quick.run(1.1)
    assert quick.revisions() == []
    quick.show(ADDED)
    assert quick.run(1.7).articles.revised == 1


def test_a_page_that_moved_to_the_front_page_is_withdrawn(quick: Paper) -> None:
    quick.run(0)
    quick.site.page("/", "<html><body><nav><a href=/>Home</a></nav></body></html>")
    quick.site.page("/story", "", status=302, Location="/")
    quick.run(1.1)
    assert [revision["kind"] for revision in quick.revisions()] == ["withdrawn"]
    assert len(quick.rows(articles)[0].body) > 1000


def test_an_entry_that_says_it_was_updated_is_looked_at_ahead_of_its_time_and_not_without_end(quick: Paper) -> None:
    quick.run(0)
    quick.run(1.1)
    for step in range(12):
        hours = 1.5 + step * 0.3
        quick.site.feed("/rss", "/story", updated=hours)
        quick.run(hours + 0.02)
    assert quick.asked() == 2 + 8


def test_new_stories_come_first_and_a_source_that_is_dark_is_not_asked(quick: Paper) -> None:
    quick.run(0)
    quick.site.story("/new")
    quick.site.feed("/rss", "/new", "/story")
    quick.run(1.1)
    paths = quick.site.paths()
    assert paths.index("/new") < len(paths) - 1 - paths[::-1].index("/story")
    quick.site.page("/rss", "down", status=503)
    asked = quick.asked()
    quick.run(7)
    assert quick.asked() == asked
    quick.site.feed("/rss", "/new", "/story")
    quick.run(7.5)
    assert quick.asked() == asked + 1


def test_a_look_without_an_answer_is_tried_again_later(quick: Paper) -> None:
    quick.run(0)
    quick.site.page("/story", "busy", status=500)
    for hours, asked in ((1.1, 2), (1.2, 2), (1.7, 3), (2.8, 4), (5.5, 5), (5.9, 5)):
        quick.run(hours)
        assert quick.asked() == asked, hours
    quick.show(ADDED)
    assert quick.run(6.1).articles.revised == 1


def test_nothing_is_looked_at_again_where_that_is_not_wanted(quick: Paper) -> None:
    quick.run(0, revisit=())
    quick.run(1.1, revisit=())
    assert quick.asked() == 1
    assert quick.rows(looks) == []


def test_headlines_of_other_stories_beside_the_text_are_no_revision(quick: Paper) -> None:
    quick.site.story("/other", title="Mayor opens the new bridge on Monday")
    quick.site.feed("/rss", "/story", "/other")
    quick.run(0)
    quick.show("Mayor opens the new bridge on Monday")
    assert quick.run(1.1).articles.revised == 0


def test_all_that_is_due_is_looked_at_and_no_more_than_is_polite_at_once(quick: Paper) -> None:
    paths = [f"/story-{number}" for number in range(70)]
    date = f'<meta property="article:published_time" content="{quick.published.isoformat()}">'
    for path in paths:
        quick.site.story(path, extra=date)
    for hours, listed in ((0, paths[:35]), (0.2, paths)):
        quick.site.feed("/rss", *listed)
        quick.run(hours, delay=0.0)
    asked = len(quick.site.asked)
    quick.run(1.3, delay=0.0)
    assert len(set(quick.site.paths()[asked:]) & set(paths)) == 60
    quick.run(1.5, delay=0.0)
    assert {quick.site.paths()[asked:].count(path) for path in paths} == {1}


def test_a_live_blog_is_looked_at_no_more_often_than_any_story(quick: Paper) -> None:
    quick.run(0)
    for step in range(40):
        hours = 0.3 + step * 0.3
        quick.show(*(f"At {hour} o'clock the council spoke of item {hour}." for hour in range(step)))
        quick.site.feed("/rss", "/story", updated=hours)
        quick.run(hours + 0.02)
    assert quick.asked() <= 1 + len(REVISIT) + 8
    assert 8 <= len(quick.revisions()) < quick.asked()
