"""Names with the surname in front."""

import pytest

from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("person", "text", "evidence"),
    [
        ("Viktor Orbán", "Then Orbán Viktor spoke.", "Orbán Viktor"),
        ("Fumio Kishida", "Then Kishida Fumio spoke.", "Kishida Fumio"),
        ("Eric Jones", "Present: JONES Eric, LEE Ann", "JONES Eric"),
        ("bin Salman Mohammed", "Then Mohammed bin Salman spoke.", "Mohammed bin Salman"),
        ("Mohammed bin Salman", "Then bin Salman Mohammed spoke.", "bin Salman Mohammed"),
        ("James Thomas", "Then Thomas James spoke.", ""),
        ("Kerry Houston", "In Houston, Mr. Kerry warned them.", ""),
        ("Kerry Houston", "Houston, Mr. Kerry, clerk", "Houston, Mr. Kerry"),
        ("Kerry Houston", "A letter of Houston, Kerry, was read.", "Houston, Kerry"),
        ("Fumio Kishida", "With Kishida Fumio Tanaka came.", ""),
        ("von der Leyen", "Then von der Leyen spoke.", "von der Leyen"),
        ("Walter Pemberton", "Pemberton, Dr. Walter G., clerk", "Pemberton, Dr. Walter G"),
        ("Walter Pemberton", "Pemberton Jr., Walter, clerk", "Pemberton Jr., Walter"),
        ("Dietrich von Falkenhorst", "Falkenhorst, Dietrich von", "Falkenhorst, Dietrich"),
        ("Marie-Hélène Le Bihan", "Then Le Bihan Marie-Hélène spoke.", "Le Bihan Marie-Hélène"),
    ],
)
def test_a_surname_may_stand_first(person: str, text: str, evidence: str) -> None:
    assert [found for found, _ in spans(topic(person=person), text)] == ([evidence] if evidence else [])
