import json
import os
import re
from pathlib import Path

import pytest

from alerts import cycle
from tests.newsroom import NOON

both = pytest.mark.parametrize("store_url", ["sqlite", "postgresql"], indirect=True)
DATA = Path(os.environ.get("NEWSWATCH_DATA") or Path(__file__).parents[4] / "shared" / "data")
TABLE = DATA / "adversarial" / "tables" / "unsubscribe.jsonl"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def ana(newsroom):
    newsroom.subscribe("ana@example.org")


def test_opening_the_link_changes_nothing_and_shows_a_button(site):
    answer = site.get(site.leave())
    assert answer.status == 200
    assert '<button name="unsubscribe" value="yes">' in answer.text
    assert site.subscriber().state == "active"


@pytest.mark.parametrize("send", ["post", "post_multipart"])
@both
def test_one_click_ends_the_subscription_without_a_redirect_and_again_does_no_harm(site, send):
    for _ in range(2):
        answer = getattr(site, send)(site.leave(), ONE_CLICK)
        assert answer.status == 200
        assert "location" not in answer.headers
        assert "set-cookie" not in answer.headers
        assert site.subscriber().state == "unsubscribed"
    assert "You are unsubscribed" in site.get(site.leave()).heading


@pytest.mark.skipif(not TABLE.exists(), reason="the adversarial data is not here")
def test_the_table_of_requests(site, newsroom):
    rows = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
    assert rows
    for number, row in enumerate(rows):
        address = f"row{number}@example.org"
        newsroom.subscribe(address)
        link = site.leave(address)
        if "one char changed" in row["req"]:
            link = link[:-3] + ("A" if link[-3] != "A" else "B") + link[-2:]
        for _ in range(2 if "twice" in row["req"] else 1):
            answer = site.get(link) if row["req"].startswith("GET") else site.post(link, ONE_CLICK)
            assert re.fullmatch(str(row["status"]).replace("x", r"\d"), str(answer.status)), row
        state = "unsubscribed" if row["effect"].startswith("unsubscribed") else "active"
        assert site.subscriber(address).state == state, row
        if "button" in row["effect"]:
            assert "<button" in answer.text


def test_the_button_ends_the_subscription(site):
    assert site.post(site.leave(), {"unsubscribe": "yes"}).status == 200
    assert site.subscriber().state == "unsubscribed"


@both
def test_the_link_of_somebody_long_gone_still_answers(site, newsroom):
    from monitor.store import subscribers

    link = site.leave()
    with newsroom.engine.begin() as connection:
        subscribers.erase(connection, subscribers.find(connection, "ana@example.org").id)
    assert site.post(link, ONE_CLICK).status == 200
    assert site.get(link).status == 200


@both
def test_the_number_of_an_erased_subscriber_does_not_come_again(site, newsroom):
    from monitor.store import subscribers

    link = site.leave()
    with newsroom.engine.begin() as connection:
        subscribers.erase(connection, subscribers.find(connection, "ana@example.org").id)
    newsroom.subscribe("ben@example.org")
    assert site.post(link, ONE_CLICK).status == 200
    assert site.subscriber("ben@example.org").state == "active"


def test_a_token_with_any_one_character_changed_does_nothing(site):
    link = site.leave()
    start = link.rindex("/") + 1
    for place in range(start, len(link)):
        for other in "A", "B", "_", ".":
            if link[place] != other:
                changed = link[:place] + other + link[place + 1 :]
                assert 400 <= site.post(changed, ONE_CLICK).status < 500
    assert site.get(link[:-1] + "~").status == 404
    assert site.subscriber().state == "active"


def test_a_token_for_something_else_does_nothing(site):
    token = site.preferences().rpartition("/")[2]
    assert site.post(f"/unsubscribe/{token}", ONE_CLICK).status == 404
    assert site.subscriber().state == "active"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"List-Unsubscribe=one-click", "application/x-www-form-urlencoded"),
        (b"List-Unsubscribe=One-Click&List-Unsubscribe=No", "application/x-www-form-urlencoded"),
        (b"unsubscribe=no", "application/x-www-form-urlencoded"),
        (b"confirm=yes", "application/x-www-form-urlencoded"),
        (b"%", "application/x-www-form-urlencoded"),
        (b"\x00\xff=&&&=;", "application/x-www-form-urlencoded"),
        (b'{"List-Unsubscribe": "One-Click"}', "application/json"),
        (b"List-Unsubscribe=One-Click", "text/plain"),
        (b"List-Unsubscribe=One-Click", ""),
        (b"List-Unsubscribe=One-Click", "multipart/form-data"),
        (b"garbage", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-C", "multipart/form-data; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"; filename="a"\r\n\r\nOne-Click\r\n--x--\r\n',
         "multipart/form-data; boundary=x"),
        (b"List-Unsubscribe=One-Click&x=" + b"y" * 300_000, "application/x-www-form-urlencoded"),
    ],
)  # fmt: skip
def test_anything_else_that_is_sent_is_refused_and_changes_nothing(site, body, kind):
    answer = site.request("POST", site.leave(), body, {"Content-Type": kind} if kind else {})
    assert 400 <= answer.status < 500
    assert site.subscriber().state == "active"


def test_the_words_in_the_address_are_no_form(site):
    assert site.get(site.leave() + "?List-Unsubscribe=One-Click").status == 200
    assert site.post(site.leave() + "?List-Unsubscribe=One-Click").status == 400
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert site.request(method, site.leave()).status == 405
    assert site.request("HEAD", site.leave()).status == 200
    assert site.subscriber().state == "active"


def test_keys_rotate_and_links_never_expire(site, newsroom):
    link = site.leave()
    newsroom.clock.pass_(days=4_000)
    site.keys = ("old", "new", "newer")
    assert site.leave() != link
    assert site.post(link, ONE_CLICK).status == 200
    assert site.subscriber().state == "unsubscribed"
    assert newsroom.clock.now() > NOON


def test_the_link_in_a_digest_is_the_served_one(site, newsroom):
    newsroom.article()
    newsroom.clock.pass_(days=1)
    desk = type(newsroom.desk)(beat=newsroom.desk.beat, head=site.head())
    assert cycle.queue_due(newsroom.engine, newsroom.clock, desk)["queued"] == 1
    from alerts import outbox
    from alerts.transports import FileTransport

    outbox.send_due(newsroom.engine, newsroom.clock, FileTransport(site.folder))
    (digest,) = site.mails(1)
    assert digest["List-Unsubscribe"] == f"<{site.leave()}>"
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in "plain", "html":
        assert site.preferences() in digest.get_body((kind,)).get_content()
    assert site.post(digest["List-Unsubscribe"].strip("<>"), ONE_CLICK).status == 200
    assert site.subscriber().state == "unsubscribed"
