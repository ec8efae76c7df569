"""Who is told when a story changes."""

from email.message import EmailMessage

import sqlalchemy as sa

from alerts.composing import compose
from alerts.cycle import message
from monitor.store import subscribers
from monitor.store.tables import outbox
from tests.alerts.test_cycle import cycle, mails
from tests.alerts.test_cycle import text as text_part
from tests.newsroom import Newsroom

FIRST = "The council met on Monday night and spoke of its budget for three hours. " * 4
ADDED = "At ten the county became a sanctuary jurisdiction, 4 to 1."


def text(mail: EmailMessage) -> str:
    """The text part, its lines ended as in Python."""
    return text_part(mail).replace("\r\n", "\n")


def test_a_topic_that_is_new_in_a_revision_is_told_once_with_the_sentence_that_came_in(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    article = newsroom.article(body=FIRST, topics=[])
    assert cycle(newsroom) == 0
    newsroom.clock.pass_(hours=1)
    newsroom.revise(article, f"{FIRST}\n{ADDED}")
    newsroom.clock.pass_(minutes=5)
    assert cycle(newsroom) == 1
    (mail,) = mails(newsroom)
    assert mail["Message-ID"] == "<alert.1.1.1@example.org>"
    assert "Updated story" in text(mail)
    assert "Updated 13:00: added\n> At ten the county became a *sanctuary jurisdiction*, 4 to 1." in text(mail)
    newsroom.clock.pass_(hours=5)
    newsroom.revise(article, f"{FIRST}\n{ADDED} Supporters cheered.", before=["sanctuary-policy"])
    assert cycle(newsroom) == 0


def test_a_told_story_is_told_again_for_a_new_topic_alone(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    article = newsroom.article(body=FIRST + ADDED, topics=["sanctuary-policy"])
    assert cycle(newsroom) == 1
    newsroom.clock.pass_(hours=1)
    more = "In Stockton a sanctuary jurisdiction is next."
    newsroom.revise(article, f"{FIRST}{ADDED}\n{more}", ["sanctuary-policy", "stockton"], before=["sanctuary-policy"])
    assert cycle(newsroom) == 1
    again = text(mails(newsroom)[1])
    assert "Topics: Stockton, California\n" in again
    assert "Updated 13:00: added" in again


def test_a_correction_is_said_on_the_card(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    article = newsroom.article(body=FIRST, topics=[])
    newsroom.revise(article, f"{FIRST}\nCorrection: The county became a sanctuary jurisdiction on Monday.")
    assert cycle(newsroom) == 1
    assert "Updated 12:00, with a correction: added\n> Correction: " in text(mails(newsroom)[0])


def test_a_topic_that_vanishes_or_comes_back_is_told_to_nobody(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    article = newsroom.article(body=FIRST + ADDED)
    assert cycle(newsroom) == 1
    newsroom.revise(article, FIRST, [], before=["sanctuary-policy"])
    assert cycle(newsroom) == 0
    newsroom.revise(article, FIRST + ADDED)
    assert cycle(newsroom) == 0


def test_what_vanished_before_it_was_told_is_told_in_the_words_that_were_there(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="daily", at="20:00")
    article = newsroom.article(body=FIRST + ADDED)
    newsroom.clock.pass_(hours=1)
    newsroom.revise(article, FIRST, [], before=["sanctuary-policy"])
    newsroom.clock.pass_(hours=10)
    assert cycle(newsroom) == 1
    assert "No longer in the story\n> At ten the county became a *sanctuary jurisdiction*" in text(mails(newsroom)[0])


def test_a_revision_of_what_a_source_carried_at_first_sight_is_news_however_old_the_story_is(
    newsroom: Newsroom,
) -> None:
    newsroom.subscribe(every="immediately")
    article = newsroom.article(body=FIRST, topics=[], state="archived")
    newsroom.clock.pass_(hours=80)
    newsroom.revise(article, f"{FIRST}\n{ADDED}")
    assert cycle(newsroom) == 1
    with newsroom.engine.connect() as connection:
        until = connection.scalar(sa.select(outbox.c.fresh_until))
    assert until > newsroom.clock.now()


def test_a_new_headline_that_brings_a_topic_is_told(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    article = newsroom.article(title="Council meets", body=FIRST, topics=[])
    newsroom.revise(article, FIRST, title="County is a sanctuary jurisdiction")
    assert cycle(newsroom) == 1
    assert "Updated 12:00, a new headline" in text(mails(newsroom)[0])


def test_a_digest_for_the_eye_shows_the_update(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    article = newsroom.article(body=FIRST, topics=[])
    newsroom.revise(article, f"{FIRST}\n{ADDED}")
    now = newsroom.clock.now()
    with newsroom.engine.begin() as connection:
        (subscriber,) = subscribers.every(connection, "active")
        digest = compose(connection, subscriber, newsroom.desk.beat, now)
    assert b"Updated 12:00: added" in message(digest, newsroom.desk.head, "digest:1:x")


def test_updates_of_two_outlets_of_a_story_are_two_alerts(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    one = newsroom.article(body=FIRST, topics=[])
    two = newsroom.article("Delta Herald", body=FIRST, topics=[])
    newsroom.clock.pass_(hours=1)
    newsroom.revise(one, f"{FIRST}\n{ADDED}")
    assert cycle(newsroom) == 1
    newsroom.clock.pass_(hours=1)
    newsroom.revise(two, f"{FIRST}\nIn Stockton a sanctuary jurisdiction is next.", ["stockton"])
    assert cycle(newsroom) == 1
    assert [mail["Message-ID"] for mail in mails(newsroom)] == [
        "<alert.1.1.1@example.org>",
        "<alert.1.1.2@example.org>",
    ]
