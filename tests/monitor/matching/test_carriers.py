"""What is called after a place, or is a body of it."""

import pytest

from monitor.records import Refusal
from tests.monitor.matching.verdicts import spans, topic, verdict

ANYWHERE = topic(place="Stockton")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("Houston", "The Houston Astros won their last game."),
        ("Stockton", "The old Stockton Cannery will be closed."),
        ("Stockton", "The Stockton State College will open."),
        ("St. Paul", "They met at St. Paul’s Cathedral after lunch."),
        ("Baltimore", "A Baltimore oriole sang."),
        ("Columbus", "The Knights of Columbus met."),
    ],
)
def test_what_is_called_after_a_place_scores_low_and_says_so(place: str, text: str) -> None:
    found = verdict(topic(place=place), text)
    assert isinstance(found, Refusal)
    assert "merely carries the name" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "They said that Stockton Republicans lost their seats.",
        "He lives in Stockton Monday through Friday with others.",
        "Ask Stockton Councilman Lee about water there.",
        "In St. Paul’s old town the ice broke. In Stockton it held.",
        "Stockton Approves Budget After Debate",
        "Er will in Stockton Wohnungen bauen.",
    ],
)
def test_a_capital_behind_a_place_need_not_go_on_with_its_name(text: str) -> None:
    assert spans(ANYWHERE, text)
