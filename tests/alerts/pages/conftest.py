"""The pages, served for real on a free port, over a store of its own."""

import contextlib
import http.client
import re
import socket
import threading
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from alerts import links
from alerts.courier import Courier
from alerts.messages import Letterhead
from alerts.pages.app import pages
from alerts.pages.limits import Limiter
from alerts.pages.server import server
from alerts.pages.service import Service
from alerts.transports import FileTransport
from monitor.store import subscribers
from monitor.store.subscribers import Subscriber
from tests.newsroom import TOPICS, Newsroom

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def heading(self) -> str:
        """The page's heading."""
        found = re.search(r"<h1>(.*?)</h1>", self.text, re.DOTALL)
        return found[1] if found else ""


@dataclass
class Site:
    """The pages as a visitor sees them, and what stands behind."""

    newsroom: Newsroom
    folder: Path
    path: str = ""
    keys: tuple[str, ...] = ("old", "new")
    port: int = 0
    service: Service = field(init=False)

    @property
    def url(self) -> str:
        """The site's address."""
        return f"http://127.0.0.1:{self.port}{self.path}"

    def head(self) -> Letterhead:
        """Whose mail it is."""
        return replace(self.newsroom.desk.head, url=self.url, keys=self.keys)

    def get(self, address: str) -> Answer:
        """Open a page; `address` may be a whole one, or what comes after the site's."""
        return self.request("GET", address)

    def post(self, address: str, fields: Mapping[str, str | Sequence[str]] | None = None, **headers: str) -> Answer:
        """Send a form."""
        body = urlencode(fields or {}, doseq=True).encode()
        return self.request("POST", address, body, {"Content-Type": FORM, **headers})

    def post_multipart(self, address: str, fields: Mapping[str, str]) -> Answer:
        """Send a form in parts."""
        line = uuid.uuid4().hex
        parts = [f'--{line}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
        body = ("".join(parts) + f"--{line}--\r\n").encode()
        return self.request("POST", address, body, {"Content-Type": f"multipart/form-data; boundary={line}"})

    def request(
        self, method: str, address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask for anything."""
        parts = urlsplit(address)
        target = (parts.path if parts.netloc else self.path + parts.path) + (f"?{parts.query}" if parts.query else "")
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request(method, target, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read().decode())

    def mails(self, number: int) -> list[EmailMessage]:
        """The mails that went out, once there are `number` of them."""
        until = time.monotonic() + 5
        while len(found := sorted(self.folder.glob("*.eml"))) < number and time.monotonic() < until:
            time.sleep(0.02)
        assert len(found) == number
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in found]

    def ask(self, email: str = "ben@example.org", **fields: str | Sequence[str]) -> str:
        """Subscribe, and return the address in the mail that came."""
        before = len(list(self.folder.glob("*.eml")))
        assert self.post("/subscribe", {"email": email, **fields}).status == 200
        self.mails(before + 1)
        newest = max(self.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        found = re.search(r"http://\S+/confirm/\S+", newest.read_text())
        assert found
        return found[0]

    def subscriber(self, email: str = "ana@example.org") -> Subscriber | None:
        """The subscriber as the store has it."""
        with self.newsroom.engine.connect() as connection:
            return subscribers.find(connection, email)

    def leave(self, email: str = "ana@example.org") -> str:
        """The address to leave by, as it stands in every mail."""
        subscriber = self.subscriber(email)
        assert subscriber
        return self.url + links.leave(self.keys, subscriber.id)

    def preferences(self, email: str = "ana@example.org") -> str:
        """The address of a subscriber's settings."""
        subscriber = self.subscriber(email)
        assert subscriber
        return self.url + links.preferences(self.keys, subscriber.id)


@pytest.fixture
def store_url(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of an empty store: SQLite, or PostgreSQL where a test asks for it."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'newswatch.db'}"
    return str(request.getfixturevalue("postgres").database())


@pytest.fixture(params=[""])
def site(newsroom: Newsroom, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    """The pages, at an address with the path `request.param`; clients may ask as often as they like."""
    here = Site(newsroom=newsroom, folder=tmp_path / "outbox", path=request.param)
    here.folder.mkdir()
    with serving(here):
        yield here


@contextlib.contextmanager
def serving(here: Site) -> Iterator[None]:
    """Serve the pages of a site while this is entered."""
    courier = Courier(
        here.newsroom.engine, here.newsroom.clock, lambda: FileTransport(here.folder), {"confirmation"}  # type: ignore[arg-type]
    )  # fmt: skip

    @contextlib.asynccontextmanager
    async def around() -> AsyncIterator[None]:
        with courier.at_work():
            yield

    with socket.create_server(("127.0.0.1", 0)) as listener:
        here.port = listener.getsockname()[1]
        here.service = Service(
            engine=here.newsroom.engine, clock=here.newsroom.clock, head=here.head, topics=lambda: TOPICS,  # type: ignore[arg-type]
            time_zone="America/Los_Angeles", path=here.path, queued=courier.call,
            clients=Limiter(burst=10_000, every=1), everyone=Limiter(burst=10_000, every=1),
        )  # fmt: skip
        running = server(pages(here.service, around))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        while not running.started:
            time.sleep(0.005)
        try:
            yield
        finally:
            running.should_exit = True
            thread.join()
