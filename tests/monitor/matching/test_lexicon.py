import subprocess
import sys
from time import perf_counter

import pytest

from monitor.matching.lexicon import Lexicon

lexicon = Lexicon.shipped()


@pytest.mark.parametrize("word", ["the", "policies", "policing", "colour", "color", "sanctuary", "dont", "don't"])
def test_a_word_of_english_is_known(word: str) -> None:
    assert word in lexicon
    assert lexicon.is_english(word)


@pytest.mark.parametrize(
    "word", ["sanctuery", "stocktom", "jnoes", "policyes", "goverment", "bernadinno", "willaim", "henderosn", ""]
)
def test_a_slip_is_unknown(word: str) -> None:
    assert word not in lexicon


@pytest.mark.parametrize(
    ("word", "first", "last", "place"),
    [
        ("erica", True, False, False),
        ("tubbs", False, True, False),
        ("osullivan", False, True, False),
        ("san bernardino", False, False, True),
        ("san joaquin county", False, False, True),
        ("california", True, False, True),
        ("lodz", False, False, True),
    ],
)
def test_names_are_told_apart(word: str, first: bool, last: bool, place: bool) -> None:
    assert (lexicon.is_first_name(word), lexicon.is_place(word)) == (first, place)
    assert not last or lexicon.is_last_name(word)


def test_countries_are_those_of_today() -> None:
    names = {code: lexicon.regions[code].name for code in ("GE", "BY", "SK", "AI", "BQ")}
    assert names["GE"] == "Georgia"
    assert (names["BY"], names["SK"], names["AI"]) == ("Belarus", "Slovakia", "Anguilla")
    assert not {"BU", "CS", "DD", "SU", "YU"} & lexicon.regions.keys()


def test_a_part_of_a_place_name_is_known_but_no_place() -> None:
    assert "bernardino" in lexicon
    assert not lexicon.is_place("bernardino")


def test_a_common_word_is_told_from_a_rare_one() -> None:
    assert lexicon.is_common("sessions")
    assert not lexicon.is_common("sesquipedalian")


@pytest.mark.parametrize(("one", "other"), [("mike", "michael"), ("bill", "william"), ("liz", "elizabeth")])
def test_nicknames_go_both_ways(one: str, other: str) -> None:
    assert other in lexicon.nicknames(one)
    assert one in lexicon.nicknames(other)


def test_nobody_is_his_own_nickname() -> None:
    assert "michael" not in lexicon.nicknames("michael")
    assert lexicon.nicknames("stockton") == frozenset()


def test_places_are_told_with_their_regions_the_largest_first() -> None:
    first, *others = lexicon.places("stockton")
    assert first.region == "US.CA.077"
    assert {"US.MO.039", "GB.ENG"} <= {place.region for place in others}
    assert [place.population for place in others] == sorted((p.population for p in others), reverse=True)
    assert lexicon.places("stocktom") == ()


@pytest.mark.parametrize("name", ["st. louis", "saint louis"])
def test_saint_is_one_word_with_its_abbreviation(name: str) -> None:
    assert "US.MO.510" in {place.region for place in lexicon.places(name)}


@pytest.mark.parametrize(
    ("code", "name", "abbreviations"),
    [
        ("US.CA", "California", {"Calif.", "CA"}),
        ("US.NM", "New Mexico", {"N.M.", "NM"}),
        ("US.MO", "Missouri", {"Mo.", "MO"}),
        ("CA.08", "Ontario", {"Ont.", "ON"}),
        ("US.CA.077", "San Joaquin County", set()),
        ("GB.SCT", "Scotland", set()),
    ],
)
def test_regions_have_names_and_abbreviations(code: str, name: str, abbreviations: set[str]) -> None:
    region = lexicon.regions[code]
    assert region.name == name
    assert set(region.abbreviations) == abbreviations


def test_learned_words_are_known_and_change_the_version() -> None:
    more = lexicon.with_words(["zzyzx"])
    assert "zzyzx" in more
    assert "zzyzx" not in lexicon
    assert more.version != lexicon.version
    assert more.version == lexicon.with_words(["zzyzx"]).version
    assert not more.is_first_name("zzyzx")


def test_the_words_stand_within_a_tenth_of_a_second() -> None:
    code = "from monitor.matching.lexicon import Lexicon; assert 'policy' in Lexicon.shipped()"
    empty = _seconds("import gzip, hashlib, dataclasses, pathlib")
    assert _seconds(code) - empty < 0.15


def _seconds(code: str) -> float:
    def once() -> float:
        start = perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return perf_counter() - start

    return min(once() for _ in range(3))
