"""The sdist and the wheel hold what they should, and the wheel works in a fresh environment from another directory."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PACKAGES = ("alerts", "config", "monitor", "newswatch", "spiders")
BUILD = "import setuptools.build_meta as b, sys; print(getattr(b, sys.argv[1])(sys.argv[2]))"


def say(*command: str | Path, cwd: Path, **environment: str) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSWATCH_", "PYTHON"))}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=env | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tracked(*folders: str) -> list[str]:
    listed = say("git", "ls-files", "--", *folders, cwd=ROOT).splitlines()
    return [name for name in listed if (ROOT / name).is_file()]


def unpacked(sdist: Path, into: Path) -> Path:
    """The one folder of an sdist, which is our own. Python 3.11 has filters from 3.11.4 on."""
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(into)
    (inside,) = into.iterdir()
    return inside


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with setuptools in it; where no package index answers, there is nothing to test with."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "setuptools>=77"]
    if subprocess.run(pip, capture_output=True, check=False, timeout=120).returncode:
        pytest.skip("setuptools cannot be had from the package index")
    return folder


@pytest.fixture(scope="module")
def sdist(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("sdist")
    for name in tracked():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    return out / say(environment / "bin" / "python", "-c", BUILD, "build_sdist", out, cwd=source).splitlines()[-1]


@pytest.fixture(scope="module")
def wheel(environment: Path, sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the sdist, as a distribution would."""
    source, out = tmp_path_factory.mktemp("unpacked"), tmp_path_factory.mktemp("wheel")
    inside = unpacked(sdist, source)
    return out / say(environment / "bin" / "python", "-c", BUILD, "build_wheel", out, cwd=inside).splitlines()[-1]


def test_the_sdist_holds_the_whole_project(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = [name for name in tracked() if not name.startswith((".ci/", ".git")) and name != "MANIFEST.in"]
    assert [name for name in wanted if name not in names] == []


def test_the_tests_run_from_the_sdist(sdist: Path, tmp_path: Path) -> None:
    inside = unpacked(sdist, tmp_path)
    some = ["tests/config", "tests/monitor/store", "tests/newswatch/test_run.py"]
    said = say(
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not postgresql", *some, cwd=inside
    )
    assert " passed" in said


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == set(tracked(*PACKAGES))


def test_the_wheel_works_from_another_directory(environment: Path, wheel: Path, tmp_path: Path) -> None:
    python, newswatch = environment / "bin" / "python", environment / "bin" / "newswatch"
    say(python, "-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", wheel, cwd=tmp_path)
    # The dependencies are those of the tests' own environment, in which the project itself is not installed.
    path = sysconfig.get_paths()["purelib"]
    assert "newswatch" in say(newswatch, "--version", cwd=tmp_path, PYTHONPATH=path)
    say(newswatch, "init", "beat", cwd=tmp_path, PYTHONPATH=path)
    assert "in order" in say(newswatch, "check", "--config", "beat", cwd=tmp_path, PYTHONPATH=path)
    said = say(newswatch, "demo", "--out", "demo", cwd=tmp_path, PYTHONPATH=path)
    assert "What was not checked" in said
    assert list((tmp_path / "demo" / "mail").glob("*.eml"))
    assert str(ROOT) not in say(python, "-c", "import newswatch; print(newswatch.__file__)", cwd=tmp_path)


def test_the_environment_is_made_anew_by_a_python_outside_of_it(tmp_path: Path) -> None:
    venv.create(tmp_path / ".venv", symlinks=True)
    shutil.copy(ROOT / "run.py", tmp_path)
    base = say(tmp_path / ".venv" / "bin" / "python", "-c", "import run; print(run.BASE)", cwd=tmp_path).strip()
    assert Path(base).is_file()
    assert not Path(base).is_relative_to(tmp_path)
