"""Messages from hostile words."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from alerts.composing import compose
from alerts.cycle import message
from alerts.messages import LONGEST_LINE
from alerts.wording import clean, link
from monitor.store import outbox, subscribers
from tests.alerts.test_cycle import cycle, mails, text
from tests.newsroom import Newsroom

HOSTILE = [
    "=?utf-8?q?x=0D=0ABcc:_victim@evil.test?=",
    "One\r\nBcc: victim@evil.test",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u202eevil\u2066 \u0000\u0007 bell",
    "Café ☕ Ελλάδα 東京 \ud83d",
    "x" * 5_000,
    "--=_boundary\r\nContent-Type: text/html",
    "{{ 7 * 7 }} {% raw %}",
    ".",
]


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("every", ["hourly", "immediately"])
def test_hostile_words_stay_words(newsroom: Newsroom, title: str, every: str) -> None:
    title = title.encode("utf-8", "replace").decode() if newsroom.engine.dialect.name == "postgresql" else title
    title = title.replace("\x00", "").encode("utf-8", "replace").decode()
    newsroom.subscribe(every=every)
    newsroom.article(title=title, body=f"{title}\nThe county became a sanctuary jurisdiction.\n.\n")
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    (mail,) = mails(newsroom)
    assert mail["Bcc"] is None
    assert mail["To"] == "ana@example.org"
    assert len(mail.get_all("Subject", [])) == 1
    assert {part.get_content_type() for part in mail.walk()} == {"multipart/alternative", "text/plain", "text/html"}
    html = html_of(mail)
    assert "<script" not in html
    assert "<img" not in html
    assert "49" not in text(mail).partition("https")[0]
    assert max(map(len, raw_of(newsroom).split(b"\r\n"))) <= LONGEST_LINE


def html_of(mail: EmailMessage) -> str:
    """The HTML part."""
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def raw_of(newsroom: Newsroom) -> bytes:
    """The first mail's bytes."""
    with newsroom.engine.connect() as connection:
        mail = outbox.get(connection, 1)
    assert mail is not None
    return mail.message


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/a?b=c&d=e#f", "https://news.example/a?b=c&d=e#f"),
        ("http://news.example/ä b\"<", "http://news.example/%C3%A4%20b%22%3C"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//news.example/x", ""),
        ("ftp://news.example/x", ""),
        ("http://[", ""),
        ("https://news.example/" + "x" * 2_000, ""),
    ],
)  # fmt: skip
def test_only_http_addresses_become_links(url: str, expected: str) -> None:
    assert link(url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\n b\x00\x1b[31m", "a b[31m"),
        ("\u202eevil\u2066\u200e", "evil"),
        ("z" + "\u0335\u0328\u0327\u0321\u0349" * 3, "z\u0335\u0328\u0327"),
        (
            "e\u0301 \u05e9\u05c1\u05b8 \U0001f469\u200d\U0001f4bb",
            "e\u0301 \u05e9\u05c1\u05b8 \U0001f469\u200d\U0001f4bb",
        ),
    ],
)
def test_words_are_one_line_that_paints_over_no_other(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_the_subject_names_the_topics_in_the_order_of_the_mail(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="daily", at="12:30")
    newsroom.article(topics=("stockton",), words="county", score=100)
    newsroom.article(topics=("sanctuary-policy",), score=90)
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    assert mails(newsroom)[0]["Subject"] == "Valley Watch: 2 stories on Sanctuary policy and Stockton, California"


def test_a_mail_about_a_story_without_a_headline_has_a_subject(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    newsroom.article(title="")
    cycle(newsroom)
    (mail,) = mails(newsroom)
    assert mail["Subject"] == "Valley Watch: 1 story on Sanctuary policy"
    assert "(no headline)" in html_of(mail)


def test_a_story_in_another_language_says_so_to_who_listens(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="hourly")
    newsroom.article(title="Un pont", language="fr")
    newsroom.article(title="A bridge", language='en" onclick="x')
    newsroom.clock.pass_(hours=1)
    cycle(newsroom)
    (mail,) = mails(newsroom)
    assert html_of(mail).count('lang="fr"') == 2
    assert "onclick" not in html_of(mail)


def test_a_headline_without_end_is_cut(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="hourly")
    newsroom.article(title="word " * 200)
    newsroom.clock.pass_(hours=1)
    cycle(newsroom)
    (mail,) = mails(newsroom)
    assert html_of(mail).count("word ") == 59
    assert "word…" in html_of(mail)


def test_the_headers_a_mail_operator_asks_for(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    newsroom.article()
    cycle(newsroom)
    raw = raw_of(newsroom)
    parsed = message_from_bytes(raw, policy=policy.default)
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["List-Id"] == "Valley Watch <newswatch.example.org>"
    assert parsed["List-Unsubscribe"].startswith("<mailto:alerts@example.org?subject=unsubscribe%20")
    assert b"\r\nList-Unsubscribe: <mailto:" in raw
    assert parsed["List-Unsubscribe-Post"] is None


def test_the_same_digest_has_the_same_bytes(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="hourly")
    newsroom.article()
    newsroom.clock.pass_(hours=1)
    with newsroom.engine.connect() as connection:
        subscriber = subscribers.get(connection, 1)
        assert subscriber is not None
        digest = compose(connection, subscriber, newsroom.desk.beat, newsroom.clock.now())
    first = message(digest, newsroom.desk.head, "digest:1:x")
    assert first == message(digest, newsroom.desk.head, "digest:1:x")
    later = replace(digest, made=digest.made + timedelta(hours=1))
    assert first != message(later, newsroom.desk.head, "digest:1:x")
