"""Which of a page's titles is its headline."""

import pytest

from monitor.extraction import titles
from monitor.extraction.page import Page


def headline(head: str, body: str, url: str = "https://www.post.example/a") -> str:
    return titles.title(Page(f"<html><head>{head}</head><body>{body}<p>text</p></body></html>".encode(), url))


LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"%s"}</script>'


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        ("<title>Bridge to be widened | The Post</title>", "", "Bridge to be widened"),
        ("<title>Bridge to be widened - The Harborton Gazette</title>", "<h1>Bridge to be widened</h1>", "Bridge to be widened"),
        ("<title>The Post: news</title>" + LD % "Bridge to be widened", "<h1>The Post</h1>", "Bridge to be widened"),
        (LD % "Bridge to be widened - The Gazette", "<h1>Bridge to be widened</h1>", "Bridge to be widened"),
        (LD % "Council: bridge &amp; road", "", "Council: bridge & road"),
        ('<meta property="og:title" content="Bridge to be widened | The Post">', "", "Bridge to be widened"),
        ("<title>Bridge wide at last | X</title>", '<h1><a href="/">Gazette</a></h1><h1>Bridge wide at last</h1>', "Bridge wide at last"),
        ("<title>T</title>", "<h1>Chief resigns</h1>", "Chief resigns"),
        ("", '<h1><span class="kicker">Traffic</span> Bridge to be widened</h1>', "Bridge to be widened"),
        ("<title>A - B and the war of the worlds</title>", "", "A - B and the war of the worlds"),
        ("<title>Bridge to be widened – Local News</title>", '<h2 class="headline">Bridge to be widened</h2>', "Bridge to be widened"),
        ("<title></title><script>alert(1)</script>", "", ""),
    ],
)  # fmt: skip
def test_the_headline_comes_without_the_sites_name(head: str, body: str, wanted: str) -> None:
    assert headline(head, body) == wanted


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        ("<title>Harborpost » Bridge to be widened</title>", "<h1><a href='https://www.post.example'>Harborpost</a></h1><h2>Bridge to be widened</h2>", "Bridge to be widened"),
        ("<title>Post | Bridge to be widened</title>", "", "Bridge to be widened"),
        ("<title>Bridge to be widened | City</title>", "", "Bridge to be widened"),
        ("<title>Bridge to be widened l Harbor World</title>", "<h1 class='logo'>Harbor World</h1><h1>Bridge to be widened</h1>", "Bridge to be widened"),
        ("<title>Traffic: Bridge to be widened</title>", "<h1><span class='kicker'>Traffic</span> : Bridge to be widened</h1>", "Bridge to be widened"),
        ("<title>»We shall build it«</title>", "<h1>»We shall build it«</h1>", "»We shall build it«"),
        ("", "<h1><span>橋を広げる</span><span>：市議会</span></h1>", "橋を広げる：市議会"),  # noqa: RUF001
        ("", "<h1>Council&amp;#039;s bridge</h1>", "Council's bridge"),
    ],
)  # fmt: skip
def test_logos_sections_and_joints_are_no_part_of_it(head: str, body: str, wanted: str) -> None:
    assert headline(head, body, "https://www.post.example/city/bridge") == wanted
