"""One round of the demo: `newswatch run` as cron would start it, on the demo's folder."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import newswatch
from monitor.errors import NewswatchError

TIME_LIMIT = 120
"""Seconds after which a round is given up."""


class RoundError(NewswatchError):
    """`newswatch run` did not do its work; `output` is what it said."""

    def __init__(self, output: str) -> None:
        self.output = output
        super().__init__(f"a round of the demo did not work out:\n{output}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one run said: its `--json` report, how long it took, and what went to stderr."""

    at: datetime
    report: dict[str, Any]
    seconds: float
    warnings: str


def run(folder: Path, at: datetime) -> Round:
    """Run one cycle whose clock starts `at`. Raises `RoundError`.

    A process of its own, since that is how it runs in earnest; settings from the environment are kept out, so that
    nobody's real mail server hears of the demo.
    """
    started = time.monotonic()
    command = [sys.executable, "-m", "newswatch", "run", "--all", "--json"]
    command += ["--config", str(folder), "--at", at.isoformat()]
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter, our own arguments)
            command, capture_output=True, text=True, check=False, timeout=TIME_LIMIT, env=_environment()
        )
    except subprocess.TimeoutExpired:
        raise RoundError(f"no end after {TIME_LIMIT} s") from None
    try:
        report = json.loads(done.stdout)
    except ValueError:
        raise RoundError(done.stderr or done.stdout) from None
    return Round(at=at, report=report, seconds=time.monotonic() - started, warnings=done.stderr)


def _environment() -> dict[str, str]:
    home = str(Path(newswatch.__file__).parent.parent)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSWATCH_")}
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, [home, kept.get("PYTHONPATH")]))
    kept["PYTHONIOENCODING"] = "utf-8"
    return kept
