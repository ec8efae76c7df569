"""Servers that break HTTP and TLS in ways of their own, asked by the crawl and by the look ahead."""

import gzip
import ipaddress
import itertools
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from monitor.records import Source
from spiders import preflight
from spiders.plan import CrawlPlan

pytestmark = pytest.mark.slow

TIMEOUT = 3.0
RSS = b"<rss version='2.0'><channel><title>F</title></channel></rss>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
WELL = OK + b'ETag: "1"\r\nContent-Length: %d\r\nConnection: close\r\n\r\n' % len(RSS) + RSS
ROBOTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
Way = Callable[["Rogue"], Iterator[bytes]]


def drip(first: bytes, then: bytes, pause: float = 0.2) -> Way:
    def send(rogue: "Rogue") -> Iterator[bytes]:
        yield first
        for _ in range(100):
            time.sleep(pause)
            yield then

    return send


def flood(first: bytes, block: bytes, times: int) -> Way:
    return lambda rogue: itertools.chain([first], itertools.repeat(block, times))


def says(*parts: bytes) -> Way:
    return lambda rogue: iter([part.replace(b"{port}", str(rogue.port).encode()) for part in parts])


def redirect(target: str) -> Way:
    return says(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())


def packed(times: int) -> bytes:
    body = b"0" * 200_000_000
    for _ in range(times):
        body = gzip.compress(body, 6)
    return body


def ping_pong(rogue: "Rogue") -> Iterator[bytes]:
    other = "127.0.0.4" if rogue.host == "127.0.0.1" else "127.0.0.1"
    return redirect(f"http://{other}:{{port}}/ping-pong")(rogue)


INWARD = {
    "octal": "http://0177.0.0.2:{port}/in", "hex": "http://0x7f.0.0.2:{port}/in", "hexadecimal": "http://0x7f000002:{port}/in",
    "short": "http://127.2:{port}/in", "mapped": "http://[::ffff:7f00:2]:{port}/in",
    "nat64": "http://[64:ff9b::7f00:2]:{port}/in", "6to4": "http://[2002:7f00:2::]:{port}/in",
    "user": "http://127.0.0.1@127.0.0.2:{port}/in", "backslash": "http:\\\\127.0.0.2:{port}/in",
    "scheme-relative": "//127.0.0.2:{port}/in", "trailing-dot": "http://127.0.0.2.:{port}/in",
    "fullwidth": "http://127。0。0。2:{port}/in",
}  # fmt: skip
UNREADABLE = {"backslash", "trailing-dot", "fullwidth"}
WAYS: dict[str, Way] = {
    "drip-status": drip(b"H", b"T"),
    "drip-header": drip(b"HTTP/1.1 200 OK\r\nX: ", b"y"),
    "drip-body": drip(OK + b"\r\n<rss>", b"<item>"),
    "drip-chunks": drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "endless-header": flood(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 65536, 3000),
    "endless-headers": flood(b"HTTP/1.1 200 OK\r\n", b"X: yyyyyyyyyyyyyyyy\r\n" * 4000, 2000),
    "endless-status": flood(b"HTTP/1.1 200 ", b"O" * 65536, 3000),
    "cookies": flood(b"HTTP/1.1 200 OK\r\n", b"Set-Cookie: a=" + b"b" * 8000 + b"\r\n", 2000),
    "continue-flood": flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100, 20000),
    "hints-flood": flood(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100, 20000),
    "switch": says(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
    "chunk-huge": says(OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx"),
    "chunk-negative": says(OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n"),
    "chunk-extension": flood(OK + b"Transfer-Encoding: chunked\r\n\r\n5;", b"x" * 65536, 3000),
    "chunk-trailers": flood(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n" * 10000, 3000),
    "length-negative": says(OK + b"Content-Length: -1\r\n\r\n" + RSS),
    "length-twice": says(OK + b"Content-Length: 5\r\nContent-Length: 60\r\n\r\n" + RSS),
    "length-word": says(OK + b"Content-Length: many\r\n\r\n" + RSS),
    "length-long": says(OK + b"Content-Length: 99999999999999999999999\r\n\r\n" + RSS),
    "status-word": says(b"HTTP/1.1 OK 200\r\n\r\n" + RSS),
    "status-999": says(b"HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n"),
    "http-09": says(RSS),
    "http-9": says(b"HTTP/9.9 200 OK\r\nConnection: close\r\n\r\n" + RSS),
    "nothing": says(b""),
    "garbage": says(bytes(range(256)) * 40),
    "nul-header": says(b"HTTP/1.1 200 OK\r\nX\0Y: \0\r\nContent-Length: 0\r\n\r\n"),
    "gzip-in-gzip": says(OK + b"Content-Encoding: gzip, gzip, gzip\r\nConnection: close\r\n\r\n", packed(3)),
    "encodings": says(OK + b"Content-Encoding: " + b"gzip, " * 5000 + b"gzip\r\nConnection: close\r\n\r\n" + RSS),
    "encoding-odd": says(OK + b"Content-Encoding: compress, exi\r\nConnection: close\r\n\r\n" + RSS),
    "not-modified": says(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    "etag-huge": flood(OK + b"ETag: ", b'"' + b"e" * 60000 + b'"\r\n\r\n' + RSS, 1),
    "retry-odd": says(b"HTTP/1.1 503 No\r\nRetry-After: -1e99\r\nContent-Length: 0\r\n\r\n"),
    "refresh": says(OK + b"Refresh: 0;url=http://127.0.0.2:{port}/in\r\nConnection: close\r\n\r\n" + RSS),
    "links": says(OK + b"Link: <http://127.0.0.2:{port}/in>; rel=preload\r\nConnection: close\r\n\r\n" + RSS),
    "ping-pong": ping_pong,
    "location-long": redirect("/" + "x" * 200_000),
    "location-none": says(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    "location-odd": redirect("http://[::1"),
    **{f"to-{name}": redirect(target) for name, target in INWARD.items()},
}


class Rogue:
    """Behaves as the path says; under /later only once it is asked with a validator."""

    def __init__(self, host: str, port: int, robots: Way | None = None, wrap: Any = None) -> None:
        self.host, self._robots, self._wrap = host, robots, wrap
        self._socket = socket.create_server((host, port), backlog=128)
        self.port = self._socket.getsockname()[1]
        self.asked: list[str] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connected = self._socket.accept()[0]
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connected,), daemon=True).start()

    def _serve(self, connected: socket.socket) -> None:
        try:
            connected = self._wrap(connected) if self._wrap else connected
            with closing(connected):
                request = b""
                while b"\r\n\r\n" not in request:
                    more = connected.recv(65536)
                    if not more:
                        return
                    request += more
                path = request.split(b" ")[1].decode()
                self.asked.append(path)
                for part in self._answer(path, b"if-none-match" in request.lower())(self):
                    connected.sendall(part)
        except OSError:
            pass

    def _answer(self, path: str, conditional: bool) -> Way:
        if path == "/robots.txt":
            return self._robots or says(ROBOTS)
        name = path.removeprefix("/later").lstrip("/").split("?")[0]
        if path.startswith("/later") and not conditional:
            return says(WELL)
        return WAYS.get(name, says(WELL))


@pytest.fixture
def rogue() -> Iterator[Callable[..., Rogue]]:
    made: list[Rogue] = []

    def make(host: str = "127.0.0.1", port: int = 0, **more: Any) -> Rogue:
        made.append(Rogue(host, port, **more))
        return made[-1]

    yield make
    for server in made:
        server.close()


def feed(name: str, url: str) -> Source:
    return Source(name=name, home=url, feeds=(url,), sitemaps=(), sections=())


ALLOWED = ("127.0.0.1/32", "127.0.0.3/32", "127.0.0.4/32")


def test_whatever_is_wrong_with_an_answer_the_run_ends_and_the_others_are_whole(rogue, new_site, run):
    bad = rogue()
    canary, other = rogue("127.0.0.2", bad.port), rogue("127.0.0.4", bad.port)
    well = new_site("127.0.0.3")
    well.feed("/rss", "/a", "/b")
    well.story("/a", "A story"), well.story("/b", "Another story")
    sources = [feed(name, f"http://127.0.0.1:{bad.port}/{name}") for name in WAYS]
    begun = time.monotonic()
    report = run(*sources, feed("well", well.base + "/rss"), allow_networks=ALLOWED, timeout=TIMEOUT, budget=100.0)
    assert time.monotonic() - begun < 90
    assert not report.out_of_budget
    assert canary.asked == []
    outcomes = {outcome.name: outcome for outcome in report.sources}
    assert (outcomes["well"].state, report.articles.held) == ("checked", 2)
    fine = {"refresh", "links", "encoding-odd", "etag-huge", "http-9"}
    for name in WAYS:
        assert outcomes[name].state == "failed" or name in fine, (name, outcomes[name])
        assert outcomes[name].state != "failed" or outcomes[name].reason, name
    for name in INWARD:
        assert "127.0.0.2" not in "".join(other.asked), name
        reason = outcomes[f"to-{name}"].reason
        assert ("user name" if name == "user" else "private address refused") in reason or name in UNREADABLE, reason


def test_the_look_ahead_leaves_all_of_it_to_the_crawl(rogue, run, tmp_path):
    bad = rogue("0.0.0.0")
    allowed = ("127.0.0.1/32", "127.0.1.0/24")
    sources = [feed(name, f"http://127.0.1.{n}:{bad.port}/later/{name}") for n, name in enumerate(WAYS, start=1)]
    run(*sources, allow_networks=allowed, timeout=TIMEOUT)
    plan = CrawlPlan(
        store=f"sqlite:///{tmp_path}/store.db", sources=tuple(sources), allow_networks=allowed, timeout=1.0, delay=0.0
    )
    begun = time.monotonic()
    ahead = preflight.look(plan)
    assert time.monotonic() - begun < 15
    assert "/in" not in bad.asked
    assert {outcome.name for outcome in ahead.report.sources} == {"not-modified"}
    assert set(ahead.rest.given) <= {source.home for source in sources}


ROBOTS_WAYS: dict[str, Way] = {
    "huge": flood(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"Disallow: /private\n" * 4000, 7000),
    "drip": drip(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\n", b"#"),
    "inward": redirect("http://127.0.0.2:{port}/robots.txt"),
    "loop": redirect("/robots.txt"),
    "garbage": says(bytes(range(256)) * 40),
    "sitemaps": says(
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nSitemap: http://127.0.0.2:{port}/in\nSitemap: file:///etc/passwd\n"
    ),
}


@pytest.mark.parametrize("name", ROBOTS_WAYS)
def test_a_robots_txt_that_does_its_worst_costs_its_own_site_alone(rogue, new_site, run, name):
    bad = rogue(robots=ROBOTS_WAYS[name])
    canary = rogue("127.0.0.2", bad.port)
    well = new_site("127.0.0.3")
    well.feed("/rss", "/a")
    well.story("/a", "A story")
    home = f"http://127.0.0.1:{bad.port}/"
    begun = time.monotonic()
    report = run(
        Source(name="bad", home=home, feeds=(home + "rss",)), feed("well", well.base + "/rss"),
        allow_networks=ALLOWED, timeout=TIMEOUT, budget=60.0,
    )  # fmt: skip
    assert time.monotonic() - begun < 30
    assert canary.asked == []
    outcomes = {outcome.name: outcome for outcome in report.sources}
    assert outcomes["well"].state == "checked"
    if name in ("drip", "inward", "loop"):
        assert outcomes["bad"].state == "failed"
        assert outcomes["bad"].reason
        assert "/rss" not in bad.asked


def certificate(host: str, days: int = 1, begin: int = -1) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now + timedelta(days=begin)).not_valid_after(now + timedelta(days=days))
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    return key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + signed.public_bytes(pem)


@pytest.mark.parametrize("trouble", ["stalls", "not TLS", "wrong host", "expired", "nobody vouches"])
def test_trouble_with_tls_is_named_and_nothing_is_read(rogue, run, tmp_path, monkeypatch, trouble):
    keys = tmp_path / "keys.pem"
    host = "127.0.0.9" if trouble == "wrong host" else "127.0.0.1"
    keys.write_bytes(certificate(host, *((-1, -9) if trouble == "expired" else ())))
    if trouble in ("wrong host", "expired"):
        monkeypatch.setenv("SSL_CERT_FILE", str(keys))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(keys)

    def wrap(connected: socket.socket) -> Any:
        if trouble == "stalls":
            time.sleep(30)
        if trouble == "not TLS":
            connected.sendall(ROBOTS)
            return connected
        return context.wrap_socket(connected, server_side=True)

    bad = rogue(wrap=wrap)
    begun = time.monotonic()
    report = run(feed("bad", f"https://127.0.0.1:{bad.port}/rss"), timeout=TIMEOUT)
    assert time.monotonic() - begun < 20
    assert bad.asked == []
    assert report.sources[0].state == "failed"
    reason = report.sources[0].reason
    assert ("timed out" if trouble == "stalls" else "TLS") in reason, reason
