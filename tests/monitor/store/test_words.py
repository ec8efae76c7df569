"""Words that are learned from what was read."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.clock import Clock
from monitor.matching import Lexicon, Matcher
from monitor.matching.learning import Strange
from monitor.records import Article, Evidence, Lead, Match, Source, Topic
from monitor.store import sources, words
from monitor.store.writer import Writer

OUTLETS = ("Record", "Gazette", "Post")
TYPO = Match(
    topic="Stockton", topic_id="stockton", score=94,
    evidence=(Evidence(field="text", start=0, end=8, text="Stocktan", term="Stockton", how="typo"),),
)  # fmt: skip
strange = Strange(Lexicon.shipped())


def read(engine: sa.Engine, *texts: tuple[int, str], found: Match | None = None) -> frozenset[str]:
    """What is learned after a run that read texts, each of the outlet of a number."""
    since = datetime.now(UTC)
    with engine.begin() as connection:
        sources.ensure(connection, OUTLETS)
    writer = Writer(engine, Clock(), timedelta(hours=72))
    for outlet, text in texts:
        url = f"http://outlet{outlet}.test/{datetime.now(UTC).timestamp()}"
        name = OUTLETS[outlet]
        article = Article(title="News", body=text, url=url, canonical_url=url, source=name, published=since)
        writer.polled(Source(name=name, home=url), url + "/rss", [Lead(url=url, title="News", published=since)])
        assert writer.store(article, Lead(url=url, source=name), [found] if found else [])
    writer.close()
    with engine.begin() as connection:
        words.count(connection, since, strange)
        return words.learned(connection)


SUBJECTS = ["river", "harvest", "library", "orchestra", "hospital", "stadium", "museum", "airport", "winery", "bakery", "harbor", "theater", "forest", "clinic", "market", "bridge", "temple", "garden", "kitchen", "tunnel"]  # fmt: skip


def text(number: int, name: str = "Stocktan") -> str:
    """A story of its own."""
    return f"{name} bought a {SUBJECTS[number]}."


def test_a_name_of_five_articles_of_two_outlets_is_learned(engine: sa.Engine) -> None:
    assert read(engine, *((0, text(n)) for n in range(4))) == frozenset()
    assert read(engine, (1, text(5))) == {"stocktan"}
    assert read(engine) == {"stocktan"}


def test_an_outlet_alone_teaches_nothing(engine: sa.Engine) -> None:
    assert read(engine, *((0, text(n)) for n in range(20))) == frozenset()


def test_copies_of_a_text_count_once(engine: sa.Engine) -> None:
    wire = "Stocktan said on Monday that it would open a plant in the valley. " + "The town hopes for work. " * 20
    assert read(engine, *((n % 3, f"{wire} So the agency wrote at {n}.") for n in range(12))) == frozenset()


def test_what_a_match_took_for_a_typo_is_never_learned(engine: sa.Engine) -> None:
    assert read(engine, (0, text(0)), found=TYPO) == frozenset()
    assert read(engine, *((n % 3, text(n)) for n in range(1, 20))) == frozenset()


def test_an_article_is_counted_by_the_run_that_read_it_only(engine: sa.Engine) -> None:
    read(engine, *((n % 2, text(n)) for n in range(4)))
    for _ in range(3):
        assert read(engine) == frozenset()


def test_what_is_remembered_is_bounded_and_what_is_learned_stays(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.store.words.MOST", 3)
    read(engine, *((n % 2, text(n)) for n in range(5)))
    for name in ("Qazwer", "Plokij", "Mnhyut", "Wsxedc"):
        assert read(engine, (0, text(9, name))) == {"stocktan"}
    with engine.connect() as connection:
        assert connection.scalar(sa.text("select count(*) from words")) == 3


def test_a_learned_name_is_no_typo_of_another() -> None:
    stockton = [Topic(id="s", name="s", place="Stockton")]
    article = Article(body="Shares of Stocktan rose in Ohio.")
    assert Matcher(stockton, Lexicon.shipped()).match(article)
    assert not Matcher(stockton, Lexicon.shipped().with_words({"stocktan"})).match(article)


def test_strange_words_are_those_of_no_table_in_any_script() -> None:
    given = "The Stocktan plant, “Мосэнерго” 12x45 Eric’s 移民政策 zq " + "x" * 200
    assert strange(given) == {"stocktan", "мосэнерго"}
