"""`newswatch check --online` against a site that answers and one that does not."""

import json
from typing import Any

import pytest

from monitor.records import Response, Source
from newswatch import online
from newswatch.source_reading import NoWayInError, reading_of

HOME = "http://record.example/"
PAGES = {
    HOME: '<a href="/2026/11/24/council-votes-on-the-budget">Council votes on the budget</a>',
    HOME + "rss": "<rss><channel><item><title>t</title><link>/a</link></item></channel></rss>",
}


def fetch(url: str) -> Response:
    if url not in PAGES:
        raise NoWayInError(url, "HTTP 404")
    return Response(url=url, body=PAGES[url].encode())


def asked(source: Source) -> list[tuple[str, str, bool, str]]:
    rows: list[dict[str, Any]] = list(online._asked(fetch, reading_of, source))
    return [(row["kind"], row["url"].removeprefix(HOME), row["works"], row["error"]) for row in rows]


def test_named_ways_are_asked_and_missing_ones_looked_for() -> None:
    source = Source(name="r", home=HOME, feeds=(HOME + "rss", HOME + "gone"), sitemaps=())
    assert asked(source) == [
        ("feeds", "rss", True, ""),
        ("feeds", "gone", False, "HTTP 404"),
        ("sections", "", True, ""),
    ]


def test_a_site_that_is_gone_is_one_row_with_the_reason() -> None:
    assert asked(Source(name="r", home=HOME + "x")) == [("home", "x", False, "HTTP 404")]


def test_rows_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(
        online._asked(fetch, reading_of, Source(name="r", home=HOME, feeds=(HOME + "rss",), sitemaps=(), sections=()))
    )
    online._show({"name": "r", "works": True, "ways": rows})
    assert "rss: 1 entries" in capsys.readouterr().out
    json.dumps(rows)
