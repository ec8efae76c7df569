"""Fixtures for every test: a store on SQLite and on PostgreSQL."""

import pytest

pytest_plugins = ["tests.postgres_server"]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the developer's own environment says is kept out of the tests."""
    import os

    for name in os.environ:
        if name.startswith("NEWSWATCH_") and name != "NEWSWATCH_DATA":
            monkeypatch.delenv(name)
