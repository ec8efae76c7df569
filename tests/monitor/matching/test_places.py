"""What counts as a mention of a place, row by row."""

import pytest

from monitor.records import Refusal
from tests.monitor.matching.verdicts import spans, topic, verdict

STOCKTON = topic(place="Stockton", region=("California", "Calif.", "San Joaquin County"))
ANYWHERE = topic(place="Stockton")


@pytest.mark.parametrize(
    "text",
    [
        "A fire in Stockton, Calif., was put out.",
        "A fire in Stockton, California, was put out.",
        "A fire in Stockton, CA, was put out.",
        "A fire in Stockton (Calif.) was put out.",
        "STOCKTON, Calif. — A fire was put out.",
        "A fire in Stockton, San Joaquin County, was put out.",
        "A fire in Stockton was put out. California paid.",
        "A fire in Stockton was put out by the San Joaquin County Sheriff.",
        "The Calif. fire burned in Stockton.",
        "Fires burned in Stockton, Manteca, Modesto and Turlock.",
        "A fire in Stocton, Calif., was put out.",
    ],
)
def test_a_place_in_its_region_is_found(text: str) -> None:
    assert spans(STOCKTON, text)


@pytest.mark.parametrize(
    "region", [("California",), ("Calif.",), ("Stockton", "San Joaquin County"), ("San Joaquin County",)]
)
def test_a_place_counts_in_a_source_that_is_local_to_its_region(region: tuple[str, ...]) -> None:
    assert not spans(STOCKTON, "A fire in Stockton was put out.")
    assert spans(STOCKTON, "A fire in Stockton was put out.", region=region)


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
def test_many_places(place: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(place=place), text)) is matches


def test_a_city_that_everybody_knows_needs_no_region_beside_it() -> None:
    home = ("Russia",)
    assert spans(topic(place="London", region=("England", "United Kingdom")), "He died in London.", region=home)
    assert not spans(topic(place="London", region=("Ontario",)), "He died in London.", region=home)
    assert not spans(topic(place="London", region=("England",)), "He died in London.", region=("Ontario",))


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


def test_directions_are_no_regions() -> None:
    assert spans(STOCKTON, "In Stockton, Central Valley farmers met. California paid.")


def test_one_article_means_one_place_by_a_name() -> None:
    text = "A fire in Stockton, Mo., was put out. California sent help. Stockton thanked it."
    assert not spans(STOCKTON, text)


def test_a_list_of_places_is_no_region() -> None:
    assert spans(STOCKTON, "From Stockton, Nevada and Oregon came help for California.")


@pytest.mark.parametrize(
    ("place", "region", "text", "matches"),
    [
        ("Vladivostok", "Russia", "In Vladivostok, Russia, ice broke.", True),
        ("Moscow", "Idaho", "In Moscow, Russia, ice broke.", False),
        ("Tiraspol", "Moldova", "In Tiraspol, Moldova, ice broke.", True),
        ("Birmingham", "West Midlands", "In Birmingham, West Midlands, ice broke.", True),
        ("Birmingham", "West Midlands", "In Birmingham, Alabama, ice broke.", False),
        ("Jackson", "Mississippi", "Then Mr. Jackson of Mississippi left.", False),
        ("Zürich", "", "The Zurich Insurance Group grew.", False),
        ("Zürich", "", "Then Zuerich voted.", True),
        ("Rio de Janeiro", "Brazil", "In Rio de Janeiro, Brazil, ice broke.", True),
        ("Stratford-upon-Avon", "", "In Stratford upon Avon the ice broke.", True),
        ("Santiago", "Chile", "In Santiago de Cuba, as in Chile, ice broke.", False),
        ("Santiago", "Chile", "In Santiago de Chile ice broke.", True),
        ("Frankfurt", "", "In Frankfurt am Main ice broke.", True),
        ("Newcastle", "", "In Newcastle upon Tyne ice broke.", False),
        ("Newcastle", "New South Wales", "In Newcastle, NSW, ice broke.", True),
        ("York", "England", "In York, North Yorkshire, England, ice broke.", True),
        ("York", "Pennsylvania", "In York, North Yorkshire, England, ice broke.", False),
        ("Springfield", "Illinois", "In Springfield, Clark County, Ohio, ice broke.", False),
        ("Charlotte", "North Carolina", "In Charlotte-Mecklenburg, North Carolina, ice broke.", True),
        ("Charlotte", "North Carolina", "North Carolina is called after King Charles and not Queen Charlotte.", False),
        ("Cambridge", "Georgia", "In Cambridge, Georgia, ice broke.", True),
        ("Coeur d'Alene", "Idaho", "In Coeur d’Alene, Idaho, ice broke.", True),
    ],
)
def test_places_of_the_world(place: str, region: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(place=place, region=(region,) if region else ()), text)) is matches


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
        ("Orange", "ORANGE — A fire burned.", True),
        ("Stockton", "Stockton is fun for all of them.", True),
    ],
)
def test_a_place_called_as_a_common_word_needs_more_than_a_capital_in_front(
    place: str, text: str, matches: bool
) -> None:
    assert bool(spans(topic(place=place), text)) is matches


@pytest.mark.parametrize(
    ("place", "region", "text", "matches"),
    [
        ("Odessa", "Ukraine", "In Odessa, Tex., oil fell, as in Ukraine.", False),
        ("Leeds", "England", "In Leeds, West Yorkshire, ice broke.", True),
        ("Jackson", "Mississippi", "In Jackson Hole, far from Mississippi, ice broke.", False),
        ("Edmonton", "Australia", "Then in Red Deer, Innisfail and Edmonton; next year in Australia.", False),
        ("Fullerton", "California", "Then Cal State Fullerton of California played.", False),
        ("Davis", "California", "Then UC Davis of California played.", False),
    ],
)
def test_which_place_of_a_name_an_article_means(place: str, region: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(place=place, region=(region,)), text)) is matches


def test_a_source_is_local_to_one_division_however_its_region_is_written() -> None:
    home = ("Montgomery County, Ohio",)
    assert spans(topic(place="Dayton", region=("Ohio",)), "A fire in Dayton.", region=home)
    assert not spans(topic(place="Dayton", region=("Alabama",)), "A fire in Dayton.", region=home)


def test_another_direction_is_no_typo() -> None:
    sought = topic(place="Northvale Springs")
    assert spans(sought, "They met in Nortvale Springs.") == [("Nortvale Springs", "typo")]
    refused = verdict(sought, "They met in Southvale Springs.")
    assert isinstance(refused, Refusal)
    assert "another direction" in refused.reason


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


def test_a_team_called_like_a_person_is_none() -> None:
    both = "The Stockton people saw The Alexandria Blizzard, and buses left from the Alexandria area."
    assert spans(topic(place="Alexandria"), both)
    assert not spans(topic(place="Alexandria"), "There they saw Alexandria Blizzard, and buses left Alexandria.")


@pytest.mark.parametrize(
    ("place", "region", "text", "matches"),
    [
        ("Gilroy", "California", "A barn burned in Gilroy CA on Monday.", True),
        ("Lebanon", "Oregon", "A barn burned in Lebanon OR on Monday.", True),
        ("Lebanon", "Oregon", "A barn burned in Lebanon NH on Monday. Oregon sent help.", False),
        ("Lebanon", "Oregon", "LEBANON OR SALEM WILL HOST THE OREGON FAIR", True),
        ("Ely", "England", "A road in Ely, Cambs., was shut.", True),
        ("Ely", "England", "A road in Ely, Gwent, was shut. England waits.", False),
        ("Passau", "Germany", "Rain fell in Passau, Bavaria, on Monday.", True),
        ("Hastings", "England", "The ferry left Hastings as Britain voted.", True),
        ("Boston", "England", "The ferry left Boston as the United States voted.", False),
        ("Salem", "Virginia", "Shops in Norfolk, Va., and Salem closed.", True),
        ("Berlin", "Germany", "Berlin sent tanks to Kyiv. Germany and Ukraine were glad.", True),
        ("Lodi", "California", "Fires burned in Lodi, Manteca and Stockton.", True),
        ("Albany", "Georgia", "He has lived in Valdosta, Albany and Macon.", True),
        ("Albany", "Georgia", "He has lived in Schenectady, Albany and Troy.", False),
        ("Page", "Arizona", "Page is all that he wrote on in Arizona.", False),
        ("Reading", "England", "Reading, in England, voted.", True),
    ],
)
def test_where_a_place_lies_is_told_in_many_ways(place: str, region: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(place=place, region=(region,)), text)) is matches


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
def test_names_joined_to_a_place(place: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(place=place), text)) is matches
