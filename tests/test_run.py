"""The one file that a newcomer starts: what it says where it cannot set itself up."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

RUN = Path(__file__).parents[1] / "run.py"
NOBODY = 65534


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A folder that others may read, with a .venv whose Python nobody may start."""
    folder = Path(tempfile.mkdtemp(prefix="newswatch-"))
    shutil.copy(RUN, folder)
    (folder / "requirements.lock").write_text("")
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").write_text("")
    (folder / ".venv" / "ready").write_text("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_user_who_may_not_write_there_is_told_who_can_set_it_up(checkout: Path) -> None:
    python = shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin")
    other = {"user": NOBODY, "group": NOBODY, "extra_groups": ()} if os.geteuid() == 0 else {}
    probe = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        usable = python and not subprocess.run([python, "-c", probe], check=False, **other).returncode  # type: ignore[call-overload]
    except OSError:
        usable = False
    if not python or not usable:
        pytest.skip("another user has no Python 3.11 here")
    command = [python, str(checkout / "run.py"), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **other)  # type: ignore[call-overload]
    assert done.returncode == 1
    assert done.stderr == (
        f"newswatch: this user cannot set newswatch up, as it may not write to {checkout}; let its owner do it once\n"
    )
