"""The options that most commands take, wherever they stand on the command line."""

import json
from pathlib import Path

import pytest

from newswatch.cli import run


@pytest.fixture
def beat(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(["init", str(tmp_path / "beat")]) == 0
    capsys.readouterr()
    return tmp_path / "beat"


@pytest.mark.parametrize(
    "line",
    [
        "--config {} --json topics list",
        "--json --config={} -v topics list",
        "topics --config {} --json list",
        "--config {} topics --json list",
        "topics list --config {} --json",
    ],
)
def test_common_options_may_stand_before_the_command(line: str, beat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([word.format(beat) for word in line.split()]) == 0
    assert "sanctuary-policy" in {topic["id"] for topic in json.loads(capsys.readouterr().out)}


def test_the_clock_may_be_set_before_the_command(beat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--at", "not a time", "outbox", "list", "--config", str(beat)]) == 2
    assert "'not a time' is not a time" in capsys.readouterr().err
    assert run(["--at", "2026-11-24", "outbox", "list", "--config", str(beat)]) == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--at 2026-11-24 check", "No such option '--at'"),
        ("--config . demo", "No such option '--config'"),
        ("--config . chekc", "Did you mean 'check'?"),
        ("--bogus check", "No such option '--bogus'"),
        ("--config", "Usage: newswatch"),
    ],
)
def test_what_a_command_does_not_take_is_refused_before_it_as_after_it(
    line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(line.split()) == 2
    assert said in capsys.readouterr().err


def test_help_is_given_after_common_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--config", ".", "--help"]) == 0
    assert "Commands:" in capsys.readouterr().out
