"""The archive as files."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

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
        "url", "canonical_url", "source", "title", "published", "published_from", "first_seen", "body", "partial",
        "story", "joined",
    ]  # fmt: skip
    assert article["title"] == "=SUM(sanctuary policy)"
    (match,) = map(json.loads, newsroom.run("export", "matches").stdout.splitlines())
    assert (match["topic"], match["evidence"][0]["how"]) == ("Sanctuary policy", "exact")
    (row,) = csv.DictReader(io.StringIO(newsroom.run("export", "articles", "--csv").stdout))
    assert row["title"] == "'=SUM(sanctuary policy)"
    assert newsroom.run("export", "articles", "--since", "2999-01-01").stdout == ""


def test_revisions_are_written_for_programs_and_for_people(newsroom: Newsroom, site: Site) -> None:
    hour = datetime.now(UTC) + timedelta(hours=2)
    site.publish("/a", "Council votes", "The vote was 4 to 1 on Monday.")
    newsroom.run("run")
    site.publish("/a", "Council has voted", "The vote was 5 to 1 on Monday. The county keeps its sanctuary policy.")
    assert newsroom.report("run", at=hour)["articles"]["revised"] == 1
    (row,) = map(json.loads, newsroom.run("export", "revisions", "--jsonl").stdout.splitlines())
    assert list(row) == [
        "url", "source", "number", "seen", "kind", "title", "diff", "new_topics", "gone_topics", "note", "returns_to",
        "story", "title_before",
    ]  # fmt: skip
    assert (row["number"], row["kind"], row["new_topics"], row["gone_topics"]) == (1, "text", ["Sanctuary policy"], [])
    told = newsroom.run("export", "revisions", "--diff", "--url", f"{site.url}/a").stdout
    assert "Headline: Council [-votes-] {+has voted+}" in told
    assert "The vote was [-4-] {+5+} to 1 on Monday. {+The county keeps its sanctuary policy.+}" in told
    assert "new: Sanctuary policy" in told
    assert newsroom.run("export", "revisions", "--diff", "--url", f"{site.url}/b").stdout == ""
    (match,) = map(json.loads, newsroom.run("export", "matches").stdout.splitlines())
    assert (match["revision"], match["gone"]) == (1, None)
    (mail,) = newsroom.mails()
    assert "added" in mail
