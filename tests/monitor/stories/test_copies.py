"""Copies of one text, and what is none."""

import random

from monitor.stories.copies import likeness, text_hash, words
from tests.monitor.stories.texts import OTHER, TEXT


def test_case_and_punctuation_make_no_other_text() -> None:
    assert text_hash(TEXT) == text_hash(TEXT.upper().replace(",", " –"))
    assert text_hash(TEXT) != text_hash(TEXT.replace("Tuesday", "Wednesday"))
    assert text_hash("Too short to say.") == 0


def test_a_text_of_which_a_quarter_was_rewritten_is_a_copy() -> None:
    chance = random.Random(1)
    own = words(TEXT)
    for _ in range(20):
        changed = [chance.choice(words(OTHER)) if chance.random() < 0.25 else word for word in own]
        assert likeness(own, changed) > 0.6


def test_a_text_that_was_cut_is_a_copy() -> None:
    own = words(f"{TEXT} {OTHER}")
    assert likeness(own, own[:55]) == 1.0
    assert likeness(own[:55], own) == 1.0
    assert likeness(own, own[:20]) == 0.0, "too short to say"


def test_another_text_is_none() -> None:
    assert likeness(words(TEXT), words(OTHER)) == 0.0
    assert likeness([], words(OTHER)) == 0.0
