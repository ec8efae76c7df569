"""What is kept of words between runs."""

from pathlib import Path

import pytest

from monitor.matching import Lexicon, Matcher, lexicon
from monitor.matching import cache as kept
from monitor.records import Article, Topic

TOPICS = [
    Topic(id="p", name="p", phrases=("sanctuary policy",)),
    Topic(id="n", name="n", person="Eric Jones"),
    Topic(id="q", name="q", query="trail* AND house~1"),
]
ARTICLES = [
    Article(body="Erik Jnoes wrote two sanctuary polcies; trailers in a hous."),
    Article(title="Eric Jones", body="Nothing of it, but #SanctuaryPolicy."),
]


def answers(matcher: Matcher) -> list[object]:
    return [matcher.explain(article) for article in ARTICLES]


def test_a_kept_cache_gives_the_same_answers(tmp_path: Path) -> None:
    first = Matcher(TOPICS, Lexicon.shipped(), tmp_path / "vocabulary")
    fresh = answers(first)
    first.save()
    assert answers(Matcher(TOPICS, Lexicon.shipped(), tmp_path / "vocabulary")) == fresh


def test_a_kept_cache_spares_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Matcher(TOPICS, Lexicon.shipped(), tmp_path / "vocabulary")
    answers(first)
    first.save()
    monkeypatch.setattr("monitor.matching.vocabulary.Vocabulary.compile", lambda _: pytest.fail("compiled again"))
    assert answers(Matcher(TOPICS, Lexicon.shipped(), tmp_path / "vocabulary"))


def test_other_topics_or_another_lexicon_throw_it_away(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary"
    text = Article(body="They praised the sanctuary polciy.")
    first = Matcher(TOPICS, Lexicon.shipped(), path)
    assert [match.topic for match in first.match(text)] == ["p"]
    first.save()
    learned = Lexicon.shipped().with_words(["polciy"])
    assert Matcher(TOPICS, learned, path).match(text) == []
    assert Matcher(TOPICS[1:], Lexicon.shipped(), path).match(text) == []


def test_another_table_of_nicknames_throws_it_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Matcher(TOPICS, Lexicon.shipped(), tmp_path / "vocabulary")
    first.save()
    compiled: list[object] = []
    monkeypatch.setattr(
        "monitor.matching.vocabulary.Vocabulary.compile", lambda vocabulary: compiled.append(vocabulary)
    )
    monkeypatch.setattr("monitor.matching.lexicon.version", lambda package: f"another {package}")
    lexicon._tables_version.cache_clear()
    try:
        Matcher(TOPICS, Lexicon.shipped(), tmp_path / "vocabulary")
    finally:
        lexicon._tables_version.cache_clear()
    assert compiled


@pytest.mark.parametrize("damage", [b"", b"x" * 500, None])
def test_a_damaged_file_is_ignored(tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / "vocabulary"
    first = Matcher(TOPICS, Lexicon.shipped(), path)
    fresh = answers(first)
    first.save()
    path.write_bytes(path.read_bytes()[:-3] + b"abc" if damage is None else damage)
    assert answers(Matcher(TOPICS, Lexicon.shipped(), path)) == fresh


def test_a_place_where_nothing_can_be_written_is_no_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("no directory")
    kept.save(tmp_path / "file" / "vocabulary", b"m" * 32, {})
    assert "not kept" in caplog.text


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.matching.chunks.MOST", 50)
    matcher = Matcher(TOPICS, Lexicon.shipped())
    fresh = answers(matcher)
    for number in range(20):
        matcher.match(Article(body=" ".join(f"word{number}x{at}" for at in range(40))))
        assert len(matcher._chunks) <= 100
        assert len(matcher._vocabulary.hits) <= 100
    assert answers(matcher) == fresh
