"""Channels by command: their addresses are secrets, and a killed sender loses and adds nothing."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from alerts.webhooks import secret, signature
from monitor import channels
from monitor.store import subscribers
from newswatch.cli import newswatch
from tests.newswatch.conftest import ROOT, stored
from tests.newswatch.test_delivery import Run, found, parsed
from tests.newswatch.test_delivery import run as run
from tests.receiver import Answer, Receiver

HIDDEN = "s3cret-path"


def configured(folder: Path, address: str) -> str:
    """A configuration whose one subscriber is a channel; its name."""
    (folder / "subscribers.yaml").write_text(f"subscribers: [{{to: '{address}', every: hourly}}]\n")
    (folder / "newswatch.yaml").write_text(
        "mail: {from: 'Valley Watch <alerts@example.org>', transport: 'file:outbox/'}\n"
        "crawl: {allow_networks: [127.0.0.0/8]}\n"
    )
    return channels.name(address)


def test_a_webhook_hears_of_what_is_found_and_can_verify_it(run: Run, place: Path) -> None:
    with Receiver() as receiver:
        name = configured(place, receiver.url(f"/{HIDDEN}"))
        run("digest", "send")
        found(place, "Bridge")
        at = (datetime.now(UTC) + timedelta(hours=1, minutes=1)).isoformat()
        assert parsed(run("digest", "send", "--json", "--at", at))["sent"] == 1
        key = parsed(run("subscribers", "secret", name, "--json"))["secret"]
        assert run("subscribers", "secret", receiver.url(f"/{HIDDEN}")).stdout == f"{key}\n"
    (got,) = receiver.posts
    stamp = int(got.headers["webhook-timestamp"])
    assert signature(key, got.headers["webhook-id"], stamp, got.body) == got.headers["webhook-signature"]
    assert secret((place / "keys.txt").read_text().strip(), receiver.url(f"/{HIDDEN}")) == key
    shown = parsed(run("outbox", "show", "1", "--json"))
    assert (shown["to"], shown["headers"]) == (name, {})
    assert json.loads(shown["text"]) == json.loads(got.body)


def test_the_address_is_shown_by_no_command(run: Run, place: Path) -> None:
    with Receiver(Answer(500)) as receiver:
        address = receiver.url(f"/{HIDDEN}?token={HIDDEN}")
        name = configured(place, address)
        run("digest", "send")
        found(place, "Bridge")
        at = (datetime.now(UTC) + timedelta(hours=1, minutes=1)).isoformat()
        said = [
            run("digest", "preview", name), run("digest", "preview", address), run("digest", "send", "-vv", "--at", at),
            run("subscribers", "list"), run("subscribers", "list", "--json"),
            run("subscribers", "export"), run("subscribers", "export", "--json"), run("subscribers", "export", name),
            run("subscribers", "add", address, "--every", "daily"), run("subscribers", "add", "-", "--json", stdin=f"{address}\n"),
            run("outbox", "list"), run("outbox", "list", "--json"), run("outbox", "show", "1"),
            run("subscribers", "remove", address), run("subscribers", "secret", name), run("subscribers", "erase", address),
        ]  # fmt: skip
    assert len(receiver.posts) == 1
    for result in said:
        assert HIDDEN not in result.output
    assert name in said[3].stdout
    assert said[5].stdout == "email,topics,every,at,day,time_zone,empty\n"
    assert "1 channel left out" in said[5].stderr
    row = parsed(said[4])["subscribers"][0]
    assert (row["email"], row["channel"], row["state"]) == ("", name, "active")
    assert f"{name} is subscribed" in said[8].stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("add", f"http://:80/{HIDDEN}"), "names no host"), (("add", f"nosuch://{HIDDEN}/{HIDDEN}"), "channel's address"),
     (("add", f"mailto://{HIDDEN}"), "write email: instead"), (("add", f"https://x.example/{HIDDEN}", "--at", "99:99"), "local time"),
     (("remove", f"https://x.example/{HIDDEN}"), "webhook:x.example:"), (("secret", "ana@example.org"), "no webhook"),
     (("erase", f"https://x.example/{HIDDEN}"), "nothing is held about webhook:x.example:")],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")
def test_an_error_says_what_is_wrong_and_shows_no_address(run: Run, arguments: tuple[str, ...], words: str) -> None:
    run("digest", "send")
    result = run("subscribers", *arguments, exit_code=2)
    assert words in str(result.exception)
    assert HIDDEN not in repr(result.exception) + result.output
    assert result.exception is not None
    assert result.exception.__cause__ is None or HIDDEN not in repr(result.exception.__cause__)


def test_channels_are_imported_and_never_written(run: Run, place: Path) -> None:
    run("subscribers", "import", "-", stdin=f"to,every\nhttps://x.example/{HIDDEN},hourly\n")
    with stored(place) as engine, engine.connect() as connection:
        wishes = [s.subscription for s in subscribers.every(connection) if s.subscription.channel]
    assert [(w.channel, w.every) for w in wishes] == [(f"https://x.example/{HIDDEN}", "hourly")]


def test_check_names_a_channel_that_cannot_be_reached(run: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda *_: None)
    name = configured(place, f"ntfy://ntfy.sh/{HIDDEN}")
    result = CliRunner().invoke(newswatch, ["check", "--config", str(place)], standalone_mode=False)
    assert result.return_value == 1
    assert f"subscribers.yaml: {name} needs the extra `channels`: pip install 'newswatch[channels]'" in result.stderr
    assert HIDDEN not in result.output


def test_killed_while_the_receiver_thinks_it_sends_the_same_again(run: Run, place: Path) -> None:
    with Receiver(Answer(how="drip"), Answer(how="drip"), Answer(204)) as receiver:
        configured(place, receiver.url())
        run("digest", "send")
        found(place, *(f"Story {number}" for number in range(3)))
        later = datetime.now(UTC) + timedelta(hours=1, minutes=1)
        command = [sys.executable, "-m", "newswatch", "digest", "send", "--config", str(place), "--at"]
        for kill in (1, 2):
            at = (later + timedelta(seconds=kill)).isoformat()  # its clock begins there: the second is no earlier
            sender = subprocess.Popen(
                [*command, at], env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL
            )
            until = time.monotonic() + 30
            while len(receiver.posts) < kill and time.monotonic() < until:
                time.sleep(0.02)
            sender.send_signal(signal.SIGKILL)
            sender.wait()
            assert len(receiver.posts) == kill
        for minutes in (1, 10):
            run("digest", "send", "--at", (later + timedelta(minutes=minutes)).isoformat())
    assert len(receiver.posts) == 3  # one a kill, and the one that was answered
    assert len({(got.headers["webhook-id"], got.body) for got in receiver.posts}) == 1
    assert sorted(story["title"] for story in json.loads(receiver.posts[-1].body)["stories"]) == [
        "Story 0", "Story 1", "Story 2",
    ]  # fmt: skip


def test_a_channel_is_tried_by_its_address_or_name(run: Run, place: Path) -> None:
    with Receiver(Answer(204), Answer(204), Answer(404)) as receiver:
        name = configured(place, receiver.url(f"/{HIDDEN}"))
        run("digest", "send")
        for whose, code in ((receiver.url(f"/{HIDDEN}"), 0), (name, 0), (name, 1)):
            result = run("mail", "test", whose, exit_code=code)
            assert HIDDEN not in result.output
        assert "404 Not Found" in result.stdout
    told = json.loads(receiver.posts[0].body)
    assert told["site"] == "newswatch (test)"
    assert receiver.posts[0].headers["webhook-id"].startswith("test:")
    assert "is not subscribed" in str(run("mail", "test", "ntfy:0123456789", exit_code=2).exception)
    assert "names no host" in str(run("mail", "test", "https://:80/x", exit_code=2).exception)
    assert "is not a mail address" in str(run("mail", "test", "nobody", exit_code=2).exception)


@pytest.mark.skipif(importlib.util.find_spec("apprise") is None, reason="the extra `channels` is not installed")
@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")
def test_a_service_of_apprise_is_told_once_however_often_it_fails_first(run: Run, place: Path) -> None:
    with Receiver(Answer(503), Answer(how="close"), Answer(200, body=b"{}")) as receiver:
        configured(place, f"ntfy://127.0.0.1:{receiver.port}/{HIDDEN}")
        run("digest", "send")
        found(place, "Bridge")
        later = datetime.now(UTC) + timedelta(hours=1, minutes=1)
        for minutes in (0, 10, 20, 30):
            assert (
                HIDDEN
                not in run("digest", "send", "-vv", "--at", (later + timedelta(minutes=minutes)).isoformat()).output
            )
    assert len(receiver.posts) == 3
    (told,) = {(words["title"], words["message"]) for words in (json.loads(got.body) for got in receiver.posts)}
    assert told[0] == "newswatch: 1 story on Sanctuary policy"
    assert told[1].startswith("Bridge\nKVLY · ")
