"""Where an article happens, by the places it names and by where its source is local."""

import pytest

from tests.monitor.matching.verdicts import spans, topic

STOCKTON = topic(place="Stockton", region=("California", "Calif.", "San Joaquin County"))


@pytest.mark.parametrize(
    "region", [("California",), ("Calif.",), ("Stockton", "San Joaquin County"), ("San Joaquin County",)]
)
def test_a_place_counts_in_a_source_that_is_local_to_its_region(region: tuple[str, ...]) -> None:
    assert not spans(STOCKTON, "A fire in Stockton was put out.")
    assert spans(STOCKTON, "A fire in Stockton was put out.", region=region)


def test_a_city_that_everybody_knows_needs_no_region_beside_it() -> None:
    home = ("Russia",)
    assert spans(topic(place="London", region=("England", "United Kingdom")), "He died in London.", region=home)
    assert not spans(topic(place="London", region=("Ontario",)), "He died in London.", region=home)
    assert not spans(topic(place="London", region=("England",)), "He died in London.", region=("Ontario",))


def test_directions_are_no_regions() -> None:
    assert spans(STOCKTON, "In Stockton, Central Valley farmers met. California paid.")


def test_a_source_is_local_to_one_division_however_its_region_is_written() -> None:
    home = ("Montgomery County, Ohio",)
    assert spans(topic(place="Dayton", region=("Ohio",)), "A fire in Dayton.", region=home)
    assert not spans(topic(place="Dayton", region=("Alabama",)), "A fire in Dayton.", region=home)


@pytest.mark.parametrize(
    ("place", "region", "text", "matches"),
    [
        ("Franklin", "Tennessee", "A Franklin woman died, the Williamson County sheriff said.", True),
        ("Franklin", "Indiana", "A Franklin woman died, the Williamson County sheriff said.", False),
        ("Franklin", "Indiana", "A Franklin woman died, Williamson County said. Indiana waits.", False),
        ("Cairns", "Australia", "The Queensland Police came to Cairns.", True),
        ("York", "England", "A road from York to the Lincolnshire coast was shut.", True),
        ("Odessa", "Ukraine", "The army of Russia left Odessa. Ukraine came back.", True),
        ("Paris", "France", "They flew from Hoboken, New Jersey, to San Francisco and not to Paris.", True),
        ("Paris", "France", "They flew from Hoboken, Kentucky, to San Francisco and not to Paris.", False),
        ("Auburn", "Alabama", "A storm went over Auburn, then in Huntsville trees fell.", True),
        ("Auburn", "Alabama", "A storm went over Auburn, then Jane Huntsville spoke.", False),
    ],
)
def test_the_places_around_tell_where_an_article_happens(place: str, region: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(place=place, region=(region,)), text)) is matches


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("A fire in Victoria was put out. California paid.", True),
        ("A fire in Victoria was put out. It was dry in Kelowna.", True),
        ("A fire in Victoria was put out. It was dry in Sacramento and in Fresno.", True),
        ("A fire in Victoria was put out. It was dry in Ballarat, Geelong and Bendigo.", False),
    ],
)
def test_regions_may_be_a_state_and_another_country(text: str, matches: bool) -> None:
    assert bool(spans(topic(place="Victoria", region=("California", "Canada")), text)) is matches
