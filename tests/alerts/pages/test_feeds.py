import json
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest

from alerts import feeds
from alerts.feeds import Channel
from monitor.leads import read
from monitor.records import Response
from tests.newsroom import NOON

CHANNEL = Channel(
    site="Valley Watch", topic_id="sanctuary-policy", topic="Sanctuary policy", url="https://alerts.example.org"
)
both = pytest.mark.parametrize("store_url", ["sqlite", "postgresql"], indirect=True)
forms = pytest.mark.parametrize("form", ["rss", "json"])


def written(newsroom, form, channel=CHANNEL):
    with newsroom.engine.connect() as connection:
        return feeds.write(connection, channel, form)


def leads(newsroom, form):
    reading = read(
        Response(url="https://alerts.example.org/feed", body=written(newsroom, form), content_type=feeds.MEDIA[form])
    )
    assert not reading.error
    return list(reading.leads)


@both
@forms
def test_a_feed_has_each_story_once_the_newest_first_by_its_first_outlet(newsroom, form):
    newsroom.article(title="First", body="The county became a sanctuary jurisdiction. " * 30)
    newsroom.clock.pass_(hours=1)
    newsroom.article("KVLY", title="First, copied", body="The county became a sanctuary jurisdiction. " * 30)
    newsroom.article(title="Second")
    newsroom.article(title="Of something else", topics=("stockton",))
    found = leads(newsroom, form)
    assert [lead.title for lead in found] == ["Second", "First"]
    assert found[1].url == "https://news.example/1"
    assert found[1].published == NOON - timedelta(hours=1)
    assert len({lead.id for lead in found}) == 2
    assert found[1].summary.startswith("The Valley Record: The county became a sanctuary jurisdiction.")


@forms
def test_a_feed_leaves_out_what_is_held_or_was_old_at_first_sight(newsroom, form):
    newsroom.article(title="Held", state="held", published=None)
    newsroom.article(title="Old", state="archived", published=NOON - timedelta(days=30))
    newsroom.article(title="Undated", state="archived", published=None)
    newsroom.article(title="Fresh", state="archived", published=NOON - timedelta(days=1))
    assert [lead.title for lead in leads(newsroom, form)] == ["Fresh"]


@forms
def test_a_hostile_headline_is_only_text(newsroom, form):
    newsroom.article(title='<script>alert(1)</script> ]]> & "\ufffe\u202e x', url="javascript:alert(1)")
    body = written(newsroom, form)
    if form == "rss":
        item = ET.fromstring(body).find("channel/item")
        assert item.findtext("title").startswith("<script>alert(1)</script> ]]> &")
        assert item.find("link") is None
    else:
        assert json.loads(body)["items"][0]["url"] == ""
    assert "\u202e".encode() not in body


def test_a_feed_tells_where_it_is(newsroom):
    assert b'href="https://alerts.example.org/feeds/sanctuary-policy.rss"' in written(newsroom, "rss")
    feed = json.loads(written(newsroom, "json"))
    assert feed["feed_url"] == "https://alerts.example.org/feeds/sanctuary-policy.json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"


def test_feeds_are_served_and_not_again_to_who_has_them(site, newsroom):
    newsroom.article()
    listing = site.get("/feeds")
    for form in ("rss", "json"):
        address = f"/feeds/sanctuary-policy.{form}"
        assert f'href="{address}"' in listing.text
        answer = site.get(address)
        assert answer.status == 200
        assert answer.headers["content-type"].startswith(feeds.MEDIA[form])
        assert "Council adopts sanctuary policy" in answer.text
        again = site.request("GET", address, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status, again.text) == (304, "")
    for address in (
        "/feeds/no-such-topic.rss",
        "/feeds/sanctuary-policy.xml",
        "/feeds/sanctuary-policy",
        "/feeds/..%2f.rss",
    ):
        assert site.get(address).status == 404


def test_feeds_are_written_as_files(newsroom, tmp_path):
    newsroom.article()
    with newsroom.engine.connect() as connection:
        path = feeds.write_file(connection, CHANNEL, "json", tmp_path)
    assert path.name == "sanctuary-policy.json"
    assert len(json.loads(path.read_text())["items"]) == 1
    assert not list(tmp_path.glob("*.part"))
