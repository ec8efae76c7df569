"""When a text is another text, and what it is then."""

import pytest

from monitor.records import Article, Revision
from monitor.revising.comparing import compare
from monitor.revising.words import headline

LONG = "\n".join(f"The council spoke of item {n} of its budget for an hour, and then put it off." for n in range(12))
FURNITURE = frozenset([headline("Mayor opens the new bridge")])


def revision(before: str, after: str, *, moved: bool = False, partial: str = "") -> Revision | None:
    old = Article(title="Council meets", body=before)
    return compare(old, Article(title="Council meets", body=after, partial=partial), moved=moved, furniture=FURNITURE)


SAME = [
    ("He said: 'no'.", "He said “no”!"),
    ("It cost 1,500 dollars", "It  cost 1500\u00a0dollars."),
    ("The so-called plan", "The so called plan"),
    ("THE PLAN", "the plan"),
    ("A soft\u00adhyphen", "A softhyphen"),
    ("Text.\nUpdated 14:05", "Text.\nUpdated 15:05 on Nov. 24, 2026"),
    ("Text.\nAktualisiert am 3. Mai um 12:00 Uhr", "Text."),
    ("Text.\n3 hours ago\n12 comments", "Text.\n5 hours ago\n40 comments"),
    ("Text.\nvor 3 Stunden", "Text.\nvor 4 Stunden"),
    ("Text.\n5 min read", "Text.\nAdvertisement"),
    ("Text.", "Text.\nMayor opens the new bridge"),
    ("ﬁne", "fine"),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_what_only_looks_different_is_the_same_text(before: str, after: str) -> None:
    assert revision(f"{LONG}\n{before}", f"{LONG}\n{after}") is None


DIFFERENT = [
    ("He voted yes.", "He voted no."),
    ("It cost 1.5 million.", "It cost 15 million."),
    ("It cost $5.", "It cost €5."),
    ("He did it.", "He did not do it."),
    ("Updated rules take effect in 2026, after the council put them off for so long that nobody remembers why it was.",
     "Updated rules take effect in 2027, after the council put them off for so long that nobody remembers why it was."),
    ("Text.", "Text.\nMayor opens the new bridge and the old one"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), DIFFERENT)
def test_another_word_is_another_text(before: str, after: str) -> None:
    found = revision(f"{LONG}\n{before}", f"{LONG}\n{after}")
    assert found is not None
    assert found.kind == "text"


def test_a_text_that_is_cut_short_is_no_revision_and_one_that_is_shortened_is() -> None:
    lines = LONG.splitlines()
    assert getattr(revision(LONG, "\n".join(lines[:4])), "kind", "") == "partial"
    assert getattr(revision(LONG, "\n".join([*lines[:4], "Subscribe to read on."])), "kind", "") == "partial"
    assert getattr(revision(LONG, "\n".join(lines[8:])), "kind", "") == "text"
    assert getattr(revision(LONG, "\n".join(lines[:9])), "kind", "") == "text"


def test_a_wall_before_a_text_that_is_whole_does_not_matter() -> None:
    found = revision(LONG, f"{LONG}\nThe vote was 5 to 2.", partial="paywall")
    assert found is not None
    assert found.kind == "text"


def test_a_page_without_a_story_or_with_another_one_elsewhere_is_withdrawn() -> None:
    assert getattr(revision(LONG, ""), "kind", "") == "withdrawn"
    other = Article(title="Weather today", body="It will rain all day in the valley and the hills around it. " * 30)
    assert getattr(compare(Article(title="Council meets", body=LONG), other, moved=True), "kind", "") == "withdrawn"
    assert getattr(compare(Article(title="Council meets", body=LONG), other), "kind", "") == "text"


def test_a_headline_alone_is_a_headline_edit() -> None:
    found = compare(Article(title="Council meets", body=LONG), Article(title="Council has met", body=LONG))
    assert found is not None
    assert (found.kind, found.changes) == ("headline", ())


def test_a_correction_that_stood_there_is_no_new_one() -> None:
    note = "Correction: The vote was on Monday."
    before = f"{LONG}\n{note} It passed."
    found = revision(before, f"{LONG}\n{note.replace('Monday', 'Monday,')} It failed.")
    assert found is not None
    assert (found.kind, found.note) == ("text", "")
    found = revision(LONG, f"{LONG}\n{note}")
    assert found is not None
    assert (found.kind, found.note) == ("correction", note)
