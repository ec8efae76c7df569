"""A run that is killed at any moment, on each kind of database; `benchmarks/kills.py` does it more often, on real news."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.killing import WORKERS_GO, Left, Sink, Witness, finish, kill, left_behind
from tests.newswatch.conftest import Newsroom, Site

pytestmark = pytest.mark.slow
KILLS = 7


def configure(newsroom: Newsroom, folder: Path, store: str, port: int) -> Path:
    """The newsroom's configuration in a folder of its own, for one who hears at once and five who hear every hour."""
    folder.mkdir()
    for name in ("sources.yaml", "topics.yaml"):
        (folder / name).write_text((newsroom.directory / name).read_text())
    settings = json.loads((newsroom.directory / "newswatch.yaml").read_text())
    settings["store"], settings["mail"]["transport"] = store, f"smtp://127.0.0.1:{port}"
    (folder / "newswatch.yaml").write_text(json.dumps(settings))
    hourly = [{"email": f"h{n}@example.org", "every": "hourly"} for n in range(5)]
    readers = [{"email": "ana@example.org", "every": "immediately"}, *hourly]
    (folder / "subscribers.yaml").write_text(json.dumps({"subscribers": readers}))
    (folder / "keys.txt").write_text("a-key-of-the-tests-0123456789abcdef\n")
    return folder


def day(folder: Path, site: Site, sink: Sink, store: str, at: datetime, chance: random.Random | None) -> Left:
    """A first run; an hour later a second one, which is killed again and again where there is `chance`."""
    finish(folder, at - timedelta(hours=1))
    for number in range(10, 30):
        site.publish(
            f"/{number}",
            f"Sanctuary policy, part {number}",
            f"The sanctuary policy, part {number}.",
            at - timedelta(hours=2),
        )
    if chance:
        for attempt in range(KILLS):
            site.hits.clear()
            witness = Witness(
                store, sink, lambda: (site.hits.total(), sum(n for p, n in site.hits.items() if p != "/rss"))
            )
            killed = kill(folder, at + attempt * timedelta(seconds=20), chance.uniform(0.1, 4.5), witness,
                          whole_group=attempt % 3 != 2)  # fmt: skip
            assert killed.outlived <= WORKERS_GO
    finish(folder, at + timedelta(minutes=3))
    return left_behind(store, sink)


def test_what_is_left_is_the_same_as_without_a_kill(
    newsroom: Newsroom, site: Site, store_url: str, tmp_path: Path
) -> None:
    at = datetime.now(UTC).replace(minute=10) + timedelta(hours=1)
    for number in range(10):
        site.publish(
            f"/{number}", f"Library hours, part {number}", f"The library opens, part {number}.", at - timedelta(hours=2)
        )
    first = dict(site.articles)
    whole_store = f"sqlite:///{tmp_path / 'whole.db'}"
    with Sink() as sink:
        whole = day(configure(newsroom, tmp_path / "whole", whole_store, sink.port), site, sink, whole_store, at, None)
    assert (len(whole.articles), whole.mails.total()) == (30, 25)
    site.articles = first
    with Sink(pause=0.1) as sink:
        folder = configure(newsroom, tmp_path / "killed", store_url, sink.port)
        killed = day(folder, site, sink, store_url, at, random.Random(7))
    assert whole.differences(killed) == []
    assert killed.repeats <= KILLS
