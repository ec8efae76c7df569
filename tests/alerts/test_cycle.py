"""Who gets which mail, and when."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import sqlalchemy as sa

from alerts.cycle import queue_due
from monitor.store import outbox
from monitor.store.tables import alerted
from tests.monitor.stories.texts import ONE, TWO
from tests.newsroom import NOON, Newsroom


def cycle(newsroom: Newsroom) -> int:
    """One cycle; how many mails it queued."""
    return queue_due(newsroom.engine, newsroom.clock, newsroom.desk)["queued"]


def mails(newsroom: Newsroom) -> list[EmailMessage]:
    """All mails of the outbox, in the order they were queued."""
    with newsroom.engine.connect() as connection:
        ids = sorted(mail.id for mail in outbox.mails(connection))
        raw = [outbox.get(connection, mail_id) for mail_id in ids]
    return [message_from_bytes(mail.message, policy=policy.default) for mail in raw if mail]  # type: ignore[misc]


def text(mail: EmailMessage) -> str:
    """The text part."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_daily_digest_comes_at_its_time_and_once(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="daily", at="12:30")
    newsroom.clock.pass_(minutes=10)
    newsroom.article()
    assert cycle(newsroom) == 0
    newsroom.clock.pass_(minutes=25)
    assert cycle(newsroom) == 1
    assert cycle(newsroom) == 0
    newsroom.clock.pass_(days=1)
    assert cycle(newsroom) == 0
    (mail,) = mails(newsroom)
    assert mail["Subject"] == "Valley Watch: 1 story on Sanctuary policy"
    assert mail["Message-ID"] == "<digest.1.2026-11-24T20.30.00Z@example.org>"
    assert "became a *sanctuary jurisdiction*, 4 to 1." in text(mail)
    assert "https://news.example/1" in text(mail)


def test_an_immediate_subscriber_gets_a_mail_a_story(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    newsroom.article(title="One")
    newsroom.article(title="Two", topics=["sanctuary-policy", "stockton"])
    assert cycle(newsroom) == 2
    assert cycle(newsroom) == 0
    assert [mail["Subject"] for mail in mails(newsroom)] == ["One", "Two"]


def test_copies_of_one_text_are_one_card_that_names_every_outlet(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="hourly")
    body = "The county became a sanctuary jurisdiction on Monday. " * 8
    newsroom.article("The Valley Record", body=body)
    newsroom.article("KVLY", body=body)
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    (mail,) = mails(newsroom)
    assert mail["Subject"] == "Valley Watch: 1 story on Sanctuary policy"
    assert "Also in KVLY (the same text): https://news.example/2" in text(mail)


@pytest.mark.parametrize("every", ["hourly", "immediately"])
def test_a_later_outlet_of_a_told_story_is_one_line_and_never_a_card_again(newsroom: Newsroom, every: str) -> None:
    newsroom.subscribe(every=every, at="13:00")
    body = "The county became a sanctuary jurisdiction on Monday. " * 8
    newsroom.article("The Valley Record", body=body)
    newsroom.clock.pass_(minutes=30)
    cycle(newsroom)
    newsroom.clock.pass_(minutes=31)
    cycle(newsroom)
    assert len(mails(newsroom)) == 1
    newsroom.article("KVLY", body=body, title="County is a sanctuary")
    newsroom.clock.pass_(days=1)
    assert cycle(newsroom) == 1
    assert cycle(newsroom) == 0
    later = mails(newsroom)[-1]
    assert "- County is a sanctuary — KVLY" in text(later)
    assert "Council adopts" not in text(later)
    assert later["Subject"] == "Valley Watch: 1 more outlet of told stories"


def test_another_telling_of_a_told_event_is_a_line_that_quotes_what_is_new_in_it(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="hourly")
    newsroom.article(title=ONE[0], body=ONE[1], words="Mormon Slough", language="en")
    newsroom.clock.pass_(hours=1)
    cycle(newsroom)
    more = f"{TWO[1]} Sheriff Lee Burke closed Charter Way to lorries over 12 tons."
    newsroom.article("KVLY", title=TWO[0], body=more, words="Mormon Slough", language="en")
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    told = text(mails(newsroom)[-1])
    assert f"- {TWO[0]} — KVLY" in told
    assert "the same event: " in told
    assert "New in it: Sheriff Lee Burke closed Charter Way to lorries over 12 tons." in told
    assert mails(newsroom)[-1]["Subject"] == "Valley Watch: 1 more outlet of told stories"


def test_what_was_found_before_the_subscription_is_not_told(newsroom: Newsroom) -> None:
    newsroom.article()
    newsroom.clock.pass_(minutes=1)
    newsroom.subscribe(every="immediately")
    assert cycle(newsroom) == 0


def test_a_topic_added_later_starts_then(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately", topics=("stockton",))
    newsroom.article(title="Early", topics=["eric-jones"])
    newsroom.clock.pass_(minutes=1)
    newsroom.subscribe(every="immediately", topics=("stockton", "eric-jones"))
    newsroom.article(title="Late", topics=["eric-jones"])
    assert cycle(newsroom) == 1
    assert [mail["Subject"] for mail in mails(newsroom)] == ["Late"]


def test_what_a_source_carried_at_first_sight_alerts_only_when_fresh(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    now = newsroom.clock.now()
    newsroom.article(title="Fresh", state="archived", published=now - timedelta(hours=71))
    newsroom.article(title="Stale", state="archived", published=now - timedelta(hours=73))
    newsroom.article(title="Undated", state="archived", published=None, precision=None)
    newsroom.article(title="Held", state="held", published=None, precision=None)
    newsroom.article(title="Live and undated", published=None, precision=None)
    cycle(newsroom)
    assert sorted(mail["Subject"] for mail in mails(newsroom)) == ["Fresh", "Live and undated"]
    undated = next(mail for mail in mails(newsroom) if mail["Subject"] == "Live and undated")
    assert "The Valley Record · date unknown" in text(undated)


def test_three_dark_days_are_one_catch_up(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="daily", at="07:30")
    newsroom.article()
    newsroom.clock.pass_(days=3)
    assert cycle(newsroom) == 1
    assert cycle(newsroom) == 0
    (mail,) = mails(newsroom)
    assert mail["Message-ID"] == "<digest.1.2026-11-27T15.30.00Z@example.org>"
    assert text(mail).splitlines()[0] == "Valley Watch · Fri 27 Nov, 12:00 PST"


def test_a_clock_set_back_sends_nothing_twice(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="daily", at="12:30")
    newsroom.article()
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    newsroom.clock.pass_(hours=-2)
    newsroom.subscribe(every="daily", at="12:30")
    assert cycle(newsroom) == 0
    newsroom.article(title="Another")
    newsroom.clock.pass_(hours=2)
    assert cycle(newsroom) == 0
    newsroom.clock.pass_(days=1)
    assert cycle(newsroom) == 1


def test_a_clock_that_was_a_year_ahead_strands_nobody(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="daily", at="12:30")
    newsroom.clock.pass_(days=365)
    cycle(newsroom)
    newsroom.clock.time = NOON
    newsroom.article()
    newsroom.clock.pass_(days=1, hours=1)
    cycle(newsroom)
    newsroom.clock.pass_(days=1)
    cycle(newsroom)
    assert len(mails(newsroom)) == 1


def test_a_source_dark_for_over_a_day_and_its_return_are_digests_of_their_own(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="hourly")
    newsroom.outage("KVLY", newsroom.clock.now() + timedelta(minutes=5))
    newsroom.clock.pass_(hours=24)
    assert cycle(newsroom) == 0
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    newsroom.clock.pass_(hours=5)
    assert cycle(newsroom) == 0
    newsroom.back("KVLY")
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 0
    dark, back = mails(newsroom)
    assert dark["Subject"] == "Valley Watch: KVLY cannot be checked"
    assert "- KVLY: not checked since Tue 24 Nov, 12:05 (connection refused)." in text(dark)
    assert back["Subject"] == "Valley Watch: KVLY can be checked again"


def test_a_source_that_answers_but_is_silent_is_news_when_that_is_noticed(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="hourly")
    since = newsroom.clock.now() - timedelta(days=3)
    newsroom.clock.pass_(hours=2)
    newsroom.outage(
        "KVLY", since, found=newsroom.clock.now(), trouble="silent", reason="nothing new for far longer than usual"
    )
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 0
    (mail,) = mails(newsroom)
    assert mail["Subject"] == "Valley Watch: KVLY cannot be checked"
    assert "KVLY: it answers, but showed no news since Sat 21 Nov, 12:00; stories may have been missed" in text(mail)


def test_a_way_in_that_fails_while_others_work_is_told_without_counting_the_source_as_dark(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="daily", at="12:30", empty="note")
    way = "http://kvly.test/rss"
    newsroom.outage("KVLY", newsroom.clock.now(), kind="partial", way=way, trouble="not_found", reason="HTTP 404")
    newsroom.outage("KVLY", newsroom.clock.now(), kind="partial", trouble="paywall", reason="a paywall")
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    said = text(mails(newsroom)[0])
    assert f"KVLY: checked in part only since Tue 24 Nov, 12:00; {way} fails (HTTP 404)." in said
    assert "KVLY: its stories could not be read whole since Tue 24 Nov, 12:00 (a paywall)" in said
    assert "All 3 sources checked, nothing new." in said


def test_a_short_outage_waits_for_a_digest_and_stands_in_it(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="daily", at="07:30")
    newsroom.outage("KVLY", newsroom.clock.now(), newsroom.clock.now() + timedelta(hours=2))
    newsroom.clock.pass_(days=1)
    assert cycle(newsroom) == 0
    newsroom.article()
    newsroom.clock.pass_(days=1)
    assert cycle(newsroom) == 1
    assert "KVLY: back since Tue 24 Nov, 14:00; it could not be checked from Tue 24 Nov, 12:00 on" in text(
        mails(newsroom)[0]
    )


def test_an_empty_digest_is_a_note_for_those_who_want_one(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="daily", at="12:30", empty="note")
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    (mail,) = mails(newsroom)
    assert mail["Subject"] == "Valley Watch: nothing new"
    assert "All 3 sources checked, nothing new." in text(mail)


def test_an_empty_digest_of_one_source_is_told_in_the_singular(newsroom: Newsroom) -> None:
    newsroom.sources = newsroom.sources[:1]
    newsroom.subscribe(every="daily", at="12:30", empty="note")
    newsroom.clock.pass_(hours=1)
    assert cycle(newsroom) == 1
    assert "The one source was checked, nothing new." in text(mails(newsroom)[0])


def test_no_mail_says_that_sources_were_checked_which_no_run_has_looked_at(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="daily", at="12:30", empty="note")
    newsroom.checked(newsroom.clock.now(), due=newsroom.clock.now() + timedelta(minutes=30))
    newsroom.sources = (*newsroom.sources, "The New One")
    newsroom.clock.pass_(minutes=45)
    assert cycle(newsroom) == 1
    said = text(mails(newsroom)[0])
    assert "3 of 4 sources checked, nothing new." in said
    assert "The New One: not checked since Tue 24 Nov, 12:00 (it was due, and no run has looked at it)." in said
    newsroom.clock.pass_(days=1)
    assert cycle(newsroom) == 1
    assert "KVLY: not checked since Tue 24 Nov, 12:00 (it was due, and no run has looked at it)." in text(
        mails(newsroom)[-1]
    )


def test_a_mail_and_its_marks_are_one_transaction(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.subscribe(every="immediately")
    newsroom.article()

    def fail(*_: object) -> None:
        raise RuntimeError("stopped here")

    with monkeypatch.context() as patch:
        patch.setattr("alerts.cycle.alerted.mark", fail)
        with pytest.raises(RuntimeError):
            cycle(newsroom)
    assert mails(newsroom) == []
    assert cycle(newsroom) == 1
    with newsroom.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(alerted)) == 1


def test_a_full_digest_leaves_the_rest_for_the_next(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="hourly")
    for number in range(400):
        newsroom.article(title=f"Story {number:03}: " + "a long headline about the county " * 4)
    told: list[str] = []
    for _ in range(5):
        newsroom.clock.pass_(hours=1)
        cycle(newsroom)
    for mail in mails(newsroom):
        assert len(mail.as_bytes()) < 95_000
        told += [line for line in text(mail).splitlines() if "Story " in line and "https:" not in line]
    assert "more stories wait for the next digest" in text(mails(newsroom)[0])
    numbers = sorted(line.partition("Story ")[2][:3] for line in told)
    assert numbers == [f"{number:03}" for number in range(400)]
