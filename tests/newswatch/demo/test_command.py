"""The demo as a newcomer meets it: one command, two rounds, a digest, and reasons."""

import io
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from rich.console import Console

from newswatch.demo import telling
from newswatch.demo.inbox import Received

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What one demo printed, and where its files are."""

    output: str
    folder: Path

    def part(self, start: str, end: str) -> str:
        """What is printed between two headings."""
        return self.output.split(start, 1)[1].split(end, 1)[0]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    folder = tmp_path_factory.mktemp("cwd")
    hostile = ENVIRONMENT | {"NEWSWATCH_MAIL__TRANSPORT": "smtp://127.0.0.1:1", "NEWSWATCH_CONFIG": "/nowhere"}
    done = subprocess.run(
        [sys.executable, "-m", "newswatch", "demo"],
        cwd=folder, env=hostile, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return Shown(done.stdout, folder / "newswatch-demo")


def test_both_rounds_do_what_they_should(shown: Shown) -> None:
    first, second = re.findall(r"Round \d \(.*\): (.*)", shown.output)
    assert re.match(r"4 sources checked, 2[0-9] new articles", first)
    assert second.startswith("3 sources checked, 3 new articles")
    assert "not reached: Inland Beacon: HTTP 503" in shown.output


def test_what_is_to_be_copied_stays_whole_on_a_narrow_screen() -> None:
    screen = io.StringIO()
    folder = Path("/home/somebody/with a long name/newswatch-demo")
    mail = Received(
        recipient="ana@example.org", message=EmailMessage(),
        eml=folder / "mail/01-ana.eml", html=folder / "mail/01-ana.html",
    )  # fmt: skip
    telling.closing(Console(file=screen, width=40), folder, [mail])
    assert f"  {mail.eml}  {mail.html}\n" in screen.getvalue()
    assert f"demo --out '{folder}' uses them.\n" in screen.getvalue()


def test_the_digest_is_printed_with_what_was_not_checked(shown: Shown) -> None:
    digest = shown.part("The mail that ana@example.org got", "Found, and why")
    assert "Council hears first report on Stockton's sanctuary policy questions" in digest
    assert "Inland Beacon" in digest.split("What was not checked", 1)[1]


@pytest.mark.parametrize(
    "words",
    [
        "sanctuary cities",  # a word form
        "santuary policy",  # a typo
        "San Bernadino",  # a typo
        "Mike Tubbs",  # a nickname
        "Justice Dept",  # an alias
        "Chief Jones",
    ],
)
def test_a_spelling_variant_is_found(shown: Shown, words: str) -> None:
    assert words in shown.part("Found, and why", "Left out, and why")


@pytest.mark.parametrize(
    "title",
    ["Bird sanctuary west", "Erica Jones bakes", "Public Safety Committee backs", "Texas riders stop",
     "A walk past Baltimore's painted", "A John Stockton rookie card", "Tug pilot Eric Jones", "Church reopens its sanctuary", "Insurance office moves"],
)  # fmt: skip
def test_a_look_alike_is_left_out(shown: Shown, title: str) -> None:
    assert title not in shown.part("Found, and why", "Left out, and why")
    assert title in shown.part("Left out, and why", "The mails, as files")


def test_the_wire_story_is_one_entry_with_two_outlets(shown: Shown) -> None:
    found = shown.part("Found, and why", "Left out, and why")
    assert found.count("Four cities ask Justice Department") == 1
    assert "San Joaquin Lantern · The Delta Ledger" in found


def test_the_files_lie_where_it_says(shown: Shown) -> None:
    named = re.findall(r"newswatch-demo/mail/\S+\.(?:eml|html)", shown.output)
    assert len(named) >= 4
    assert all((shown.folder.parent / name).is_file() for name in named)


def test_it_can_be_kept_up_and_played_with(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newswatch"]
    out = str(tmp_path / "demo")
    demo = subprocess.Popen(
        [*command, "demo", "--serve", "--out", out], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    assert demo.stdout
    try:
        for line in demo.stdout:
            if "In another terminal" in line:
                break
        run = [*command, "run", "--all", "--config", out]
        done = subprocess.run(run, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stdout) == (0, "")
        time.sleep(1)
    finally:
        demo.send_signal(signal.SIGINT)
        rest = demo.communicate(timeout=20)[0]
    assert demo.returncode == 0
    assert "Stopped." in rest


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    command = [sys.executable, "-m", "newswatch", "demo", "--out", str(tmp_path)]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 2
    assert "--out DIR" in done.stderr
