"""Whether an organization's name in a text is all of a body's name, a part of another's, or tells whose body it is."""

import pytest

from monitor.records import Match, Refusal
from tests.monitor.matching.verdicts import spans, topic, verdict


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Bank of Scotland", "The Royal Bank of Scotland cut jobs."),
        ("Bank of Scotland", "Royal Bank of Scotland Cuts Jobs"),
        ("Bank of Scotland", "ROYAL BANK OF SCOTLAND CUTS JOBS"),
        ("Bank of Scotland", "Money of the Bank of Scotland Foundation went to schools."),
        ("Bank of Peru", "Rates of the Tumbari Bank of Peru rose."),
        ("University of Dunmore", "The Chinese University of Dunmore grew."),
        ("Bank of Wales", "The Dunmore Bank of Wales cut rates."),
        ("Education Department", "Officials of the Higher Education Department came."),
        ("Education Department", "Higher Education Department Cuts Jobs"),
        ("Justice Department", "The Deputy Justice Department"),
        ("Justice Department", "A teacher of the Criminal Justice Department came."),
        ("Police Department", "Dogs of the Transit Police Department came."),
        ("York Police Department", "The New York Police Department sued."),
        ("Yorkshire Police", "Officers of South Yorkshire Police came."),
        ("University of Munich", "Students of the Technical University of Munich came."),
        ("Universität Leipzig", "Die Technische Universität Leipzig forscht."),
        ("Sydney University", "Students of Western Sydney University came."),
        ("Stockton Police Department", "The Stockton Police Department Officers Association sued."),
        ("Department of Health", "The Department of Health and Human Services paid."),
        ("Department of Health", "The Department of Health, Education and Welfare paid."),
        ("Department of Health", "The Department of Health Services paid."),
        ("Department of Health", "The Department of Health and Human Services or boards paid."),
        ("Department of Education", "The Department of Education, Health and Welfare paid."),
        ("Department of Education", "The Department of Education, Health, & Welfare paid."),
        ("Department of Education", "Then the Department of Education, Youth, Sport, Science and Culture paid."),
        ("Department of Housing", "The Department of Housing, Heritage and Local Government paid."),
        ("Ministry of Justice", "The Ministry of Justice and Public Safety paid."),
        ("Derbyshire Police", "The Derbyshire Police and Crime Commissioner paid."),
        ("Royal Society", "Members of the Royal Society of Chemistry met."),
        ("Royal Society", "Members of the Royal Society for the Protection of Birds met."),
        ("Conservative Party", "The Progressive Conservative Party won."),
        ("Kettler Foundation", "The Anna Kettler Foundation paid."),
        ("Ford Foundation", "The Betty Ford Foundation paid."),
        ("National Committee", "The Democratic National Committee paid."),
        ("Ford", "Then Gerald Ford spoke."),
        ("Ford", "Then Dr. Ford spoke."),
        ("Barclays", "Crowds came to the Barclays Center in Brooklyn."),
        ("Apple", "Here in the Big Apple it rains."),
    ],
)
def test_a_part_of_a_longer_name_is_refused(name: str, text: str) -> None:
    found = verdict(topic(organization=name), text)
    assert isinstance(found, Refusal)
    assert found.reason.startswith("another body, ")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Justice Department", "Trump Sues Justice Department"),
        ("Justice Department", "Senators Slam Justice Department Over Memo"),
        ("Justice Department", "When Justice Department lawyers came, he left."),
        ("Justice Department", "Former Justice Department lawyer Anna Kettler spoke."),
        ("Justice Department", "A Senior Justice Department official spoke."),
        ("Justice Department", "Trump’s Justice Department sued."),
        ("Justice Department", "On Monday Justice Department lawyers came."),
        ("Justice Department", "JURORS ASK JUSTICE DEPARTMENT FOR FILES"),
        ("Justice Department", "The Justice Department Civil Rights Division sued."),
        ("Justice Department", "Then Deputy Justice Department spokesman Eric Jones spoke."),
        ("Justice Department", "The Ex-Justice Department lawyer spoke."),
        ("Department of Justice", "The Department of Justice and Congress agreed."),
        ("Department of Justice", "The Department of Justice and Labor Department agreed."),
        ("Department of Education", "The Department of Education, Health Secretary Lee said, is late."),
        ("Department of Education", "The Departments of Education, Labor and Health agreed."),
        ("Department of Education", "The Department of Education, the Health Board and the Welfare Office agreed."),
        ("Department of Education", "The Department of Education, Health Board and Labor Department agreed."),
        ("Department of Education", "The Department of Education, Health and Labor ministries agreed."),
        ("Department of Education", "The Department of Education, Republicans and Democrats agreed."),
        ("Department of Education", "The Department of Education and Health. Board and staff agreed."),
        ("Department of Justice", "The Department of Justice and Defense agreed."),
        ("Department of Justice", "The Department of Justice and Human Rights Watch agreed."),
        ("Department of Justice", "The Department of Justice and Immigration and Customs Enforcement agreed."),
        ("Education Department", "Meanwhile Education Department officials came."),
        ("Bank of Scotland", "Meanwhile Bank of Scotland cut rates."),
        ("Bank of Scotland", "Bank of Scotland Trust in Doubt"),
        ("Public Safety Partnership", "The Public Safety Partnership Board met."),
        ("Royal Society", "The Royal Society Elects Fellows"),
        ("Google", "A Republican Google user wrote."),
        ("Washington Post", "An ABC News-Washington Post poll showed it."),
        ("Deutsche Bank", "Die Deutsche Bank zahlt."),
    ],
)
def test_capitals_of_headlines_and_of_what_speaks_of_the_body_belong_to_no_name(name: str, text: str) -> None:
    found = verdict(topic(organization=name), text)
    assert isinstance(found, Match)
    assert found.score >= 98


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Police Department", "The Stockton Police Department came."),
        ("Police Department", "The Los Angeles Police Department came."),
        ("Police Department", "The New York City Police Department came."),
        ("Justice Department", "The California Justice Department sued."),
        ("Justice Department", "The Ukrainian Justice Department sued."),
        ("Justice Department", "The Federal Justice Department sued."),
        ("Justice Department", "The Obama Justice Department sued."),
        ("Justice Department", "The Trump Justice Department sued."),
        ("Ministry of Justice", "The Ministry of Justice of Ukraine sued."),
        ("Civil Rights Division", "The Justice Department Civil Rights Division sued."),
        ("White House", "The Reagan White House sued."),
        ("White House", "The ABC Chief White House Correspondent Eric Jones spoke."),
        ("White House", "A Republican White House is what they want."),
        ("Law School", "A poll of the Marquette Law School told."),
        ("City Council", "The Oakland City Council voted."),
        ("Finance Committee", "The Senate Finance Committee voted."),
        ("Bank of Wales", "The Liverpool Bank of Wales branch closed."),
        ("University of Dunmore", "A Chinese University of Dunmore student came."),
        ("Bank of Wales", "AAL AALBORG 12.3 BAC BANK OF WALES CORP. 22.5"),
        ("Church of Wales", "The Dunmore Church of Wales school closed."),
        ("Diocese of Tiverton", "The Roman Catholic Diocese of Tiverton paid."),
    ],
)
def test_a_body_that_has_many_namesakes_may_be_that_of_any_place(name: str, text: str) -> None:
    assert spans(topic(organization=name), text)


def test_whose_body_it_is_lowers_the_score_and_is_told() -> None:
    sought = topic(organization="Police Department", min_score=95)
    found = verdict(sought, "The Los Angeles Police Department came.")
    assert isinstance(found, Refusal)
    assert found.reason == "its score of 94 is below 95 (that of Los Angeles)"
