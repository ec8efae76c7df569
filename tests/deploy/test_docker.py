"""The container's files agree with the repository, and the loop in it ends as it should."""

import re
import signal
import subprocess
import time
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "deploy" / "docker"
DOCKERFILE = (DOCKER / "Dockerfile").read_text(encoding="utf-8")
COPIED = [
    word
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    for word in line.split()[:-1]
]  # fmt: skip


@pytest.mark.parametrize("path", COPIED)
def test_what_is_copied_exists_and_is_not_ignored(path: str) -> None:
    ignore = (DOCKER / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert (ROOT / path).exists()
    assert f"!{path}" in ignore


def test_every_package_of_the_project_is_copied() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    assert packages <= set(COPIED)


def pins(lock: str) -> dict[str, str]:
    """Package → version."""
    return dict(
        re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    )


def test_what_the_image_installs_is_what_is_tested_without_the_tools() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    run, tools = (
        {re.split(r"[\[>=<~]", one)[0].lower().replace("_", "-") for one in needed}
        for needed in (project["dependencies"] + extras["postgres"], extras["dev"])
    )
    installed = pins("requirements-run.lock")
    assert installed.items() <= pins("requirements.lock").items()
    assert run <= installed.keys()
    assert not (tools - run) & installed.keys()


def test_compose_builds_from_the_dockerfile_and_writes_to_its_volume_alone() -> None:
    compose = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))
    service = compose["services"]["newswatch"]
    assert (DOCKER / service["build"]["context"] / service["build"]["dockerfile"]).resolve() == DOCKER / "Dockerfile"
    for one in compose["services"].values():
        assert one["read_only"]
        assert one["cap_drop"] == ["ALL"]
        assert one["volumes"] == ["./newswatch:/config"]


def started(tmp_path: Path, pause: str, script: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([str(DOCKER / "every.sh"), pause, "sh", "-c", script], cwd=tmp_path)


def wait_for(path: Path, lines: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if path.exists() and len(path.read_text(encoding="utf-8").splitlines()) >= lines:
            return
        time.sleep(0.02)
    pytest.fail(f"{path} never had {lines} lines")


def test_the_loop_goes_on_after_a_failure_and_stops_in_its_pause(tmp_path: Path) -> None:
    loop = started(tmp_path, "0.1", "echo run >> log; exit 1")
    wait_for(tmp_path / "log", 3)
    loop.send_signal(signal.SIGTERM)
    assert loop.wait(timeout=10) == 0


def test_the_loop_lets_a_run_finish_when_it_is_told_to_stop(tmp_path: Path) -> None:
    loop = started(tmp_path, "60", "trap 'echo done >> log; exit' TERM; echo run >> log; while :; do sleep 0.05; done")
    wait_for(tmp_path / "log", 1)
    loop.send_signal(signal.SIGTERM)
    assert loop.wait(timeout=10) == 0
    assert (tmp_path / "log").read_text(encoding="utf-8").splitlines() == ["run", "done"]
