"""`newswatch sources` from the outside: what it prints, and its exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from newswatch import cli

FEED = """<rss version="2.0"><channel><title>N</title>
<item><title>One</title><link>/one</link><guid isPermaLink="false">g1</guid><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>Two</title><guid isPermaLink="false">g2</guid><pubDate>2026-11-22</pubDate></item></channel></rss>"""
PAGE = '<html><a href="/2026/11/24/council-votes-on-the-budget">Council votes on the budget</a></html>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "feed.xml").write_text(FEED)
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "wall.html").write_text("<html><title>Just a moment...</title></html>")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[Any]]:
    code = cli.run(["sources", *arguments])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_entry_is_a_line_with_or_without_a_link(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = run(capsys, "read", str(folder / "feed.xml"), "--url", "http://n.example/rss", "--jsonl")
    assert (code, lines) == (
        0,
        [
            {"url": "http://n.example/one", "title": "One", "published": "2026-11-23T10:00:00Z", "id": "g1"},
            {"url": None, "title": "Two", "published": "2026-11-22", "id": "g2"},
        ],
    )


def test_a_list_is_answered_line_by_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": "a", "path": "feed.xml", "url": "http://n.example/rss"},
        {"id": "b", "path": "page.html", "url": "http://n.example/"},
        {"id": "c", "path": "wall.html"},
        {"id": "d", "path": "missing.xml"},
    ]
    (folder / "list.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "broken\n")
    code, lines = run(capsys, "read", "--list", str(folder / "list.jsonl"))
    assert code == 1
    assert [(line["id"], line["entries"], len(line["leads"])) for line in lines] == [
        ("a", 2, 1), ("b", 1, 1), ("c", 0, 0), ("d", 0, 0), (None, 0, 0),
    ]  # fmt: skip
    assert lines[0]["error"] == lines[1]["error"] == ""
    assert "bot wall" in lines[2]["error"]
    assert "No such file" in lines[3]["error"]


def test_what_is_no_way_in_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, (document,) = run(capsys, "read", str(folder / "wall.html"), "--json")
    assert (code, document["kind"], document["entries"]) == (1, "", 0)
    assert cli.run(["sources", "read"]) == 2


OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Local">
<outline text="The Record &amp; Co" xmlUrl="https://record.example/rss" htmlUrl="https://record.example/"/>
<outline text="The Record &amp; Co" xmlUrl="https://record.example/sports/rss"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/></outline>
<outline text="The Record &amp; Co" xmlUrl="https://other.example/feed?a=1&b=2"/></body></opml>"""


def test_an_opml_file_becomes_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "feeds.opml").write_text(OPML)
    code, (found,) = run(capsys, "import", str(tmp_path / "feeds.opml"), "--json", "--config", str(tmp_path))
    assert code == 0
    assert [(s["name"], s["home"], s["feeds"]) for s in found] == [
        (
            "The Record & Co",
            "https://record.example/",
            ["https://record.example/rss", "https://record.example/sports/rss"],
        ),
        ("The Record & Co (other.example)", "https://other.example/", ["https://other.example/feed?a=1&b=2"]),
    ]


def test_what_is_exported_can_be_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from newswatch import source_lists

    (tmp_path / "list.csv").write_text(
        "Name,Feeds,Region\n'=SUM(1),https://a.example/rss https://a.example/2,Reno; NV\n"
    )
    cli.run(["sources", "import", str(tmp_path / "list.csv"), "--config", str(tmp_path)])
    (tmp_path / "sources.yaml").write_text(capsys.readouterr().out)
    sources = source_lists.taken((tmp_path / "list.csv").read_bytes())
    assert (sources[0].name, sources[0].region) == ("=SUM(1)", ("Reno", "NV"))
    assert source_lists.as_csv(sources).splitlines()[1].startswith("'=SUM(1),")
    assert source_lists.taken(source_lists.as_csv(sources).encode()) == sources
    assert source_lists.taken(source_lists.as_opml(sources).encode())[0].feeds == sources[0].feeds
    assert source_lists.unknown(sources, sources) == ()


@pytest.mark.parametrize("body", ["", "<html></html>", "a,b\n1,2\n", "<opml><body/></opml>"])
def test_another_file_is_no_list(tmp_path: Path, body: str) -> None:
    (tmp_path / "list").write_text(body)
    assert cli.run(["sources", "import", str(tmp_path / "list"), "--config", str(tmp_path)]) == 1
