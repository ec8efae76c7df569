"""What the extractor makes of a whole page."""

from datetime import UTC, datetime

from monitor.extraction import extract

FETCHED = datetime(2026, 11, 24, tzinfo=UTC)
PARAGRAPH = "<p>The council of Harborton voted on Tuesday to widen the bridge over the river, four to one.</p>"
STORY = f"""<!doctype html><html lang="en-US"><head><title>Bridge to be widened | The Harborton Post</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Bridge to be widened",
"datePublished": "2026-11-20T09:30:00-08:00", "author": {{"@type": "Person", "name": "Dana Whitfield"}}}}</script>
</head><body><article><h1>Bridge to be widened</h1>{PARAGRAPH * 8}</article></body></html>"""


def test_a_plain_story_is_read_whole() -> None:
    story = extract(STORY.encode(), "https://post.example/bridge", fetched=FETCHED)
    assert story.page_type == "article"
    assert story.title == "Bridge to be widened"
    assert story.published == datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    assert story.authors == ("Dana Whitfield",)
    assert story.language == "en"
    assert "widen the bridge" in story.body
