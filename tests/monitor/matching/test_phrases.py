"""What counts as a mention of a phrase, row by row."""

import pytest

from monitor.records import Match, Refusal
from tests.monitor.matching.verdicts import spans, topic, verdict

POLICY = topic(phrases=("sanctuary policy",), exclude=("bird sanctuary",))

MENTIONS = [
    ("as written", "A sanctuary policy was adopted.", "sanctuary policy", "exact"),
    ("any case", "SANCTUARY POLICY ADOPTED", "SANCTUARY POLICY", "exact"),
    ("capitals", "The Sanctuary Policy was adopted.", "Sanctuary Policy", "exact"),
    ("plural", "Two sanctuary policies were adopted.", "sanctuary policies", "word_form"),
    ("possessive", "The sanctuary’s policy was read.", "sanctuary’s policy", "exact"),
    ("possessive after it", "The sanctuary policy's author.", "sanctuary policy", "exact"),
    ("hyphen", "The sanctuary-policy debate.", "sanctuary-policy", "exact"),
    ("en dash", "The sanctuary–policy debate.", "sanctuary–policy", "exact"),
    ("no-break hyphen", "The sanctuary\u2011policy debate.", "sanctuary\u2011policy", "exact"),
    ("hashtag", "Read it: #SanctuaryPolicy!", "SanctuaryPolicy", "exact"),
    ("hashtag in lower case", "Read it: #sanctuarypolicy!", "sanctuarypolicy", "word_form"),
    ("line break", "the sanctuary\npolicy of the county", "sanctuary\npolicy", "exact"),
    ("no-break space", "the sanctuary\u00a0policy of the county", "sanctuary\u00a0policy", "exact"),
    ("soft hyphen", "the sanc\u00adtuary policy of", "sanc\u00adtuary policy", "exact"),
    ("zero width space", "the sanctuary pol\u200bicy of", "sanctuary pol\u200bicy", "exact"),
    ("zero width between", "the sanctuary\u200bpolicy of", "sanctuary\u200bpolicy", "word_form"),
    ("curly quotes", "the “sanctuary” policy of", "sanctuary” policy", "exact"),
    ("single quotes", "the ‘sanctuary’ policies of", "sanctuary’ policies", "word_form"),
    ("accents", "the sánctuary pólicy of", "sánctuary pólicy", "exact"),
    ("decomposed accents", "the sa\u0301nctuary policy of", "sa\u0301nctuary policy", "exact"),
    ("one typo in a word of six", "a sanctuary poliicy was", "sanctuary poliicy", "typo"),
    ("swapped letters", "a sanctuary polciy was", "sanctuary polciy", "typo"),
    ("one typo in a word of nine", "a sanctury policy was", "sanctury policy", "typo"),
    ("two typos in a long word", "a snactuarry policy was", "snactuarry policy", "typo"),
    ("a typo in a plural", "two sanctuary polcies were", "sanctuary polcies", "typo"),
    ("small gap", "the sanctuary and related policies of", "sanctuary and related policies", "word_form"),
    ("gap of one", "the sanctuary state policy of", "sanctuary state policy", "exact"),
    ("brackets around", "(sanctuary policy)", "sanctuary policy", "exact"),
    ("markdown", "the **sanctuary policy** of", "sanctuary policy", "exact"),
    ("line break in capitals", "the Sanctuary\nPolicy of the county", "Sanctuary\nPolicy", "exact"),
    ("a typo in each word", "a sanctaury polciy", "sanctaury polciy", "typo"),
    ("slash", "asylum/sanctuary policy", "sanctuary policy", "exact"),
    ("full width", "ｓａｎｃｔｕａｒｙ policy", "ｓａｎｃｔｕａｒｙ policy", "exact"),  # noqa: RUF001
]


@pytest.mark.parametrize(
    ("text", "evidence", "how"), [case[1:] for case in MENTIONS], ids=[case[0] for case in MENTIONS]
)
def test_a_mention_of_a_phrase_is_found(text: str, evidence: str, how: str) -> None:
    assert spans(POLICY, text) == [(evidence, how)]


NO_MENTIONS = [
    ("half of it", "They sought sanctuary there.", "only a part"),
    ("the other half", "The policy was adopted.", "only a part"),
    ("its words far apart", "The sanctuary got a new roof while the county wrote a policy.", "far apart"),
    ("its words in other sentences", "They saw the sanctuary. Policy was made elsewhere.", "different sentences"),
    ("its words in other paragraphs", "They saw the sanctuary\n\nPolicy was made elsewhere", "different sentences"),
    ("its words in two items of a list", "- seek sanctuary\n- policy of the county", "different sentences"),
    ("its words in two items under bullets", "• seek sanctuary\n• policy of the county", "different sentences"),
    ("its words in a heading and below it", "They seek sanctuary\nPolicy was made elsewhere.", "different sentences"),
    ("the other way round", "A policy sanctuary.", ""),
    ("an excluded phrase around it", "The bird sanctuary policy was adopted.", "excluded by bird sanctuary"),
    ("a full stop that ends no sentence", "At Bell Sanctuary., policy is made.", "punctuation"),
    ("police", "The sanctuary police came.", "known word"),
    ("another clause", "The sanctuary said the policy was good.", "parts of the sentence"),
    ("a comma", "In the sanctuary, policy is made.", "punctuation"),
    ("polity", "A sanctuary polity was founded.", "known word"),
    ("nothing like it", "It rained.", ""),
]


@pytest.mark.parametrize(("text", "reason"), [case[1:] for case in NO_MENTIONS], ids=[case[0] for case in NO_MENTIONS])
def test_what_is_no_mention_is_refused_with_the_rule(text: str, reason: str) -> None:
    found = verdict(POLICY, text)
    assert isinstance(found, Refusal)
    assert reason in found.reason


def score(text: str) -> float:
    found = verdict(POLICY, text)
    assert isinstance(found, Match)
    return found.score


def test_liberties_lower_the_score() -> None:
    assert score("sanctuary policy") == 100
    assert 100 > score("sanctuary policies") > score("sanctuary and related policies")
    assert score("sanctuary polciy") < 100


def test_a_score_below_the_topics_least_is_refused() -> None:
    strict = topic(phrases=("sanctuary policy",), min_score=97)
    found = verdict(strict, "the sanctuary and related policies")
    assert isinstance(found, Refusal)
    assert "below 97" in found.reason
    assert found.nearest == "sanctuary and related policies"


@pytest.mark.parametrize(
    ("fuzzy", "text", "matches"),
    [
        ("off", "a sanctuary policy", True),
        ("off", "sanctuary policies", False),
        ("off", "a sanctuary polciy", False),
        ("strict", "sanctuary policies", True),
        ("strict", "a sanctuary polciy", False),
        ("strict", "sanctuary and related policies", False),
        ("normal", "a sanctuary polciy", True),
    ],
)
def test_fuzzy_sets_how_much_is_understood(fuzzy: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(phrases=("sanctuary policy",), fuzzy=fuzzy), text)) is matches


@pytest.mark.parametrize(
    ("text", "matches"), [("a cufew was", True), ("said Cufew of", False), ("a curlew was", False)]
)
def test_a_typo_in_a_short_phrase_of_one_word_is_no_name(text: str, matches: bool) -> None:
    assert bool(spans(topic(phrases=("curfew",)), text)) is matches


def test_what_is_required_must_be_in_the_article_too() -> None:
    sought = topic(phrases=("consent decree",), require=("police", "sheriff"))
    assert spans(sought, "The consent decree binds the police.")
    refused = verdict(sought, "The consent decree binds the school.")
    assert isinstance(refused, Refusal)
    assert "requires" in refused.reason


def test_an_unknown_capitalized_word_in_running_text_is_a_name_and_no_typo() -> None:
    sought = topic(phrases=("mortgage fraud",))
    assert spans(sought, "the mortgge fraud case")
    assert not spans(sought, "She and Mr. Mortgade fraud case")


def test_evidence_lies_in_title_and_text() -> None:
    found = verdict(POLICY, "A sanctuary policy.", title="Sanctuary policy adopted")
    assert isinstance(found, Match)
    assert [(one.field, one.start, one.end) for one in found.evidence] == [("title", 0, 16), ("text", 2, 18)]
