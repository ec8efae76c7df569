"""What counts as a mention of a person, row by row."""

import pytest

from monitor.records import Match, Refusal
from tests.monitor.matching.verdicts import spans, topic, verdict

JONES = topic(person="Eric Jones")

MENTIONS = [
    ("as written", "So Eric Jones said.", "Eric Jones", "exact"),
    ("an initial", "So Eric T. Jones said.", "Eric T. Jones", "exact"),
    ("a middle name", "So Eric Thomas Jones said.", "Eric Thomas Jones", "exact"),
    ("inverted", "Jones, Eric: chief of police", "Jones, Eric", "exact"),
    ("inverted with an initial", "Jones, Eric T., chief", "Jones, Eric T", "exact"),
    ("with his title", "Police Chief Eric Jones said.", "Eric Jones", "exact"),
    ("possessive", "Eric Jones's car", "Eric Jones", "exact"),
    ("possessive with a curly apostrophe", "Eric Jones’ car", "Eric Jones", "exact"),
    ("both misspelled", "So Erik Jnoes said.", "Erik Jnoes", "typo"),
    ("another spelling", "So Erik Jones said.", "Erik Jones", "typo"),
    ("a typo in the surname", "So Eric Jonse said.", "Eric Jonse", "typo"),
    ("swapped letters in the first name", "So Eirc Jones said.", "Eirc Jones", "typo"),
    ("a nickname", "So Rick Jones said.", "Rick Jones", "nickname"),
    ("capitals", "ERIC JONES SPEAKS", "ERIC JONES", "exact"),
    ("a suffix", "Eric Jones Jr. came.", "Eric Jones", "exact"),
    ("a line break", "So Eric\nJones said.", "Eric\nJones", "exact"),
    ("a hashtag", "#EricJones", "EricJones", "exact"),
    ("lower case", "so eric jones said", "eric jones", "exact"),
    ("headline", "Stockton Chief Eric Jones Resigns Monday", "Eric Jones", "exact"),
    ("a hyphen behind", "the Eric Jones-led department", "Eric Jones", "exact"),
]


@pytest.mark.parametrize(
    ("text", "evidence", "how"), [case[1:] for case in MENTIONS], ids=[case[0] for case in MENTIONS]
)
def test_a_mention_of_a_person_is_found(text: str, evidence: str, how: str) -> None:
    assert spans(JONES, text) == [(evidence, how)]


NO_MENTIONS = [
    ("Erica", "So Erica Jones said.", "first name is another"),
    ("Derick", "So Derick Jones said.", "first name is another"),
    ("Erin", "So Erin Jones said.", "first name is another"),
    ("Johnson", "So Eric Johnson said.", ""),
    ("James", "So Eric James said.", ""),
    ("Jones alone", "So Jones said.", "surname alone"),
    ("Eric alone", "So Eric said.", ""),
    ("a park", "They met in Eric Jones Park.", "longer name"),
    ("a street", "They met on Eric Jones Avenue.", "longer name"),
    ("a double surname", "So Eric Jones-Smith said.", "longer name"),
    ("another surname", "So Eric Jones Peterson said.", "longer name"),
    ("another first name", "So Jean-Eric Jones said.", "longer name"),
    ("a firm by its form", "Eric Jones LLP sells it.", "longer name"),
    ("a firm", "Eric Jones & Sons sells it.", "longer name"),
    ("two people", "So Eric, Jones and others said.", ""),
    ("another with a first name of that name", "Smith, Jones, Eric Miller and others", "another name"),
    ("in two sentences", "We saw Eric. Jones was away.", ""),
]


@pytest.mark.parametrize(("text", "reason"), [case[1:] for case in NO_MENTIONS], ids=[case[0] for case in NO_MENTIONS])
def test_another_name_is_refused_with_the_rule(text: str, reason: str) -> None:
    found = verdict(JONES, text)
    assert isinstance(found, Refusal)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("person", "text", "matches"),
    [
        ("Michael Tubbs", "Mayor Mike Tubbs", True),
        ("Mike Tubbs", "Mayor Michael Tubbs", True),
        ("Michael Tubbs", "Mayor Michelle Tubbs", False),
        ("Joe Silva", "Jose Silva", False),
        ("Joe Silva", "Joseph Silva", True),
        ("Jeff Sessions", "jeff sessions", False),
        ("Bill de Blasio", "Mayor Bill de Blasio", True),
        ("Bill de Blasio", "Mayor Bill De Blasio", True),
        ("Bill de Blasio", "Mayor Bill Blasio", False),
        ("Eric T. Jones", "Eric Jones", True),
        ("Eric T. Jones", "Eric Thomas Jones", True),
        ("Eric T. Jones", "Eric M. Jones", False),
        ("Jones, Eric", "Eric Jones", True),
        ("Beyoncé", "Beyonce sang", True),
        ("Jean-Claude Juncker", "Jean Claude Juncker", True),
        ("50 Dime", "Then 50 Dime sang.", True),
        ("50 Dime", "They had 50 dime novels.", False),
        ("Martin Luther King", "Martin Luther King Jr. said", True),
        ("Martin Luther King", "Martin Luther King Jr. Day", False),
        ("Thomas Whitfield", "the Thomas Whitfield III Library", False),
        ("Thomas Whitfield", "the house of Thomas Whitfield Jr., Elementary pupils said", True),
        ("Thomas Whitfield Jr.", "Then Thomas Whitfield Sr. spoke.", False),
        ("Thomas Whitfield Jr.", "Then Thomas Whitfield, Sr., spoke.", False),
        ("Thomas Whitfield Jr.", "Then Thomas Whitfield, Jr., spoke.", True),
        ("Thomas Whitfield", "Then Thomas Whitfield Sr. spoke.", True),
        ("Martin Luther King Jr.", "Martin Luther King", True),
        ("José García", "Jose Garcia", True),
        ("Владимир Путин", "Владимир Путин", True),
        ("习近平", "国家主席习近平今天", True),
        ("Conor O'Brien", "Conor O’Brien", True),
        ("Catherine Smith", "Katherine Smith", True),
        ("Daniel Miller", "Danielle Miller", False),
        ("Stephen Miller", "Steven Miller", True),
        ("J.D. Vance", "Senator JD Vance", True),
        ("JD Vance", "Senator J. D. Vance", True),
        ("Eric Jones", "Mr. Eric “Ricky” Jones", True),
        ("Eric Jones", "Then Derrick Jones spoke.", False),
        ("Robert Kowalski", "Then Rupert Kowalski spoke.", False),
        ("Robert Kowalski", "Then Robet Kowalski spoke.", True),
        ("Amira Haddad", "Then Amria Haddad spoke.", True),
        ("Roman Haddad", "Then Romana Haddad spoke.", False),
        ("Catherine Zhou", "Then Kate Zhou spoke.", True),
        ("Catherine Zhou", "Then Kathryn Zhou spoke.", True),
        ("Robert F. Kennedy Jr.", "Then Robert E. Kennedy spoke.", False),
        ("Robert E. Lee", "Then Robert Lee spoke.", True),
        ("Robert E. Lee", "Then Robert F. Lee spoke.", False),
        ("Martin Luther King, Jr.", "Then Martin Luther King spoke.", True),
        ("Eric Jones", "Then Eric and Dana Jones spoke.", True),
        ("Eric Jones", "Then Eric Clapton and Dana Jones spoke.", False),
        ("Eric Jones", "by Eric Jones/Dana Lee of the staff", True),
        ("Walter Pemberton", "Then Walter Pemberton Monday said no.", True),
        ("Walter Pemberton", "Bob Hill\nWalter Pemberton\nAnn Roe", True),
        ("John Whitfield", "Then Jonathan Whitfield spoke.", False),
        ("Nicholas Whitfield", "Then Nicolas Whitfield spoke.", True),
        ("Mary Whitfield", "Then Marie Whitfield spoke.", False),
        ("Tony Whitfield", "Then Toni Whitfield spoke.", False),
        ("Joan Whitfield", "Then JoAnn Whitfield spoke.", False),
        ("Joanne Whitfield", "Then Joann Whitfield spoke.", True),
        ("Jean Whitfield", "Then Jeanne Whitfield spoke.", False),
        ("Lynn Whitfield", "Then Lynne Whitfield spoke.", True),
        ("Michael Whitfield", "Then Micheal Whitfield spoke.", True),
        ("Theresa Whitfield", "Then Teresa Whitfield spoke.", True),
        ("Jonathan Whitfield", "Then Jonathon Whitfield spoke.", True),
        ("Walter Pemberton", "In Walter's Pemberton boots", False),
        ("Walter Pemberton", "WALTER HICKS KNOCKS PEMBERTON", False),
        ("Walter Pemberton", "Then Walter A Pemberton spoke.", True),
        ("Walter Pemberton", "Walter “Tank” Pemberton spoke.", True),
        ("Maria Hernandez", "Then Maria Hernando spoke.", False),
        ("Ellen O'Looney", "Then Ellen O'Mooney spoke.", False),
        ("Ellen O'Looney", "Then Ellen O’Loonye spoke.", True),
        ("Ellen McLooney", "Then Ellen McMooney spoke.", False),
        ("Eric Jones", "Then Eric Smith-Jones spoke.", False),
        ("Eric Jones", "Then Eric-John Jones spoke.", False),
        ("Eric Smith Jones", "Then Eric Smith-Jones spoke.", True),
        ("Eric Jones", "Then Eric al-Jones spoke.", True),
        ("Eric Jones", "Then Eric-Jones spoke.", True),
        ("Amira Oyelaran", "Then A. Oyelaran spoke.", True),
        ("Amira Oyelaran", "Yes. A Oyelaran win would be new.", False),
        ("A. Smith", "A Smith win would be new.", False),
        ("A. Smith", "A. Smith won.", True),
        ("Dana Oyelaran", "Then Rep. Hill (D-Oyelaran) spoke.", False),
        ("Ruth Oyelaran", "Then R. Oyelaran spoke.", True),
        ("Ruth Oyelaran", "Then R. Hunter Oyelaran spoke.", False),
        ("Ruth Oyelaran", "Then R. Oyelaron spoke.", False),
        ("Paul Pope", "Pope Paul spoke.", False),
        ("Paul Pope", "Pope, Paul: plumber", True),
        ("R. K. Venkatesan", "Then R.K. Venkatesan spoke.", True),
        ("R. K. Venkatesan", "Then RK Venkatesan spoke.", True),
        ("R. K. Venkatesan", "Then K. R. Venkatesan spoke.", False),
    ],
)
def test_a_name_is_that_of_one_person_alone(person: str, text: str, matches: bool) -> None:
    assert bool(spans(topic(person=person), text)) is matches


def test_the_article_of_an_alias_may_be_in_lower_case() -> None:
    badger = topic(person="Pat Mahoney", also=("The Badger",))
    assert spans(badger, "So the Badger spoke.") == [("the Badger", "alias")]
    assert spans(badger, "So the badger spoke.") == []


def test_an_alias_counts_with_its_context() -> None:
    sought = topic(person="Eric Jones", also=("Chief Jones",), context=("Stockton", "police"))
    assert spans(sought, "Chief Jones of the Stockton force said. Jones left.") == [
        ("Chief Jones", "alias"),
        ("Jones", "surname"),
    ]
    refused = verdict(sought, "Chief Jones of Tulsa said.")
    assert isinstance(refused, Refusal)
    assert "context" in refused.reason


def test_a_name_counts_where_its_source_is_local_to_the_context() -> None:
    sought = topic(person="Eric Jones", context=("Stockton",))
    assert not spans(sought, "Eric Jones spoke.")
    assert spans(sought, "Eric Jones spoke.", region=("Stockton", "California"))


def test_liberties_with_a_name_lower_the_score() -> None:
    scores = []
    for text in ("Eric Jones", "Eric T. Jones", "Rick Jones", "Erik Jnoes"):
        found = verdict(JONES, f"So {text} said.")
        assert isinstance(found, Match)
        scores.append(found.score)
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 100
    assert scores[-1] >= 84


@pytest.mark.parametrize(
    ("person", "text", "score"),
    [
        ("Eric Jones", "Eric Adam Bert Jones", 92),
        ("Eric Jones", "Eric Adam Bert Carl Jones", 88),
        ("Eric Adam Jones", "Eric Adam Bert Carl Jones", 92),
        ("Eric Adam Bert Carl Dean Jones", "Eric Adam Jones", 92),
    ],
)
def test_middle_names_cost_each_but_at_most_two_where_the_topic_has_some(person: str, text: str, score: int) -> None:
    found = verdict(topic(person=person), f"So {text} said.")
    assert isinstance(found, Match)
    assert found.score == score


def test_what_is_for_or_against_a_person_is_no_other_person() -> None:
    text = "Then Eric Jones spoke. The anti-Jones camp left. Jones smiled."
    assert spans(JONES, text)[::2] == [("Eric Jones", "exact"), ("Jones", "surname")]
    other = "Then Eric Jones spoke. Dana Hill-Jones left. Jones smiled."
    assert spans(JONES, other) == [("Eric Jones", "exact")]


def test_a_first_name_that_stands_twice_begins_where_it_stood_first() -> None:
    text = "Then Mohammad Hamdi Mohammad Oyelaran spoke."
    assert spans(topic(person="Mohammad Oyelaran"), text) == [("Mohammad Hamdi Mohammad Oyelaran", "exact")]
    assert spans(topic(person="Mohammad Hamdi Oyelaran"), text)
    assert not spans(topic(person="Mohammad Sadiq Oyelaran"), text)


def test_a_name_in_capitals_may_go_on_too() -> None:
    sought = topic(person="Amira Haddad")
    assert not spans(sought, "Then AMIRA HADDAD QWERTON left without a word.")
    assert spans(sought, "AMIRA HADDAD WINS")


def test_a_rare_name_of_a_town_is_a_slip_where_a_surname_is_sought() -> None:
    assert spans(topic(person="Emmanuel Macron"), "Then Emmanuel Marcon spoke.")
