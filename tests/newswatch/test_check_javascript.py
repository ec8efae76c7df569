"""`newswatch check` on sources that need a browser."""

import json

from tests.newswatch.conftest import Newsroom


def test_a_source_that_needs_a_browser_that_is_not_there_is_named(newsroom: Newsroom) -> None:
    sources = newsroom.directory / "sources.yaml"
    marked = json.loads(sources.read_text())
    marked["sources"][0]["js"] = True
    sources.write_text(json.dumps(marked))
    done = newsroom.run("check", PATH="/nowhere", CHROMIUM_PATH="")
    assert done.returncode == 1
    assert "sources.yaml: The Record: its pages need JavaScript (js: true)" in done.stderr
