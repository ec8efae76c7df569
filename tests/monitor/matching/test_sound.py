"""First names that sound alike, and those that only seem to."""

import pytest

from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("person", "text", "matches"),
    [
        ("Sarah Whitcombe", "Then Sara Whitcombe spoke.", True),
        ("Hannah Whitcombe", "Then Hanna Whitcombe spoke.", True),
        ("Elizabeth Whitcombe", "Then Elisabeth Whitcombe spoke.", True),
        ("Kathy Whitcombe", "Then Cathy Whitcombe spoke.", True),
        ("Kathy Whitcombe", "Then Katie Whitcombe spoke.", False),
        ("Sara Whitcombe", "Then Zara Whitcombe spoke.", False),
        ("Maria Whitcombe", "Then Mariah Whitcombe spoke.", False),
        ("Garrett Whitcombe", "Then Gareth Whitcombe spoke.", False),
        ("Cassie Whitcombe", "Then Casey Whitcombe spoke.", False),
        ("Noah Whitcombe", "Then Noa Whitcombe spoke.", False),
        ("John Whitcombe", "Then Joon Whitcombe spoke.", False),
    ],
)
def test_a_first_name_stands_for_another_spelling_of_the_same_sound(person: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(person=person), text)) is matches
