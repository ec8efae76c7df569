"""The demo's stories: whole, short, and true to what the demo says of them."""

from datetime import UTC, datetime, timedelta

import pytest

from newswatch.demo.outlets import OUTLETS
from newswatch.demo.stories import Story, load

STORIES = load()


def test_every_outlet_has_stories_and_every_story_an_outlet() -> None:
    assert {story.outlet for story in STORIES} == {outlet.key for outlet in OUTLETS}


def test_addresses_are_unique_within_an_outlet() -> None:
    addresses = [(story.outlet, story.slug) for story in STORIES]
    assert len(addresses) == len(set(addresses)) >= 20


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
def test_a_story_is_as_long_as_a_short_news_item(story: Story) -> None:
    assert 120 <= len(" ".join(story.paragraphs).split()) <= 350
    assert len(story.paragraphs) >= 4


def test_the_wire_story_is_word_for_word_the_same_at_two_outlets() -> None:
    first, second = (story for story in STORIES if story.author == "Statehouse Wire")
    assert first.outlet != second.outlet
    assert first.paragraphs == second.paragraphs


def test_no_story_comes_out_so_near_a_round_that_it_could_fall_on_either_side() -> None:
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    for story in STORIES:
        age = now - story.published(now)
        assert age > timedelta(hours=1)
        assert not timedelta(hours=23) < age < timedelta(hours=25)
