"""What is news when it is found, when it is told, and when its mail goes out at last."""

from datetime import timedelta

import pytest

from alerts.cycle import queue_due
from alerts.outbox import send_due
from alerts.transports import Reply
from monitor.store import outbox
from monitor.store.outbox import Mail
from tests.alerts.test_cycle import cycle, mails, text
from tests.newsroom import NOON, Newsroom


class Down:
    """A mail server that answers only once it is `up`."""

    def __init__(self) -> None:
        self.up = False
        self.sent: list[str] = []

    def deliver(self, mail: Mail) -> Reply:
        """Refuse, or take the mail."""
        if not self.up:
            return Reply(outcome="temporary", code=451, text="later")
        self.sent.append(mail.key)
        return Reply(outcome="sent", code=250, text="ok")

    def close(self) -> None:
        """Nothing to close."""


def run(newsroom: Newsroom, server: Down) -> None:
    queue_due(newsroom.engine, newsroom.clock, newsroom.desk)
    send_due(newsroom.engine, newsroom.clock, server)


def test_an_old_story_that_turns_up_is_no_alert_and_says_so_in_the_digest(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately", at="12:30")
    newsroom.article(title="From 2017", published=NOON.replace(year=2017), confidence="high")
    newsroom.article(title="From today")
    assert cycle(newsroom) == 1
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    alert, digest = mails(newsroom)
    assert alert["Subject"] == "From today"
    assert "Old story, from 2017, resurfaced" in text(digest)


def test_a_line_in_brief_says_what_a_card_would(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="hourly")
    for number in range(115):
        newsroom.article(title=f"Story {number}")
    newsroom.article(title="From 2017", published=NOON.replace(year=2017), confidence="high")
    newsroom.article(title="Behind a wall", partial="paywall", score=90)
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    words = text(mails(newsroom)[0])
    said = dict(line[2:].split(" — ") for line in words.partition("In brief")[2].splitlines() if " — " in line)
    assert said["From 2017"].endswith("Old story, from 2017, resurfaced")
    assert said["Behind a wall"].endswith("Matched on title and summary only: paywall")
    assert any(about.endswith("Sanctuary policy") for about in said.values())


def test_a_date_that_is_a_hint_makes_no_story_old(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    newsroom.article(published=NOON.replace(year=2017), confidence="low")
    assert cycle(newsroom) == 1
    assert "date unknown" in text(mails(newsroom)[0])
    assert "resurfaced" not in text(mails(newsroom)[0])


@pytest.mark.parametrize(("hours", "sent"), [(70, ["alert:1:1:0"]), (74, ["digest:1:2026-11-27T20:30:00Z"])])
def test_an_alert_that_waited_over_fresh_is_told_in_the_next_digest(
    newsroom: Newsroom, hours: int, sent: list[str]
) -> None:
    newsroom.subscribe(every="immediately", at="12:30")
    newsroom.article()
    server = Down()
    run(newsroom, server)
    newsroom.clock.pass_(hours=hours)
    server.up = True
    run(newsroom, server)
    assert server.sent == sent
    if hours > 72:
        assert "Published" not in text(mails(newsroom)[-1])
        assert "24 Nov" in text(mails(newsroom)[-1])


def test_a_digest_that_waited_is_made_again_of_what_is_still_news(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="daily", at="12:30")
    old = NOON - timedelta(hours=71)
    newsroom.article(title="Carried at first sight", state="archived", published=old)
    newsroom.article(title="Found today")
    newsroom.clock.pass_(hours=1)
    server = Down()
    run(newsroom, server)
    assert "Carried at first sight" in text(mails(newsroom)[0])
    newsroom.clock.pass_(hours=26)  # another digest was due; the first story is 98 hours old: over fresh and a day
    server.up = True
    run(newsroom, server)
    told = {key: text(mail) for key, mail in zip(_keys(newsroom), mails(newsroom), strict=True) if key in server.sent}
    assert sum("Found today" in words for words in told.values()) == 1
    assert not any("Carried at first sight" in words for words in told.values())


def test_a_weekly_digest_that_waits_three_days_still_goes_out(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="weekly", day="tuesday", at="12:30")
    newsroom.article()
    newsroom.clock.pass_(hours=1)
    server = Down()
    run(newsroom, server)
    newsroom.clock.pass_(days=3)
    server.up = True
    run(newsroom, server)
    assert len(server.sent) == 1


def _keys(newsroom: Newsroom) -> list[str]:
    with newsroom.engine.connect() as connection:
        return [mail.key for mail in sorted(outbox.mails(connection), key=lambda mail: mail.id)]
