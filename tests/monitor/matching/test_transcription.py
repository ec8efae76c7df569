"""Names carried over from other scripts."""

import pytest

from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("person", "text", "matches"),
    [
        ("Muammar Gaddafi", "Then Moammar Qaddafi spoke.", True),
        ("Moammar Qaddafi", "Then Muammar Gaddafi spoke.", True),
        ("Osama bin Hadid", "Then Usama ibn Hadeed spoke.", True),
        ("Yusuf Barghouti", "Then Youssef Barghuti spoke.", True),
        ("Piotr Kowalski", "Then Piotr Kowalsky spoke.", True),
        ("Dmitri Volkov", "Then Dimitri Volkoff spoke.", True),
        ("Peter Kohl", "Then Peter Kuhl spoke.", False),
        ("Hans Gruber", "Then Hans Kruber spoke.", True),
        ("Dmitri Volkov", "Then Dmitri Volkova spoke.", False),
        ("Dmitri Volkov", "Then Dmitri Volkovv spoke.", True),
        ("Rosie Banks", "Then Rosie Banksy spoke.", False),
        ("Nadia Zherdeva", "Then Nadia Zherdev spoke.", False),
        ("Ruth Whitlockson", "Then Ruth Whitlockso spoke.", True),
        ("Ruth Quarrington", "Then Ruth Quarringtonov spoke.", False),
        ("Ruth Quarrington", "Then Ruth Quaringtno spoke.", True),
        ("Ruth Ostrowski", "Then Ruth Ostrowska spoke.", False),
        ("Ruth Ostrowski", "Then Ruth Ostrovsky spoke.", True),
        ("Sean Hara", "Then Sean O’Hara spoke.", False),
    ],
)
def test_names_from_other_scripts_are_spelled_by_ear(person: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(person=person), text)) is matches
