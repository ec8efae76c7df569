"""Every hostile file of the data folder as a source beside a healthy one, in one real `newswatch run`."""

import gzip
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.newswatch.conftest import FILLER, ROOT

DATA = Path(os.environ.get("NEWSWATCH_DATA") or Path(__file__).parents[3] / "shared" / "data") / "adversarial"
KINDS = {".json": "application/feed+json", ".txt": "text/plain; charset=utf-8", ".html": "text/html; charset=utf-8"}
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters other than line ends and tabs, bidirectional overrides, lone surrogates."""
MEGABYTES, SECONDS = 200, 10.0
HOME = "127.0.0.1"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not DATA.is_dir(), reason="the adversarial files are not here")]


@dataclass
class Web:
    """All files, a healthy site, and canaries that nobody may ask."""

    port: int = 0
    robots: dict[str, str] = field(default_factory=dict)
    """Host → the robots file it serves."""
    canaries: list[str] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def at(self, path: str, host: str = HOME) -> str:
        return f"http://{host}:{self.port}/{path}"

    def answer(self, host: str, path: str) -> tuple[int, dict[str, str], bytes]:
        name = path.lstrip("/")
        if name == "robots.txt":
            return self.rules(self.robots.get(host, ""), path)
        if name.startswith("to/"):
            return 302, {"Location": f"/to/{int(name[3:]) + 1}"}, b""
        if name == "well":
            items = "".join(
                f"<item><title>Well {n}</title><link>{self.at(f'well/{n}', '127.0.0.3')}</link></item>"
                for n in range(5)
            )
            return (
                200,
                {"Content-Type": "application/rss+xml"},
                f"<rss version='2.0'><channel>{items}</channel></rss>".encode(),
            )
        if name == "listing":
            pages = sorted((DATA / "pages").iterdir())
            items = "".join(
                f"<item><title>About {p.name}</title><link>{self.at(f'pages/{p.name}')}</link></item>" for p in pages
            )
            return (
                200,
                {"Content-Type": "application/rss+xml"},
                f"<rss version='2.0'><channel>{items}</channel></rss>".encode(),
            )
        file = DATA / name
        if file.is_file():
            body = file.read_bytes()
            headers = {"Content-Type": KINDS.get(Path(name.removesuffix(".gz")).suffix, "application/xml")}
            if name.endswith(".gz") and name.startswith("sitemaps/"):
                headers["Content-Type"] = "application/gzip"
            elif name.endswith(".gz"):
                headers["Content-Encoding"] = "gzip"
            else:
                body = body.replace(b"{port}", str(self.port).encode())
            return 200, headers, body
        page = (
            f"<html><head><title>Story {name}</title></head><body><article><h1>Story {name}</h1><p>{FILLER} {name}</p>"
            f"<p>{FILLER}</p></article></body></html>"
        )
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page.encode()

    def rules(self, file: str, path: str) -> tuple[int, dict[str, str], bytes]:
        if file.endswith("redirect_6.json"):
            return 302, {"Location": "/to/1"}, b""
        if file.endswith(".json"):
            return int(re.findall(r"\d{3}", file)[0]), {"Content-Type": "text/plain"}, b"no"
        body = (DATA / file).read_bytes() if file else b""
        return 200, {"Content-Type": "text/plain"}, body


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    served = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.connection.getsockname()[0]
            served.asked.append((host, self.path))
            if host == "127.0.0.2":
                served.canaries.append(self.path)
            status, headers, body = served.answer(host, self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                pass

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)
    served.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 2999))
        listener.listen()
        listener.settimeout(0.2)
        threading.Thread(target=_listen, args=(listener, served), daemon=True).start()
        yield served
    server.shutdown()
    server.server_close()


def _listen(listener: socket.socket, served: Web) -> None:
    while listener.fileno() >= 0:
        try:
            listener.accept()[0].close()
            served.canaries.append("2999")
        except TimeoutError:
            pass
        except OSError:
            return


@dataclass
class Ran:
    """One run over everything."""

    report: dict[str, Any]
    seconds: float
    folder: Path
    stderr: str

    @property
    def texts(self) -> list[str]:
        """Every text in the store."""
        store = sqlite3.connect(self.folder / "var" / "newswatch.db")
        tables = [row[0] for row in store.execute("select name from sqlite_master where type = 'table'")]
        return [
            str(value) for table in tables for row in store.execute(f'select * from "{table}"') for value in row
            if isinstance(value, str)
        ]  # fmt: skip


def newswatch(*arguments: str, folder: Path | None = None, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newswatch", *arguments, *(["--config", str(folder)] if folder else [])]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=environment, check=False)


@pytest.fixture(scope="module")
def ran(web: Web, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = tmp_path_factory.mktemp("adversarial")
    sources = []
    for kind in ("feeds", "sitemaps"):
        for file in sorted((DATA / kind).iterdir()):
            ways = {k: [web.at(f"{kind}/{file.name}")] if k == kind else [] for k in ("feeds", "sitemaps", "sections")}
            sources.append({"name": f"{kind}/{file.name}", "home": web.at(""), **ways})
    for number, file in enumerate(sorted((DATA / "robots").iterdir()), start=11):
        host = f"127.0.1.{number}"
        web.robots[host] = f"robots/{file.name}"
        sections = [web.at(path, host) for path in ("private/a", "public/a", "p2/a", "x10/q/y", "a" * 200)]
        sources.append(
            {"name": f"robots/{file.name}", "home": web.at("", host), "feeds": [], "sitemaps": [], "sections": sections}
        )
    sources.append({"name": "pages", "home": web.at(""), "feeds": [web.at("listing")], "sitemaps": [], "sections": []})
    sources.append({"name": "well", "home": web.at("", "127.0.0.3"), "feeds": [web.at("well", "127.0.0.3")],
                    "sitemaps": [], "sections": []})  # fmt: skip
    allowed = ["127.0.0.1/32", "127.0.0.3/32", "127.0.1.0/24"]
    files = {
        "newswatch.yaml": {
            "mail": {"from": "a@example.org", "transport": "file:outbox/"},
            "crawl": {"contact": "b@example.net", "delay": "0ms", "timeout": "5s", "budget": "150s",
                      "allow_networks": allowed, "fresh": "3650d"},
        },
        "sources.yaml": {"sources": sources},
        "topics.yaml": {"topics": [{"name": "All", "query": "council OR story OR entry OR title OR mayor"}]},
        "subscribers.yaml": {"subscribers": [{"email": "ana@example.org", "every": "immediately"}]},
    }  # fmt: skip
    for name, value in files.items():
        (folder / name).write_text(json.dumps(value))
    begun = time.monotonic()
    done = newswatch("run", "--json", folder=folder)
    assert done.stdout, done.stderr
    assert "Traceback" not in done.stderr
    return Ran(json.loads(done.stdout), time.monotonic() - begun, folder, done.stderr)


def test_the_run_ends_and_the_healthy_source_is_whole(ran: Ran, web: Web) -> None:
    assert ran.seconds < 160
    assert {path for host, path in web.asked if host == "127.0.0.3"} >= {"/well", *(f"/well/{n}" for n in range(5))}
    assert not any(entry["name"] == "well" for entry in ran.report["sources"]["failed"])
    assert all(entry["reason"] for entry in ran.report["sources"]["failed"])
    done = newswatch("export", "articles", "--jsonl", folder=ran.folder)
    stored = [json.loads(line) for line in done.stdout.splitlines()]
    assert sum(article["source"] == "well" for article in stored) == 5


def test_no_canary_was_asked(ran: Ran, web: Web) -> None:
    assert web.canaries == []


def test_nothing_odd_is_kept_or_told(ran: Ran) -> None:
    secret = (DATA / "bombs" / "secret.txt").read_text().strip()
    told = [newswatch("export", kind, "--jsonl", folder=ran.folder).stdout for kind in ("articles", "matches")]
    lines = [json.loads(line) for text in told for line in text.splitlines()]
    assert lines
    for text in [*ran.texts, *_strings(lines), *_strings(ran.report), ran.stderr]:
        assert not ODD.search(text), repr(ODD.search(text))
        assert secret not in text
    for line in lines:
        assert len(line.get("title", "")) <= 1000
        assert all(
            str(line[key]).startswith(("http://", "https://")) for key in ("url", "canonical_url") if key in line
        )
    mails = [message_from_bytes(p.read_bytes(), policy=policy.default) for p in (ran.folder / "outbox").glob("*.eml")]
    for mail in mails:
        for part in mail.walk():
            if part.get_content_maintype() == "text":
                text = part.get_content()
                assert not ODD.search(text)
                assert not re.search(r"href=(?![\"']?(?:https?|mailto):)", text)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _files(*folders: str) -> list[str]:
    return [
        f"{folder}/{file.name}" for folder in folders if DATA.is_dir() for file in sorted((DATA / folder).iterdir())
    ]


@pytest.mark.parametrize("name", _files("feeds", "sitemaps", "pages"))
def test_a_file_alone_costs_little(name: str, tmp_path: Path) -> None:
    file = DATA / name
    if name.endswith(".gz") and not name.startswith("sitemaps/"):
        plain = tmp_path / file.stem
        plain.write_bytes(gzip.decompress(file.read_bytes()))
        file = plain
    arguments = (
        ["extract", str(file), "--json"] if name.startswith("pages/") else ["sources", "read", str(file), "--jsonl"]
    )
    seconds, memory, done = _cost(arguments)
    assert "Traceback" not in done
    assert seconds < SECONDS
    assert memory < MEGABYTES + _cost(["--version"])[1], name


def _cost(arguments: list[str]) -> tuple[float, float, str]:
    """CPU seconds and peak megabytes of a command and its children, and what it said on stderr."""
    code = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-m', 'newswatch', *sys.argv[1:]], stdout=subprocess.DEVNULL,"
        " stderr=subprocess.PIPE, text=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)\n"
        "print(done.stderr)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
        check=True,
    )
    first, _, rest = done.stdout.partition("\n")
    seconds, memory = map(float, first.split())
    return seconds, memory, rest
