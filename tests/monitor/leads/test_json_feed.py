import json
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.leads import Reading, read
from monitor.records import Response

STORY = {
    "id": "1",
    "url": "https://news.example/a",
    "title": "A &amp; B",
    "date_published": "2026-11-23T10:00:00-08:00",
}


def feed(value: Any, url: str = "https://news.example/feed.json") -> Reading:
    body = value if isinstance(value, str) else json.dumps(value)
    return read(Response(url=url, body=body.encode(), fetched=datetime(2026, 11, 24, 6, tzinfo=UTC)))


def test_a_json_feed_is_read() -> None:
    reading = feed({"title": "N", "items": [STORY, {"id": "2", "content_text": "x"}], "next_url": "/p2"})
    (lead,) = reading.leads
    assert (reading.kind, reading.entries, reading.title, reading.error) == ("json", 2, "N", "")
    assert (lead.url, lead.title, lead.id) == ("https://news.example/a", "A & B", "1")
    assert lead.published == datetime(2026, 11, 23, 18, tzinfo=UTC)
    assert feed({"items": [STORY | {"date_modified": "2026-11-24T05:00:00Z"}]}).leads[0].modified == datetime(
        2026, 11, 24, 5, tzinfo=UTC
    )
    assert reading.hints.next_page == "https://news.example/p2"


HOSTILE = [
    {"items": [STORY, {"id": "9" * 5_000}, None, 3, {"url": 1.2, "title": ["x"], "date_published": {}}]},
    '{"items": [{"id": ' + "9" * 6_000 + '}, {"id":"1","url":"https://news.example/a"}]}',
    '{"items": [{"id":"1","url":"https://news.example/a"}, {"title": "cut sho',
    '{"items": [{"url":"https://news.example/a","title":"\\ud800 x"}]}',
    {"items": [{"url": "javascript:alert(1)", "external_url": "https://news.example/a"}]},
    {"items": [{"id": "https://news.example/a"}]},
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_bad_item_does_not_cost_the_good_one(value: Any) -> None:
    reading = feed(value)
    assert [lead.url for lead in reading.leads] == ["https://news.example/a"]
    reading.leads[0].title.encode()


@pytest.mark.parametrize("value", ["[" * 100_000, "{}", "[]", '{"items": 3}', "{"])
def test_other_json_is_no_feed(value: str) -> None:
    reading = feed(value)
    assert (reading.kind, reading.entries) == ("", 0)
    assert "JSON" in reading.error
