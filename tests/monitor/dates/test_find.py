"""When a page says that it was published, and which of its dates is believed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from monitor import dates
from monitor.dates import Dates, Moment
from monitor.dates.marks import from_url
from monitor.extraction.page import Page

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
TEXT = "<p>The council of Harborton voted on Tuesday to widen the bridge over the river, after a long debate.</p>" * 4


def found(head: str = "", body: str = "", url: str = "https://p.example/a", lang: str = "en") -> Dates:
    source = f'<html lang="{lang}"><head>{head}</head><body><h1>Bridge</h1>{body}{TEXT}</body></html>'
    return dates.find(Page(source.encode(), url), NOW, "Bridge")


def published(*given: str, **named: str) -> Moment:
    moment = found(*given, **named).published
    assert moment is not None
    return moment


def ld(**values: str) -> str:
    pairs = ",".join(f'"{name}":"{value}"' for name, value in values.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{pairs}}}</script>'


@pytest.mark.parametrize(
    ("head", "body", "day", "origin"),
    [
        (ld(datePublished="2017-08-04T10:00:00Z", dateModified="2026-11-24T00:00:00Z")
         + '<meta property="og:updated_time" content="2026-11-24">', "", date(2017, 8, 4), "json-ld"),
        ('<meta property="article:published_time" content="2026-11-20T10:00:00Z">', "", date(2026, 11, 20), "meta"),
        ("", '<span itemprop="datePublished" content="2026-11-20">Friday</span>', date(2026, 11, 20), "microdata"),
        ("", '<time datetime="2026-11-20T10:00:00+01:00">Friday</time>', date(2026, 11, 20), "time"),
        ("", "<div>November 20, 2026</div>", date(2026, 11, 20), "text"),
        ("", "<div>Updated: November 21, 2026</div><div>Published November 20, 2026</div>", date(2026, 11, 20), "text"),
        ('<meta name="date" content="2026-11-23">', "<time>November 20, 2026</time>", date(2026, 11, 20), "time"),
        ("", "<aside><time datetime='2026-11-22'>x</time></aside><time datetime='2026-11-20'>y</time>", date(2026, 11, 20), "time"),
    ],
)  # fmt: skip
def test_the_best_of_a_pages_marks_is_believed(head: str, body: str, day: date, origin: str) -> None:
    moment = published(head, body)
    assert (moment.day, moment.origin) == (day, origin)


@pytest.mark.parametrize("stamp", ["2031-01-01T00:00:00Z", "2026-11-25T06:00:00Z", "1970-01-01"])
def test_a_date_after_the_fetch_and_a_day_is_none(stamp: str) -> None:
    assert found(f'<meta property="article:published_time" content="{stamp}">').published is None


def test_a_future_mark_gives_way_to_a_true_one() -> None:
    head = '<meta property="article:published_time" content="2031-01-01">'
    assert published(head, "<time datetime='2026-11-20'>x</time>").day == date(2026, 11, 20)


def test_an_old_story_that_was_dated_anew_keeps_the_day_of_its_address() -> None:
    moment = published(ld(datePublished="2026-11-24T01:00:00Z"), url="https://p.example/2017/08/04/bridge")
    assert (moment.day, moment.origin) == (date(2017, 8, 4), "url")


def test_an_hour_is_taken_from_another_mark_of_the_same_day() -> None:
    moment = published(ld(datePublished="2026-11-20"), "<time datetime='2026-11-20T10:15:00-05:00'>x</time>")
    assert moment.instant == datetime(2026, 11, 20, 15, 15, tzinfo=UTC)


def test_a_time_without_a_zone_gets_the_one_that_another_mark_names() -> None:
    moment = published(ld(datePublished="2026-11-20T10:15:00"), "<time datetime='2026-11-20T10:15:00-05:00'>x</time>")
    assert moment.instant == datetime(2026, 11, 20, 15, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stamp", "url", "day"),
    [
        ("2026-11-20T01:09:55Z", "https://p.example/2026/11/19/a", date(2026, 11, 19)),
        ("2026-11-19T16:30:00Z", "https://p.example/2026/11/20/a", date(2026, 11, 20)),
        ("2026-11-20T11:46:00Z", "https://p.example/2026/11/21/a", date(2026, 11, 20)),
        ("2026-11-20T01:09:55+09:00", "https://p.example/a", date(2026, 11, 20)),
    ],
)
def test_the_day_is_the_one_that_a_reader_there_sees(stamp: str, url: str, day: date) -> None:
    moment = published(ld(datePublished=stamp), url=url)
    assert moment.day == day
    assert moment.instant == datetime.fromisoformat(stamp)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://p.example/2017/08/04/bridge", date(2017, 8, 4)),
        ("https://p.example/news/2017-08-04-bridge", date(2017, 8, 4)),
        ("https://p.example/20170804-bridge.html", date(2017, 8, 4)),
        ("https://p.example/2017/0804/c1001-40223222.html", date(2017, 8, 4)),
        ("https://p.example/2023/10/3-questions", None),
        ("https://p.example/article/120200622120908039", None),
        ("https://p.example/2017/08/bridge", None),
    ],
)
def test_a_day_in_an_address_is_a_whole_one(url: str, day: date | None) -> None:
    moment = from_url(url)
    assert (moment.day if moment else None) == day


def test_a_page_without_marks_is_guessed_at() -> None:
    source = "<html><body><h1>Bridge</h1><div class='footer-line'>Harborton, 20 November 2026</div></body></html>"
    moment = dates.guess(Page(source.encode(), ""), NOW)
    assert moment is not None
    assert moment.day == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("head", "body", "stamp"),
    [
        (ld(datePublished="2026-11-20T02:41:00Z"), "<span>19/11/2026 22:41</span>", "2026-11-20T02:41:00+00:00"),
        (ld(datePublished="2026-11-19T23:15:00Z"), "<p>20 November 2026</p>", "2026-11-19T23:15:00+00:00"),
    ],
)
def test_the_day_is_the_one_that_the_page_shows_its_reader(head: str, body: str, stamp: str) -> None:
    moment = found(head, body, lang="en-GB").published
    assert moment is not None
    assert moment.instant.isoformat() == stamp
    assert moment.day == (date(2026, 11, 19) if "22:41" in body else date(2026, 11, 20))


def test_a_date_that_comes_right_after_the_last_change_is_when_the_page_was_built() -> None:
    head = ld(datePublished="2026-11-20T10:33:13Z", dateModified="2026-11-20T10:32:18Z")
    assert published(head, "<time datetime='2026-03-09'>9 March</time>").day == date(2026, 3, 9)
    assert published(head).day == date(2026, 11, 20)


def test_a_story_that_was_written_ahead_keeps_the_day_of_its_publication() -> None:
    head = ld(datePublished="2026-11-20T10:00:00Z", dateModified="2026-11-02T10:32:18Z")
    assert published(head, "<div>2 November 2026</div>").day == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("<a href='/a' rel='bookmark'><time datetime='2026-11-20T10:00:00Z'>Friday</time></a>", date(2026, 11, 20)),
        ("<a href='/b'>The mayor's speech of 3 May 2025</a>", None),
        ("<aside><time datetime='2026-11-20'>Friday</time></aside>", date(2026, 11, 20)),
        ("<p>Written: 2026-11-20 15:03<span>/</span>Updated: 2026-11-21 15:30</p>", date(2026, 11, 20)),
        ("<ol class='comment-list'><li>3 November 2026 at 10:15</li></ol>", None),
    ],
)
def test_lines_by_the_headline_are_read_as_a_reader_does(body: str, day: date | None) -> None:
    moment = found(body=body).published
    assert (moment.day if moment else None) == day


def test_a_date_right_above_the_headline_is_its_own() -> None:
    source = f"<body><div><h2 class='date-header'>Friday, 20 November 2026</h2><h1>Bridge</h1></div>{TEXT}</body>"
    moment = dates.find(Page(source.encode(), "https://p.example/a"), NOW, "Bridge").published
    assert moment is not None
    assert moment.day == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("lang", "url", "day"),
    [
        ("en", "https://p.example.co.uk/a", date(2026, 4, 3)),
        ("en", "https://p.example/a", date(2026, 3, 4)),
        ("en-GB", "https://p.example/a", date(2026, 4, 3)),
        ("en-US", "https://p.example.de/a", date(2026, 3, 4)),
        ("de", "https://p.example/a", date(2026, 4, 3)),
    ],
)
def test_slashed_days_are_read_by_language_and_country(lang: str, url: str, day: date) -> None:
    assert published(body="<div>03/04/2026</div>", lang=lang, url=url).day == day


def test_a_line_that_says_so_is_believed_before_a_guess() -> None:
    body = "<div>Last change: 31 October 2026</div>" + TEXT + "<p>Published on 1 November 2026</p><p>9 May 2020</p>"
    source = f"<html lang='en'><body>{body}</body></html>"
    said = dates.fallback(Page(source.encode(), ""), NOW, "", Dates(), None)
    assert said.published is not None
    assert (said.published.day, said.confidence) == (date(2026, 11, 1), "medium")


def test_what_was_two_hours_ago_is_known_only_where_the_time_of_the_fetch_is() -> None:
    page = Page(f"<html lang='en'><body><h1>Bridge</h1><p>2 hours ago</p>{TEXT}</body></html>".encode(), "")
    said = dates.fallback(page, NOW, "Bridge", Dates(), NOW).published
    assert said is not None
    assert said.instant == NOW - timedelta(hours=2)
    assert dates.fallback(page, NOW, "Bridge", Dates(), None).published is None


def test_a_page_that_tells_of_its_last_change_alone_is_dated_by_it_and_not_relied_on() -> None:
    page = Page(f"<head>{ld(dateModified='2026-11-20T10:00:00Z')}</head><body>{TEXT}</body>".encode(), "")
    said = dates.fallback(page, NOW, "", dates.find(page, NOW), NOW)
    assert said.published is not None
    assert (said.published.day, said.confidence) == (date(2026, 11, 20), "low")


@pytest.mark.parametrize(
    "source",
    [
        f"<div>/ 20.11.2026 / 06:15 /</div><p>{'x' * 30}</p><h2>Bridge</h2>{TEXT}",
        f"<h1>Bridge</h1>{TEXT}<p><span>Published on</span> <time>20 November 2026</time></p>",
    ],
)
def test_a_date_above_the_headline_or_below_the_story_is_found_where_there_is_no_other(source: str) -> None:
    page = Page(f"<html lang='en'><body>{source}</body></html>".encode(), "")
    said = dates.fallback(page, NOW, "Bridge", dates.find(page, NOW, "Bridge"), None).published
    assert said is not None
    assert said.day == date(2026, 11, 20)


def test_two_clocks_that_differ_by_no_zone_tell_of_none() -> None:
    moment = found(ld(datePublished="2026-11-20T12:41:29Z"), "<span>20/11/2026 19:26</span>", lang="en-GB").published
    assert moment is not None
    assert moment.offset == 0
