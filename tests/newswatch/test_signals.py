"""SIGTERM and Ctrl-C end every command cleanly: a line, a code, no traceback, no lock, no process left."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from tests.killing import Sink, environment, of_session
from tests.newswatch.conftest import Newsroom, Site

pytestmark = pytest.mark.slow
CODES = {signal.SIGTERM: 143, signal.SIGINT: 130}
KEPT = "what was done is kept, and the next run goes on from there"


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """A command in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "newswatch", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env=environment(), start_new_session=True,
    )  # fmt: skip


def wait_until(true: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait for the stage that is to be interrupted."""
    deadline = time.monotonic() + 60
    while not true():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)


def end(process: subprocess.Popen[str], number: int, times: int = 1) -> tuple[int, str]:
    """Signal its whole group, as a terminal does; the exit code and what it said."""
    for _ in range(times):
        os.killpg(process.pid, number)
        time.sleep(0.2)
    _, said = process.communicate(timeout=30)
    deadline = time.monotonic() + 5
    while of_session(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert of_session(process.pid) == []
    assert "Traceback" not in said
    return process.returncode, said


def mail_to(newsroom: Newsroom, port: int) -> None:
    settings = json.loads((newsroom.directory / "newswatch.yaml").read_text())
    settings["mail"]["transport"] = f"smtp://127.0.0.1:{port}"
    (newsroom.directory / "newswatch.yaml").write_text(json.dumps(settings))


def publish(site: Site, count: int = 20) -> None:
    for n in range(count):
        site.publish(f"/{n}", f"Sanctuary policy, part {n}", f"The sanctuary policy, part {n}. " * 20)


def is_free(newsroom: Newsroom) -> bool:
    """Whether nobody holds the lock."""
    with FileLock(newsroom.directory / "var" / "run.lock", timeout=0):
        return True


@pytest.mark.parametrize("number", CODES)
@pytest.mark.parametrize("command", ["run", "crawl"])
def test_a_command_that_fetches_keeps_what_it_has(
    newsroom: Newsroom, site: Site, command: str, number: signal.Signals
) -> None:
    publish(site)
    newsroom.run("digest", "send")  # ana subscribes
    process = start(command, "--config", newsroom.directory)
    wait_until(lambda: site.hits.total() > 8, process)
    code, said = end(process, number)
    assert (code, KEPT in said) == (CODES[number], True)
    assert is_free(newsroom)
    done = newsroom.run("run", "--all", at=datetime.now(UTC) + timedelta(hours=1))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(newsroom.run("export", "articles").stdout.splitlines()) == 20
    assert len(newsroom.mails()) == 20
    assert max(n for path, n in site.hits.items() if path not in ("/rss", "/robots.txt")) <= 2


@pytest.mark.parametrize("number", CODES)
def test_a_mail_that_is_out_is_noted_before_the_end(newsroom: Newsroom, site: Site, number: signal.Signals) -> None:
    publish(site)
    with Sink(pause=0.2) as sink:
        mail_to(newsroom, sink.port)
        newsroom.run("digest", "send")
        newsroom.run("crawl", "--json")
        process = start("digest", "send", "--config", newsroom.directory)
        wait_until(lambda: len(sink.received) >= 2, process)
        code, said = end(process, number)
        assert (code, KEPT in said) == (CODES[number], True)
        assert 2 <= len(sink.received) < 20
        assert is_free(newsroom)
        listed = newsroom.report("outbox", "list")
        assert (listed["sent"], listed["sending"]) == (len(sink.received), 0)
        assert newsroom.run("digest", "send").returncode == 0
        assert len(sink.received) == len({raw for _, raw in sink.received}) == 20


def test_a_second_ctrl_c_does_not_wait_for_the_mail_server(newsroom: Newsroom, site: Site) -> None:
    publish(site, 2)
    with Sink(pause=20) as sink:
        mail_to(newsroom, sink.port)
        newsroom.run("digest", "send")
        newsroom.run("crawl", "--json")
        process = start("digest", "send", "--config", newsroom.directory)
        wait_until(lambda: newsroom.report("outbox", "list")["sending"] > 0, process)
        time.sleep(0.5)
        begun = time.monotonic()
        code, said = end(process, signal.SIGINT, times=2)
        assert time.monotonic() - begun < 10
        assert (code, KEPT in said) == (130, True)


@pytest.mark.parametrize("number", CODES)
def test_the_pages_end_as_if_nothing_were_wrong(newsroom: Newsroom, number: signal.Signals) -> None:
    process = start("serve", "--port", "0", "--config", newsroom.directory)
    assert process.stderr is not None
    while "Serving" not in (line := process.stderr.readline()):
        assert line, "the pages were not served"
    code, said = end(process, number)
    assert (code, said) == (0, "")


@pytest.mark.parametrize("number", CODES)
def test_the_demo_ends_in_the_middle_of_a_round(tmp_path: Path, number: signal.Signals) -> None:
    out = tmp_path / "demo"
    process = start("demo", "--out", out)
    wait_until(lambda: (out / "var" / "newswatch.db").exists(), process)
    code, said = end(process, number)
    assert (code, said.count("\n") <= 2) == (CODES[number], True), said
