import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from email import message_from_bytes, policy
from urllib.parse import urlencode, urlsplit

import pytest
from aiosmtpd.controller import Controller

ROOT = __file__.rpartition("/tests/")[0]


class Mailbox:
    """Takes mails over SMTP."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.mails.append(envelope)
        return "250 taken"

    def wait(self, number):
        until = time.monotonic() + 10
        while len(self.mails) < number and time.monotonic() < until:
            time.sleep(0.02)
        assert len(self.mails) == number
        return message_from_bytes(self.mails[-1].content, policy=policy.default)


@pytest.fixture
def mailbox():
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        box.port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def folder(tmp_path, mailbox):
    """A configuration directory whose mails go to the mailbox."""
    directory = tmp_path / "config"
    run("init", str(directory))
    settings = directory / "newswatch.yaml"
    settings.write_text(settings.read_text().replace("file:outbox/", f"smtp://127.0.0.1:{mailbox.port}"))
    return directory


def run(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "newswatch", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def serving(folder, *options):
    """The command at work, and its address; it has to end well when it is told to."""
    command = [
        sys.executable,
        "-m",
        "newswatch",
        "serve",
        "--config",
        str(folder),
        "--port",
        "0",
        "--json",
        "-vv",
        *options,
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        process.url = json.loads(process.stdout.readline())["url"]
        yield process
        process.send_signal(signal.SIGTERM)
        process.log = process.communicate(timeout=20)[1]
        assert process.returncode == 0, process.log
    finally:
        process.kill()
        process.wait()


def ask(url, fields=None):
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=10)) as connection:
        method, body = ("GET", None) if fields is None else ("POST", urlencode(fields))
        connection.request(method, parts.path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_from_the_form_to_the_list_and_off_it_again_by_the_command(folder, mailbox):
    with serving(folder) as process:
        assert ask(f"{process.url}/subscribe")[0] == 200
        assert ask(f"{process.url}/subscribe", {"email": "ben@example.org", "every": "hourly"})[0] == 200
        mail = mailbox.wait(1)
        assert mailbox.mails[0].rcpt_tos == ["ben@example.org"]
        (confirm,) = re.findall(r"http://\S+/confirm/\S+", mail.get_body(("plain",)).get_content())
        assert confirm.startswith(process.url)
        assert ask(confirm, {"confirm": "yes"})[0] == 200
        (state,) = [row for row in listed(folder) if row["email"] == "ben@example.org"]
        assert (state["state"], state["every"]) == ("active", "hourly")
        leave = mail["List-Unsubscribe"].strip("<>")
        assert ask(leave, {"List-Unsubscribe": "One-Click"})[0] == 200
        assert [row["state"] for row in listed(folder)] == ["unsubscribed"]
    assert "ben@" not in process.log
    assert confirm.rpartition("/")[2] not in process.log
    assert leave.rpartition("/")[2] not in process.log


def test_a_new_key_counts_without_a_restart(folder, mailbox):
    with serving(folder) as process:
        keys = folder / "keys.txt"
        assert ask(f"{process.url}/subscribe", {"email": "ben@example.org"})[0] == 200
        old = mailbox.wait(1)["List-Unsubscribe"].strip("<>")
        first = keys.read_text()
        keys.write_text("a-new-key-of-enough-letters\n" + first)
        assert ask(old)[0] == 200
        assert ask(f"{process.url}/subscribe", {"email": "cleo@example.org"})[0] == 200
        new = mailbox.wait(2)["List-Unsubscribe"].strip("<>")
        keys.write_text("a-new-key-of-enough-letters\n")
        assert ask(old)[0] == 404
        assert ask(new)[0] == 200


def test_a_mail_that_finds_no_server_waits_and_no_second_one_is_made(folder, mailbox):
    settings = folder / "newswatch.yaml"
    settings.write_text(settings.read_text().replace(str(mailbox.port), "1"))
    with serving(folder) as process:
        assert ask(f"{process.url}/subscribe", {"email": "ben@example.org"})[0] == 200
        until = time.monotonic() + 10
        while not (waiting := outbox(folder))["messages"][0]["attempts"] and time.monotonic() < until:
            time.sleep(0.2)
    assert (waiting["ready"], len(waiting["messages"])) == (1, 1)
    settings.write_text(settings.read_text().replace(":1\n", f":{mailbox.port}\n").replace(":1 ", f":{mailbox.port} "))
    run("outbox", "flush", "--config", str(folder))
    mailbox.wait(1)
    with serving(folder):
        time.sleep(0.5)
    mailbox.wait(1)


def test_serving_loads_neither_crawler_nor_extraction(folder):
    code = (
        "import sys; from newswatch.context import Context; from newswatch import serve; from pathlib import Path\n"
        "context = Context(config_option=Path(sys.argv[1])); serve.app(context, 'http://127.0.0.1:8000')\n"
        "print(sorted({'scrapy', 'twisted', 'trafilatura', 'htmldate', 'pebble'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_an_address_in_use_is_told_in_a_line(folder):
    with serving(folder) as process:
        port = str(urlsplit(process.url).port)
        command = [sys.executable, "-m", "newswatch", "serve", "--config", str(folder), "--port", port]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_said_to_be_served_before_it_can_be(folder):
    settings = folder / "newswatch.yaml"
    settings.write_text(settings.read_text().replace("sqlite:///var/newswatch.db", "sqlite:///keys.txt/newswatch.db"))
    command = [sys.executable, "-m", "newswatch", "serve", "--config", str(folder), "--port", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert "keys.txt" in done.stderr
    assert "Serving" not in done.stderr


def listed(folder):
    return json.loads(run("subscribers", "list", "--json", "--config", str(folder)))["subscribers"]


def outbox(folder):
    return json.loads(run("outbox", "list", "--json", "--config", str(folder)))


def test_what_is_held_about_somebody_is_told_and_erased_whether_they_confirmed_or_not(folder, mailbox):
    with serving(folder) as process:
        for number, email in enumerate(["ben@example.org", "cleo@example.org"], 1):
            assert ask(f"{process.url}/subscribe", {"email": email})[0] == 200
            text = mailbox.wait(number).get_body(("plain",)).get_content()
        assert ask(re.findall(r"http://\S+/confirm/\S+", text)[0], {"confirm": "yes"})[0] == 200
    ben, cleo = (
        json.loads(run("subscribers", "export", email, "--config", str(folder)))
        for email in ("ben@example.org", "cleo@example.org")
    )
    assert "state" not in ben
    assert ben["consents"][0]["confirmed"] is None
    assert cleo["state"] == "active"
    assert cleo["consents"][0]["wording"].startswith("Yes, send me mails")
    for email in ("ben@example.org", "cleo@example.org"):
        run("subscribers", "erase", email, "--config", str(folder))
    assert listed(folder) == []
    assert outbox(folder)["messages"] == []
