"""What a crawl tells the writer, and what the store knows afterwards."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.clock import Clock
from monitor.records import Article, Evidence, Lead, Match, Revision, Source
from monitor.store import articles, sources
from monitor.store.intake import UNDATED
from monitor.store.tables import articles as articles_table
from monitor.store.tables import leads, matches, outages, revisions, seen, stories
from monitor.store.writer import Writer

NOW = datetime.now(UTC)
FRESH = timedelta(hours=72)
RECORD = Source(name="The Record", home="http://record.test/")
FEED = "http://record.test/rss"
MATCH = Match(
    topic="Stockton", topic_id="stockton", score=100,
    evidence=(Evidence(field="title", start=0, end=8, text="Stockton", term="Stockton", how="exact"),),
)  # fmt: skip


def lead(path: str, age: timedelta | None = timedelta(hours=1), **more: object) -> Lead:
    published = None if age is None else NOW - age
    return Lead(url=f"http://record.test{path}", title=path, published=published, **more)  # type: ignore[arg-type]


def article(path: str, body: str = "", **more: object) -> Article:
    url = f"http://record.test{path}"
    given = {
        "title": f"Stockton {path}",
        "body": body or f"Council news {path} " * 20,
        "url": url,
        "canonical_url": url,
    }
    return Article(**{**given, "published": NOW, "source": "The Record", **more})  # type: ignore[arg-type]


_writers: list[Writer] = []


def later(engine: sa.Engine, hours: float = 6) -> Writer:
    """A run so many hours from now; the one before it is over."""
    for one in _writers:
        one.close()
    _writers.append(Writer(engine, Clock(hours * 3600), FRESH))
    return _writers[-1]


@pytest.fixture
def writer(engine: sa.Engine) -> Iterator[Writer]:
    yield later(engine, 0)
    while _writers:
        _writers.pop().close()


def count(engine: sa.Engine, table: sa.Table) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def urls(found: list[Lead]) -> list[str]:
    return [one.url or "" for one in found]


def test_new_leads_are_wanted_once_newest_first(engine: sa.Engine, writer: Writer) -> None:
    found = [lead("/old", timedelta(hours=20)), lead("/new", timedelta(hours=1))]
    assert urls(writer.polled(RECORD, FEED, found)) == ["http://record.test/new", "http://record.test/old"]
    assert writer.polled(RECORD, FEED, found) == []


def test_variants_of_an_address_and_other_ways_in_make_no_second_lead(writer: Writer) -> None:
    assert len(writer.polled(RECORD, FEED, [lead("/a?utm_source=rss"), lead("/a#top")])) == 1
    assert writer.polled(RECORD, "http://record.test/", [lead("/a", None)]) == []


STORY = "The council of Stockton met on Tuesday and adopted a budget of nine million for its seven libraries. " * 4
OTHER = "A pool in Lodi adds evening sessions for people who would rather float than swim, its keeper told us. " * 4


@pytest.mark.parametrize(
    ("identifier", "body", "new"),
    [
        ("tag:record.test,7", STORY.replace("nine million", "ten million"), False),
        ("tag:record.test,8", STORY.replace("nine million", "ten million"), True),
        ("tag:record.test,7", OTHER, True),
        ("", STORY.replace("nine million", "ten million"), True),
    ],
    ids=["the same entry", "another entry", "an identifier that all entries have", "no identifier"],
)
def test_one_entry_edited_at_a_new_address_is_one_article(
    engine: sa.Engine, writer: Writer, identifier: str, body: str, new: bool
) -> None:
    first = lead("/budget", id="tag:record.test,7" if identifier else "")
    writer.polled(RECORD, FEED, [first])
    assert writer.store(article("/budget", STORY), first)
    writer.finish([RECORD])
    second = later(engine, 0.1)
    edited = lead("/budget-of-ten-million", id=identifier)
    second.polled(RECORD, FEED, [first, edited])
    changed = article("/budget-of-ten-million", body, title="Libraries get more")
    assert second.store(changed, edited) is new
    assert not second.pending(RECORD)
    second.finish([RECORD])
    with engine.connect() as connection:
        found = list(connection.scalars(sa.select(articles_table.c.url).order_by(articles_table.c.id)))
    assert found == ([article("/budget").url, changed.url] if new else [changed.url])


NINE = NOW.replace(microsecond=0) - timedelta(hours=2)
TEN_MILLION = STORY.replace("nine million", "ten million")


@pytest.mark.parametrize(
    ("shown", "body", "published", "new"),
    [
        (["/ten", "/older"], TEN_MILLION, NINE, False),
        (["/ten", "/nine", "/older"], TEN_MILLION, NINE, True),
        (["/ten"], TEN_MILLION, NINE, True),
        (["/ten", "/older"], TEN_MILLION, NINE + timedelta(seconds=1), True),
        (["/ten", "/older"], OTHER, NINE, True),
    ],
    ids=["in its place", "beside it", "what is older rolled off too", "at another second", "another text"],
)
def test_what_takes_the_place_of_a_story_in_a_list_and_is_nearly_the_same_is_it(
    engine: sa.Engine, writer: Writer, shown: list[str], body: str, published: datetime, new: bool
) -> None:
    first = [lead("/nine"), lead("/older")]
    for one, text, instant in zip(first, (STORY, OTHER * 2), (NINE, NINE - timedelta(hours=1)), strict=True):
        writer.polled(RECORD, FEED, first)
        writer.store(article(one.title, text, published=instant, precision="time"), one)
    writer.finish([RECORD])
    second = later(engine, 0.1)
    (edited,) = second.polled(RECORD, FEED, [lead(path) for path in shown])
    second.close()  # what the list has lost is remembered, whenever the page comes in
    third = later(engine, 0.2)
    changed = article("/ten", body, title="Libraries get more", published=published, precision="time")
    assert third.store(changed, edited) is new
    assert not third.pending(RECORD)
    third.finish([RECORD])
    assert count(engine, articles_table) == (3 if new else 2)


def test_forecasts_of_one_minute_stay_articles_of_their_own_though_they_push_each_other_off_the_list(
    engine: sa.Engine, writer: Writer
) -> None:
    towns = ["Lodi", "Manteca", "Ripon", "Tracy", "Escalon", "Lathrop"]
    for hour, shown in enumerate((["Noon", *towns[:2]], [towns[0], *towns[2:4]], towns[4:])):
        run = later(engine, hour)
        for one in run.polled(RECORD, FEED, [lead(f"/{town}") for town in shown]):
            text = (
                f"Sunny in {one.title} on Wednesday, {len(one.title) * 9} degrees, light winds and no rain at all. " * 4
            )
            at = NINE - timedelta(hours=one.title == "/Noon")
            assert run.store(article(one.title, text, title=one.title, published=at, precision="time"), one)
        run.finish([RECORD])
    assert count(engine, articles_table) == 7


def test_an_article_that_moved_is_looked_at_where_it_stands_now(engine: sa.Engine, writer: Writer) -> None:
    hourly = [timedelta(hours=n) for n in range(1, 9)]
    writer.close()
    _writers.append(Writer(engine, Clock(0), FRESH, hourly))
    first, edited = lead("/budget", id="7"), lead("/budget-of-ten-million", id="7")
    _writers[-1].polled(RECORD, FEED, [first])
    _writers[-1].store(article("/budget", STORY), first)
    _writers[-1].finish([RECORD])
    _writers[-1].close()
    _writers.append(Writer(engine, Clock(3 * 3600), FRESH, hourly))
    looking = _writers[-1].looking
    _writers[-1].polled(RECORD, FEED, [edited])
    (under_way,) = looking.due(RECORD)
    assert not _writers[-1].store(article("/budget-of-ten-million", STORY.replace("nine", "ten")), edited)
    looking.unanswered(under_way)
    looking.same(under_way)
    looking.lost(under_way, Revision(kind="withdrawn"))
    assert [look.url for look in looking.due(RECORD)] == ["http://record.test/budget-of-ten-million"]
    _writers[-1].finish([RECORD])
    assert count(engine, revisions) == 0


def test_a_second_way_in_gives_the_date_that_the_first_one_lacked(engine: sa.Engine, writer: Writer) -> None:
    writer.polled(RECORD, "http://record.test/", [lead("/a", None)])
    writer.polled(RECORD, FEED, [lead("/a", timedelta(hours=2), summary="What happened.")])
    writer.close()
    (waiting,) = later(engine).pending(RECORD)
    assert waiting.published == NOW - timedelta(hours=2)
    assert waiting.summary == "What happened."


def test_stale_leads_are_remembered_and_never_fetched_though_they_are_redated(
    engine: sa.Engine, writer: Writer
) -> None:
    assert writer.polled(RECORD, FEED, [lead("/a", timedelta(days=5))]) == []
    writer.close()
    assert later(engine).polled(RECORD, FEED, [lead("/a", timedelta(hours=1))]) == []


def test_what_came_out_while_a_source_was_dark_is_wanted_though_it_is_stale_by_now(
    engine: sa.Engine, writer: Writer
) -> None:
    writer.polled(RECORD, FEED, [lead("/a")], etag=b'"1"')
    writer.finish([RECORD])
    for hours in (6, 7):
        dark = later(engine, hours)
        dark.failed(RECORD, FEED, "HTTP 503")
        dark.finish([RECORD])
    back = later(engine, 120)
    meanwhile, before, ages = lead("/b", timedelta(hours=-1)), lead("/c", timedelta(hours=3)), lead("/d", timedelta(99))
    assert [one.title for one in back.polled(RECORD, FEED, [meanwhile, before, ages])] == ["/b"]
    back.finish([RECORD])
    after = later(engine, 121)
    assert after.polled(RECORD, FEED, [lead("/e", timedelta(hours=-1)), meanwhile]) == []


def test_a_lead_dated_to_the_day_is_fresh_until_that_day_is(writer: Writer) -> None:
    age = FRESH + timedelta(hours=20)
    assert writer.polled(RECORD, FEED, [lead("/day", age, precision="day"), lead("/hour", age, precision="time")])
    assert len(writer.pending(RECORD)) == 1


def test_undated_leads_at_first_sight_are_the_newest_fifty_and_later_ones_all_have_their_turn(
    engine: sa.Engine, writer: Writer
) -> None:
    first = writer
    found = first.polled(RECORD, FEED, [lead(f"/{n}", None) for n in range(80)])
    assert len(found) == UNDATED
    for one in found:
        first.store(article(one.title), one)
    first.finish([RECORD])
    second = later(engine)
    new = second.polled(RECORD, FEED, [lead(f"/new{n}", None) for n in range(80)])
    assert len(new) == UNDATED
    for one in new:
        second.store(article(one.title), one)
    second.finish([RECORD])
    assert len(later(engine, 12).pending(RECORD)) == 30


def test_an_article_its_matches_and_its_addresses_are_stored_together(engine: sa.Engine, writer: Writer) -> None:
    (one,) = writer.polled(RECORD, FEED, [lead("/a?id=7&utm_source=x")])
    assert writer.store(article("/a?id=7"), one, [MATCH], lexicon="en-7")
    writer.finish([RECORD])
    assert (count(engine, leads), count(engine, seen), count(engine, matches)) == (0, 1, 1)
    with engine.connect() as connection:
        (row,) = articles.match_rows(connection)
        lexicon = connection.scalar(sa.select(matches.c.lexicon))
    assert row["evidence"][0]["text"] == "Stockton"
    assert lexicon == "en-7"


def test_an_article_known_under_another_address_is_not_stored_again(engine: sa.Engine, writer: Writer) -> None:
    one, two = writer.polled(RECORD, FEED, [lead("/a"), lead("/story/a", timedelta(hours=2))])
    assert writer.store(article("/a"), one)
    assert not writer.store(article("/story/a", canonical_url="http://record.test/a"), two)
    writer.close()
    assert writer.counts["known"] == 1
    assert later(engine).polled(RECORD, FEED, [lead("/story/a")]) == []


TEXT = "The council kept its policy after three hours, and nobody left the room before the vote was counted. " * 4


def test_a_new_headline_at_a_new_address_and_a_second_section_make_no_second_article(
    engine: sa.Engine, writer: Writer
) -> None:
    one, edited, section = writer.polled(RECORD, FEED, [lead("/a"), lead("/a-edited"), lead("/local/a")])
    assert writer.store(article("/a", TEXT, title="Council keeps policy"), one)
    assert not writer.store(article("/a-edited", TEXT, title="Council keeps its policy, 4 to 1"), edited)
    later_date = article("/local/a", TEXT, title="Council keeps policy", published=NOW - timedelta(hours=3))
    assert not writer.store(later_date, section)
    writer.close()
    assert (writer.counts["new"], writer.counts["known"]) == (1, 2)
    assert later(engine).polled(RECORD, FEED, [lead("/a-edited"), lead("/local/a")]) == []


def test_the_same_words_under_another_title_and_date_or_of_another_source_stay_articles_of_their_own(
    engine: sa.Engine, writer: Writer
) -> None:
    other = Source(name="Other", home="http://other.test/")
    one, two = writer.polled(RECORD, FEED, [lead("/a"), lead("/b")])
    (theirs,) = writer.polled(other, "http://other.test/rss", [lead("/c")])
    assert writer.store(article("/a", TEXT, title="Road works, week 1"), one)
    assert writer.store(article("/b", TEXT, title="Road works, week 2", published=NOW - timedelta(days=2)), two)
    assert writer.store(article("/c", TEXT, title="Road works, week 1", source="Other"), theirs)
    assert writer.counts["new"] == 3


def test_what_a_source_carried_at_first_sight_is_archived_or_held_and_the_rest_is_live(
    engine: sa.Engine, writer: Writer
) -> None:
    first = writer
    dated, undated = first.polled(RECORD, FEED, [lead("/dated"), lead("/undated", None)])
    pages = {"/dated": article("/dated"), "/undated": article("/undated", published=None)}
    for one in (dated, undated):
        first.store(pages[one.title], one)
    first.finish([RECORD])
    second = later(engine)
    for one in second.polled(RECORD, FEED, [lead("/new", None)]):
        second.store(article("/new", published=None), one)
    second.finish([RECORD])
    assert (first.counts["new"], first.counts["held"]) == (1, 1)
    assert (second.counts["new"], second.counts["held"]) == (1, 0)
    with engine.connect() as connection:
        found = connection.execute(sa.select(articles_table.c.title, articles_table.c.state))
        assert {row.title: row.state for row in found} == {
            "Stockton /dated": "archived",
            "Stockton /undated": "held",
            "Stockton /new": "live",
        }


def test_a_way_in_added_later_has_a_first_sight_of_its_own(engine: sa.Engine, writer: Writer) -> None:
    writer.polled(RECORD, FEED, [])
    writer.finish([RECORD])
    second = later(engine)
    (one,) = second.polled(RECORD, "http://record.test/section", [lead("/old-undated", None)])
    second.store(article("/old-undated", published=None), one)
    assert second.counts["held"] == 1


def test_what_an_index_lists_is_seen_first_with_the_source_though_its_first_look_was_cut_off(
    engine: sa.Engine, writer: Writer
) -> None:
    writer.polled(RECORD, "http://record.test/index.xml", [])
    writer.flush()  # and killed
    second = later(engine)
    below = "http://record.test/sitemap-1.xml"
    (one,) = second.polled(RECORD, below, [lead("/old-undated", None)], root="http://record.test/index.xml")
    second.store(article("/old-undated", published=None), one)
    assert second.counts["held"] == 1


def test_nothing_is_published_later_than_it_was_seen(engine: sa.Engine, writer: Writer) -> None:
    (one,) = writer.polled(RECORD, FEED, [lead("/a")])
    writer.store(article("/a", published=NOW + timedelta(days=400)), one)
    writer.close()
    with engine.connect() as connection:
        (row,) = articles.rows(connection)
    assert row["published"] <= datetime.now(UTC)


def test_copies_of_a_text_share_a_story_and_short_texts_do_not(engine: sa.Engine, writer: Writer) -> None:
    found = writer.polled(RECORD, FEED, [lead(f"/{n}") for n in range(4)])
    wire = "The department said on Thursday that four cities had received letters. " * 5
    bodies = [wire, wire.upper().replace(".", " —"), "Short.", "Short."]
    for one, body in zip(found, bodies, strict=True):
        writer.store(article(one.title, body), one)
    writer.close()
    assert count(engine, stories) == 3


def test_a_page_that_could_not_be_fetched_is_tried_again_later_and_given_up_in_the_end(
    engine: sa.Engine, writer: Writer
) -> None:
    (one,) = writer.polled(RECORD, FEED, [lead("/a")])
    assert not writer.unfetched(one, "HTTP 503")
    assert writer.pending(RECORD) == []
    writer.close()
    given_up = False
    for attempt in range(1, 6):
        again = later(engine, 24 * attempt)
        assert [w.url for w in again.pending(RECORD)] == [one.url]
        given_up = again.unfetched(one, "HTTP 503")
        again.close()
        if given_up:
            break
    assert given_up
    assert attempt == 4
    assert later(engine, 1000).pending(RECORD) == []


def test_a_page_that_is_no_article_is_not_fetched_again(engine: sa.Engine, writer: Writer) -> None:
    (one,) = writer.polled(RECORD, FEED, [lead("/about")])
    writer.other(one, "not an article")
    writer.finish([RECORD])
    assert later(engine).polled(RECORD, FEED, [lead("/about")]) == []


def test_a_source_fails_when_no_way_in_answers_and_its_dark_span_ends_when_one_does(
    engine: sa.Engine, writer: Writer
) -> None:
    writer.failed(RECORD, FEED, "HTTP 503")
    writer.finish([RECORD])
    second = later(engine)
    second.failed(RECORD, FEED, "timed out")
    second.finish([RECORD])
    third = later(engine, 12)
    third.failed(RECORD, FEED, "HTTP 503")
    third.polled(RECORD, "http://record.test/", [])
    third.finish([RECORD])
    with engine.connect() as connection:
        spans = connection.execute(sa.select(outages)).mappings().all()
        state = sources.states(connection)["The Record"]
    assert [(span["kind"], span["way"], span["reason"]) for span in spans] == [
        ("dark", "", "HTTP 503"),
        ("partial", FEED, "HTTP 503"),
    ]
    assert spans[0]["until"] - spans[0]["since"] > timedelta(hours=11)
    assert spans[1]["until"] is None
    assert (state.failing_since, state.reason) == (None, "HTTP 503")


def test_validators_come_back_byte_for_byte(engine: sa.Engine, writer: Writer) -> None:
    writer.polled(RECORD, FEED, [], etag=b'W/"\xe9"', last_modified=b"Mon, 1 Jan 2026  00:00:00 GMT")
    writer.close()
    assert later(engine).validators(FEED) == (b'W/"\xe9"', b"Mon, 1 Jan 2026  00:00:00 GMT")


def test_a_batch_is_committed_when_it_is_full(engine: sa.Engine, writer: Writer) -> None:
    found = writer.polled(RECORD, FEED, [lead(f"/{n}", timedelta(hours=n)) for n in range(51)])
    for one in found[:49]:
        writer.store(article(one.title), one)
    for one in found[49:50]:
        writer.store(article(one.title), one)
    assert len(later(engine).pending(RECORD)) == 1


def test_a_look_that_shares_nothing_with_the_last_is_noted_as_a_possible_gap(engine: sa.Engine, writer: Writer) -> None:
    writer.polled(RECORD, FEED, [lead("/1"), lead("/2")])
    writer.finish([RECORD])
    second = later(engine)
    second.polled(RECORD, FEED, [lead("/3"), lead("/4")])
    second.finish([RECORD])
    with engine.connect() as connection:
        (span,) = connection.execute(sa.select(outages)).mappings().all()
    assert span["kind"] == "gap"
    assert span["until"] - span["since"] > timedelta(hours=5)
    assert FEED in span["reason"]


def test_known_stories_that_are_dated_anew_make_the_new_ones_dates_doubtful(engine: sa.Engine, writer: Writer) -> None:
    old = [lead(f"/old{n}", timedelta(hours=n)) for n in range(1, 6)]
    writer.polled(RECORD, FEED, old)
    for one in old:
        writer.store(article((one.url or "").removeprefix("http://record.test")), one)
    writer.close()
    tomorrow = later(engine, 48)
    stamped = [lead(f"/old{n}", timedelta(hours=-47)) for n in range(1, 6)] + [lead("/new", timedelta(hours=-47))]
    (wanted,) = tomorrow.polled(RECORD, FEED, stamped)
    assert (wanted.url, wanted.doubtful) == ("http://record.test/new", True)


def test_hundreds_of_stories_under_one_date_are_a_sources_archive_and_are_told_as_a_gap(
    engine: sa.Engine, writer: Writer
) -> None:
    writer.polled(RECORD, FEED, [lead("/a")])
    writer.close()
    writer = later(engine, 6)
    wanted = writer.polled(RECORD, FEED, [lead(f"/again{n}", timedelta(hours=-5)) for n in range(400)])
    assert len(wanted) == UNDATED
    assert all(one.doubtful for one in wanted)
    writer.store(article("/again0", published=None), wanted[0])
    writer.store(article("/again1", published=NOW), wanted[1])
    writer.close()
    with engine.connect() as connection:
        states = connection.execute(sa.select(articles_table.c.state).order_by(articles_table.c.id)).scalars().all()
        (reason,) = connection.execute(sa.select(outages.c.reason)).scalars().all()
    assert states == ["held", "archived"]
    assert "lists 400 stories that it never had" in reason


def test_the_last_change_that_a_sitemap_gives_is_no_date_of_publication(engine: sa.Engine, writer: Writer) -> None:
    writer.polled(RECORD, FEED, [lead("/a", timedelta(hours=1), doubtful=True)])
    writer.polled(RECORD, "http://record.test/rss2", [lead("/a", timedelta(hours=3))])
    writer.close()
    (waiting,) = later(engine).pending(RECORD)
    assert (waiting.published, waiting.doubtful) == (NOW - timedelta(hours=3), False)


def test_what_was_carried_at_first_sight_is_held_where_its_date_is_a_hint(engine: sa.Engine, writer: Writer) -> None:
    (found,) = writer.polled(RECORD, FEED, [lead("/a", None)])
    writer.store(article("/a", confidence="low"), found)
    writer.close()
    with engine.connect() as connection:
        assert connection.execute(sa.select(articles_table.c.state)).scalars().all() == ["held"]
