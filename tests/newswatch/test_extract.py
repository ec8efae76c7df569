"""The extract command, run as a program runs it."""

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newswatch.cli import run

PARAGRAPH = "The council of Harborton voted on Tuesday to widen the bridge over the river, after a long debate."
PAGE = f"""<html lang="en"><head><title>Bridge | Post</title><meta property="article:published_time"
content="2026-11-20T19:30:00-08:00"></head><body><article><h1>Bridge to be widened</h1>
{"".join(f"<p>{number}. {PARAGRAPH}</p>" for number in range(5))}</article></body></html>"""


class Site(BaseHTTPRequestHandler):
    """A page, a redirect to it, one that robots.txt keeps to itself, and a door to another machine."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/robots.txt":
            self.answer(200, b"User-agent: *\nDisallow: /private\n")
        elif self.path == "/bridge":
            self.answer(200, gzip.compress(PAGE.encode()), {"Content-Encoding": "gzip", "Content-Type": "text/html"})
        elif self.path == "/moved":
            self.answer(302, b"", {"Location": "/bridge"})
        elif self.path == "/door":
            self.answer(302, b"", {"Location": f"http://127.0.0.2:{self.server.server_address[1]}/bridge"})
        else:
            self.answer(404, b"gone")

    def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    assert run(["init", str(tmp_path / "config")]) == 0
    monkeypatch.setenv("NEWSWATCH_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("NEWSWATCH_CRAWL__ALLOW_NETWORKS", "127.0.0.1/32")
    monkeypatch.setenv("NEWSWATCH_CRAWL__DELAY", "0s")
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_saved_page_is_shown_as_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    assert run(["extract", "--json", "--url", "https://p.example/a", str(tmp_path / "page.html")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["title"], found["page_type"]) == ("Bridge to be widened", "article")
    assert found["published"] == "2026-11-20T19:30:00-08:00"


def test_a_page_that_is_no_article_is_told_by_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body><h1>Page not found</h1></body></html>", encoding="utf-8")
    assert run(["extract", str(tmp_path / "page.html")]) == 1
    assert run(["extract", str(tmp_path / "absent.html")]) == 1
    assert run(["extract"]) == 2


def test_a_list_is_answered_line_for_line_in_its_order(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = []
    for number in range(40):
        path = tmp_path / f"{number}.html.gz"
        filler = "<p></p>" * (3000 if number % 7 == 0 else 1)
        path.write_bytes(gzip.compress(PAGE.replace("Bridge to", f"Bridge {number} to").encode() + filler.encode()))
        rows.append({"id": str(number), "path": path.name, "url": f"https://p.example/{number}"})
    rows.insert(3, {"id": "lost", "path": "absent.html", "url": "https://p.example/x"})
    (tmp_path / "list.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows) + "no json\n", encoding="utf-8"
    )
    assert run(["extract", "--list", str(tmp_path / "list.jsonl")]) == 1
    found = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [one["id"] for one in found] == [row["id"] for row in rows] + [None]
    assert found[0]["title"] == "Bridge 0 to be widened"
    assert found[3]["page_type"] == "other"
    assert "No such file" in found[3]["error"]
    assert {"id", "title", "published", "modified", "authors", "body", "language", "page_type"} <= found[0].keys()


@pytest.mark.parametrize("path", ["/bridge", "/moved"])
def test_a_page_of_the_web_is_asked_for_politely(site: str, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["extract", "--json", site + path]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Bridge to be widened"
    assert Site.asked[0] == "/robots.txt"


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/private/x", "robots.txt disallows it"), ("/gone", "HTTP 404"), ("/door", "127.0.0.2")],
)
def test_a_page_that_may_not_be_had_is_told_with_its_reason(
    site: str, path: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["extract", site + path]) == 1
    assert reason in capsys.readouterr().err
