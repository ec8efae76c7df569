"""First names and initials that stand for them."""

import pytest

from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("person", "text", "matches"),
    [
        ("N. Oyelaran", "Then President Ngozi Oyelaran spoke.", True),
        ("N. Oyelaran", "Then Tunde Oyelaran spoke.", False),
        ("N. Oyelaran", "Then Peter Ngozi Oyelaran spoke.", False),
        ("N. Oyelaran", "Never Oyelaran spoke.", False),
        ("J.-C. Oyelaran", "Then Jean-Claude Oyelaran spoke.", True),
        ("JC Oyelaran", "Then Jean-Claude Oyelaran spoke.", True),
        ("JC Oyelaran", "Then Jean-Paul Oyelaran spoke.", False),
        ("N. Jones", "Then Nina Jones spoke.", False),
    ],
)
def test_an_initial_of_the_topic_stands_for_a_name_before_a_rare_surname(person: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(person=person), text)) is matches
