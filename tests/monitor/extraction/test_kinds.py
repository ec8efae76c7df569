"""Pages as common systems write them: each gives its story, its title and its day."""

import json
from datetime import UTC, date, datetime

import pytest

from monitor.extraction import extract
from tests.monitor.extraction.test_extract import BODY, SENTENCES

TITLE = "Bridge to be widened"
NEXT = {"props": {"pageProps": {"story": {"title": TITLE, "content_elements": [{"type": "text", "content": s} for s in SENTENCES]},
                                "related": [{"title": "Other", "summary": "A summary of another story, which is long enough to be one. " * 4}]}}}  # fmt: skip
PAGES = {
    "json of the script": f"<title>{TITLE}</title><body><div id='__next'></div><script id='__NEXT_DATA__' type='application/json'>"
    f"{json.dumps(NEXT)}</script>",
    "amp": f"<title>{TITLE}</title><body><main><article><h1 class='amp-wp-title'>{TITLE}</h1><div class='amp-wp-meta'>"
    f"<time datetime='2026-11-20T10:00:00+00:00'>4 days ago</time></div><div>{BODY}</div></article></main>",
    "wordpress": f"<title>{TITLE} – The Post</title><body class='single comments-open'><article><h1 class='entry-title'>{TITLE}</h1>"
    f"<div class='entry-content'>{BODY}</div><footer class='entry-footer'><span class='posted-on'>Published "
    "<time class='entry-date published' datetime='2026-11-20T10:00:00+00:00'>November 20, 2026</time></span></footer></article>"
    "<ol class='comment-list'><li>A reader on 3 November 2026</li></ol>",
    "blogger": f"<title>The Post: {TITLE}</title><body><h1>The Post</h1><h2 class='date-header'>Friday, November 20, 2026</h2>"
    f"<div class='post'><h3 class='post-title'>{TITLE}</h3><div class='post-body'>{BODY}</div></div>",
    "civic alerts": f"<title>News Flash • {TITLE}</title><body><h1>News Flash</h1><h3>City Manager</h3><span>Posted on November 20, "
    f"2026</span><h3>{TITLE}</h3><div>{BODY}</div>",
    "press release": f"<title>{TITLE} - City of Harborton</title><body><h1>{TITLE}</h1><p>Post Date:11/20/2026 10:00 AM</p>{BODY}",
}  # fmt: skip


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_of_a_common_kind_is_read(kind: str) -> None:
    page = f"<!doctype html><html lang='en-US'><head>{PAGES[kind]}</body></html>".encode()
    now = datetime(2026, 11, 24, 5, tzinfo=UTC)
    found = extract(page, "https://www.post.example/bridge-to-be-widened-at-last", fetched=now)
    assert (found.page_type, found.title) == ("article", TITLE)
    assert all(sentence in found.body for sentence in SENTENCES)
    assert "another story" not in found.body
    if "2026" in PAGES[kind]:
        assert found.published is not None
        assert found.published.date() == date(2026, 11, 20)
