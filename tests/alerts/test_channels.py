"""Channels by Apprise: real services' forms, posted to servers on loopback."""

import importlib.util
import json
import logging
import socket
from datetime import timedelta

import pytest

from alerts import channels as ways
from alerts.channels import ChannelTransport, objection, room
from alerts.transports import Reply
from monitor import channels
from monitor.store.outbox import Mail
from tests.alerts.test_outbox import Scripted
from tests.newsroom import NOON
from tests.receiver import Answer, Receiver

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")  # Apprise imports it
apprise = pytest.mark.skipif(
    importlib.util.find_spec("apprise") is None, reason="the extra `channels` is not installed"
)


def mail(
    address: str, title: str = "Valley Watch: 1 story", body: str = "Council <b>\n> *said*\nhttps://x.example/"
) -> Mail:
    words = json.dumps({"title": title, "body": body}).encode()
    return Mail(key="k1", kind="digest", recipient=channels.name(address), sender="", message_id="<k1@x.example>",
                message=words, expires=NOON + timedelta(days=2), channel=address)  # fmt: skip


def hand(address: str, **words: str) -> Reply:
    return ChannelTransport(Scripted()).deliver(mail(address, **words))


def test_webhooks_go_one_way_and_all_else_the_other() -> None:
    webhooks = Scripted()
    way = ChannelTransport(webhooks)
    assert way.deliver(mail("https://x.example/hook")).outcome == "sent"
    assert [key for key, _ in webhooks.got] == ["k1"]


@apprise
def test_a_message_is_handed_over_as_it_was_written() -> None:
    with Receiver(Answer(200, body=b"{}")) as receiver:
        assert hand(f"ntfy://127.0.0.1:{receiver.port}/watch") == Reply(outcome="sent", text="sent by Apprise")
    (got,) = receiver.posts
    told = json.loads(got.body)
    assert (told["topic"], told["title"]) == ("watch", "Valley Watch: 1 story")
    assert told["message"].strip() == "Council <b>\n> *said*\nhttps://x.example/"


@apprise
@pytest.mark.parametrize(
    ("answer", "outcome", "text"),
    [(Answer(503), "temporary", "not taken: HTTP 503"), (Answer(401), "temporary", "not taken: HTTP 401"),
     (Answer(302, {"Location": "/elsewhere"}), "temporary", "not taken: HTTP 302"),
     (Answer(how="close"), "unknown", "no answer that Apprise can read")],
)  # fmt: skip
def test_what_a_service_answers(answer: Answer, outcome: str, text: str) -> None:
    with Receiver(answer) as receiver:
        reply = hand(f"json://127.0.0.1:{receiver.port}/secret-path")
    assert (reply.outcome, reply.text) == (outcome, text)
    assert len(receiver.posts) == 1


@apprise
def test_a_service_that_is_not_there_is_temporary_and_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with caplog.at_level(logging.DEBUG):
        reply = hand(f"json://user:hush@127.0.0.1:{port}/secret-path")
    assert reply == Reply(outcome="temporary", text="not taken: no connection")
    assert "secret-path" not in caplog.text
    assert "hush" not in caplog.text


@apprise
@pytest.mark.parametrize("address", ["nosuch://x/y", "slack://too/short", "tgram://short"])
def test_an_address_that_apprise_cannot_use_is_told_without_showing_it(address: str) -> None:
    said = objection(address)
    assert "no address that Apprise can use" in said
    assert "short" not in said
    assert hand(address).outcome == "temporary"


@apprise
@pytest.mark.parametrize(
    "address",
    ["ntfy://ntfy.sh/topic", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general",
     "matrixs://user:pass@matrix.example/#room", "tgram://123456789:ABCdefghijkl_mnopqrst-uvwxyz01234567/12315544/",
     "workflows://prod-1.example.org:443/643d24f0f3bb4a5f/DdVQ0wXQkhLWA5bLkEfQ/"],
)  # fmt: skip
def test_the_services_of_the_documentation_are_known_and_have_room(address: str) -> None:
    assert objection(channels.address(address)) == ""
    title, body = room(address)
    assert 1 <= title <= 200
    assert 800 <= body <= ways.LONGEST


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert objection("ntfy://ntfy.sh/topic") == "needs the extra `channels`: pip install 'newswatch[channels]'"
    assert objection("https://x.example/hook") == ""
    assert room("ntfy://ntfy.sh/topic") == (200, ways.LONGEST)
    reply = hand("ntfy://ntfy.sh/topic")
    assert (reply.outcome, reply.text) == ("temporary", "needs the extra `channels`: pip install 'newswatch[channels]'")
