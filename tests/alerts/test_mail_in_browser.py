"""The mails in a real browser: narrow and wide, light and dark, no overflow, nothing fetched, nothing axe minds."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from alerts.confirmations import ask
from alerts.operator import queue_notice
from monitor.records import Subscription
from monitor.store import outbox
from tests.browser import Browser, needs_browser
from tests.hostile_news import assert_inert
from tests.newsroom import TOPICS, Newsroom

pytestmark = [needs_browser, pytest.mark.slow]

HEADLINES = [
    "Council adopts sanctuary policy after three hours of testimony",
    "العاصمة تصوّت على الميزانية: مجلس المدينة يقرر",
    "מועצת העיר אישרה את התקציב",
    "巴尔的摩市议会投票通过新的预算案" * 5,
    "Taumatawhakatangihangakoauauotamatea" * 12,
    "👩‍👩‍👧‍👦🏳️‍🌈 party " * 12,
    "z̷̧̨̛͉̙͚̺" * 40,
    "<script>alert(1)</script><img src=http://127.0.0.1:9/x onerror=alert(1)>",
    "</title></style><style>*{width:9999px;background:url(http://127.0.0.1:9/y)}</style>",
    "",
]


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """A store on SQLite: what is looked at does not depend on it."""
    return f"sqlite:///{tmp_path / 'newswatch.db'}"


def full(newsroom: Newsroom, *, empty: str = "nothing") -> None:
    """A day with everything in it that a digest can tell."""
    newsroom.subscribe(every="hourly", empty=empty)
    echoed = "The county became a sanctuary jurisdiction on Monday, after long debate in the hall. " * 8
    newsroom.article(title="Told before", body=echoed)
    newsroom.clock.pass_(hours=1)
    newsroom.tell()
    newsroom.article("KVLY", title="Told before", body=echoed)
    for number, title in enumerate(HEADLINES):
        newsroom.article(
            title=title, topics=list(TOPICS)[: number % 3 + 1],
            body=f"{title}\nHere {title[:900]} the county became a sanctuary jurisdiction. It was motion {number}.",
        )  # fmt: skip
    words = {"words": "santuary jurisdiktion", "how": "typo", "score": 88.0}
    newsroom.article(title="Misspelt", body="A santuary jurisdiktion it is.", **words)  # type: ignore[arg-type]
    newsroom.article(title="Undated", published=None, precision=None, body="A sanctuary jurisdiction, undated.")
    old = newsroom.clock.now() - timedelta(days=3_400)
    newsroom.article(title="From long ago", published=old, body="A sanctuary jurisdiction of old.")
    shared = "Every outlet of the valley carries this sanctuary jurisdiction text today, word for word. " * 8
    for number in range(15):
        newsroom.article(f"Outlet number {number}", title="Carried by all", body=shared)
    newsroom.outage("KVLY", newsroom.clock.now() - timedelta(days=2))
    newsroom.outage("Delta Herald", newsroom.clock.now() - timedelta(days=3), newsroom.clock.now())
    newsroom.clock.pass_(hours=1)


def many(newsroom: Newsroom) -> None:
    """Four hundred stories."""
    newsroom.subscribe(every="hourly")
    for number in range(400):
        newsroom.article(title=f"{HEADLINES[number % 9][:200]} {number}", body=f"A sanctuary jurisdiction, {number}.")
    newsroom.clock.pass_(hours=1)


def nothing(newsroom: Newsroom) -> None:
    """A day without news, for somebody who wants to hear that too."""
    newsroom.subscribe(every="hourly", empty="note")
    newsroom.clock.pass_(hours=1)


def at_once(newsroom: Newsroom) -> None:
    """One story, for somebody who hears at once."""
    newsroom.subscribe(every="immediately")
    newsroom.article(title=HEADLINES[1], body=f"{HEADLINES[1]} sanctuary jurisdiction.")


def confirmation(newsroom: Newsroom) -> None:
    """The mail that asks for confirmation."""
    with newsroom.engine.begin() as connection:
        wishes = Subscription(email="ben@example.org", time_zone="America/Los_Angeles")
        ask(
            connection,
            replace(newsroom.desk.head, url="https://alerts.example.org"),
            wishes,
            TOPICS,
            newsroom.clock.now(),
        )


def trouble(newsroom: Newsroom) -> None:
    """The operator's mail."""
    homes = {}
    for number, title in enumerate(HEADLINES):
        name, way = f"{title[:200]} {number}", f"https://news.example/{'very-long-' * 20}{number}.xml"
        homes[name] = f"https://news.example/{'home' * 40}"
        newsroom.outage(name, newsroom.clock.now(), way=way, kind="partial", trouble="not_found", reason=title[:300])
    newsroom.clock.pass_(hours=7)
    queue_notice(newsroom.engine, newsroom.clock, newsroom.desk.head, "ops@example.org", sources=homes)


def last_html(newsroom: Newsroom) -> str:
    """The HTML part of the newest mail."""
    with newsroom.engine.connect() as connection:
        mail = outbox.get(connection, outbox.mails(connection, limit=1)[0].id)
    assert mail is not None
    assert len(mail.message) <= 90_000
    part = message_from_bytes(mail.message, policy=policy.default).get_body(("html",))  # type: ignore[attr-defined]
    return str(part.get_content())


def test_axe_is_at_work(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text("<title>x</title><p style='color:#aaa;background:#fff'>pale</p><img src=data:,>", encoding="utf-8")
    browser.open(page.as_uri())
    assert {"color-contrast", "image-alt", "html-has-lang"} <= {rule for _, rule, _ in browser.axe()}


@pytest.mark.parametrize("day", [full, many, nothing, at_once, confirmation, trouble])
def test_a_mail_fits_fetches_nothing_and_shuts_nobody_out(
    newsroom: Newsroom, browser: Browser, tmp_path: Path, day: object
) -> None:
    day(newsroom)  # type: ignore[operator]
    newsroom.tell()
    html = last_html(newsroom)
    assert_inert(html)
    page = tmp_path / "mail.html"
    page.write_text(html, encoding="utf-8")
    browser.open(page.as_uri())
    for width in (360, 800):
        for scheme in ("light", "dark"):
            assert browser.fits(width, scheme), (width, scheme)
            assert browser.axe(width, scheme) == [], (width, scheme)
    assert [url for url in browser.requests if url != page.as_uri()] == []
    assert browser.dialogs == []
