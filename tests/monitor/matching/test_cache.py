"""What is kept of words between runs."""

from pathlib import Path

import pytest

from monitor.matching import Lexicon, Matcher, lexicon
from monitor.matching import cache as kept
from monitor.matching.compiling import Compiler
from monitor.records import Article, Topic

watched = Compiler.watched

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


def test_with_a_kept_cache_only_the_topics_that_are_called_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Matcher(TOPICS, Lexicon.shipped(), tmp_path / "vocabulary").save()
    made: list[str] = []
    monkeypatch.setattr(Compiler, "watched", lambda self, topic: made.append(topic.id) or watched(self, topic))
    matcher = Matcher(TOPICS, Lexicon.shipped(), tmp_path / "vocabulary")
    assert made == []
    assert [match.topic for match in matcher.match(Article(body="Eric Jones spoke. Erik Jones left."))] == ["n"]
    assert made == ["n"]


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        (Topic(id="t", name="t", person="Muammar Gaddafi"), "Moammar Qaddafi spoke."),
        (Topic(id="t", name="t", person="Gerda Schröder"), "Gerda Schroeder spoke."),
        (Topic(id="t", name="t", phrases=("気候変動", "levee", "levee")), "今年の気候変動です。"),
        (Topic(id="t", name="t", query="気候変動 OR levee"), "今年の気候変動です。"),
        (Topic(id="t", name="t", query="source:valley"), "Nothing of it."),
        (Topic(id="t", name="t", person="Dana Lee", context=("levee board",)), "Dana Lee spoke. The levee board met."),
    ],
)
def test_what_a_topic_needs_beside_its_words_is_kept_too(tmp_path: Path, topic: Topic, text: str) -> None:
    article = Article(body=text, source="The Valley Record")
    for _ in range(3):
        matcher = Matcher([*TOPICS, topic], Lexicon.shipped(), tmp_path / "vocabulary")
        matcher.save()
        assert [match.topic for match in matcher.match(article)] == ["t"]


def test_a_sought_word_that_was_learned_may_be_sought_otherwise(tmp_path: Path) -> None:
    topics, text = [Topic(id="q", name="q", query="zorvex~")], Article(body="The zorvax stood idle.")
    Matcher(topics, Lexicon.shipped(), tmp_path / "vocabulary").save()
    learned = Lexicon.shipped().with_words(["zorvex"])
    assert [match.topic for match in Matcher(topics, learned, tmp_path / "vocabulary").match(text)] == ["q"]


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
