"""The ways in which the name of one body is written: turned, with its matter in the plural, with its small words."""

import pytest

from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("name", "text", "matches"),
    [
        ("University of Leeds", "Students of Leeds University came.", True),
        ("Leeds University", "Students of the University of Leeds came.", True),
        ("University of Cape Town", "Students of Cape Town University came.", True),
        ("University of Leeds", "Students of Leeds Beckett University came.", False),
        ("Miami University", "Students of the University of Miami came.", False),
        ("York University", "Students of the University of York came.", False),
        ("University of Newcastle", "Students of Newcastle University came.", False),
        ("Victoria University", "Students of the University of Victoria came.", False),
        ("University of Michigan", "Students of Michigan University came.", False),
        ("University of Washington", "Students of George Washington University came.", False),
        ("Bank of Boston", "The Boston Bank grew.", False),
        ("Diocese of Leeds", "The Leeds Diocese paid.", True),
        ("Committee on Finance", "The Finance Committee met.", True),
        ("Human Rights Commission", "The Commission on Human Rights met.", True),
        ("Department for Transport", "The Transport Department paid.", True),
        ("Ministry of Foreign Affairs", "The Foreign Affairs Ministry paid.", True),
        ("Ministry of Foreign Affairs", "The Foreign Ministry paid.", True),
        ("Foreign Ministry", "The Ministry of Foreign Affairs paid.", True),
        ("Texas Department of Public Safety", "The Texas Public Safety Department paid.", True),
        ("Texas Public Safety Department", "The Texas Department of Public Safety paid.", True),
        ("Senate Finance Committee", "The Senate Committee on Finance met.", True),
        ("U.S. Department of Justice", "The U.S. Justice Department paid.", True),
        ("U.S. Department of Justice", "The United States Department of Justice paid.", True),
        ("United Nations Development Programme", "The U.N. Development Programme paid.", True),
        ("Association of Teachers", "The Teachers Association met.", False),
    ],
)
def test_a_name_is_turned_where_it_is_of_the_same_body(name: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(organization=name), text)) is matches


@pytest.mark.parametrize(
    ("name", "text", "matches"),
    [
        ("Court of Appeal", "The Court of Appeals ruled.", True),
        ("Justice Department", "The Justice Departments of both met.", False),
        ("Confédération générale du travail", "La Confédération générale du travail a dit", True),
        ("Alternative für Deutschland", "Die Alternative für Deutschland will das.", True),
        ("Teachers Without Borders", "Then Teachers without Borders came.", True),
        ("Teachers Without Borders", "They are teachers without borders.", False),
    ],
)
def test_a_matter_has_a_plural_and_small_words_have_no_capital(name: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(organization=name), text)) is matches
