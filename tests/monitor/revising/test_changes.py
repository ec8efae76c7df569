"""Changes lead from one text to the other."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.records import Change
from monitor.revising.changes import apply, changes
from monitor.revising.words import sentences

TEXTS = st.lists(st.sampled_from(["It met. ", "It voted!\n", "“No.” ", "\n\n", "他说。", "Dr. ", "…", " ", "x"])).map(
    "".join
)


@given(TEXTS, TEXTS)
def test_changes_lead_from_any_text_to_any_other(before: str, after: str) -> None:
    made = changes(before, after)
    assert apply(before, made) == after
    assert "".join(sentences(before)) == before
    assert bool(made) == (before != after)


def test_a_sentence_is_a_change_of_its_own() -> None:
    (change,) = changes("It met. It voted. It left.", "It met. It did not vote. It left.")
    assert change == Change(at=7, old=" It voted.", new=" It did not vote.")


def test_a_paragraph_that_follows_leaves_the_one_before_as_it_was() -> None:
    (change,) = changes("It met.\nIt voted.", "It met.\nIt voted.\nIt left.")
    assert change == Change(at=17, old="", new="\nIt left.")


def test_changes_of_another_text_are_refused() -> None:
    with pytest.raises(ValueError, match="another text"):
        apply("It met again.", [Change(at=0, old="It voted.", new="It left.")])


@pytest.mark.parametrize("text", ['..."' * 100_000, "W 1. W 2. " * 20_000, "a" * 400_000, "\n" * 400_000])
def test_a_hostile_text_takes_no_time(text: str) -> None:
    begun = time.monotonic()
    changes(text, "W 2. " + text[5:] + "W 3. ")
    assert time.monotonic() - begun < 3
