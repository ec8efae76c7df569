"""The demo's folder is a working configuration, and playing with it is safe."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.loading import load
from newswatch.demo import folder
from newswatch.demo.inbox import Inbox
from newswatch.demo.network import Network


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Path]:
    where = tmp_path / "demo"
    folder.prepare(where)
    with Network(datetime.now(UTC)) as network, Inbox(where / "mail") as inbox:
        folder.connect(where, network, inbox)
        yield where


def test_the_folder_is_a_valid_configuration(made: Path) -> None:
    config = load(made, {})
    assert len(config.sources) == 4
    assert len(config.topics) == 10
    assert {s.every for s in config.subscribers} == {"daily", "immediately"}
    assert config.settings.mail.transport.startswith("smtp://127.0.0.1:")


def test_one_outlet_is_left_to_be_discovered(made: Path) -> None:
    lantern = next(s for s in load(made, {}).sources if s.name == "San Joaquin Lantern")
    assert (lantern.feeds, lantern.sitemaps, lantern.sections) == (None, None, None)


def test_a_second_demo_keeps_the_watchlist_and_clears_the_rest(made: Path) -> None:
    (made / "topics.yaml").write_text("topics: []\n", encoding="utf-8")
    (made / "var").mkdir()
    (made / "mail" / "01-ana.eml").write_text("old", encoding="utf-8")
    folder.prepare(made)
    assert (made / "topics.yaml").read_text(encoding="utf-8") == "topics: []\n"
    assert not (made / "var").exists()
    assert not (made / "mail").exists()


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    with pytest.raises(folder.FolderTakenError, match="--out DIR"):
        folder.prepare(tmp_path)
    assert (tmp_path / "var").exists()
