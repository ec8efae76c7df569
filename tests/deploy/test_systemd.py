"""The systemd units are valid, and the service is kept on a short lead."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"
analyze = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(analyze is None, reason="systemd-analyze is not installed")


def said(*arguments: str) -> tuple[int, str]:
    done = subprocess.run([analyze or "", *arguments], capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout + done.stderr


@needs_systemd
def test_the_units_are_valid(tmp_path: Path) -> None:
    for unit in UNITS.iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/newswatch/bin/newswatch", sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    code, output = said("verify", *(str(tmp_path / unit.name) for unit in UNITS.iterdir()))
    assert (code, output.strip()) == (0, "")


@needs_systemd
@pytest.mark.parametrize("unit", sorted(UNITS.glob("*.service")), ids=lambda unit: unit.name)
def test_a_service_can_do_little_harm(unit: Path) -> None:
    _, output = said("security", "--offline=true", "--no-pager", str(unit))
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", output)
    assert exposure, output
    assert float(exposure[1]) <= 2.0


def test_a_run_that_meets_another_or_is_told_to_end_is_no_failure() -> None:
    assert "SuccessExitStatus=75 143" in (UNITS / "newswatch.service").read_text(encoding="utf-8")
