"""Which surnames alone are evidence."""

import pytest

from tests.monitor.matching.verdicts import spans, topic

JONES = topic(person="Eric Jones")


def test_once_the_full_name_stood_the_surname_alone_is_evidence() -> None:
    text = "Chief Eric Jones spoke. Jones said so. A Jones Park bench. Then Mr. Jones left, and Davy Jones came."
    found = spans(JONES, text)
    assert found == [("Eric Jones", "exact"), ("Jones", "surname"), ("Jones", "surname")]


def test_a_surname_of_two_parts_is_one_surname() -> None:
    text = "Gabriel García Márquez wrote it. García Márquez died. The house of Márquez stands."
    found = [text for text, _ in spans(topic(person="Gabriel García Márquez"), text)]
    assert found == ["Gabriel García Márquez", "García Márquez", "Márquez"]


def test_the_surname_of_another_who_bears_it_is_no_evidence() -> None:
    text = "Eric Jones spoke. Erica Jones answered. Jones was angry."
    assert spans(JONES, text) == [("Eric Jones", "exact")]
    assert spans(JONES, "Erica Jones spoke. Eric Jones answered. Jones was angry.")[-1] == ("Jones", "surname")


def test_a_common_word_in_lower_case_or_first_in_its_sentence_is_no_surname() -> None:
    found = spans(
        topic(person="Jeff Sessions"), "Jeff Sessions spoke. Sessions were held. The sessions ended; Mr. Sessions left."
    )
    assert found == [("Jeff Sessions", "exact"), ("Sessions", "surname")]


@pytest.mark.parametrize(
    ("person", "text", "evidence"),
    [
        ("Zhang Weiming", "Zhang Weiming spoke. Zhang left.", ["Zhang Weiming", "Zhang"]),
        ("Zhang Weiming", "Zhang Weiming spoke. Zhang Meili left. Zhang wept.", ["Zhang Weiming"]),
        ("Kim Jong-un", "Kim Jong Un spoke. Kim left. Kim Yo-jong came. Kim wept.", ["Kim Jong Un", "Kim"]),
        ("Kim Jong Un", "Kim Jong-un spoke. Kim left. Kim Yo Jong came. Kim wept.", ["Kim Jong-un", "Kim"]),
        ("Zhang Wei Ming", "Zhang Weiming spoke. Zhang left.", ["Zhang Weiming", "Zhang"]),
        ("Wang Jian Lin", "Wang Jian-lin spoke. Wang left.", ["Wang Jian-lin", "Wang"]),
        ("Lee Ann Park", "Lee Ann Park spoke. Mr. Park and Mr. Lee left.", ["Lee Ann Park", "Park"]),
        ("Kim Jong Un", "Kim Un and Kim Jong spoke.", []),
        ("Orbán Viktor", "Orbán Viktor spoke. Orbán left. Viktor wept.", ["Orbán Viktor", "Orbán"]),
    ],
)
def test_a_surname_that_leads_is_the_evidence(person: str, text: str, evidence: list[str]) -> None:
    assert [found for found, _ in spans(topic(person=person), text)] == evidence


def test_a_common_word_that_opens_a_sentence_is_the_surname_of_one_who_acts() -> None:
    text = "Deborah Baker spoke. Baker said no. Baker’s car left. Baker, 40, sat. Baker shops closed."
    assert [found for found, _ in spans(topic(person="Deborah Baker"), text)] == ["Deborah Baker", *["Baker"] * 3]
