"""Runs learn words from what they read."""

import gc
import random

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


def publish(site, *paths, name="Stocktan"):
    """Stories that have nothing in common but a name."""
    for path in paths:
        draw = random.Random(path)
        words = ["".join(draw.choices("aeioubdgklmnprstvz", k=7)) for _ in range(300)]
        text = "".join(f"<p>The {' '.join(words[at : at + 25])} of {name}.</p>" for at in range(0, 300, 25))
        title = f"{words[0]} {words[1]} {words[2]} {name}".capitalize()
        site.page(path, f"<title>{title}</title><article><h1>{title}</h1>{text}</article>")
    site.feed("/rss", *paths)


def test_what_a_match_calls_a_typo_stays_one(new_site, run, tmp_path):
    record, gazette = new_site(), new_site("127.0.0.2")
    both = (source(record, "Record"), source(gazette, "Gazette"))
    publish(record, "/a", "/b", "/c")
    publish(gazette, "/d", "/e")
    cache = str(tmp_path / "vocabulary")
    run(*both, topics=(FRESNO, STOCKTON), cache=cache)
    topics, learned = found(tmp_path)
    assert len(topics) == 5
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
    publish(site, "/g", name="Stockton")
    run(source(site, "Post"), topics=(FRESNO, STOCKTON), cache=cache)
    assert [(topic, "-" in lexicon) for topic, lexicon in found(tmp_path)[0]] == [("Stockton", True)]


def test_a_run_with_nothing_new_learns_nothing_and_loads_nothing(site, run, tmp_path, monkeypatch):
    publish(site, "/a")
    run(source(site, "Record"), topics=(FRESNO,))
    called = []
    for name in ("count", "learned"):
        real = getattr(words, name)
        monkeypatch.setattr(words, name, lambda *given, real=real, name=name: called.append(name) or real(*given))
    run(source(site, "Record"), topics=(FRESNO,))
    assert called == []
    publish(site, "/b")
    run(source(site, "Record"), topics=(FRESNO,))
    assert called == ["learned", "count"]


def test_what_a_run_loaded_is_no_more_kept_from_the_collector_after_it(site, run, monkeypatch):
    frozen = []
    monkeypatch.setattr(gc, "freeze", lambda real=gc.freeze: (real(), frozen.append(gc.get_freeze_count())))
    publish(site, "/a")
    run(source(site, "Record"), topics=(FRESNO,))
    assert len(frozen) == 1
    assert frozen[0] > gc.get_freeze_count() == 0
    assert gc.isenabled()
