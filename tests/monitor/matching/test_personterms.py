"""Where persons are looked for: at a surname, and at one borne by many only beside what tells whose it is."""

import pytest

from monitor.matching import Lexicon, Matcher
from monitor.matching.people import Person
from monitor.records import Article, Topic
from tests.monitor.matching.verdicts import spans, topic


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that were sought at some surname."""
    names: list[str] = []
    judge = Person.judge

    def counted(self: Person, reading: object, chunk: int) -> object:
        names.append(self.text)
        return judge(self, reading, chunk)  # type: ignore[arg-type]

    monkeypatch.setattr(Person, "judge", counted)
    return names


def test_initials_before_a_common_surname_are_sought_only_where_they_stand(judged: list[str]) -> None:
    names = [f"{first}. {middle}. Smith" for first in "BCDJ" for middle in "KLMNPR"] + ["Ann Smith"]
    matcher = Matcher([Topic(id=name, name=name, person=name) for name in names], Lexicon.shipped())
    assert not matcher.match(Article(body="A man called Smith, and Smith, had a Smith in town. " * 9))
    assert not judged
    matches = matcher.match(Article(body="A man said that J.K. Smith had left."))
    assert {match.topic for match in matches} == set(judged) == {"J. K. Smith"}


@pytest.mark.parametrize(
    ("person", "text", "matches"),
    [
        ("J. K. Smith", "Then J. K. Smith spoke.", True),
        ("J. K. Smith", "Then JK Smith spoke.", True),
        ("J. K. Smith", "Smith, J., spoke.", True),
        ("J. Edgar Smith", "Then J. Edgar Smith spoke.", True),
        ("JD Smith", "Then J. D. Smith spoke.", True),
        ("JOE SMITH", "Then Joe Smith spoke.", True),
        ("JOE SMITH", "Then Joseph Smith spoke.", True),
        ("J. K. Smith", "Then Jack Smith spoke.", False),
    ],
)
def test_initials_of_the_topic_stand_for_themselves(person: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(person=person), text)) is matches
