"""The whole matcher, on small watchlists."""

import gc
import weakref

import pytest

from monitor.matching import Lexicon, Matcher
from monitor.records import Article, Match, Topic


def found(topic: Topic, text: str, **article: object) -> Match | None:
    """The match of one topic in one text, if there is one."""
    matches = Matcher([topic], Lexicon.shipped()).match(Article(body=text, **article))  # type: ignore[arg-type]
    return matches[0] if matches else None


@pytest.mark.parametrize(
    ("topic", "text", "how", "evidence"),
    [
        (Topic(id="t", name="t", phrases=("sanctuary policy",)), "Two sanctuary policies.", "word_form", "sanctuary policies"),
        (Topic(id="t", name="t", person="Eric Jones"), "So Erik Jnoes said.", "typo", "Erik Jnoes"),
        (Topic(id="t", name="t", place="Baltimore"), "A train to Baltimore left.", "exact", "Baltimore"),
        (Topic(id="t", name="t", organization="Violence Reduction Network"), "The Violence Reducton Network.", "typo",
         "Violence Reducton Network"),
    ],
)  # fmt: skip
def test_each_kind_of_topic_tells_its_evidence(topic: Topic, text: str, how: str, evidence: str) -> None:
    match = found(topic, text)
    assert match is not None
    assert [(one.how, one.text, text[one.start : one.end]) for one in match.evidence] == [(how, evidence, evidence)]


def test_a_large_matcher_is_left_to_itself_by_the_collector_and_freed_without_it(monkeypatch) -> None:
    monkeypatch.setattr("monitor.matching.matcher.MANY", 1)
    before = gc.get_freeze_count()
    matcher = Matcher([Topic(id="t", name="t", place="Lodi", phrases=("levee",))], Lexicon.shipped())
    try:
        assert gc.get_freeze_count() > before
        assert gc.isenabled()
        gc.disable()
        vocabulary = weakref.ref(matcher._vocabulary)
        del matcher
        assert vocabulary() is None
    finally:
        gc.unfreeze()
        gc.enable()


def test_of_very_many_mentions_the_first_are_told_and_the_best() -> None:
    topic = Topic(id="t", name="t", phrases=("levee repair",))
    match = found(topic, "the levee and dam repair. " * 60 + "levee repair. " * 60)
    assert match is not None
    assert (match.score, len(match.evidence)) == (100.0, 50)
    assert [one.text for one in match.evidence[-2:]] == ["levee and dam repair", "levee repair"]
    match = found(topic, "levee repair. " * 120)
    assert match is not None
    assert len(match.evidence) == 50
