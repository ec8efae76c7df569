"""Queries against articles."""

import pytest

from monitor.records import Refusal
from tests.monitor.matching.verdicts import spans, topic, verdict

GRANTS = topic(query='("Justice Department" OR DOJ) AND sanctuary~1 AND NOT title:opinion')


@pytest.mark.parametrize(
    ("query", "text", "matches"),
    [
        ("police", "The police came.", True),
        ("police", "The policy came.", False),
        ("police", "POLICE!", True),
        ("police AND mayor", "The police came.", False),
        ("police AND mayor", "The mayor’s police came.", True),
        ("police OR mayor", "The mayor came.", True),
        ("police NOT mayor", "The mayor’s police came.", False),
        ("+police -mayor", "The police came.", True),
        ("+police mayor", "The police came.", True),
        ("(police OR sheriff) AND budget", "A sheriff has a budget.", True),
        ('"police chief"', "the police chief", True),
        ('"police chief"', "the chief police", False),
        ('"police chief"', "the police. Chief", False),
        ('"Roe v. Wade"', "after Roe v. Wade fell", True),
        ('"Roe Wade"', "after Roe. Wade fell", False),
        ('"police budget"~2', "the police ask for budget", True),
        ('"police budget"~2', "the police then ask for budget", False),
        ('"budget police"~4', "the police ask a budget", True),
        ("trail*", "Trailers came.", True),
        ("trail*", "A retrail.", False),
        ("trail*", "A trail.", True),
        ("sanctuary~1", "a sanctury", True),
        ("sanctuary~1", "a snctury", False),
        ("sanctuary~", "a snctury", True),
        ("house~1", "a mouse", True),
        ("polcy~", "The policy stands.", True),
        ("polcy~", "The police came.", False),
        ("policy~", "The plocy stands.", True),
        ("policy~", "The police came.", False),
        ("sanctury~", "a sanctuary", True),
        ("mayor~", "the mayro", True),
        ("mayor~", "a major", False),
        ("gun~", "a gnu", False),
        ("Qadafi~", "Muammar Gaddafi", True),
        ("school~", "a schol", True),
        ("school~", "Aurelia Schol came.", False),
        ("tax~", "a tx12", False),
        ("house~2", "hoses", True),
        ("house~0", "a mouse", False),
        ("+police OR mayor", "The mayor came.", False),
        ("police OR +mayor", "The mayor came.", True),
        ("police OR -mayor", "The mayor’s police came.", False),
        ("police OR -mayor", "The police came.", True),
        ("-mayor AND police", "The police came.", True),
        ("police +(budget -mayor)", "A budget.", True),
        ("police +(budget -mayor)", "The mayor has a budget.", False),
        ('"police chief budget"~2', "the chief police budget", True),
        ('"police chief budget"~4', "the chief of police budget", True),
        ('"police chief budget"~4', "the budget chief, police", True),
        ('"police chief budget"~3', "the budget chief, police", False),
        ('"police chief budget"~2', "police and chief and budget", True),
        ('"police chief budget"~1', "police and chief and budget", False),
        ('"police and police"~9', "the police and me", False),
        ('"police and police"~9', "the police and then the police", True),
        ("DOJ", "doj", False),
        ("DOJ", "D.O.J.", True),
        ("title:police", "The police came.", False),
        ("body:police", "The police came.", True),
        ("source:record AND police", "The police came.", True),
        ("source:herald AND police", "The police came.", False),
        ('source:"valley record" AND police', "The police came.", True),
        ("移民 AND 政策", "新的移民政策", True),
    ],
)
def test_a_query_is_true_of_an_article_or_not(query: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(query=query), text, source="The Valley Record")) is matches


def test_title_and_text_are_told_apart() -> None:
    text = "The Justice Department wrote to a sanctury."
    assert spans(GRANTS, text, title="News") == [("Justice Department", "exact"), ("sanctury", "typo")]
    refused = verdict(GRANTS, text, title="Opinion: a letter")
    assert isinstance(refused, Refusal)
    assert "NOT rules out" in refused.reason


def test_a_refused_query_says_what_is_missing() -> None:
    refused = verdict(GRANTS, "The Justice Department wrote.")
    assert isinstance(refused, Refusal)
    assert refused.reason == "sanctuary~1 is not there"
    assert refused.nearest == "Justice Department"


def test_a_query_of_a_source_alone_matches_its_articles() -> None:
    sought = topic(query="source:record")
    assert verdict(sought, "It rained.", source="The Record").topic == "t"
    assert not isinstance(verdict(sought, "It rained.", source="The Record"), Refusal)
