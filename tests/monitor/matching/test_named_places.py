"""Which places a text names, whatever is sought in it."""

import pytest

from monitor.matching.geography import Geography
from monitor.matching.lexicon import Lexicon
from monitor.matching.namedplaces import named_places
from monitor.matching.placeopenings import PlaceOpenings
from monitor.matching.reading import Reading
from monitor.matching.vocabulary import Vocabulary

LEXICON = Lexicon.shipped()
OPENINGS = PlaceOpenings(Geography(LEXICON))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Trucks left Tallahassee and San Luis Obispo.", {"tallahassee", "san luis obispo"}),
        ("The mayor of St. Louis flew to Port St. Lucie.", {"saint louis", "port saint lucie"}),
        ("She lives in Lodi, Manteca and Stockton.", {"lodi", "manteca", "stockton"}),
        ("A barn in Richmond, Va., burned.", {"richmond", "va"}),
        ("(in Madison, he said)", {"madison"}),
        ("Mr. Madison spoke to Austin Lincoln about Tallahassee’s dam.", {"tallahassee"}),
        ("Guinea-Bissau’s ministers went home.", {"guinea bissau"}),
        ("THE PRESIDENT AND THE SENATE", set()),
        ("nothing of sacramento in capitals", set()),
        ("", set()),
    ],
)
def test_finds_the_places_that_a_text_names(text, names):
    assert named_places(Reading("text", text, Vocabulary(LEXICON)), OPENINGS) == names


def test_answers_the_same_when_it_remembers():
    text = "In Modesto, New York and Va. people spoke of Fort Worth, Texas, and of Jackson."
    fresh = named_places(Reading("text", text, Vocabulary(LEXICON)), PlaceOpenings(Geography(LEXICON)))
    for _ in range(2):
        assert named_places(Reading("text", text, Vocabulary(LEXICON)), OPENINGS) == fresh
