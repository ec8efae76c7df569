"""Sending what the outbox holds, through a transport that answers as it is told."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from alerts import holders
from alerts.cycle import queue_due
from alerts.outbox import LONGEST_WAIT, send_due, wait
from alerts.transports import Reply
from monitor.store import outbox, subscribers
from monitor.store.outbox import LEASE, Mail
from monitor.store.tables import alerted
from monitor.store.tables import outbox as table
from tests.newsroom import NOON, Newsroom, SetClock

OK = Reply(outcome="sent", code=250, text="ok")
LATER = Reply(outcome="temporary", code=451, text="later")
BUSY = Reply(outcome="temporary", code=421, text="busy")
LOST = Reply(outcome="temporary", text="connection closed")
UNKNOWN = Reply(outcome="unknown", text="timed out")
REFUSED = Reply(outcome="refused", text="connection refused")
NO = Reply(outcome="failed", code=550, text="5.1.1 no")


class Scripted:
    """A transport that gives the answers it was given, the last one for ever, and keeps what it was handed."""

    def __init__(self, *replies: Reply, before: Callable[[Mail], None] | None = None) -> None:
        self.replies: Iterator[Reply] = iter(replies)
        self.last = OK
        self.before = before or (lambda _mail: None)
        self.got: list[tuple[str, bytes]] = []

    def deliver(self, mail: Mail) -> Reply:
        """The next answer."""
        self.before(mail)
        self.last = next(self.replies, self.last)
        self.got.append((mail.key, mail.message))
        return self.last

    def close(self) -> None:
        """Nothing is open."""


def queue(engine: sa.Engine, *recipients: str, now: datetime = NOON, lasts: timedelta = timedelta(days=2)) -> None:
    """A mail to each, in this order."""
    with engine.begin() as connection:
        for number, recipient in enumerate(recipients):
            mail = Mail(key=f"k{number}", kind="digest", recipient=recipient, sender="alerts@example.org",
                        message_id=f"<{number}@example.org>", message=f"m{number}".encode(), expires=now + lasts)  # fmt: skip
            assert outbox.queue(connection, mail, now)


def states(engine: sa.Engine) -> list[str]:
    """The states of all mails, the oldest first."""
    with engine.connect() as connection:
        return [mail.state for mail in reversed(outbox.mails(connection))]


def due(engine: sa.Engine) -> datetime:
    """When the newest mail is due."""
    with engine.connect() as connection:
        found = outbox.mails(connection)[0].due
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("reply", "state", "count"),
    [(OK, "sent", "sent"), (NO, "failed", "failed"), (LATER, "ready", "deferred"), (BUSY, "ready", "deferred"),
     (LOST, "ready", "deferred"), (UNKNOWN, "ready", "deferred"), (REFUSED, "ready", "deferred")],
)  # fmt: skip
def test_the_answer_decides(engine: sa.Engine, reply: Reply, state: str, count: str) -> None:
    queue(engine, "a@x.example")
    counts = send_due(engine, SetClock(), Scripted(reply))
    assert states(engine) == [state]
    told = {"refused": 1} if reply is REFUSED else {}
    assert counts == {"sent": 0, "failed": 0, "deferred": 0, "cancelled": 0} | {count: 1} | told


def test_a_failed_mail_is_never_tried_again_but_by_hand(engine: sa.Engine) -> None:
    queue(engine, "a@x.example")
    send_due(engine, SetClock(), Scripted(NO))
    transport = Scripted(OK)
    send_due(engine, SetClock(NOON + timedelta(days=1)), transport)
    assert transport.got == []
    with engine.begin() as connection:
        assert outbox.retry(connection, NOON, NOON + timedelta(days=2)) == 1
    assert send_due(engine, SetClock(), transport)["sent"] == 1


def test_waits_grow_to_four_thousand_seconds() -> None:
    waits = [wait(attempts).total_seconds() for attempts in range(60)]
    assert waits[:3] == pytest.approx([300, 390, 507])
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT <= 7_200


def test_an_unknown_outcome_sends_the_same_bytes_again(engine: sa.Engine) -> None:
    queue(engine, "a@x.example")
    transport = Scripted(UNKNOWN, OK)
    send_due(engine, SetClock(), transport)
    send_due(engine, SetClock(NOON + timedelta(minutes=4)), transport)
    assert len(transport.got) == 1
    send_due(engine, SetClock(NOON + timedelta(minutes=6)), transport)
    assert transport.got[0] == transport.got[1]
    assert states(engine) == ["sent"]


def test_a_mail_is_given_up_after_its_time_and_its_stories_wait_for_the_next(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="hourly")
    newsroom.article()
    newsroom.clock.pass_(hours=1)
    queue_due(newsroom.engine, newsroom.clock, newsroom.desk)
    for _ in range(60):
        send_due(newsroom.engine, newsroom.clock, Scripted(LATER))
        newsroom.clock.pass_(hours=1)
    assert states(newsroom.engine) in (["failed"], ["cancelled"])
    with newsroom.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(alerted)) == 0
    assert queue_due(newsroom.engine, newsroom.clock, newsroom.desk)["queued"] == 1


@pytest.mark.parametrize(("state", "reply"), [("unsubscribed", "unsubscribed"), ("suppressed", "suppressed")])
def test_who_left_after_it_was_queued_is_not_written_to(newsroom: Newsroom, state: str, reply: str) -> None:
    newsroom.subscribe(every="immediately")
    newsroom.article()
    queue_due(newsroom.engine, newsroom.clock, newsroom.desk)
    with newsroom.engine.begin() as connection:
        subscribers.set_state(connection, 1, state)  # type: ignore[arg-type]
    transport = Scripted(OK)
    assert send_due(newsroom.engine, newsroom.clock, transport)["cancelled"] == 1
    assert transport.got == []
    with newsroom.engine.connect() as connection:
        assert outbox.mails(connection)[0].reply == reply


def test_who_leaves_while_others_are_sent_to_is_not_written_to(newsroom: Newsroom) -> None:
    newsroom.subscribe(every="immediately")
    newsroom.article(title="One")
    newsroom.article(title="Two")
    queue_due(newsroom.engine, newsroom.clock, newsroom.desk)
    others: list[Mail] = []

    def leave(mail: Mail) -> None:
        others.append(mail)
        with newsroom.engine.begin() as connection:
            subscribers.set_state(connection, 1, "unsubscribed")

    counts = send_due(newsroom.engine, newsroom.clock, Scripted(OK, before=leave))
    assert (counts["sent"], counts["cancelled"]) == (1, 1)


def test_an_expired_mail_is_cancelled(engine: sa.Engine) -> None:
    queue(engine, "a@x.example", lasts=timedelta(hours=1))
    transport = Scripted(OK)
    assert send_due(engine, SetClock(NOON + timedelta(hours=2)), transport)["cancelled"] == 1
    assert transport.got == []


def test_a_domain_that_is_busy_again_and_again_is_left_alone_and_others_are_not(engine: sa.Engine) -> None:
    queue(engine, "a@x.example", "b@x.example", "c@x.example", "d@y.example")
    transport = Scripted(BUSY, BUSY, OK)
    counts = send_due(engine, SetClock(), transport)
    assert [key for key, _ in transport.got] == ["k0", "k1", "k3"]
    assert (counts["sent"], counts["deferred"]) == (1, 3)


def test_a_refused_connection_ends_the_pass_and_delays_by_two_hours_at_most(engine: sa.Engine) -> None:
    queue(engine, "a@x.example", "b@x.example")
    clock = SetClock()
    for _ in range(30):
        transport = Scripted(REFUSED)
        send_due(engine, clock, transport)
        assert len(transport.got) == 1
        clock.pass_(hours=2)
        if clock.now() > NOON + timedelta(hours=40):
            break
    assert send_due(engine, clock, Scripted(OK))["sent"] == 2


def test_a_server_that_keeps_hanging_up_ends_the_pass(engine: sa.Engine) -> None:
    queue(engine, *(f"{n}@x.example" for n in range(9)))
    transport = Scripted(LOST)
    send_due(engine, SetClock(), transport)
    assert len(transport.got) == 3
    assert set(states(engine)) == {"ready"}


@pytest.mark.parametrize("ahead", [timedelta(days=365), timedelta(hours=3)])
def test_a_clock_that_was_ahead_strands_nothing(engine: sa.Engine, ahead: timedelta) -> None:
    queue(engine, "a@x.example", now=NOON + ahead)
    assert send_due(engine, SetClock(), Scripted(OK))["sent"] == 1


def hold(engine: sa.Engine, holder: str, lease: datetime) -> None:
    """As if a process had claimed all mails."""
    with engine.begin() as connection:
        connection.execute(sa.update(table).values(state="sending", holder=holder, lease=lease))


def test_what_a_killed_sender_held_goes_out_at_once(engine: sa.Engine) -> None:
    queue(engine, "a@x.example")
    child = os.fork()
    if child == 0:
        hold(engine, holders.name(), datetime.now(UTC) + LEASE) if engine.dialect.name == "sqlite" else None
        os._exit(0)
    os.waitpid(child, 0)
    if engine.dialect.name != "sqlite":
        gone = holders.name().replace(f"|{os.getpid()}|", f"|{child}|")
        hold(engine, gone, datetime.now(UTC) + LEASE)
    assert send_due(engine, SetClock(), Scripted(OK))["sent"] == 1


def test_what_another_machine_holds_waits_for_its_lease(engine: sa.Engine) -> None:
    queue(engine, "a@x.example")
    hold(engine, "elsewhere|1|2|x", datetime.now(UTC) + timedelta(minutes=1))
    assert send_due(engine, SetClock(), Scripted(OK))["sent"] == 0
    hold(engine, "elsewhere|1|2|x", datetime.now(UTC) - timedelta(seconds=1))
    assert send_due(engine, SetClock(), Scripted(OK))["sent"] == 1


def test_a_lease_given_by_a_clock_that_was_ahead_is_none(engine: sa.Engine) -> None:
    queue(engine, "a@x.example")
    hold(engine, "elsewhere|1|2|x", datetime.now(UTC) + timedelta(days=30))
    assert send_due(engine, SetClock(), Scripted(OK))["sent"] == 1


def test_a_mail_that_another_took_over_is_not_sent(engine: sa.Engine) -> None:
    queue(engine, "a@x.example", "b@x.example")

    def rob(_mail: Mail) -> None:
        hold(engine, "elsewhere|1|2|x", datetime.now(UTC) + timedelta(minutes=1))

    transport = Scripted(OK, before=rob)
    assert send_due(engine, SetClock(), transport)["cancelled"] == 0
    assert len(transport.got) == 1


def test_what_is_left_of_a_batch_when_it_breaks_off_is_given_back(engine: sa.Engine) -> None:
    queue(engine, "a@x.example", "b@x.example")

    def interrupt(_mail: Mail) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_due(engine, SetClock(), Scripted(OK, before=interrupt))
    assert states(engine) == ["ready", "ready"]
