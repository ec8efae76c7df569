"""Where a place is told to lie, by the words behind its name."""

import pytest

from tests.monitor.matching.verdicts import spans, topic

STOCKTON = topic(place="Stockton", region=("California", "Calif.", "San Joaquin County"))


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


def test_one_article_means_one_place_by_a_name() -> None:
    text = "A fire in Stockton, Mo., was put out. California sent help. Stockton thanked it."
    assert not spans(STOCKTON, text)


def test_a_region_in_its_sentence_counts_before_those_of_the_rest_of_the_article() -> None:
    illinois = topic(place="Springfield", region=("Illinois",))
    elsewhere = "Joplin, Branson, Sedalia, St. Louis and Cape Girardeau in Missouri wait. "
    assert spans(illinois, elsewhere + "Springfield’s bridge reopened, the Illinois agency said.")
    assert not spans(illinois, elsewhere + "Springfield’s bridge reopened. So did one in Illinois.")
    assert not spans(illinois, elsewhere + "Springfield’s bridge in Missouri is longer than any in Illinois.")


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
def test_a_place_of_any_country_lies_where_its_region_is_told(
    place: str, region: str, text: str, matches: bool
) -> None:
    assert bool(spans(topic(place=place, region=(region,) if region else ()), text)) is matches


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
