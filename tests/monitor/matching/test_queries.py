"""Queries against articles."""

from dataclasses import replace

import pytest

from monitor.matching import Matcher, queries
from monitor.matching.words import words_of
from monitor.records import Article, Refusal
from tests.monitor.matching.verdicts import LEXICON, spans, topic, verdict

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
        ('source:"record valley" AND police', "The police came.", False),
        ("source:valle AND police", "The police came.", False),
        ("source:valle* AND police", "The police came.", True),
        ("source:alley* AND police", "The police came.", False),
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


def test_nobody_is_told_why_a_query_is_not_true_who_did_not_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(queries, "shown", lambda node: told.append(node) or "it")
    matcher = Matcher([topic(query="source:herald AND police")], LEXICON)
    article = Article(title="", body="The police came.", source="The Valley Record")
    assert matcher.match(article) == []
    assert told == []
    assert matcher.explain(article)[1][0].reason == "it is not there"
    assert len(told) == 1


def test_the_name_of_a_source_is_cut_into_words_once_for_all_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    cut: list[str] = []
    topics = [replace(topic(query=f"source:herald{at} AND police"), id=str(at)) for at in range(3)]
    matcher = Matcher(topics, LEXICON)
    monkeypatch.setattr(queries, "words_of", lambda text: cut.append(text) or words_of(text))
    matcher.match(Article(title="", body="The police came.", source="The Lower Ferry Record"))
    assert cut.count("The Lower Ferry Record") == 1
