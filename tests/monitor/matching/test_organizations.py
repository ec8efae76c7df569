"""What counts as a mention of an organization, row by row."""

import pytest

from monitor.records import Refusal
from tests.monitor.matching.verdicts import spans, topic, verdict

JUSTICE = topic(organization="Justice Department", also=("Department of Justice",), acronyms=("DOJ",))
ICE = topic(organization="Immigration and Customs Enforcement", acronyms=("ICE",), context=("immigration", "deport"))
PARTNERSHIP = topic(organization="Public Safety Partnership", acronyms=("PSP",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Justice Department sued.", [("Justice Department", "exact")]),
        ("The Justice Departmnet sued.", [("Justice Departmnet", "typo")]),
        ("The Justice Department (DOJ) sued.", [("Justice Department", "exact"), ("DOJ", "acronym")]),
        ("The U.S. Department of Justice sued. The DOJ won.", [("Department of Justice", "alias"), ("DOJ", "acronym")]),
        ("The Justice Department’s letter; D.O.J. lawyers", [("Justice Department", "exact"), ("D.O.J", "acronym")]),
        ("The DOJ sued.", []),
        ("The Defense Department sued.", []),
        ("JUSTICE DEPARTMENT SUES", [("JUSTICE DEPARTMENT", "exact")]),
        ("a justice department of its own", []),
    ],
)
def test_full_names_aliases_and_defined_acronyms_count(text: str, found: list[tuple[str, str]]) -> None:
    assert spans(JUSTICE, text) == found


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("Immigration and Customs Enforcement agents came.", True),
        ("ICE agents came to deport them.", True),
        ("Agents of ICE came; immigration is federal.", True),
        ("ICE agents came.", False),
        ("The ice on the road; immigration is federal.", False),
        ("ICE STORM HITS IMMIGRATION OFFICE", False),
        ("ICE IS TO BLAME FOR IMMIGRATION NOW", False),
        ("ICE, DHS AND THE FBI speak of immigration.", True),
        ("The International Cometary Explorer (ICE) studied immigration.", False),
    ],
)
def test_an_acronym_counts_in_capitals_in_its_context(text: str, matches: bool) -> None:
    assert bool(spans(ICE, text)) is matches


@pytest.mark.parametrize(
    ("acronym", "text", "matches"),
    [
        ("MoD", "Staff of the MoD came to Kyiv.", True),
        ("MoD", "Staff of the MOD came to Kyiv.", True),
        ("MoD", "A Mod came to Kyiv.", False),
        ("UNICEF", "Staff of Unicef came to Kyiv.", True),
        ("UNICEF", "Staff of unicef came to Kyiv.", False),
        ("CARE", "Care came to Kyiv.", False),
    ],
)
def test_an_acronym_may_be_written_as_its_topic_writes_it_or_like_a_word_that_is_none(
    acronym: str, text: str, matches: bool
) -> None:
    assert bool(spans(topic(organization="Body of Ours", acronyms=(acronym,), context=("Kyiv",)), text)) is matches


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The Public Safety Committee met.", "part"),
        ("The Public Partnership met.", "part"),
        ("Public Safety. Partnership is all.", "different sentences"),
        ("A public safety partnership grew.", "lower case"),
        ("The PSP met.", "not defined"),
        ("The psp met.", "capitals"),
        ("It rained.", "nothing"),
    ],
)
def test_what_is_another_body_is_refused(text: str, reason: str) -> None:
    found = verdict(PARTNERSHIP, text)
    assert isinstance(found, Refusal)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("name", "text", "matches"),
    [
        ("Department of Justice", "The Justice Department (DOJ) sued.", True),
        ("Procter & Gamble", "Procter and Gamble grew.", True),
        ("Procter and Gamble", "Procter & Gamble grew.", True),
        ("AT&T", "AT&T grew.", True),
        ("Walmart Inc.", "Walmart grew.", True),
        ("Morris Chase & Co.", "Morris Chase grew.", True),
        ("The New York Times", "New York Times reporters", True),
        ("World Health Organization", "the World Health Organisation", True),
        ("United Nations Educational, Scientific and Cultural Organization",
         "the United Nations Educational Scientific and Cultural Organization", True),
        ("Public Safety Partnership", "#PublicSafetyPartnership", True),
        ("7-Eleven", "at a 7-Eleven today", True),
        ("7-Eleven", "at a 7-eleven today", False),
        ("20th Street Studios", "20th Street Studios closed.", True),
        ("Google", "google it", False),
        ("联合国", "联合国今天宣布", True),
    ],
)  # fmt: skip
def test_a_body_is_found_however_its_name_is_written(name: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(organization=name), text)) is matches


@pytest.mark.parametrize(("text", "matches"), [("They (UNO) came.", False), ("联合国大会（UNO）", True)])  # noqa: RUF001
def test_a_name_in_a_script_without_spaces_defines_no_acronym_where_it_does_not_stand(text: str, matches: bool) -> None:
    assert bool(spans(topic(organization="联合国", acronyms=("UNO",)), text)) is matches


def test_an_alias_is_taken_as_it_stands() -> None:
    sought = topic(organization="Federal Bureau of Investigation", also=("Feebs", "the bureau"))
    assert spans(sought, "Feebs came.") == [("Feebs", "alias")]
    assert not spans(sought, "feebs came.")
    assert spans(sought, "Then THE BUREAU came.") == [("THE BUREAU", "alias")]
    assert not spans(sought, "Then the buraeu came.")


@pytest.mark.parametrize(
    ("name", "text", "evidence"),
    [
        ("Tidewater Transit Corporation", "The Tidewater Transit Board met.", ""),
        ("Tidewater Transit Corporation", "Buses of Tidewater Transit stood still.", "Tidewater Transit"),
        ("Tidewater Transit Corporation", "Tidewater Transit’s Board met.", "Tidewater Transit"),
        ("Tidewater Transit Corporation", "Tidewater Transit Buses Late Again", "Tidewater Transit"),
        ("Ridgeway Foods Inc.", "The Ridgeway Foods Foundation gave.", ""),
        ("Justice Department", "The Justice Dept. sued.", "Justice Dept."),
        ("Justice Department", "The Dept. of Justice sued.", "Dept. of Justice"),
        ("University of Leeds", "At the Univ. of Leeds they met.", "Univ. of Leeds"),
        ("St. Mary's Hospital", "At Saint Mary’s Hospital they met.", "Saint Mary’s Hospital"),
        ("Institute for Coastal Research", "The Institute of Coastal Research", "Institute of Coastal Research"),
        ("Institute for Coastal Research", "The Institute for Cancer Research", ""),
        ("Johnson & Johnson", "Shares of Johnson&Johnson fell.", "Johnson&Johnson"),
        ("AT&T Inc.", "AT&T’s shares fell.", "AT&T"),
        ("Centers for Disease Control", "The Center for Disease Control", "Center for Disease Control"),
        ("Stockton City Council", "The Stockton City Councils", ""),
        ("AT&T Inc.", "Shares of AT & T fell.", "AT & T"),
        ("Médecins Sans Frontières", "Les Médecins sans frontières ont", "Médecins sans frontières"),
        ("Médecins Sans Frontières", "Les médecins sans frontières ont", ""),
        ("Public Safety Partnership", "Public safety partnership is a fine thing.", ""),
    ],
)
def test_short_forms_are_of_the_body_and_of_no_other(name: str, text: str, evidence: str) -> None:
    assert [found for found, _ in spans(topic(organization=name), text)] == ([evidence] if evidence else [])
