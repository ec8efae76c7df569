"""What the operator is told, and that a blip is not."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import sqlalchemy as sa

from alerts.operator import disk, queue_notice
from monitor.health.verdict import Health
from monitor.health.ways import WayHealth
from monitor.store import outbox
from monitor.store.tables import outbox as outbox_table
from monitor.store.tables import sources
from tests.alerts.test_cycle import text
from tests.alerts.test_messages import html_of
from tests.newsroom import Newsroom


def told(newsroom: Newsroom, **circumstances: int) -> str:
    """The text of the operator's next mail; empty where there is none."""
    mail = told_by(newsroom, **circumstances)
    return text(mail) if mail else ""


def told_by(newsroom: Newsroom, **circumstances: int) -> EmailMessage | None:
    """The operator's next mail, if there is one."""
    count = queue_notice(
        newsroom.engine, newsroom.clock, newsroom.desk.head, "ops@example.org", sources=dict.fromkeys(newsroom.sources, "http://kvly.test/"),
        others=[disk(free, newsroom.clock.now()) for free in circumstances.values()],
    )  # fmt: skip
    if not count:
        return None
    with newsroom.engine.connect() as connection:
        mail = outbox.get(connection, outbox.mails(connection, limit=1)[0].id)
    assert mail is not None
    assert mail.kind == "operator"
    return message_from_bytes(mail.message, policy=policy.default)  # type: ignore[return-value]


def test_the_mail_reads_as_well_in_html_and_says_what_to_do(newsroom: Newsroom) -> None:
    newsroom.outage("KVLY", newsroom.clock.now(), reason="HTTP 404 <b>Not Found</b>", trouble="not_found")
    newsroom.clock.pass_(hours=7)
    mail = told_by(newsroom)
    assert mail is not None
    assert mail["Subject"].startswith("Valley Watch: KVLY cannot be checked since 2026-11-24 20:00 UTC: HTTP 404")
    assert "since 2026-11-24 20:00 UTC: HTTP 404 <b>Not Found</b>" in text(mail)
    assert "`newswatch sources discover http://kvly.test/` looks" in text(mail)
    assert "UTC: HTTP 404 &lt;b&gt;Not Found&lt;/b&gt;</p>" in html_of(mail)
    assert "newswatch sources discover http://kvly.test/</code> looks" in html_of(mail)


def test_a_source_that_fell_silent_answers_and_its_list_is_named(newsroom: Newsroom) -> None:
    now = newsroom.clock.now()
    newsroom.outage("KVLY", now, reason="nothing new", trouble="silent")
    at = now.timestamp()
    silent = WayHealth(kind="feeds", trouble="silent", reason="nothing new", bad=3, first=at, failing=at)
    with newsroom.engine.begin() as connection:
        health = Health(ways={"http://kvly.test/rss": silent}).plain()
        connection.execute(sa.update(sources).where(sources.c.name == "KVLY").values(health=health))
    newsroom.clock.pass_(hours=7)
    mail = told(newsroom)
    assert "KVLY answers, but has shown no news since 2026-11-24 20:00 UTC: nothing new" in mail
    assert "replace it in `feeds` of 'KVLY' in sources.yaml" in mail


def test_a_dark_source_is_told_once_and_its_return_too(newsroom: Newsroom) -> None:
    newsroom.outage("KVLY", newsroom.clock.now())
    newsroom.clock.pass_(hours=5)
    assert told(newsroom) == ""
    newsroom.clock.pass_(hours=2)
    assert "KVLY cannot be checked since 2026-11-24 20:00 UTC: connection refused" in told(newsroom)
    newsroom.clock.pass_(hours=2)
    assert told(newsroom) == ""
    newsroom.back("KVLY")
    assert told(newsroom) == ""
    newsroom.clock.pass_(minutes=40)
    assert "KVLY is back; it was dark for 9 hours" in told(newsroom)
    newsroom.clock.pass_(hours=2)
    assert told(newsroom) == ""


def test_a_blip_mails_nobody(newsroom: Newsroom) -> None:
    newsroom.outage("KVLY", newsroom.clock.now(), newsroom.clock.now() + timedelta(hours=5))
    newsroom.clock.pass_(hours=9)
    assert told(newsroom) == ""


def test_failed_mails_are_told_but_not_the_operators_own(newsroom: Newsroom) -> None:
    newsroom.outage("KVLY", newsroom.clock.now())
    newsroom.clock.pass_(hours=7)
    told(newsroom)
    with newsroom.engine.begin() as connection:
        values = {"state": "failed", "reply": "550 no", "finished": newsroom.clock.now()}
        connection.execute(sa.update(outbox_table).values(values))
    newsroom.clock.pass_(hours=2)
    assert told(newsroom) == ""
    with newsroom.engine.begin() as connection:
        connection.execute(sa.update(outbox_table).values(kind="digest"))
    assert "(digest) failed: 550 no" in told(newsroom)


def test_at_most_one_mail_an_hour(newsroom: Newsroom) -> None:
    assert "The store's disk has 3 MB left." in told(newsroom, disk_free=3_000_000)
    newsroom.outage("KVLY", newsroom.clock.now() - timedelta(hours=8))
    newsroom.clock.pass_(minutes=30)
    assert told(newsroom) == ""
    newsroom.clock.pass_(minutes=31)
    assert "KVLY" in told(newsroom)
    newsroom.clock.pass_(minutes=10)
    assert "2 MB left" in told(newsroom, disk_free=2_000_000)
