"""Fixtures for every test: a store on SQLite and on PostgreSQL. In CI, the data's tests may not be skipped where it is."""

import os
from pathlib import Path

import pytest

pytest_plugins = ["tests.postgres_server", "tests.browser"]

DATA = Path(os.environ.get("NEWSWATCH_DATA") or Path(__file__).parents[2] / "shared" / "data")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the developer's own environment says is kept out of the tests."""
    for name in os.environ:
        if name.startswith("NEWSWATCH_") and name != "NEWSWATCH_DATA":
            monkeypatch.delenv(name)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where tests were skipped for want of the data although it is there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or not DATA.is_dir() or reporter is None:
        return
    wanting = ("not here", "no data")
    skipped = [r for r in reporter.stats.get("skipped", []) if any(word in str(r.longrepr) for word in wanting)]
    if skipped:
        reporter.write_line(f"{len(skipped)} tests skipped for want of data that is in {DATA}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
