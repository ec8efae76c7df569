"""What counts as a mention of a place, row by row."""

import pytest

from monitor.records import Refusal
from tests.monitor.matching.verdicts import spans, topic, verdict

STOCKTON = topic(place="Stockton", region=("California", "Calif.", "San Joaquin County"))
ANYWHERE = topic(place="Stockton")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A fire in Stockton, Mo., was put out.", "another region"),
        ("A fire in Stockton, Missouri, was put out.", "another region"),
        ("A fire in Stockton, Kansas. California paid.", "another region"),
        ("A fire in Fort Stockton, Texas. California paid.", "another place"),
        ("California sent trains to Stockton-on-Tees.", "another name"),
        ("John Stockton of California scored.", "a person"),
        ("J. Stockton of California scored.", "a person"),
        ("A fire in Stockton was put out.", "no region"),
        ("Stockholm is in California.", "known word"),
        ("California’s Stockton University opened.", "merely carries"),
        ("California: the University of Stockton opened.", "merely carries"),
        ("In California, stockton is no word.", "lower case"),
        ("California’s Stockton Beach", "another place"),
    ],
)
def test_what_is_another_place_or_name_is_refused(text: str, reason: str) -> None:
    found = verdict(STOCKTON, text)
    assert isinstance(found, Refusal)
    assert reason in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "FIRE IN STOCKTON",
        "FIRE AT STOCKTON HURTS TWO",
        "Fire In Stockton Hurts Two",
        "WHO WILL STOP STOCKTON? NO STOCKTON PLAN YET",
        "CAN IT BE STOCKTON?",
    ],
)
def test_a_small_word_of_a_headline_makes_no_person_of_a_place(text: str) -> None:
    assert spans(ANYWHERE, text)


@pytest.mark.parametrize("text", ["JD STOCKTON SCORES", "JUDGE STOCKTON RULES", "JOHN STOCKTON SCORES"])
def test_initials_titles_and_first_names_of_a_headline_do(text: str) -> None:
    assert not spans(ANYWHERE, text)


@pytest.mark.parametrize(
    ("place", "text", "matches"),
    [
        ("The Marsh", "They live in the Marsh today.", True),
        ("The Marsh", "They live in The Marsh today.", True),
        ("The Marsh", "They live in the marsh today.", False),
        ("29 Oaks", "They live in 29 Oaks today.", True),
        ("29 Oaks", "They own 29 oaks today.", False),
        ("Pont d'Arvel", "They live in Pont d’Arvel today.", True),
        ("Pont d'Arvel", "They live in Pont D’Arvel today.", True),
        ("Pont d'Arvel", "FIRE IN PONT D'ARVEL", True),
    ],
)
def test_articles_figures_and_elisions_of_a_name_are_written_either_way(place: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(place=place), text)) is matches


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("A fire in Stockton was put out.", True),
        ("Stockton, Mo., voted.", True),
        ("Fort Stockton voted.", False),
        ("Stockton-on-Tees voted.", False),
        ("John Stockton voted.", False),
        ("Stockton University opened.", False),
        ("The Stockton Police Department said so.", True),
        ("The Stockton City Council met.", True),
        ("Stockton’s mayor spoke.", True),
        ("A Stockton-based firm closed.", True),
        ("South Stockton burned.", True),
        ("Stockton Mayor Michael Tubbs spoke.", True),
        ("Stockton Street is closed.", False),
        ("John Stockton came. Stockton scored.", False),
        ("John Stockton came to Stockton. He likes it.", True),
    ],
)
def test_a_place_without_region_counts_outside_of_other_names(text: str, matches: bool) -> None:
    assert bool(spans(ANYWHERE, text)) is matches


@pytest.mark.parametrize(
    ("place", "text", "matches"),
    [
        ("San Bernardino", "a fire in San Bernardino burned", True),
        ("San Bernardino", "a fire in San Bernadino burned", True),
        ("San Bernardino", "a fire in San Benito burned", False),
        ("Baltimore", "the Baltimore police", True),
        ("Baltimore", "Baltimore County voted", False),
        ("Baltimore County", "Baltimore County voted", True),
        ("Baltimore", "West Baltimore burned", True),
        ("Baltimore", "New Baltimore burned", False),
        ("St. Louis", "a fire in Saint Louis", True),
        ("St. Louis", "a fire in St. Louis", True),
        ("St. Louis", "a fire in East St. Louis", False),
        ("Austin", "Jane Austin wrote", False),
        ("Austin", "Austin Smith wrote", False),
        ("Austin", "then Austin J. Smith wrote a letter", False),
        ("Austin", "the award went to AUSTIN KOWALSKI for the second time", False),
        ("Austin", "AUSTIN KOWALSKI RACE BEGINS", True),
        ("Scottsdale", "neighbors described Hikmala Scottsdale as patient", False),
        ("Scottsdale", "neighbors described the Portuguese Scottsdale cafe as small", True),
        ("Scottsdale", "neighbors came from Tucson Scottsdale and Mesa", True),
        ("Scottsdale", "ein Mann aus dem Großraum Scottsdale wurde vermisst", True),
        ("Modesto", "a fire in Modsto burned", True),
        ("Austin", "a fire in Austin burned", True),
        ("Kansas", "a fire in Kansas City burned", False),
        ("York", "a fire in New York burned", False),
        ("Washington", "George Washington slept here.", False),
        ("Washington", "a fire in Washington, Iowa", True),
        ("Köln", "Ein Brand in Koeln und Köln", True),
        ("北京", "记者在北京报道", True),
        ("Paris", "Paris Hilton came.", False),
        ("Paris", "the Paris-London train", True),
        ("Bath", "Shares of Bath & Body Works fell.", False),
        ("Bath", "Trains between Bath & the coast stood still.", True),
        ("Albuquerque", "went to San Bernardino, Albuquerque, N.M., and Baltimore", True),
    ],
)
def test_a_place_is_found_but_not_in_a_longer_name(place: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(place=place), text)) is matches


def test_another_direction_is_no_typo() -> None:
    sought = topic(place="Northvale Springs")
    assert spans(sought, "They met in Nortvale Springs.") == [("Nortvale Springs", "typo")]
    refused = verdict(sought, "They met in Southvale Springs.")
    assert isinstance(refused, Refusal)
    assert "another direction" in refused.reason


def test_a_team_called_like_a_person_is_none() -> None:
    both = "The Stockton people saw The Alexandria Blizzard, and buses left from the Alexandria area."
    assert spans(topic(place="Alexandria"), both)
    assert not spans(topic(place="Alexandria"), "There they saw Alexandria Blizzard, and buses left Alexandria.")


@pytest.mark.parametrize(
    ("place", "text", "matches"),
    [
        ("Dallas", "The Dallas-Fort Worth area flooded.", True),
        ("Minneapolis", "The Minneapolis-St. Paul area flooded.", True),
        ("Guinea", "Guinea-Bissau voted.", False),
        ("Korea", "North Korea voted.", False),
        ("Stockton", "The USS Stockton sank.", False),
        ("Stockton", "Ms. Stockton sank.", False),
        ("Dover", "He ate Dover sole.", False),
    ],
)
def test_what_is_joined_to_a_place_may_make_another_name_of_it(place: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(place=place), text)) is matches
