"""Short and long forms of first names."""

import pytest

from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("person", "text", "matches"),
    [
        ("Benjamin Adler", "Then Bibi Adler spoke.", True),
        ("José Zamora", "Then Pepe Zamora spoke.", True),
        ("Dmitri Volkov", "Then Dima Volkov spoke.", True),
        ("Charles Young", "Then Carl Young spoke.", False),
        ("Emily Hart", "Then Emma Hart spoke.", False),
        ("Andrew Hart", "Then Andrea Hart spoke.", False),
        ("Aaron Hart", "Then Ron Hart spoke.", False),
        ("Jonathan Hart", "Then John Hart spoke.", False),
        ("Jonathan Hart", "Then Jon Hart spoke.", True),
        ("Joni Hart", "Then Jonathan Hart spoke.", False),
        ("Courtney Hart", "Then Court Justice Anthony Hart spoke.", False),
        ("Laura Hart", "Then Laura King Hart spoke.", True),
        ("Bill Hart", "It goes on. Will Hart go on?", False),
        ("Bill Hart", "It is said that Will Hart goes on.", True),
        ("Louis Hart", "Then Louise Hart spoke.", False),
        ("Kenneth Hart", "Then Kendrick Hart spoke.", False),
        ("Steven Hart", "Then Steve Hart spoke.", True),
        ("Anne Hart", "Then Anna Hart spoke.", False),
        ("Erik Hart", "Then Derrick Hart spoke.", False),
        ("Carole Hart", "Then Caroline Hart spoke.", False),
        ("Mariah Hart", "Then Mary Hart spoke.", False),
        ("Melissa Hart", "Then Lisa Hart spoke.", False),
        ("Jodi Hart", "Then Joseph Hart spoke.", False),
        ("Ian Hart", "Then Jon Hart spoke.", False),
        ("Elizabeth Hart", "Then Beth Hart spoke.", True),
        ("Oleksandr Tkachenko", "Then Aleksandr Tkachenko spoke.", True),
    ],
)
def test_nicknames_are_of_many_languages_and_of_today(person: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(person=person), text)) is matches
