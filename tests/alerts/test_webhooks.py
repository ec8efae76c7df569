"""Webhooks: signed posts to real servers on loopback, and what follows from their answers."""

import base64
import hashlib
import hmac
import json
import socket
import ssl
import time
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from alerts.outbox import send_due
from alerts.transports import Reply
from alerts.webhooks import WebhookTransport, secret, signature
from monitor import channels
from monitor.addresses import AddressGuard
from monitor.store import outbox, subscribers
from monitor.store.outbox import Mail
from tests.alerts.test_outbox import Scripted, due, states
from tests.newsroom import NOON, TOPICS, Newsroom, SetClock
from tests.receiver import Answer, Receiver

HERE = AddressGuard(["127.0.0.0/8"])
BODY = '{"id": "k1", "subject": "ñ"}'.encode()


def mail(address: str) -> Mail:
    return Mail(
        key="k1", kind="digest", recipient=channels.name(address), sender="", message_id="<k1@x.example>", message=BODY,
        expires=NOON + timedelta(days=2), channel=address,
    )  # fmt: skip


def post(address: str, guard: AddressGuard = HERE, timeout: float = 5, keys: tuple[str, ...] = ("old", "new")) -> Reply:
    return WebhookTransport(keys, guard, SetClock(), timeout).deliver(mail(address))


def test_the_signature_is_the_one_that_standard_webhooks_give_as_their_example() -> None:
    key, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    found = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_delivery_is_one_post_with_its_id_time_and_a_signature_for_each_key() -> None:
    with Receiver() as receiver:
        address = receiver.url("/hook/ñ?key=a%20b")
        assert post(address).outcome == "sent"
    (got,) = receiver.posts
    assert got.path == "/hook/%C3%B1?key=a%20b"
    assert got.body == BODY
    assert got.headers["content-type"] == "application/json"
    assert (got.headers["webhook-id"], got.headers["webhook-timestamp"]) == ("k1", str(int(NOON.timestamp())))
    signed = f"k1.{int(NOON.timestamp())}.".encode() + BODY
    for key, given in zip(("new", "old"), got.headers["webhook-signature"].split(" "), strict=True):
        raw = base64.b64decode(secret(key, address).removeprefix("whsec_"))
        assert given == "v1," + base64.b64encode(hmac.new(raw, signed, hashlib.sha256).digest()).decode()


def test_each_receiver_has_a_secret_of_its_own() -> None:
    assert (
        len({secret("k", "https://a.example/"), secret("k", "https://b.example/"), secret("l", "https://a.example/")})
        == 3
    )


def test_a_password_in_the_address_is_sent_as_one() -> None:
    with Receiver() as receiver:
        post(receiver.url().replace("://", "://ana:p%40ss@"))
    assert base64.b64decode(receiver.posts[0].headers["authorization"].removeprefix("Basic ")) == b"ana:p@ss"


@pytest.mark.parametrize(
    ("answer", "outcome", "after"),
    [(Answer(200), "sent", None), (Answer(202), "sent", None), (Answer(299), "sent", None),
     (Answer(301, {"Location": "/elsewhere"}), "failed", None), (Answer(307, {"Location": "/elsewhere"}), "failed", None),
     (Answer(400), "failed", None), (Answer(401), "failed", None), (Answer(404), "failed", None),
     (Answer(410), "gone", None), (Answer(408), "temporary", None), (Answer(425), "temporary", None),
     (Answer(429), "temporary", None), (Answer(429, {"Retry-After": "120"}), "temporary", 120.0),
     (Answer(503, {"Retry-After": "Tue, 24 Nov 2026 20:10:00 GMT"}), "temporary", 600.0),
     (Answer(503, {"Retry-After": "Tue, 24 Nov 2026 19:10:00 GMT"}), "temporary", 0.0),
     (Answer(503, {"Retry-After": "soon"}), "temporary", None), (Answer(429, {"Retry-After": "-5"}), "temporary", None),
     (Answer(500), "temporary", None), (Answer(599), "temporary", None),
     (Answer(how="close"), "unknown", None)],
)  # fmt: skip
def test_what_an_answer_means(answer: Answer, outcome: str, after: float | None) -> None:
    with Receiver(answer) as receiver:
        reply = post(receiver.url())
    assert (reply.outcome, reply.after) == (outcome, after)
    assert len(receiver.posts) == 1  # no redirect is followed, nothing is tried twice


def test_the_body_of_an_answer_is_not_read() -> None:
    with Receiver(Answer(200, {"Content-Length": "1000000000000"}, b"x")) as receiver:
        assert post(receiver.url()).outcome == "sent"


@pytest.mark.parametrize(("how", "expected"), [("drip", "unknown: no answer in time"), ("drip-header", "sent: 200 OK")])
def test_a_server_that_takes_its_time_is_given_no_more_than_there_is(how: str, expected: str) -> None:
    begun = time.monotonic()
    with Receiver(Answer(200, how=how)) as receiver:
        reply = post(receiver.url(), timeout=0.5)
    assert f"{reply.outcome}: {reply}" == expected
    assert time.monotonic() - begun < 3


def test_a_server_that_never_answers_leaves_it_unknown() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        reply = post(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.5)
    assert (reply.outcome, reply.text) == ("unknown", "no answer in time")


def test_a_handshake_that_never_comes_is_temporary() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        reply = post(f"https://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.5)
    assert (reply.outcome, reply.text) == ("temporary", "no answer in time")


def test_a_server_that_is_not_there_is_temporary() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    reply = post(f"http://127.0.0.1:{port}/secret")
    assert (reply.outcome, reply.code, reply.text) == ("temporary", 0, "Connection refused")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0"])
def test_a_private_address_is_not_connected_to_however_it_is_written(host: str) -> None:
    with Receiver() as receiver:
        reply = post(f"http://{host}:{receiver.port}/secret?token=abc", AddressGuard())
    assert reply.outcome == "temporary"
    assert "crawl.allow_networks" in reply.text
    assert "secret" not in reply.text
    assert receiver.posts == []


def test_the_address_that_was_looked_at_is_the_one_that_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80))]] * 2)
    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **_: (asked.append(a), next(answers))[1])
    reply = post("http://rebinding.example/")
    assert "private address refused: rebinding.example is 10.0.0.1" in reply.text
    assert len(asked) == 1


def test_a_certificate_is_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with Receiver(tls=tls) as receiver:
        reply = post(receiver.url())
        assert reply.outcome == "temporary"
        assert "certificate" in reply.text
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert post(receiver.url()).outcome == "sent"
    assert len(receiver.posts) == 1


# Through the outbox.


def watched(newsroom: Newsroom, address: str, **settings: object) -> None:
    newsroom.subscribe(channels.name(address), channel=address, every="hourly", **settings)
    newsroom.clock.pass_(minutes=10)


def send(newsroom: Newsroom, mails: Scripted | None = None) -> dict[str, int]:
    way = WebhookTransport(("old", "new"), HERE, newsroom.clock, 2)
    return dict(send_due(newsroom.engine, newsroom.clock, mails or Scripted(), channels=way))


def queue(newsroom: Newsroom, **span: float) -> None:
    from alerts.cycle import queue_due

    newsroom.clock.pass_(**span)
    queue_due(newsroom.engine, newsroom.clock, newsroom.desk)


def test_a_digest_is_posted_once_and_told_once(newsroom: Newsroom) -> None:
    with Receiver() as receiver:
        watched(newsroom, receiver.url())
        newsroom.article(title="Council adopts sanctuary policy")
        queue(newsroom, hours=1)
        mails = Scripted()
        assert send(newsroom, mails)["sent"] == 1
        queue(newsroom, hours=1)
        assert send(newsroom)["sent"] == 0
    assert mails.got == []  # no mail goes out for it
    (got,) = receiver.posts
    told = json.loads(got.body)
    assert got.headers["webhook-id"] == told["id"]
    assert [story["title"] for story in told["stories"]] == ["Council adopts sanctuary policy"]


def test_what_may_have_arrived_is_sent_again_with_the_same_id_and_bytes(newsroom: Newsroom) -> None:
    with Receiver(Answer(how="close"), Answer(503), Answer(204)) as receiver:
        watched(newsroom, receiver.url())
        newsroom.article()
        queue(newsroom, hours=1)
        for _ in range(4):
            send(newsroom)
            queue(newsroom, minutes=8)
    assert len(receiver.posts) == 3
    assert len({(got.headers["webhook-id"], got.body) for got in receiver.posts}) == 1
    assert len({got.headers["webhook-signature"] for got in receiver.posts}) == 3  # each has the time of its try
    assert states(newsroom.engine) == ["sent"]


@pytest.mark.parametrize(("asked", "seconds"), [("600", 600), ("0", 60), ("999999999", 7_200)])
def test_retry_after_is_heeded_within_bounds_and_holds_for_all_that_waits(
    newsroom: Newsroom, asked: str, seconds: int
) -> None:
    with Receiver(Answer(429, {"Retry-After": asked})) as receiver:
        watched(newsroom, receiver.url())
        with newsroom.engine.begin() as connection:
            (subscriber,) = subscribers.every(connection)
            for key in ("a", "b"):
                outbox.queue(connection, Mail(key=key, kind="digest", recipient=channels.name(receiver.url()), sender="",
                             message_id="", message=b"{}", expires=NOON + timedelta(days=2),
                             subscription_id=subscriber.id), newsroom.clock.now())  # fmt: skip
        assert send(newsroom)["deferred"] == 2
        assert len(receiver.posts) == 1
    assert due(newsroom.engine) == newsroom.clock.now() + timedelta(seconds=seconds)


def test_a_final_no_is_not_tried_again(newsroom: Newsroom) -> None:
    with Receiver(Answer(404)) as receiver:
        watched(newsroom, receiver.url())
        newsroom.article()
        queue(newsroom, hours=1)
        assert send(newsroom)["failed"] == 1
        queue(newsroom, hours=3)
        send(newsroom)
    assert len(receiver.posts) == 1


def test_a_receiver_that_is_gone_gets_nothing_more(newsroom: Newsroom) -> None:
    with Receiver(Answer(410)) as receiver:
        watched(newsroom, receiver.url())
        newsroom.article()
        queue(newsroom, hours=1)
        assert send(newsroom)["failed"] == 1
        newsroom.article(title="Second")
        queue(newsroom, hours=1)
        send(newsroom)
    assert len(receiver.posts) == 1
    with newsroom.engine.connect() as connection:
        assert [s.state for s in subscribers.every(connection)] == ["suppressed"]


def test_dead_receivers_are_tried_once_a_pass_and_hold_up_nobody(newsroom: Newsroom) -> None:
    with Receiver() as alive, socket.create_server(("127.0.0.1", 0)) as gone:
        dead = [f"http://127.0.0.1:{gone.getsockname()[1]}/{number}" for number in range(4)]
        gone.close()
        for address in (*dead, alive.url()):
            newsroom.subscribe(channels.name(address), channel=address, every="immediately")
            with newsroom.engine.begin() as connection:  # the next seed leaves it in
                subscribers.set_state(connection, subscribers.every(connection)[-1].id, "active")
        newsroom.subscribe("ana@example.org", every="immediately")
        newsroom.clock.pass_(minutes=10)
        for title in ("One", "Two", "Three", "Four"):
            newsroom.article(title=title)
        queue(newsroom, minutes=1)
        mails = Scripted()
        counts = send(newsroom, mails)
    assert (counts["sent"], counts["deferred"]) == (8, 16)
    assert (len(mails.got), len(alive.posts)) == (4, 4)
    with newsroom.engine.connect() as connection:
        assert sorted(m.attempts for m in outbox.mails(connection, "ready")) == [0] * 12 + [1] * 4


def test_what_was_given_up_untold_is_told_by_the_next_digest(newsroom: Newsroom) -> None:
    with Receiver(Answer(500)) as receiver:
        watched(newsroom, receiver.url())
        newsroom.article(title="Council adopts sanctuary policy")
        queue(newsroom, hours=1)
        send(newsroom)
        newsroom.clock.pass_(hours=47, minutes=58)
        assert send(newsroom)["failed"] == 1
        receiver.answers = [Answer(200)]
        queue(newsroom, hours=1)
        assert send(newsroom)["sent"] == 1
    first, *_, last = receiver.posts
    assert first.headers["webhook-id"] != last.headers["webhook-id"]
    assert json.loads(last.body)["stories"][0]["title"] == "Council adopts sanctuary policy"


def test_topics_are_those_that_were_chosen(newsroom: Newsroom) -> None:
    with Receiver() as receiver:
        watched(newsroom, receiver.url(), topics=("stockton",))
        newsroom.article(title="Council adopts sanctuary policy")
        queue(newsroom, hours=1)
        assert send(newsroom)["sent"] == 0
    assert "stockton" in TOPICS
