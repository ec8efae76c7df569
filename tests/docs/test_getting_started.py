"""Getting started, followed to the letter, on an outlet of the demo in place of the page's example."""

import os
import re
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newswatch.demo.network import Network

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "getting-started.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_getting_started_ends_with_a_digest(tmp_path: Path) -> None:
    said: dict[str, str] = {}
    with Network(datetime.now(UTC)) as network:
        record = network.sites["ledger"].base
        for language, file, text in re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL):
            here = text.replace("https://record.example", record)
            if language == "yaml":
                (tmp_path / "beat" / file).write_text(here, encoding="utf-8")
            elif language == "console":
                said |= {
                    line: follow(line, tmp_path) for line in re.findall(r"^\$ newswatch (.+)$", here, re.MULTILINE)
                }
    assert f"{record}/feed.xml" in said[f"sources discover {record}/ --config beat"]
    assert "in order" in said["check --config beat"]
    digest = said["digest preview --config beat"]
    assert "Council hears first report on Stockton's sanctuary policy questions" in digest
    assert "Bird sanctuary" not in digest
    assert "Erica Jones" not in digest


def follow(line: str, folder: Path) -> str:
    """Run one command as a newcomer would; the demo has a test of its own."""
    if line == "demo":
        return ""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NEWSWATCH_CRAWL__ALLOW_NETWORKS": "127.0.0.0/8"}
    command = [sys.executable, "-m", "newswatch", *shlex.split(line)]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout
