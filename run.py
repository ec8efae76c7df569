#!/usr/bin/env python3
"""Set newswatch up once, in .venv beside this file, then run it: `python3 run.py [COMMAND …]`.

Without a command it runs the demo; `test` runs the tests. Needs Python 3.11 or newer and nothing else.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
BASE = getattr(sys, "_base_executable", "") or sys.executable
"""The Python to make .venv from: the one outside of it, where this runs inside."""
READY = VENV / "ready"
"""Holds the hash of the lock that .venv was made from; written last."""
UNBUILT = "dkimpy"
"""What has no wheel; all else is taken as one."""
SIDE_BY_SIDE = [f"-n{min(os.cpu_count() or 1, 4) + 1}", "--dist=loadfile"]
"""Many tests wait for a while. `-n0` runs them one by one."""


def main(arguments: list[str]) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have an older one
        sys.exit(f"newswatch needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not (READY.is_file() and READY.read_text() == wanted and os.access(PYTHON, os.X_OK)):
        set_up()
        READY.write_text(wanted)
    testing = arguments[:1] == ["test"]
    module = ["pytest", *SIDE_BY_SIDE, *arguments[1:]] if testing else ["newswatch", *(arguments or ["demo"])]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    if testing:
        os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), "-m", *module])


def set_up() -> None:
    """Make .venv anew from the hash-locked requirements, by uv where it is found."""
    if not os.access(ROOT, os.W_OK):
        sys.exit(
            f"newswatch: this user cannot set newswatch up, as it may not write to {ROOT}; let its owner do it once"
        )
    print(f"Setting up newswatch in {VENV} (once, about a minute) …", file=sys.stderr, flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    if uv:
        steps = [
            [uv, "venv", "--quiet", "--python", BASE, str(VENV)],
            [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r", str(LOCK)],
        ]
    else:
        steps = [
            [BASE, "-m", "venv", str(VENV)],
            [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--require-hashes", "--only-binary", ":all:", "--no-binary", UNBUILT, "-r", str(LOCK)],
        ]  # fmt: skip
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(explain(step, done.stdout + done.stderr))


def explain(step: list[str], output: str) -> str:
    """What is missing, in one line; the tool's own words after it."""
    lines = output.strip().splitlines()
    if "ensurepip is not available" in output or "No module named venv" in output:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return f"newswatch: python3-venv is missing; install it (Debian, Ubuntu: apt install python{version}-venv)"
    shown = "\n".join(lines[-8:])
    return f"newswatch: setting up failed at `{' '.join(step[:4])} …`; is the network there?\n{shown}"


if __name__ == "__main__":
    main(sys.argv[1:])
