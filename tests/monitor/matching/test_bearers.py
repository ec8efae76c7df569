"""Places whose name others bear: larger places, countries and states, people, common words."""

import pytest

from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("place", "region", "text", "matches"),
    [
        ("California", "Pennsylvania", "A bank in California, Pa., was robbed.", True),
        ("California", "Pennsylvania", "In Pennsylvania, the town of California lost a bank.", True),
        ("California", "Pennsylvania", "He left for California. He had seen Pennsylvania and liked it.", False),
        ("California", "Pennsylvania", "It snowed in California, Oregon and Pennsylvania.", False),
        ("Iowa", "Louisiana", "A bank in Iowa, Louisiana, was robbed.", True),
        ("Iowa", "Louisiana", "They won in Alaska, Iowa, Louisiana and Montana.", False),
        ("Cleveland", "Tennessee", "They met in Cleveland. Later they saw Tennessee too.", False),
        ("Cleveland", "Tennessee", "They met in Cleveland. Later they saw Knoxville, Tennessee, and Nashville.", True),
        ("Scotland", "Georgia", "They live in Scotland, Ga., and like it.", True),
        ("Santa Cruz", "New Mexico", "In New Mexico, the town of Santa Cruz lost a bank.", True),
        ("Lebanon", "Indiana", "A truce in Lebanon held. Senators of Indiana were glad of it.", False),
        ("Syria", "Virginia", "The war in Syria went on, the United States said.", False),
        ("Washington", "Pennsylvania", "He went to Washington, U.S., again. It rained in Pennsylvania.", False),
        ("Paris", "Illinois", "He flew to Paris. The governor of Illinois was in town and rested.", False),
        ("Paris", "Illinois", "A barn in Paris, Ill., burned.", True),
        ("Lima", "Ohio", "He flew to Lima. A farm in Ohio grows what he eats.", False),
        ("Lima", "Ohio", "Officials across Ohio took note. Crews from Lima came before dawn.", True),
    ],
)
def test_a_place_that_is_called_as_a_better_known_one_needs_its_region_near(
    place: str, region: str, text: str, matches: bool
) -> None:
    assert bool(spans(topic(place=place, region=(region,)), text)) is matches


def test_a_source_tells_which_city_is_meant_but_no_state() -> None:
    home = ("Ohio",)
    assert spans(topic(place="Lima", region=home), "A barn in Lima burned.", region=home)
    assert not spans(topic(place="Oregon", region=home), "A barn in Oregon burned.", region=home)


@pytest.mark.parametrize(
    ("place", "region", "text", "matches"),
    [
        ("Warren", "Vermont", "Then Warren spoke for an hour, and Vermont listened to her.", True),
        ("Warren", "Vermont", "Then Warren spoke for an hour. Later they saw Vermont too.", False),
        ("Warren", "Vermont", "Then Warren spoke for an hour. It rained in Brattleboro and all over Vermont.", True),
        ("Warren", "Vermont", "They live in Warren. Later they saw Vermont too.", True),
        ("Warren", "Vermont", "A Warren woman won. Later they saw Vermont too.", True),
        ("Warren", "Vermont", "Warren police came. Later they saw Vermont too.", True),
        ("Warren", "Vermont", "WARREN (AP) — The creek rose. Later they saw Vermont too.", True),
        ("Warren", "Vermont", "It rained north of Warren. Later they saw Vermont too.", True),
        ("Warren", "Vermont", "It was news to Warren. Later they saw Vermont too.", False),
        ("Warren", "Vermont", "It was in Warren’s view no loss. Later they saw Vermont too.", False),
        ("Romney", "West Virginia", "They said that Romney won. Later they saw West Virginia too.", False),
        ("Romney", "West Virginia", "They live in Romney. Later they saw West Virginia too.", True),
        ("Western", "Nebraska", "The Western view is another. They saw Nebraska too.", False),
        ("Stockton", "California", "Stockton spoke for an hour. Later they saw California too.", True),
        ("Odessa", "Ukraine", "They took Odessa. Later they saw Ukraine too.", True),
    ],
)
def test_a_little_place_with_the_name_of_people_or_a_word_is_one_where_the_text_tells(
    place: str, region: str, text: str, matches: bool
) -> None:
    assert bool(spans(topic(place=place, region=(region,)), text)) is matches


@pytest.mark.parametrize(
    ("place", "region", "text", "matches"),
    [
        ("Dayton", "Ohio", "They live in Dayton. He met Rob Smith (R-Ohio) in Boston, Cambridge and Worcester.", False),
        ("Dayton", "Ohio", "They live in Dayton. He met Rob Smith of Ohio in Boston, Cambridge and Worcester.", True),
        ("Dayton", "Washington", "They live in Dayton. He met a senator in rainy Washington last year.", False),
        ("Dayton", "Washington", "Officials across Washington took note. They live in Dayton.", True),
    ],
)
def test_a_region_is_named_as_one(place: str, region: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(place=place, region=(region,)), text)) is matches


def test_a_sentence_that_names_the_region_of_another_tells_of_that() -> None:
    dover = topic(place="Dover", region=("Vermont",))
    assert not spans(dover, "Dover’s bridge reopened, the Delaware agency said. Vermont paid for it.")
    assert spans(dover, "Dover’s bridge reopened, the Vermont agency said. Delaware paid for it.")


def test_a_town_in_a_county_that_bears_its_name_there_and_elsewhere_is_not_told_by_that() -> None:
    text = "Sick people went to Springfield-Greene County Health."
    assert not spans(topic(place="Springfield", region=("Illinois",)), text)


def test_towns_that_are_called_as_english_counties_speak_for_their_state() -> None:
    text = "Trees fell in Norfolk, in Suffolk, and near Cornwall and Virginia Beach. A barn in Salem burned."
    assert spans(topic(place="Salem", region=("Virginia",)), text)
    assert not spans(topic(place="Salem", region=("Oregon",)), text)


def test_an_alias_needs_the_region_of_its_place_and_no_more() -> None:
    paris = topic(place="Paris", region=("Illinois",), also=("Beantown on the Prairie",))
    assert not spans(paris, "They live in Beantown on the Prairie.")
    assert spans(paris, "They live in Beantown on the Prairie. It is far to Chicago, Illinois.")


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("Lebanon police arrested two men.", True),
        ("A Lebanon man won the prize.", True),
        ("Lebanon signed the truce.", False),
        ("The war in Lebanon went on.", False),
    ],
)
def test_a_town_called_as_a_country_is_told_in_its_own_papers_by_what_belongs_to_it(text: str, matches: bool) -> None:
    home = ("Tennessee",)
    assert bool(spans(topic(place="Lebanon", region=home), text, region=home)) is matches


@pytest.mark.parametrize(
    ("place", "region", "text", "matches"),
    [
        ("Nice", "Alpes-Maritimes", "NICE, France — A store was robbed.", True),
        ("Nice", "Alpes-Maritimes", "A store in Nice, California, was robbed.", False),
        ("Brest", "Finistère", "A store in Brest, France, was robbed.", False),
        ("Brest", "Finistère", "A store in Brest, France, was robbed. All Finistère spoke of it.", True),
        ("Brest", "Brittany", "A store in Brest, Belarus, was robbed. All Brittany spoke of it.", False),
    ],
)
def test_where_no_table_knows_the_region_the_largest_place_of_the_name_is_it(
    place: str, region: str, text: str, matches: bool
) -> None:
    assert bool(spans(topic(place=place, region=(region,)), text)) is matches
