"""Which story a new article is told with."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.records import Article
from monitor.store import stories
from monitor.store.tables import articles, story_terms, tellings
from monitor.stories.copies import text_hash
from tests.monitor.stories.texts import NEIGHBOUR, ONE, OTHER, TEXT, TWO
from tests.newsroom import Newsroom


@pytest.fixture
def newsroom(engine: sa.Engine) -> Newsroom:
    """An empty one."""
    return Newsroom(engine=engine)


def _told(newsroom: Newsroom, article_id: int) -> tuple[int, str]:
    with newsroom.engine.connect() as connection:
        row = connection.execute(
            sa.select(articles.c.story_id, articles.c.joined).where(articles.c.id == article_id)
        ).one()
    return row[0], row[1]


def test_copies_and_rewrites_and_other_tellings_are_one_story(newsroom: Newsroom) -> None:
    first = newsroom.article(title="A", body=TEXT)
    same = newsroom.article("Delta Herald", title="B", body=TEXT.upper())
    rewrite = newsroom.article("KVLY", title="C", body=TEXT.replace("Tuesday", "Wednesday").replace("four", "five"))
    other = newsroom.article("KVLY", title="D", body=OTHER)
    story, why = _told(newsroom, first)
    assert why == ""
    assert _told(newsroom, same) == (story, "the same text")
    assert _told(newsroom, rewrite) == (story, "98% the same words")
    assert _told(newsroom, other)[0] != story
    with newsroom.engine.connect() as connection:
        found = stories.outlets(connection, [story])[story]
    assert [(outlet.source, outlet.joined) for outlet in found] == [
        ("The Valley Record", ""), ("Delta Herald", "the same text"), ("KVLY", "98% the same words"),
    ]  # fmt: skip


def test_an_event_is_told_by_an_outlet_once(newsroom: Newsroom) -> None:
    first = newsroom.article(title=ONE[0], body=ONE[1], language="en")
    newsroom.clock.pass_(hours=2)
    second = newsroom.article("Delta Herald", title=TWO[0], body=TWO[1], language="en")
    later = newsroom.article(title=f"Update: {TWO[0]}", body=f"{TWO[1]} Work begins in May.", language="en")
    neighbour = newsroom.article("KVLY", title=NEIGHBOUR[0], body=NEIGHBOUR[1], language="en")
    story, _ = _told(newsroom, first)
    assert _told(newsroom, second)[0] == story
    assert _told(newsroom, second)[1].startswith("the same event: ")
    assert _told(newsroom, later)[1].endswith("the same words"), "a copy of the other outlet's words"
    assert _told(newsroom, neighbour)[0] != story


def test_the_same_outlets_next_article_on_an_event_is_a_story_of_its_own(newsroom: Newsroom) -> None:
    first = newsroom.article(title=ONE[0], body=ONE[1], language="en")
    later = newsroom.article(title=TWO[0], body=TWO[1], language="en")
    assert _told(newsroom, later)[0] != _told(newsroom, first)[0]


def test_what_is_a_week_old_is_forgotten(newsroom: Newsroom) -> None:
    first = newsroom.article(title="A", body=TEXT)
    newsroom.clock.pass_(days=8)
    with newsroom.engine.begin() as connection:
        stories.forget(connection, newsroom.clock.now())
        assert connection.scalar(sa.select(sa.func.count()).select_from(tellings)) == 0
        assert connection.scalar(sa.select(sa.func.count()).select_from(story_terms)) == 0
    rewrite = newsroom.article("KVLY", title="C", body=TEXT.replace("Tuesday", "Wednesday"))
    assert _told(newsroom, rewrite)[0] != _told(newsroom, first)[0]
    newsroom.clock.pass_(hours=1)
    same = newsroom.article("Delta Herald", title="B", body=TEXT)
    assert _told(newsroom, same)[0] == _told(newsroom, first)[0], "the same words are always the same story"


def test_what_was_kept_a_moment_ago_stays(newsroom: Newsroom) -> None:
    newsroom.article(title="A", body=TEXT)
    with newsroom.engine.begin() as connection:
        stories.forget(connection, newsroom.clock.now() + timedelta(days=1))
        assert connection.scalar(sa.select(sa.func.count()).select_from(tellings)) == 1


def test_an_article_that_was_read_whole_later_is_found_by_its_copies(newsroom: Newsroom) -> None:
    first = newsroom.article(title="A", body="", topics=())
    whole = Article(title="A", body=TEXT, language="en")
    with newsroom.engine.begin() as connection:
        connection.execute(
            sa.update(articles).where(articles.c.id == first).values(body=TEXT, text_hash=text_hash(TEXT))
        )
        stories.tell_anew(connection, first, whole)
    rewrite = newsroom.article("KVLY", title="C", body=TEXT.replace("Tuesday", "Wednesday"))
    same = newsroom.article("Delta Herald", title="B", body=TEXT)
    assert {_told(newsroom, article)[0] for article in (rewrite, same)} == {_told(newsroom, first)[0]}


def test_what_an_article_without_a_text_tells_is_its_summary_under_a_new_headline_too(newsroom: Newsroom) -> None:
    first = newsroom.article(title=ONE[0], body="", summary=ONE[1], language="en", topics=())
    with newsroom.engine.begin() as connection:
        stories.tell_anew(connection, first, Article(title=f"Update: {ONE[0]}", summary=ONE[1], language="en"))
    second = newsroom.article("Delta Herald", title=TWO[0], body=TWO[1], language="en")
    assert _told(newsroom, second)[0] == _told(newsroom, first)[0]
