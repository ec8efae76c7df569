"""What is told of a topic that does not match is the nearest candidate, and the rule that refused it."""

import pytest

from monitor.records import Refusal
from tests.monitor.matching.verdicts import topic, verdict

REASONS = [
    ({"phrases": ("rent control",)}, "the control of rent", "its words stand in another order"),
    ({"phrases": ("rent control",)}, "rent under a new kind of control", "its words stand too far apart"),
    ({"phrases": ("rent control",), "fuzzy": "off"}, "rent controls", "other forms and typos are not looked for"),
    ({"phrases": ("rent control",), "fuzzy": "strict"}, "rent contrl", "and typos are not looked for"),
    ({"person": "Thomas Whitfield"}, "Then T. Whitfield spoke.", "an initial does not tell"),
    ({"person": "Thomas Whitfield"}, "Then B. Whitfield spoke.", "the first name is another"),
    ({"person": "Daw Mya Thida Kyaw"}, "Then Thida Kyaw spoke.", "only a part of the name"),
]


@pytest.mark.parametrize(("sought", "text", "reason"), REASONS)
def test_the_reason_is_what_a_reader_sees(sought: dict[str, object], text: str, reason: str) -> None:
    found = verdict(topic(**sought), text)
    assert isinstance(found, Refusal)
    assert reason in found.reason


QUERIES = [
    ("DOJ AND raid", "In the raid doj took part.", "doj", "DOJ is not there (not in capitals, as the query writes it)"),
    ("policy~ OR budget", "The police came.", "police", "none of policy~, budget is there (police is a known word"),
    ("flood AND NOT creek", "The floor was wet by the creak.", "floor", "flood is not there (floor is not flood"),
    ("flood AND NOT creek", "The flood of the creek.", "flood", "what NOT rules out is there: creek"),
    ("title:flood AND river", "The river flood.", "flood", "title:flood is not there"),
    (
        '"rent control"',
        "a rent and control",
        "rent and control",
        '"rent control" is not there (its words do not stand together)',
    ),
]


@pytest.mark.parametrize(("query", "text", "nearest", "reason"), QUERIES)
def test_of_a_query_the_nearest_to_what_is_missing_is_told(query: str, text: str, nearest: str, reason: str) -> None:
    found = verdict(topic(query=query), text)
    assert isinstance(found, Refusal)
    assert found.reason.startswith(reason)
    assert found.nearest == nearest


def test_the_small_words_of_a_name_make_nothing_a_candidate() -> None:
    found = verdict(topic(organization="Bureau of River Gauges"), "The mayor of the town and of the port spoke.")
    assert isinstance(found, Refusal)
    assert found.nearest == ""


def test_a_word_that_only_joins_others_resembles_nothing() -> None:
    for sought in (topic(place="Green Bay"), topic(query="thaw AND snow")):
        found = verdict(sought, "Than it stood by the river.")
        assert isinstance(found, Refusal)
        assert found.nearest == ""


def test_the_candidate_is_shown_with_the_words_beside_it() -> None:
    found = verdict(topic(place="New Harlow City"), "They went to New Harlow by bus.")
    assert isinstance(found, Refusal)
    assert "New Harlow" in found.nearest
