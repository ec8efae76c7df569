"""Names of people and things that hold a place's name."""

import pytest

from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("place", "text", "matches"),
    [
        ("Stockton", "Mayor Of Stockton Speaks", True),
        ("Stockton", "Will Stockton said no.", False),
        ("Stockton", "Will Stockton pay?", True),
        ("Stockton", "When Will Stockton Pay?", True),
        ("Stockton", "April Stockton said no.", False),
        ("Stockton", "In April Stockton said no.", True),
        ("Stockton", "Mark Stockton, who came late, left.", False),
        ("Stockton", "Stockton Arab leaders met again.", True),
        ("Stockton", "Then A.B. Stockton came.", False),
        ("Stockton", "The U.S. Stockton office is closed.", True),
        ("Stockton", "The firm of Smith & Stockton grew.", False),
        ("Stockton", "Trains between Lodi & Stockton ran.", True),
        ("Stockton", "They know that Kevin de Stockton left.", False),
        ("Florence", "They fled from Hurricane Florence. Florence was strong.", False),
        ("Cory", "They read what Cory Zzygorow wrote on it.", False),
        ("Columbia", "They live in the District of Columbia.", False),
        ("Reserve", "They trust in the Federal Reserve.", False),
        ("Reserve", "They live in Reserve and like it.", True),
        ("Ward", "They met 12 Ward residents.", True),
        ("Ward", "They voted in the 1st Ward of the city.", False),
        ("Commerce", "He leads the Chamber of Commerce today.", False),
        ("Commerce", "He leads the town of Commerce today.", True),
        ("Timber Lake", "They sang with Justin Timberlake there.", False),
        ("Timber Lake", "They sang in #TimberLake today.", True),
        ("Austin", "They met at the Austin J. Smith Center.", False),
        ("North", "They fear the North Korean army.", False),
        ("North", "Rain fell in North and South Carolina.", False),
    ],
)
def test_a_place_in_the_name_of_somebody_or_something_is_none(place: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(place=place), text)) is matches


@pytest.mark.parametrize("text", ["Penn State Altoona plays today.", "He went to Ohio State Altoona for a year."])
def test_what_stands_behind_state_is_the_place_of_a_university(text: str) -> None:
    assert not spans(topic(place="Altoona"), text)


@pytest.mark.parametrize(
    ("place", "region", "text", "matches"),
    [
        ("Rome", "Georgia", "Rome City Hall closed on Monday.", True),
        ("Carson", "California", "Carson City Council met on Monday.", True),
        ("Carson", "Nevada", "Carson City Council met on Monday.", False),
        ("Wilton", "Connecticut", "The Wilton Town Council met on Monday.", True),
        ("Wilton", "Connecticut", "The Wilton Board of Education met on Monday.", True),
        ("Wilton", "Connecticut", "The Wilton Zoning Board met on Monday.", True),
        ("Kettering", "Northamptonshire", "Kettering Parish Council met on Monday.", True),
        ("Kettering", "Northamptonshire", "A man went before Kettering Crown Court on Monday.", True),
        ("Wilton", "Connecticut", "He lives on Wilton Court with a dog.", False),
        ("Wilton", "Connecticut", "The Wilton University Board met on Monday.", False),
    ],
)
def test_what_governs_a_place_speaks_of_it(place: str, region: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(place=place, region=(region,)), text, region=(region,))) is matches
