"""The archive as files."""

import csv
import io
import json

import pytest

from newswatch.export import _cell
from tests.newswatch.conftest import Newsroom, Site


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("  +49", "'  +49"), ("-2", "'-2"), ("@home", "'@home"), ("\tx", "'\tx"), ("\rx", "'\rx"),
        ("Council votes 5-2", "Council votes 5-2"), ("a = b", "a = b"), (7, 7), (-7, -7), (None, None),
    ],
)  # fmt: skip
def test_no_cell_is_taken_for_a_formula_and_plain_ones_stay_as_they_are(text: object, cell: object) -> None:
    assert _cell(text) == cell


def test_articles_and_matches_are_written_as_lines_and_as_csv(newsroom: Newsroom, site: Site) -> None:
    site.publish("/a", "=SUM(sanctuary policy)", "The county dropped its sanctuary policy on Monday.")
    newsroom.run("crawl")
    (article,) = map(json.loads, newsroom.run("export", "articles", "--jsonl").stdout.splitlines())
    assert list(article) == [
        "url", "canonical_url", "source", "title", "published", "published_from", "first_seen", "body", "story",
    ]  # fmt: skip
    assert article["title"] == "=SUM(sanctuary policy)"
    (match,) = map(json.loads, newsroom.run("export", "matches").stdout.splitlines())
    assert (match["topic"], match["evidence"][0]["how"]) == ("Sanctuary policy", "exact")
    (row,) = csv.DictReader(io.StringIO(newsroom.run("export", "articles", "--csv").stdout))
    assert row["title"] == "'=SUM(sanctuary policy)"
    assert newsroom.run("export", "articles", "--since", "2999-01-01").stdout == ""
