"""Words in other forms."""

import pytest

from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("phrase", "text", "matches"),
    [
        ("sanctuary city", "Other sanctuary cities wait.", True),
        ("tax", "New taxes are due.", True),
        ("ban books", "The county banned books.", True),
        ("deport migrants", "It is deporting migrants.", True),
        ("housing authority", "The house authority.", False),
        ("city park", "The city parking lot.", False),
        ("Measure 12", "They passed Measure No. 12.", True),
        ("Measure 12", "They passed Measure 21.", False),
        ("Measure 12", "The measure had no 12 votes.", False),
        ("Title IX", "The Title XI rule.", False),
        ("Roe v. Wade", "It overturned Roe v. Wade in June.", True),
        ("Roe v. Wade", "It overturned Roe v Wade in June.", True),
        ("Mission: Impossible", "The film Mission: Impossible opens.", True),
        ("Guns, Germs and Steel", "He read Guns, Germs, and Steel.", True),
        ("C++ course", "A C++ course starts.", True),
        ("sanctuary policy", "Sanctuary: policy of the week.", False),
        ("चुनाव आयोग", "यह चुनाव। आयोग ने", False),
        ("چناؤ کمیشن", "یہ چناؤ۔ کمیشن", False),  # noqa: RUF001
        ("woman mayor", "The women mayors met.", True),
        ("labor union", "The labour unions struck.", True),
        ("data center", "The data centres hum.", True),
        ("training program", "The trading program.", False),
        ("fentanyl", "Fentanil was found.", True),
        ("health care", "A healthcare plan.", True),
        ("Department of Justice", "the Department of Justice", True),
        ("Department of Justice", "the department for justice", False),
        ("U.S. border", "the US border", True),
        ("coronavirus", "Das Coronavirus ist da.", True),
        ("immigration", "L’immigration en France.", True),
        ("миграционная политика", "Миграционная политика России", True),
        ("política de asilo", "Una politica de asilo.", True),
    ],
)
def test_a_phrase_is_found_in_its_word_forms_alone(phrase: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(phrases=(phrase,)), text)) is matches


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("teacher strike", "Teacher strikes spread."),
        ("tax cut", "The tax cuts came."),
        ("sea level rise", "The sea level rises."),
        ("sea level rise", "The sea level rose."),
        ("dam break", "The dam broke."),
        ("eviction moratorium", "The eviction moratoria ended."),
        ("eviction moratorium", "The eviction moratoriums ended."),
    ],
)
def test_irregular_verbs_have_regular_forms_too(phrase: str, text: str) -> None:
    assert [how for _, how in spans(topic(phrases=(phrase,)), text)] == ["word_form"]


@pytest.mark.parametrize(
    ("phrase", "text", "evidence"),
    [
        ("rezoning", "The re-zoning failed.", "re-zoning"),
        ("wildfire", "Wild-fires spread.", "Wild-fires"),
        ("gun buyback", "A gun buy-back was held.", "gun buy-back"),
        ("gun buy-back", "A gun buyback was held.", "gun buyback"),
        ("COVID-19", "COVID19 spread.", "COVID19"),
        ("e-mail", "An email came.", "email"),
        ("co-op", "A chicken coop burned.", ""),
        ("5-4 ruling", "The 54 ruling came.", ""),
        ("COVID-19 vaccine", "Two COVID19 vaccines came.", "COVID19 vaccines"),
        ("mail-in ballot", "The mail-in ballots came.", "mail-in ballots"),
        ("wild-fire season", "The wildfire season came.", "wildfire season"),
        ("mail-in ballot", "The mailing ballot came.", ""),
        ("zoning", "The re-zoning failed.", "zoning"),
    ],
)
def test_a_hyphen_inside_of_a_word_makes_no_other_word_of_it(phrase: str, text: str, evidence: str) -> None:
    assert [found for found, _ in spans(topic(phrases=(phrase,)), text)] == ([evidence] if evidence else [])
