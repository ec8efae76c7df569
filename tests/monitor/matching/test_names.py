"""How names are read, and how the press writes them."""

import pytest

from monitor.matching.names import Name, parse_name
from monitor.matching.words import words_of
from tests.monitor.matching.verdicts import spans, topic


def test_a_name_is_read_into_its_parts() -> None:
    assert parse_name(words_of("Eric T. Jones Jr."), inverted=False) == Name(
        first="eric", middles=("t",), last=("jones",)
    )
    assert parse_name(words_of("Bill de Blasio"), inverted=False) == Name(
        first="bill", middles=(), last=("de", "blasio")
    )
    assert parse_name(words_of("Pelé"), inverted=False) == Name(first="", middles=(), last=("pele",))


@pytest.mark.parametrize(
    ("person", "text", "matches"),
    [
        ("Kim Jong-un", "Then Kim Jong-un spoke.", True),
        ("Kim Jong-un", "Then Kim Jong-il spoke.", False),
        ("Park Geun-hye", "Then Park Geun-hye left.", True),
        ("Ursula von der Leyen", "von der Leyen, Ursula", True),
        ("Ursula von der Leyen", "Heiko von der Leyen", False),
        ("Sergei Lavrov", "Then Sergey Lavrov spoke.", True),
        ("Jürgen Müller", "Then Juergen Mueller came.", True),
        ("Jürgen Müller", "Then Jürgen Möller came.", False),
        ("Søren Kjærgaard", "SOEREN KJAERGAARD WINS", True),
        ("Robert Kowalski", "Mayor Robert (Bob) Kowalski said", True),
        ("Robert Kowalski", "Mayor Robert (Kowalski was his mother) said", False),
        ("Amira Haddad", "Then Amira Haddad Brown said so.", False),
        ("Amira Haddad", "Then Amira Haddad Tuesday said so.", True),
        ("Amira Haddad", "AMIRA HADDAD BROWN BAGS WIN", True),
        ("문재인", "문재인은 말했다", True),
        ("Kim Jong-un", "Then Kim Jongun spoke.", True),
        ("Li Keqiang", "Then Li Ke-qiang spoke.", True),
        ("Ahmed al-Sharif", "Then Ahmad el-Sharif spoke.", True),
        ("Ahmed al-Sharif", "Then Ahmed Alsharif spoke.", True),
        ("Giovanni dell'Acqua", "Then Giovanni Dell’Acqua spoke.", True),
        ("Vincent D'Onofrio", "Then Vincent D’Onofrio spoke.", True),
        ("José Luis Rodríguez", "Rodríguez, José Luis: architect", True),
        ("Andrés Manuel López Obrador", "López Obrador, Andrés Manuel", True),
        ("Anna Kowalska-Nowak", "Then Anna Kowalska–Nowak spoke.", True),
        ("Juan Carlos Ruiz", "Then Juan Carlos Ruiz Zafonte spoke.", False),
        ("Tran Thi Mai", "Then Tran Van Mai spoke.", False),
        ("Aleksandar Vučić", "Then Alexander Vucic spoke.", True),
        ("Recep Tayyip Erdoğan", "Then Recep Tayip Erdogan spoke.", True),
        ("April May", "It was the hottest April–May since", False),
        ("Madonna", "a painted madonna of wood", False),
        ("Mark De La Cruz", "Then Mark Delacruz spoke.", True),
        ("Mark De La Cruz", "Then Mark Cruz spoke.", False),
        ("Niamh O'Sullivan", "Then Niamh O Sullivan spoke.", True),
        ("Niamh O'Sullivan", "Then Niamh Sullivan spoke.", False),
        ("Callum McGregor", "CALLUM MC GREGOR WINS", True),
        ("Abdul Rahman Siddiqui", "Then Abdulrahman Siddiqui spoke.", True),
        ("Abdulrahman Siddiqui", "Then Abdul Rahman Siddiqui spoke.", True),
        ("Lee Myung-hwan", "Then Myung-hwan Lee spoke.", True),
        ("Lee Myung-hwan", "Then Lee Myung Hwan spoke.", True),
        ("Lee Myung-hwan", "Then Lee Myung-hee spoke.", False),
        ("Lee Myung-hwan", "Then Lee Hwan spoke.", False),
        ("Zhang Weiming", "Zhang Weimign Wins Seat", True),
        ("Hyun-woo Cho", "Then Cho Hyun-jin spoke.", False),
        ("Lee Myung-hwan", "(Photo by Lee Myung-hwan/AP)", True),
        ("Lee Myung-hwan", "Then Lee\u00a0Myung-hwan spoke.", True),
        ("Horvath Gabor", "Then Gabor Horvath spoke.", True),
        ("Anna Kowalska-Nowak", "Kowalska-Nowak, Anna: clerk", True),
        ("Viktor Orbán", "Then Orbán Viktor-led ministers spoke.", True),
        ("Wong Ka-yan", "Then Annie Wong Ka-yan spoke.", True),
        ("Fearghal Mac Giolla", "Then Fearghal MacGiolla spoke.", True),
        ("Gwyneth ap Rhys", "Then Gwyneth ap Rhys spoke.", True),
        ("Gianmarco Lo Presti", "Then Gianmarco LoPresti spoke.", True),
        ("Ulrike vom Scheidt", "Then Ulrike vom Scheidt spoke.", True),
    ],
)
def test_names_as_the_press_of_the_world_writes_them(person: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(person=person), text)) is matches
