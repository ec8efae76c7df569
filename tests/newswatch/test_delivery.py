"""The commands of delivery: subscribers, digest, outbox, bounces, mail."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from monitor.store import outbox
from newswatch.cli import newswatch
from newswatch.cli import run as newswatch_run
from tests.newsroom import Newsroom
from tests.newswatch.conftest import ROOT, stored

Run = Callable[..., Result]


@pytest.fixture
def run(place: Path) -> Run:
    """Run a command in a configuration of its own."""

    def run_(*arguments: str, exit_code: int = 0, stdin: str = "") -> Result:
        command = list(arguments)
        command[2:2] = ["--config", str(place)]
        result = CliRunner().invoke(newswatch, command, input=stdin, standalone_mode=False, catch_exceptions=True)
        code = 2 if result.exception else result.return_value or 0
        assert code == exit_code, (result.output, result.exception)
        return result

    return run_


def found(place: Path, *titles: str) -> None:
    """KVLY has these stories, found a second from now."""
    with stored(place) as engine:
        room = Newsroom(engine=engine)
        room.clock.time = datetime.now(UTC) + timedelta(seconds=1)
        for title in titles:
            room.article("KVLY", title=title)


def later(**span: float) -> str:
    """A time to run at."""
    return f"{datetime.now(UTC) + timedelta(**span):%Y-%m-%dT%H:%M:%SZ}"


def parsed(result: Result) -> Any:
    """Its stdout as JSON."""
    return json.loads(result.stdout)


def test_a_digest_is_previewed_sent_and_listed(run: Run, place: Path) -> None:
    run("digest", "send", "--json")
    found(place, "Bridge")
    at = later(minutes=61)
    assert "*sanctuary jurisdiction*" in run("digest", "preview", "--at", at, "--text").stdout
    sent = parsed(run("digest", "send", "--json", "--at", at))
    assert sent == {"queued": 1, "sent": 1, "deferred": 0, "failed": 0, "cancelled": 0}
    listed = parsed(run("outbox", "list", "--json"))
    assert listed["sent"] == 1
    assert set(listed["messages"][0]) == {"id", "to", "state", "attempts", "due", "reply"}
    assert "Sanctuary policy" in run("outbox", "show", "1").stdout
    assert parsed(run("outbox", "show", "1", "--json"))["headers"]["To"] == "ana@example.org"
    assert len(list((place / "outbox").glob("digest-*.eml"))) == 1
    assert parsed(run("outbox", "flush", "--json"))["sent"] == 0
    assert parsed(run("outbox", "retry", "--json")) == {"ready": 0}
    unknown = run("outbox", "retry", "999", exit_code=2)
    assert "there is no mail 999 in the outbox" in str(unknown.exception)


def test_subscribers_come_change_and_go(run: Run) -> None:
    run("subscribers", "add", "bea@Example.org", "--topic", "Sanctuary policy", "--every", "weekly", "--day", "friday")
    assert run("subscribers", "list").stdout.split() == ["bea@example.org", "active", "weekly", "friday", "07:30", "UTC",
                                                         "Sanctuary", "policy"]  # fmt: skip
    run("subscribers", "add", "bea@example.org", "--every", "daily", "--at", "06:15")
    run("subscribers", "add", "x", exit_code=2)
    run("subscribers", "add", "cy@example.org", "--topic", "Sanctuary polcy", exit_code=2)
    rows = parsed(run("subscribers", "list", "--json"))["subscribers"]
    assert [(row["email"], row["every"], row["at"]) for row in rows] == [("bea@example.org", "daily", "06:15")]
    exported = run("subscribers", "export").stdout
    assert exported.splitlines()[1] == "bea@example.org,all,daily,06:15,monday,UTC,nothing"
    run("subscribers", "remove", "bea@example.org")
    assert parsed(run("subscribers", "list", "--json"))["subscribers"][0]["state"] == "unsubscribed"
    run("subscribers", "erase", "bea@example.org")
    run("subscribers", "import", "-", stdin=exported)
    assert parsed(run("subscribers", "list", "--json"))["subscribers"][0]["state"] == "active"
    assert parsed(run("subscribers", "export", "bea@example.org"))["mails"] == []


def test_mail_is_tried_and_bounces_are_read(run: Run, place: Path) -> None:
    assert run("mail", "test", "me@example.org").stdout.startswith("sent: ")
    assert parsed(run("mail", "test", "me@example.org", "--json"))["outcome"] == "sent"
    (place / "box").mkdir()
    (place / "box" / "1.eml").write_text("From: a@b.example\nSubject: hello\n\nhello\n")
    assert parsed(run("bounces", "read", str(place / "box"), "--json")) == [
        {"file": "1.eml", "recipient": "", "kind": "not_bounce"}
    ]


def test_domains_beyond_ascii_and_an_address_for_bounces(run: Run, place: Path) -> None:
    (place / "newswatch.yaml").write_text(
        "mail: {from: 'Bücher-Wache <alerts@bücher.example>', bounces: 'zurück@x.example', transport: 'file:outbox/'}\n"
    )
    with pytest.raises(AssertionError, match=r"mail\.bounces: is not a mail address"):
        run("mail", "test", "me@example.org")
    (place / "newswatch.yaml").write_text(
        "mail: {from: 'Bücher-Wache <alerts@bücher.example>', bounces: 'back@rück.example', transport: 'file:outbox/'}\n"
    )
    run("mail", "test", "me@straße.example")
    (file,) = (place / "outbox").glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["From"] == "Bücher-Wache <alerts@xn--bcher-kva.example>"
    assert mail["To"] == "me@xn--strae-oqa.example"
    run("subscribers", "add", "cy@example.org", "--every", "hourly")
    run("digest", "send")
    found(place, "Bridge")
    run("digest", "send", "--at", later(days=1))
    with stored(place) as engine, engine.connect() as connection:
        senders = {mail.sender for mail in outbox.mails(connection)}
    assert {re.sub(r"\+\d+-[a-z2-7]{16}@", "+TOKEN@", sender) for sender in senders} == {
        "back+TOKEN@xn--rck-hoa.example"
    }


KILLED = """
import os, signal, sys
import sqlalchemy as sa
left = int(sys.argv.pop(1))
def stage(_connection):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
sa.event.listen(sa.Engine, "begin", stage)
sa.event.listen(sa.Engine, "commit", stage)
from newswatch.cli import main
main(sys.argv[1:])
"""


@pytest.mark.slow
def test_killed_before_or_after_any_transaction_each_story_is_told_once(run: Run, place: Path) -> None:
    run("digest", "send")
    found(place, "Bridge", "Ferry")
    due = datetime.now(UTC) + timedelta(minutes=61)
    for stage in range(100):
        copy = place.with_name(f"{place.name}-{stage}")
        shutil.copytree(place, copy)
        at = ["--config", str(copy), "--at"]
        command = [sys.executable, "-c", KILLED, str(stage), "digest", "send", *at, due.isoformat()]
        done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
        for minutes in (1, 30):
            assert newswatch_run(["digest", "send", *at, (due + timedelta(minutes=minutes)).isoformat()]) == 0
        mails = [path.read_text() for path in (copy / "outbox").glob("*.eml")]
        assert [(mail.count("\nBridge\n"), mail.count("\nFerry\n")) for mail in mails] == [(1, 1)], stage
        if done.returncode == 0:
            break
    assert stage > 8


def test_mails_are_signed_where_a_key_is_named(run: Run, place: Path) -> None:
    pytest.importorskip("nacl", reason="the extra `dkim` is not installed")
    (place / "newswatch.yaml").write_text(
        (place / "newswatch.yaml").read_text().replace("}", ", dkim: {selector: s1}}")
    )
    assert "newswatch.yaml: mail.dkim: " in run("check").stderr
    refused = run("mail", "test", "me@example.org", exit_code=2)
    assert str(refused.exception) == f"newswatch.yaml: mail.dkim: {place / 'dkim.pem'}: No such file or directory"
    (place / "dkim.pem").write_text(base64.b64encode(bytes(range(32))).decode())
    (place / "dkim.pem").chmod(0o600)
    assert "dkim" not in run("check").stderr
    run("mail", "test", "me@example.org")
    (path,) = (place / "outbox").glob("*.eml")
    assert path.read_bytes().startswith(b"DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.org;")
