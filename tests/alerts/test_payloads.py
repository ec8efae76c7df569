"""What a channel is told: JSON for programs, a short text for people, in parts where it is long."""

import json
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from alerts import payloads
from alerts.composing import compose
from alerts.cycle import queue_due
from alerts.digests import Digest
from alerts.payloads import cut, part, parts, text
from monitor import channels
from monitor.store import subscribers
from monitor.store.tables import alerted, messages, outbox
from tests.newsroom import Newsroom

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")  # Apprise imports it
HOOK, ROOM = "https://hook.example/x", "json://127.0.0.1:9/x"


def composed(newsroom: Newsroom, address: str, every: str = "hourly") -> Digest:
    newsroom.subscribe(channels.name(address), channel=address, every=every)
    newsroom.clock.pass_(minutes=10)
    newsroom.article(title="Council adopts sanctuary policy")
    now = newsroom.clock.pass_(hours=1)
    with newsroom.engine.connect() as connection:
        (subscriber,) = subscribers.every(connection)
        return compose(connection, subscriber, newsroom.desk.beat, now)


def test_the_json_of_a_webhook_says_all_that_a_card_does(newsroom: Newsroom) -> None:
    digest = composed(newsroom, HOOK)
    told, raw = part(digest, "Valley Watch", "digest:1:x")
    body = json.loads(raw)
    assert told.marks == digest.marks
    assert list(body) == ["id", "type", "site", "subject", "time_zone", "made", "stories", "more_outlets",
                          "waiting", "sources", "not_checked"]  # fmt: skip
    (story,) = body["stories"]
    assert (body["id"], body["type"], body["subject"]) == (
        "digest:1:x",
        "digest",
        "Valley Watch: 1 story on Sanctuary policy",
    )
    assert story["title"] == "Council adopts sanctuary policy"
    assert story["topics"] == ["Sanctuary policy"]
    assert story["url"].startswith("https://")
    assert [p["text"] for quote in story["quotes"] for p in quote if p["marked"]]
    assert part(digest, "Valley Watch", "digest:1:x")[1] == raw


def test_the_address_is_in_nothing_that_is_sent(newsroom: Newsroom) -> None:
    digest = composed(newsroom, HOOK)
    for address in (HOOK, ROOM):
        wishes = replace(digest.subscriber.subscription, channel=address)
        there = replace(digest, subscriber=replace(digest.subscriber, subscription=wishes))
        assert address.encode() not in part(there, "Valley Watch", "k")[1]
        assert address not in repr(there)


def test_the_text_of_a_chat_has_headline_source_quote_and_link(newsroom: Newsroom) -> None:
    said = text(composed(newsroom, ROOM), "Valley Watch")
    first, second, *_, last = said.split("\n")
    assert first == "Council adopts sanctuary policy"
    assert second.startswith("The Valley Record · ")
    assert "\n> " in said
    assert last.startswith("https://")


@pytest.mark.parametrize("call", ["@everyone", "@Here", "<!channel>", "<@U123>", "@room"])
def test_no_headline_calls_everyone_in_the_room(newsroom: Newsroom, call: str) -> None:
    newsroom.subscribe(channels.name(ROOM), channel=ROOM, every="hourly")
    newsroom.clock.pass_(minutes=10)
    newsroom.article(title=f"sanctuary policy {call} ana@allied.example")
    now = newsroom.clock.pass_(hours=1)
    with newsroom.engine.connect() as connection:
        digest = compose(connection, subscribers.every(connection)[0], newsroom.desk.beat, now)
    said = text(digest, "Valley Watch") + payloads.subject(digest, "", alert=True)
    assert call not in said
    assert call in said.replace("\u200b", "")
    assert "ana@allied.example" in said


def test_a_long_digest_becomes_parts_that_tell_each_story_once(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payloads, "LARGEST_JSON", 9_000)
    newsroom.subscribe(channels.name(HOOK), channel=HOOK, every="hourly")
    newsroom.clock.pass_(minutes=10)
    for number in range(40):
        newsroom.article(title=f"Story {number}")
    newsroom.clock.pass_(hours=1)
    counts = queue_due(newsroom.engine, newsroom.clock, newsroom.desk)
    with newsroom.engine.connect() as connection:
        rows = connection.execute(
            sa.select(outbox.c.key, messages.c.message)
            .join(messages, messages.c.mail_id == outbox.c.id)
            .order_by(outbox.c.id)
        ).all()
        marked = connection.execute(sa.select(alerted.c.mail_key)).scalars().all() if "mail_key" in alerted.c else []
    assert counts["queued"] == len(rows) > 1
    assert all(len(raw) <= 9_000 for _, raw in rows)
    assert [json.loads(raw)["id"] for _, raw in rows] == [key for key, _ in rows]
    assert [key.removeprefix(rows[0].key) for key, _ in rows] == ["", *(f":{n}" for n in range(2, len(rows) + 1))]
    titles = [story["title"] for _, raw in rows for story in json.loads(raw)["stories"]]
    assert sorted(titles) == sorted(f"Story {number}" for number in range(40))
    assert not marked or set(marked) == {key for key, _ in rows}
    newsroom.clock.pass_(hours=1)
    assert queue_due(newsroom.engine, newsroom.clock, newsroom.desk)["queued"] == 0


@pytest.mark.parametrize("alert", [False, True])
def test_a_service_with_little_room_gets_what_fits(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, alert: bool
) -> None:
    monkeypatch.setattr(payloads, "room", lambda _address: (20, 60))
    digest = composed(newsroom, ROOM)
    told = list(parts(digest, "Valley Watch", "k", alert=alert))
    words: list[dict[str, Any]] = [json.loads(raw) for _, _, raw in told]
    assert all(len(w["title"].encode()) <= 20 and len(w["body"].encode()) <= 60 for w in words)
    assert [mark for some, _, _ in told for mark in some.marks] == digest.marks


def test_an_alert_of_a_webhook_is_one(newsroom: Newsroom) -> None:
    digest = composed(newsroom, HOOK, every="immediately")
    body = json.loads(part(digest, "Valley Watch", "k", alert=True)[1])
    assert (body["type"], body["subject"]) == ("alert", "Council adopts sanctuary policy")


@pytest.mark.parametrize(
    ("given", "size", "expected"), [("abc", 3, "abc"), ("abcd", 3, "…"), ("ñandú corre", 8, "ñand…"), ("", 5, "")]
)
def test_a_cut_keeps_within_the_bytes_and_whole_letters(given: str, size: int, expected: str) -> None:
    assert cut(given, size) == expected
    assert len(cut(given, size).encode()) <= size
