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
    ("two typos in a word of nine", "a sanctaury polciy", None, None),
    ("one typo in a word of nine", "a sanctury policy was", "sanctury policy", "typo"),
    ("two typos in a long word", "a snactuarry policy was", "snactuarry policy", "typo"),
    ("a typo in a plural", "two sanctuary polcies were", "sanctuary polcies", "typo"),
    ("small gap", "the sanctuary and related policies of", "sanctuary and related policies", "word_form"),
    ("gap of one", "the sanctuary state policy of", "sanctuary state policy", "exact"),
    ("brackets around", "(sanctuary policy)", "sanctuary policy", "exact"),
    ("markdown", "the **sanctuary policy** of", "sanctuary policy", "exact"),
    ("line break in capitals", "the Sanctuary\nPolicy of the county", "Sanctuary\nPolicy", "exact"),
    ("slash", "asylum/sanctuary policy", "sanctuary policy", "exact"),
    ("full width", "ｓａｎｃｔｕａｒｙ policy", "ｓａｎｃｔｕａｒｙ policy", "exact"),  # noqa: RUF001
]


@pytest.mark.parametrize(
    ("text", "evidence", "how"), [case[1:] for case in MENTIONS], ids=[case[0] for case in MENTIONS]
)
def test_a_mention_of_a_phrase_is_found(text: str, evidence: str | None, how: str | None) -> None:
    found = spans(POLICY, text)
    if evidence is None:
        assert all(span[1] == "typo" for span in found)
    else:
        assert found == [(evidence, how)]


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
def test_word_forms_of_many_phrases(phrase: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(phrases=(phrase,)), text)) is matches


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


@pytest.mark.parametrize(
    ("phrase", "text", "evidence"),
    [
        ("移民政策", "政府今天宣布新的移民政策。", "移民政策"),
        ("サンクチュアリ", "カリフォルニアのサンクチュアリ・シティ", "サンクチュアリ"),
        ("ผู้อพยพ", "นโยบายผู้อพยพใหม่", "ผู้อพยพ"),
        ("移民政策", "新的移民\n政策", "移民\n政策"),
        ("ガス料金", "新ｶﾞｽ料金です", "ｶﾞｽ料金"),
        ("パン祭り", "ハ\u309aン祭り", "ハ\u309aン祭り"),
        ("ガス料金", "カス料金", ""),
        ("A股", "今天A股上涨", "A股"),
        ("A股", "今天NBA股东大会", ""),
        ("东京2020", "东京2020年", "东京2020"),
        ("东京202", "东京2020年", ""),
    ],
)
def test_scripts_without_spaces_are_matched_by_substring(phrase: str, text: str, evidence: str) -> None:
    assert spans(topic(phrases=(phrase,)), text) == ([(evidence, "exact")] if evidence else [])


@pytest.mark.parametrize(
    ("phrase", "text", "evidence", "how"),
    [
        ("Käthe Schröder", "So kam Kaethe Schroeder an.", "Kaethe Schroeder", "exact"),
        ("data center", "The data centres hum.", "data centres", "word_form"),
        ("Windkraftanlage", "Neue Windkraftanlagen stehen.", "Windkraftanlagen", "word_form"),
        ("Windkraftanlagen", "Eine Windkraftanlage steht.", "Windkraftanlage", "word_form"),
        ("Sozialwohnung", "Neue Sozialwohnungen entstehen.", "Sozialwohnungen", "word_form"),
        ("기본소득", "기본소득을 논의했다", "기본소득을", "word_form"),
        ("주택 정책", "새 주택정책을 발표했다", "주택정책을", "word_form"),
        ("주택 정책", "새 주택 정책이 나왔다", "주택 정책이", "word_form"),
        ("immigration", "C'est l'immigration qui", "immigration", "exact"),
        ("ONU reforma", "dell'O.N.U. reforma", "O.N.U. reforma", "exact"),
        ("acqua pubblica", "il costo dell'acqua pubblica", "acqua pubblica", "exact"),
        ("acqua pubblica", "il costo dell’acqua pubblica", "acqua pubblica", "exact"),
        ("حرية الصحافة", "عن حريـة الصحافة", "حريـة الصحافة", "exact"),
        ("حرية الصحافة", "حُرِّيَّة الصَّحافة", "حُرِّيَّة الصَّحافة", "exact"),
        ("سياسة الهجرة", "وسياسة الهجرة", "وسياسة الهجرة", "word_form"),
        ("الهجرة", "قانون للهجرة", "للهجرة", "word_form"),
        ("سياسة هجرة", "بالسياسة والهجرة", "بالسياسة والهجرة", "word_form"),
        ("הגירה", "חוק ההגירה החדש", "ההגירה", "word_form"),
        ("הגירה", "הוועדה להגירה", "להגירה", "word_form"),
        ("מדיניות הגירה", "ובמדיניות ההגירה", "ובמדיניות ההגירה", "word_form"),
        ("শিক্ষা নীতি", "নতুন শিক্ষা নীতি", "শিক্ষা নীতি", "exact"),
        ("μεταναστευτική πολιτική", "ΜΕΤΑΝΑΣΤΕΥΤΙΚΗ ΠΟΛΙΤΙΚΗ", "ΜΕΤΑΝΑΣΤΕΥΤΙΚΗ ΠΟΛΙΤΙΚΗ", "exact"),
        ("ışık vergisi", "IŞIK VERGİSİ", "IŞIK VERGİSİ", "exact"),  # noqa: RUF001
    ],
)
def test_other_languages_have_forms_of_their_own(phrase: str, text: str, evidence: str, how: str) -> None:
    assert spans(topic(phrases=(phrase,)), text) == [(evidence, how)]


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
