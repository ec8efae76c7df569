"""One event, told by several outlets in their own words."""

from datetime import timedelta

import pytest

from monitor.stories.events import Counts, Telling, fits, is_one_event, likeness, shared, telling
from monitor.stories.sketches import sketch
from tests.monitor.stories.texts import NEIGHBOUR, ONE, OTHER, TWO

DEUTSCH = (
    "Brücke über die Elbe nach Rissen gesperrt",
    "Die Stadt Dresden hat am Dienstag die Carolabrücke gesperrt, nachdem Prüfer Risse in zwei Trägern gefunden haben. "
    "Baubürgermeister Stephan Kühn kündigte Ersatzbusse über die Albertbrücke an. Die Reparatur kostet 4 Millionen Euro.",
)


def _telling(text: tuple[str, str], language: str = "en") -> Telling:
    return telling(sketch(*text, language), Counts())


def test_two_tellings_of_an_event_are_one() -> None:
    one, two = _telling(ONE), _telling(TWO)
    assert is_one_event(one, two, timedelta(hours=3))
    assert {"Mormon", "Slough"} <= set(shared(one, two, 10))
    assert all(word[0].isupper() or word[0].isdigit() for word in shared(one, two))


def test_the_same_people_in_another_matter_are_another_story() -> None:
    assert not is_one_event(_telling(ONE), _telling(NEIGHBOUR), timedelta())


def test_what_is_days_apart_is_another_story() -> None:
    assert not is_one_event(_telling(ONE), _telling(TWO), timedelta(days=3))


def test_an_article_that_is_like_one_telling_alone_does_not_fit_the_story() -> None:
    one, two, other = _telling(ONE), _telling(TWO), _telling(("Mare saved", OTHER))
    assert fits(one, [two])
    assert not fits(one, [two, other, other, other])


def test_words_that_everyone_writes_these_days_tell_less() -> None:
    drawn = [sketch(*text, "en") for text in (ONE, NEIGHBOUR)]
    everywhere = Counts(1_000, dict.fromkeys(("stockton", "dana", "whitfield", "mayor", "council", "county"), 900))
    rare, common = (likeness(*(telling(one, counts) for one in drawn)) for counts in (Counts(), everywhere))
    assert common < rare / 2


@pytest.mark.parametrize("language", ["de", "xx", ""])
def test_other_languages_do_not_meet_in_their_small_words(language: str) -> None:
    other = ("Der Rat tagt", "Der Rat der Stadt hat die Sitzung und die Wahl nach der Pause mit Applaus begonnen.")
    assert not is_one_event(_telling(DEUTSCH, language), _telling(other, language), timedelta())


def test_scripts_without_spaces_are_compared_by_pairs_of_letters() -> None:
    one = (
        "東京都議会、条例を可決",
        "東京都議会は火曜日、移民の保護に関する条例案を賛成多数で可決した。知事は来月から施行すると述べた。",
    )
    two = (
        "移民保護の条例が可決",
        "移民の保護に関する条例案が火曜日、東京都議会で賛成多数で可決された。知事によると来月から施行する。",
    )
    other = (
        "大阪で地震",
        "大阪府で火曜日、震度四の地震があった。けが人は報告されていない。鉄道は一時運転を見合わせた。",
    )
    assert (
        likeness(_telling(one, "ja"), _telling(two, "ja")) > 0.5 > likeness(_telling(one, "ja"), _telling(other, "ja"))
    )


def test_a_name_is_what_is_never_written_in_lower_case() -> None:
    drawn = {
        term.text: term for term in sketch("Stockton Police", "The police of Stockton met the Chief. A chief!").terms
    }
    assert drawn["stockton"].name == "Stockton"
    assert not drawn["police"].name
    assert not drawn["chief"].name


def test_an_empty_article_has_no_words() -> None:
    empty = _telling(("", ""))
    assert likeness(empty, empty) == 0.0
    assert not is_one_event(empty, empty, timedelta())
