"""Places that are called as a common word is."""

import pytest

from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("place", "text", "matches"),
    [
        ("Reading", "Reading is fun for all of them.", False),
        ("Reading", "Reading books is fun.", False),
        ("Reading", "Reading won again on Sunday.", True),
        ("Reading", "Reading police said so.", True),
        ("Reading", "They moved to Reading last year.", True),
        ("Reading", "Reading, Pa., has a new school.", True),
        ("Nice", "Nice work by the others!", False),
        ("Mobile", "Mobile phones rang in the hall.", False),
        ("Mobile", "New Mobile App Comes To Town", False),
        ("Mobile", "Try Mobile Apps\n\nMany people wait.", False),
        ("Mobile", "Many people in Mobile wait.", True),
        ("Orange", "ORANGE — A fire burned.", True),
        ("Stockton", "Stockton is fun for all of them.", True),
    ],
)
def test_a_place_called_as_a_common_word_needs_more_than_a_capital_in_front(
    place: str, text: str, matches: bool
) -> None:
    assert bool(spans(topic(place=place), text)) is matches
