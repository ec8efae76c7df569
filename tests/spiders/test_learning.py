"""Runs learn words from what they read."""

import sqlalchemy as sa

from monitor.records import Source, Topic
from monitor.store import words
from monitor.store.engine import open_store
from monitor.store.tables import matches

FRESNO = Topic(id="fresno", name="Fresno", place="Fresno")
STOCKTON = Topic(id="stockton", name="Stockton", place="Stockton")


def source(site, name):
    return Source(name=name, home=site.base + "/", feeds=(site.base + "/rss",), sitemaps=(), sections=())


def found(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    with engine.connect() as connection:
        topics = list(connection.execute(sa.select(matches.c.topic, matches.c.lexicon)))
        learned = words.learned(connection)
    engine.dispose()
    return topics, learned


def publish(site, *paths):
    for path in paths:
        site.story(path, "Stocktan opens a plant")
    site.feed("/rss", *paths)


def test_a_name_often_read_stops_being_a_typo(new_site, run, tmp_path):
    record, gazette = new_site(), new_site("127.0.0.2")
    both = (source(record, "Record"), source(gazette, "Gazette"))
    publish(record, "/a", "/b", "/c")
    publish(gazette, "/d", "/e")
    cache = str(tmp_path / "vocabulary")
    run(*both, topics=(FRESNO, STOCKTON), cache=cache, delay=0.01)
    topics, learned = found(tmp_path)
    assert len(topics) == 5  # a match called it a typo before it was often read, and goes on to do so
    assert "stocktan" not in learned


def test_a_name_often_read_before_the_topic_came_is_no_typo_of_it(new_site, run, tmp_path):
    record, gazette = new_site(), new_site("127.0.0.2")
    both = (source(record, "Record"), source(gazette, "Gazette"))
    publish(record, "/a", "/b", "/c")
    publish(gazette, "/d", "/e")
    cache = str(tmp_path / "vocabulary")
    run(*both, topics=(FRESNO,), cache=cache)
    assert found(tmp_path) == ([], frozenset({"stocktan"}))
    publish(record, "/f")
    assert run(*both, topics=(FRESNO, STOCKTON), cache=cache).articles.new == 1
    assert found(tmp_path)[0] == []

    site = new_site("127.0.0.3")
    site.story("/g", "Stockton opens a plant")
    site.feed("/rss", "/g")
    run(source(site, "Post"), topics=(FRESNO, STOCKTON), cache=cache)
    assert [(topic, "-" in lexicon) for topic, lexicon in found(tmp_path)[0]] == [("Stockton", True)]


def test_a_run_with_nothing_new_learns_nothing_and_loads_nothing(site, run, tmp_path, monkeypatch):
    publish(site, "/a")
    run(source(site, "Record"), topics=(FRESNO,))
    monkeypatch.setattr("monitor.store.words.count", lambda *_: 1 / 0)
    monkeypatch.setattr("monitor.store.words.learned", lambda *_: 1 / 0)
    assert run(source(site, "Record"), topics=(FRESNO,)).articles.new == 0
