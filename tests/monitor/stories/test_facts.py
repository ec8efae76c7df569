"""What a later telling of a story adds."""

from monitor.stories.facts import addition

TOLD = ["Council adopts policy\nThe council of Stockton voted 4 to 1 on Monday. Mayor Dana Whitfield signed it."]


def test_the_sentence_with_most_new_names_and_numbers_is_the_addition() -> None:
    sentences = [
        "The council of Stockton voted 4 to 1.",
        "Sheriff Lee Burke will hire 12 clerks.",
        "It rained in Lodi.",
    ]
    assert addition(sentences, TOLD) == 1


def test_the_same_facts_in_other_words_add_nothing() -> None:
    assert (
        addition(["By 4 to 1, the Stockton council said yes on Monday.", "Then Mayor Whitfield signed."], TOLD) is None
    )


def test_one_new_number_alone_is_no_news() -> None:
    assert addition(["Some 40 people cheered."], TOLD) is None
    assert addition([], TOLD) is None
