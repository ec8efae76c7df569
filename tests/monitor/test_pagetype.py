"""Articles, and what only looks like one."""

import pytest

from monitor.pagetype import Signs, page_type

PROSE = "\n".join(["The council voted to widen the bridge over the river, four to one, after a long debate."] * 20)


@pytest.mark.parametrize(
    ("url", "title", "body", "wanted"),
    [
        ("https://p.example/2026/11/20/bridge-to-be-widened", "Bridge to be widened", PROSE, "article"),
        ("https://p.example/?p=959", "Bridge to be widened", PROSE, "article"),
        ("https://p.example/", "The Post", PROSE[:400], "other"),
        ("https://p.example/about-us", "About us", PROSE, "other"),
        ("https://p.example/privacy", "Privacy policy", PROSE, "other"),
        ("https://p.example/2026/11/20/gone-and-done-with-it", "404 Not Found", PROSE, "other"),
        ("https://p.example/news/meetings", "Board Meetings", "| 11/2/2026 | Agenda |\n" * 30, "other"),
        ("https://p.example/news/a-story-of-fire", "A story", "短い。" * 200, "article"),
        ("https://p.example/news/a-story-of-fire", "", PROSE, "other"),
    ],
)
def test_a_page_is_told_by_its_address_its_title_and_its_text(url: str, title: str, body: str, wanted: str) -> None:
    assert page_type(Signs(url=url, title=title, body=body)) == wanted


def test_a_short_piece_that_says_it_is_an_article_is_one() -> None:
    short = Signs(url="https://p.example/x", title="Road closed", body="Elm Road is closed until noon.")
    assert page_type(short) == "other"
    assert page_type(Signs(url=short.url, title=short.title, body=short.body, article=True, dated=True)) == "article"
