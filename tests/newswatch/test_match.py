"""`newswatch match` and `newswatch topics`, as programs use them."""

import json
from functools import partial
from pathlib import Path

import pytest

from newswatch.cli import run
from spiders.pool import Pool
from tests.newswatch.conftest import Newsroom, Site

TOPICS = """
topics:
  - name: Sanctuary policy
    phrases: [sanctuary policy]
    exclude: [bird sanctuary]
    examples: {match: ["Two sanctuary policies."], ignore: ["A bird sanctuary policy."]}
  - {name: Stockton, place: Stockton, region: [California]}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "topics.yaml").write_text(TOPICS)
    return tmp_path


def matched(
    config: Path, capsys: pytest.CaptureFixture[str], *lines: object, options: tuple[str, ...] = ()
) -> list[dict]:
    source = config / "articles.jsonl"
    source.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines))
    run(["match", "--topics", str(config / "topics.yaml"), *options, "--jsonl", str(source)])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_line_is_answered_with_a_line(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = matched(
        config, capsys, {"id": "a", "title": "Sanctuary policies", "text": "It rained.", "other": 1}, {"id": 2}
    )
    evidence = {
        "field": "title",
        "start": 0,
        "end": 18,
        "text": "Sanctuary policies",
        "term": "sanctuary policy",
        "how": "word_form",
    }
    assert rows == [
        {"id": "a", "matches": [{"topic": "Sanctuary policy", "score": 98, "evidence": [evidence]}]},
        {"id": 2, "matches": []},
    ]


@pytest.mark.parametrize("way", [["--jsonl"], []])
def test_a_file_that_is_not_there_is_told_in_a_line(
    config: Path, capsys: pytest.CaptureFixture[str], way: list[str]
) -> None:
    assert run(["match", "--topics", str(config / "topics.yaml"), *way, str(config / "none")]) == 1
    assert capsys.readouterr().err.splitlines()[-1].endswith("none: No such file or directory")


def test_the_source_s_region_is_believed(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = matched(config, capsys, {"id": 1, "text": "Fire in Stockton."},
                   {"id": 2, "text": "Fire in Stockton.", "region": ["California"]})  # fmt: skip
    assert [len(row["matches"]) for row in rows] == [0, 1]


def test_explain_tells_of_every_other_topic(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = matched(config, capsys, {"id": 1, "text": "A sanctuary in Stockton, Mo."}, options=("--explain",))
    assert row["matches"] == []
    assert {one["topic"]: one["nearest"] for one in row["refused"]} == {
        "Sanctuary policy": "A sanctuary in Stockton",
        "Stockton": "Stockton, Mo",
    }
    assert all(one["reason"] for one in row["refused"])


def test_the_last_line_on_stderr_tells_the_speed(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = config / "articles.jsonl"
    source.write_text('{"id": 1, "text": "x"}\nno json\n')
    assert run(["match", "--topics", str(config / "topics.yaml"), "--jsonl", str(source)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith(f"{source}:2:")
    assert said[-1].startswith("articles=1 seconds=")
    assert "articles_per_second=" in said[-1]


def test_a_text_file_is_matched_for_people(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (config / "story.txt").write_text("A title\n\nThe sanctuary policy stands.\n")
    assert run(["match", "--config", str(config), "--explain", str(config / "story.txt")]) == 0
    out = capsys.readouterr().out
    assert "Sanctuary policy  100" in out
    assert "text 4–20: sanctuary policy" in out
    assert "not Stockton" in out


def test_topics_are_tested_by_their_examples(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["topics", "test", "--config", str(config)]) == 0
    assert "2 passed" in capsys.readouterr().out
    (config / "topics.yaml").write_text(TOPICS.replace('"A bird sanctuary policy."', '"A sanctuary policy."'))
    assert run(["topics", "test", "--config", str(config)]) == 1
    assert "FAILED Sanctuary policy: should not match and does" in capsys.readouterr().out


def test_an_example_may_have_a_title(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (config / "topics.yaml").write_text(
        "topics:\n"
        "  - name: Floods\n"
        "    query: 'flood* AND NOT title:opinion'\n"
        "    examples:\n"
        '      match: ["River news\\n\\nThe flood came.", "An opinion on floods"]\n'
        '      ignore: ["Opinion\\n\\nThe flood came."]\n'
    )
    assert run(["topics", "test", "--config", str(config)]) == 0


def test_topics_are_listed(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["topics", "list", "--config", str(config), "--json"]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)] == ["sanctuary-policy", "stockton"]


def test_a_saved_page_is_read_in_a_process_that_may_be_killed(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = config / "page.html"
    text = "<p>The council of Harborton voted on Tuesday for the sanctuary policy, after a debate of hours.</p>" * 12
    page.write_text(f"<html><title>A vote</title><article><h1>A vote</h1>{text}</article></html>")
    arguments = ["match", "--topics", str(config / "topics.yaml"), str(page)]
    monkeypatch.setattr("monitor.extraction.extract", lambda *_, **__: pytest.fail("read in this process"))
    assert run(arguments) == 0
    assert capsys.readouterr().out.startswith("Sanctuary policy  100")
    monkeypatch.setattr("spiders.pool.Pool", partial(Pool, seconds=0.001))
    assert run(arguments) != 0
    assert f"{page}: reading it took longer than 0.001 s" in capsys.readouterr().err


@pytest.mark.parametrize(("command", "region", "found"), [
    ("match", ["Stockton", "California"], True), ("match", ["Stockton", "Missouri"], False),
    ("crawl", ["Stockton", "California"], True), ("crawl", ["Stockton", "Missouri"], False),
])  # fmt: skip
def test_a_page_of_a_sources_site_is_read_as_that_sources(
    newsroom: Newsroom, site: Site, command: str, region: list[str], found: bool
) -> None:
    sources = json.loads((newsroom.directory / "sources.yaml").read_text())
    sources["sources"][0]["region"] = region
    (newsroom.directory / "sources.yaml").write_text(json.dumps(sources))
    topic = {"name": "Stockton, California", "place": "Stockton", "region": ["California"]}
    (newsroom.directory / "topics.yaml").write_text(json.dumps({"topics": [topic]}))
    site.publish("/a", "Streets are swept", "Sweepers went through Stockton at dawn on Monday.")
    done = newsroom.run(command, f"{site.url}/a", "--json")
    told = json.loads(done.stdout)
    matches = told["matches"] if command == "match" else told["articles"][0].get("matches", told.get("matches"))
    assert bool(matches) is found, told
