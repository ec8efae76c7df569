"""Old stories under new dates, from feed and page to mail: none is told as news of today."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.utils import format_datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from alerts import cycle
from alerts.cycle import Desk
from alerts.digests import Beat
from alerts.messages import Letterhead
from monitor.extraction import extract
from monitor.leads.reading import read
from monitor.matching import Lexicon, Matcher
from monitor.records import Response, Source, Subscription, Topic
from monitor.store import outbox
from monitor.store.tables import articles, outages
from monitor.store.writer import Writer
from spiders.items import Fetched
from spiders.pipelines import assemble
from tests.newsroom import SetClock

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
FRESH = timedelta(hours=72)
SOURCE = Source(name="The Record", home="http://news.test/")
FEED = "http://news.test/feed"
TOPIC = Topic(id="baltimore", name="Baltimore", phrases=("Baltimore",))
ADVERSARIAL = Path(os.environ.get("NEWSWATCH_DATA") or Path(__file__).parents[3] / "shared" / "data") / "adversarial"
TEXT = (
    "<p>The city council of Baltimore voted on Tuesday night to keep its policy, after a debate of three hours.</p>" * 5
)


@dataclass
class Watch:
    """One source that is read in rounds, a subscriber who hears at once, and what was mailed."""

    engine: sa.Engine
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))
    matcher: Matcher = field(default_factory=lambda: Matcher([TOPIC], Lexicon.shipped()))

    def __post_init__(self) -> None:
        wanted = Subscription(email="ana@example.org", every="immediately", at="12:00")
        cycle.begin(self.engine, self.clock, [wanted], [TOPIC.id])

    def look(self, listed: bytes, pages: Mapping[str, str] | None = None, url: str = FEED) -> None:
        """One round: read the way in, fetch what it lists (a page that is not given tells no date), tell what is due."""
        writer = Writer(self.engine, self.clock, FRESH)  # type: ignore[arg-type]
        now = self.clock.now()
        reading = read(Response(url=url, body=listed, fetched=now), source=SOURCE.name)
        for lead in writer.polled(SOURCE, url, list(reading.leads)):
            address = str(lead.url)
            page = (pages or {}).get(address) or story()
            response = Response(url=address, body=page.encode(), content_type="text/html", fetched=now)
            found = extract(response.body, address, content_type="text/html", fetched=now)
            article = assemble(Fetched(source=SOURCE, lead=lead, response=response), found)
            writer.store(article, lead, self.matcher.match(article))
        writer.finish([SOURCE])
        writer.close()
        desk = Desk(
            beat=Beat(topics={TOPIC.id: TOPIC.name}, sources=(SOURCE.name,), fresh=FRESH),
            head=Letterhead(site="Watch", sender="Watch <alerts@example.org>", keys=("k",)),
        )
        cycle.queue_due(self.engine, self.clock, desk)

    def mails(self, kind: str = "") -> list[str]:
        """The texts of the mails so far, the oldest first."""
        with self.engine.connect() as connection:
            found = sorted(outbox.mails(connection), key=lambda mail: mail.id)
            whole = [outbox.get(connection, mail.id) for mail in found if kind in ("", mail.kind)]
        messages = [message_from_bytes(mail.message, policy=policy.default) for mail in whole if mail]
        return [str(message.get_body(("plain",)).get_content()) for message in messages]  # type: ignore[union-attr,attr-defined]

    def values(self, column: sa.Column[object]) -> list[object]:
        """What a column holds."""
        with self.engine.connect() as connection:
            return list(connection.scalars(sa.select(column)))


def story(published: str = "", body: str = "", title: str = "Baltimore keeps its policy") -> str:
    """A page, with a date of publication for machines where one is given."""
    marks = json.dumps(
        {"@type": "NewsArticle", "headline": title} | ({"datePublished": published} if published else {})
    )
    head = f'<title>{title}</title><script type="application/ld+json">{marks}</script>'
    return f"<html lang='en'><head>{head}</head><body><article><h1>{title}</h1>{body}{TEXT}</article></body></html>"


def feed(stories: Mapping[str, datetime | None]) -> bytes:
    """An RSS feed of addresses and their dates."""
    dates = {path: f"<pubDate>{format_datetime(at)}</pubDate>" if at else "" for path, at in stories.items()}
    items = "".join(
        f"<item><title>Baltimore {path}</title><link>http://news.test/{path}</link><guid>{path}</guid>{date}</item>"
        for path, date in dates.items()
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{items}</channel></rss>'.encode()


def sitemap(stories: Mapping[str, datetime]) -> bytes:
    """A plain sitemap: addresses and their last changes."""
    urls = "".join(
        f"<url><loc>http://news.test/{p}</loc><lastmod>{t:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>"
        for p, t in stories.items()
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def spread(count: int, now: datetime) -> dict[str, datetime | None]:
    """Stories of the last two days."""
    return {f"known{n}": now - timedelta(hours=2 + 46 * n / count) for n in range(count)}


@pytest.fixture
def watch(engine: sa.Engine) -> Watch:
    return Watch(engine)


@pytest.mark.parametrize(
    "page",
    [
        story("2017-08-04T10:00:00Z"),
        story("", "<p class='date'>August 4, 2017</p>"),
        story("", "<time datetime='2017-08-04'>August 4</time>"),
    ],
    ids=["for machines", "in words", "in a time element"],
)
def test_an_old_story_that_a_feed_dates_today_is_told_below_as_old_and_never_at_once(watch: Watch, page: str) -> None:
    watch.look(
        feed({"a": watch.clock.now() - timedelta(hours=20)}), {"http://news.test/a": story("2026-11-10T10:00:00Z")}
    )
    now = watch.clock.pass_(hours=3)
    watch.look(feed({"old": now}), {"http://news.test/old": page})
    assert watch.mails("alert") == []
    watch.clock.pass_(hours=8)
    watch.look(feed({}))
    (digest,) = watch.mails("digest")
    assert "Old story, from 2017, resurfaced" in digest


def test_an_old_story_whose_address_has_its_day_is_old_whatever_its_page_says(watch: Watch) -> None:
    watch.look(feed({"a": None}))
    now = watch.clock.pass_(hours=3)
    stamp = now.isoformat()
    watch.look(feed({"2017/08/04/council": now}), {"http://news.test/2017/08/04/council": story(stamp)})
    assert watch.mails("alert") == []


def test_known_stories_that_are_all_dated_anew_are_told_to_nobody(watch: Watch) -> None:
    watch.look(feed(spread(40, watch.clock.now())))
    told = len(watch.mails())
    now = watch.clock.pass_(days=5)
    watch.look(feed({f"known{n}": now for n in range(40)}))
    assert not any("http://news.test/" in mail for mail in watch.mails()[told:])
    assert len(watch.values(articles.c.id)) == 40


def test_a_new_story_among_known_ones_that_are_dated_anew_has_no_date_but_its_page_s(watch: Watch) -> None:
    watch.look(feed(spread(10, watch.clock.now())))
    now = watch.clock.pass_(days=5)
    stamped = {f"known{n}": now for n in range(10)} | {"new": now, "old": now}
    watch.look(feed(stamped), {"http://news.test/old": story("2017-08-04")})
    (alert,) = watch.mails("alert")[-1:]
    assert "date unknown" in alert
    assert "http://news.test/new" in alert


@pytest.mark.parametrize("earlier", [True, False], ids=["of a known source", "at first sight"])
def test_hundreds_of_unknown_stories_under_one_date_are_an_archive(watch: Watch, earlier: bool) -> None:
    if earlier:
        watch.look(feed({"a": None}))
    now = watch.clock.pass_(hours=3)
    watch.look(feed({f"archive{n}": now - timedelta(seconds=n) for n in range(400)}))
    assert watch.mails() == []
    assert len(watch.values(articles.c.id)) <= 51
    assert bool(watch.values(outages.c.reason)) is earlier


def test_a_sitemap_that_is_stamped_anew_makes_no_news(watch: Watch) -> None:
    old = {f"page{n}": NOW - timedelta(days=400 + n) for n in range(30)}
    watch.look(sitemap(old), url="http://news.test/sitemap.xml")
    now = watch.clock.pass_(days=2)
    stamped = dict.fromkeys([*old, *(f"late{n}" for n in range(3))], now)
    pages = {f"http://news.test/late{n}": story("2019-01-01T10:00:00Z") for n in range(3)}
    watch.look(sitemap(stamped), pages, url="http://news.test/sitemap.xml")
    assert watch.mails("alert") == []


def test_a_page_whose_machine_dates_are_all_of_today_keeps_the_day_that_its_feed_gave(watch: Watch) -> None:
    watch.look(feed({"a": None}))
    now = watch.clock.pass_(hours=3)
    day = now - timedelta(days=2)
    watch.look(feed({"b": day}), {"http://news.test/b": story(now.isoformat())})
    assert day in watch.values(articles.c.published)


def test_a_date_in_the_future_is_none(watch: Watch) -> None:
    watch.look(feed({"a": None}))
    now = watch.clock.pass_(hours=3)
    watch.look(feed({"b": now + timedelta(days=900), "c": now + timedelta(hours=6)}), {"http://news.test/c": story()})
    assert all(at is None or at <= now for at in watch.values(articles.c.published))  # type: ignore[operator]
    assert any("date unknown" in mail for mail in watch.mails("alert"))


needs_data = pytest.mark.skipif(not ADVERSARIAL.exists(), reason="no data: set NEWSWATCH_DATA")


def hostile(name: str) -> bytes:
    """A feed or sitemap of the data, its addresses made this source's."""
    return (ADVERSARIAL / name).read_bytes()


@needs_data
@pytest.mark.parametrize("name", ["stale_resurfaced", "bulk_redate"])
@pytest.mark.parametrize("known", [True, False], ids=["of a known source", "at first sight"])
def test_the_re_dated_feeds_of_the_data_alert_nobody(watch: Watch, name: str, known: bool) -> None:
    pages = {"http://news.test/9171/old-2017": story("2017-08-04T10:00:00Z")}
    if known:
        watch.look(feed({"a": None}))
        watch.clock.pass_(minutes=30)
    watch.look(hostile(f"feeds/{name}.xml"), pages)
    watch.clock.pass_(hours=1)
    watch.look(hostile(f"feeds/{name}.xml"), pages)
    assert watch.mails() == []


@needs_data
def test_the_re_dated_pages_of_the_data_are_old(watch: Watch) -> None:
    watch.look(feed({"a": None}))
    now = watch.clock.pass_(hours=3)
    page = hostile("pages/jsonld_2017_but_meta_today.html").decode()
    watch.look(feed({"b": now}), {"http://news.test/b": page})
    assert watch.mails("alert") == []
    assert datetime(2017, 8, 4, 10, tzinfo=UTC) in watch.values(articles.c.published)


@needs_data
@pytest.mark.parametrize("name", ["feeds/dates_future.xml", "feeds/dates_missing.xml", "feeds/dates_garbage.xml", "sitemaps/lastmod_future_garbage.xml", "sitemaps/news_missing_date.xml"])  # fmt: skip
def test_what_has_no_date_to_believe_is_told_as_such_and_never_as_later_than_it_was_seen(
    watch: Watch, name: str
) -> None:
    watch.look(feed({"a": None}))
    now = watch.clock.pass_(hours=3)
    watch.look(hostile(name), url="http://news.test/other")
    assert all(at is None or EARLIEST <= at <= now for at in watch.values(articles.c.published))  # type: ignore[operator]


EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
