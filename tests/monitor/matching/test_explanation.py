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


def test_the_small_words_of_a_name_make_nothing_a_candidate() -> None:
    found = verdict(topic(organization="Bureau of River Gauges"), "The mayor of the town and of the port spoke.")
    assert isinstance(found, Refusal)
    assert found.nearest == ""


def test_the_candidate_is_shown_with_the_words_beside_it() -> None:
    found = verdict(topic(place="New Harlow City"), "They went to New Harlow by bus.")
    assert isinstance(found, Refusal)
    assert "New Harlow" in found.nearest
