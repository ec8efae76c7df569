"""A verdict on a saved page counts only where the page bears it out."""

import re
from pathlib import Path

import pytest

from benchmarks.verdicts import Verdict, read

PAGE = b"""<html><head><meta name="published" content="2017-08-04T10:00:00Z"></head><body><article>
<p>The council met.</p><section class="trending"><h2>Trending</h2><p>Mayor opens\n a bridge</p></section>
<div class="speech"><p>The mayor said that it would rain.</p></div></article></body></html>"""
MAYOR = re.compile(r"(?<!\w)mayor(?!\w)", re.IGNORECASE)
BOX, SPEECH = "//section[@class = 'trending']", "//div[@class = 'speech']"


@pytest.mark.parametrize(
    ("place", "where", "words", "text", "seen"),
    [
        ("aside", BOX, "Mayor opens", "The council met. Trending Mayor opens a bridge", True),
        ("aside", BOX, "Mayor opens", "The council met. Trending Mayor opens a bridge. The mayor spoke.", False),
        ("aside", BOX, "Mayor closes", "The council met. Trending Mayor opens a bridge", False),
        ("aside", "//aside", "Mayor opens", "The council met. Trending Mayor opens a bridge", False),
        ("story", SPEECH, "mayor said", "The council met.\nThe mayor said that it would rain.", True),
        ("story", SPEECH, "mayor said", "Trending\nMayor opens a bridge\nThe mayor said that it would rain.", False),
        ("time", "//meta[@name = 'published']/@content", "10:00:00Z", "", True),
        ("time", "//meta[@name = 'published']/@content", "11:00:00Z", "", False),
    ],
)
def test_a_verdict_holds_where_all_that_is_asked_about_stands_where_it_says(
    place: str, where: str, words: str, text: str, seen: bool
) -> None:
    verdict = Verdict(what="Mayor", id="1", place=place, where=where, words=words, reason="a box")
    assert verdict.is_seen(PAGE, text, MAYOR) == seen


def test_verdicts_are_kept_with_a_reason(tmp_path: Path) -> None:
    table = tmp_path / "verdicts.tsv"
    table.write_text("what\tid\tplace\twhere\twords\treason\nMayor\t1\taside\t//aside\tMayor\ta box\n")
    assert read(table)["Mayor", "1", "aside"].reason == "a box"
    assert all(verdict.reason and verdict.place in ("aside", "story", "time") for verdict in read().values())
