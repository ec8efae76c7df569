"""Words that a hyphen parts at the end of a line."""

import pytest

from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("phrase", "text", "evidence"),
    [
        ("sanctuary policy", "Of a sanctu-\nary policy it spoke.", "sanctu-\nary policy"),
        ("sanctuary policy", "Of sanctuary poli-\ncies it spoke.", "sanctuary poli-\ncies"),
        ("sanctuary policy", "The Sanctu-\nary Poli-\ncy Act.", "Sanctu-\nary Poli-\ncy"),
        ("sanctuary policy", "Of a sanctu\xad\nary policy it spoke.", "sanctu\xad\nary policy"),
        ("sanctuary policy", "Of a sanctu\u2010\nary policy it spoke.", "sanctu\u2010\nary policy"),
        ("sanctuary policy", "Of an anti-sanctu-\nary policy it spoke.", "sanctu-\nary policy"),
        ("co-op market", "The co-\nop market opens.", "co-\nop market"),
        ("health", "A health-\ncare plan.", ""),
        ("health care", "A health-\ncare plan.", "health-\ncare"),
        ("senate", "In the Sen-  \nate it failed.", ""),
        ("sanctuary policy", "Of the sanctuary-\npolicy debate.", "sanctuary-\npolicy"),
        ("well-known author", "The well-\nknown author came.", "well-\nknown author"),
        ("well known author", "The well-\nknown author came.", "well-\nknown author"),
        ("long-term plan", "A long-\nterm plan was made.", "long-\nterm plan"),
        ("rezoning", "The re-\nzoning failed.", "re-\nzoning"),
        ("zoning", "The re-\nzoning failed.", ""),
        ("interstate", "On the inter-\nstate highway.", "inter-\nstate"),
        ("state", "On the inter-\nstate highway.", ""),
        ("Fischereiabkommen", "Das neue Fischerei-\nabkommen gilt.", "Fischerei-\nabkommen"),
        ("миграционная политика", "Новая мигра-\nционная политика.", "мигра-\nционная политика"),  # noqa: RUF001
        ("sanctuary policy", "Of a sanctu-\n\nary policy it spoke.", ""),
        ("sanctuary policy", "Of a sanctu-\nAry policy it spoke.", ""),
        ("sanctuary policy", "It sought sanctuary -\npolicy came later.", "sanctuary -\npolicy"),
    ],
)
def test_a_word_goes_on_in_the_next_line(phrase: str, text: str, evidence: str) -> None:
    assert [found for found, _ in spans(topic(phrases=(phrase,)), text)] == ([evidence] if evidence else [])


def test_a_word_goes_on_whatever_else_is_sought() -> None:
    sought = topic(phrases=("interstate highway", "state"))
    assert [found for found, _ in spans(sought, "On the inter-\nstate highway.")] == ["inter-\nstate highway"]


def test_names_go_on_in_the_next_line() -> None:
    assert spans(topic(person="Amira Pemberton"), "So said Amira Pember-\nton on Monday.")
    assert spans(topic(place="Stockton"), "A fire in Stock-\nton was put out.")
