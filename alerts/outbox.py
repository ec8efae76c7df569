"""Sending what the outbox holds: claimed in batches, settled one by one, tried again as the answers allow."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from alerts import holders
from alerts.transports import Reply, Transport
from monitor import interrupts
from monitor.clock import Clock
from monitor.store import alerted, outbox, subscribers
from monitor.store.outbox import Kind, Mail, MailState

logger = logging.getLogger(__name__)

BATCH = 50
FIRST_WAIT, LONGEST_WAIT, GROWTH = 300.0, 4_000.0, 1.3
"""Seconds: a mail waits 5 min × 1.3ⁿ after its n-th temporary failure, and never longer than 4,000 s."""
LEAST_ASKED, LONGEST_ASKED = 60.0, 7_200.0
"""Seconds: the bounds of what Retry-After is believed."""
PAUSE = timedelta(minutes=30)
"""How long a domain is left alone that answered 421 again and again."""
PAUSE_AFTER = 2
"""421 answers in a row from a domain before it is."""
LOST_CONNECTIONS = 3
"""In a row: the server is in trouble, the rest waits for the next run."""


def wait(attempts: int) -> timedelta:
    """How long a mail waits after `attempts` temporary failures before this one."""
    return timedelta(seconds=min(FIRST_WAIT * GROWTH ** min(attempts, 50), LONGEST_WAIT))


def _asked(seconds: float) -> timedelta:
    """How long a receiver may ask to be left alone: a minute at least, or it would be asked again within this pass."""
    return timedelta(seconds=min(max(seconds, LEAST_ASKED), LONGEST_ASKED))


def send_due(
    engine: sa.Engine,
    clock: Clock,
    transport: Transport,
    *,
    batch: int = BATCH,
    kinds: Collection[Kind] = (),
    channels: Transport | None = None,
    progress: Callable[[Mail, str], None] | None = None,
) -> Counter[str]:
    """Send all that is due (of `kinds`, else of all); return how many were sent, deferred, failed and cancelled.

    What goes to channels is sent by `channels`, after the mails, and stays where it is `None`. `refused` is 1 as well
    where the mail server, or the way to it, took no mail at all.
    """
    counts: Counter[str] = Counter(sent=0, deferred=0, failed=0, cancelled=0)
    for way in (transport, channels):
        if way is not None:
            sender = _Sender(engine, clock, way, progress or (lambda _mail, _what: None), kinds, way is channels)
            try:
                while sender.usable and sender.send_batch(batch):
                    pass
            finally:
                way.close()
            counts.update(sender.counts)
    return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settlement:
    """What is to be noted of a mail."""

    state: MailState
    reply: str
    due: datetime | None = None
    tried: bool = True
    give_back: bool = False
    """The next digest is to tell what this mail would have told."""
    suppress: bool = False
    """The receiver is gone: nothing more is to be sent there."""


class _Sender:
    """One pass over the outbox."""

    def __init__(
        self,
        engine: sa.Engine,
        clock: Clock,
        transport: Transport,
        progress: Callable[[Mail, str], None],
        kinds: Collection[Kind],
        channels: bool,
    ) -> None:
        self._engine, self._clock, self._transport, self._progress = engine, clock, transport, progress
        self._kinds, self._channels = kinds, channels
        self._holder = holders.name()
        self._busy: Counter[str] = Counter()
        self._silent: dict[str, datetime] = {}
        """Channels that are left alone, and until when."""
        self._lost = 0
        self.usable = True
        self.counts: Counter[str] = Counter(sent=0, deferred=0, failed=0, cancelled=0)

    def send_batch(self, size: int) -> int:
        """Claim and send up to `size` mails; return how many were claimed."""
        with self._engine.connect() as connection:
            real_now = datetime.now(UTC)
            with connection.begin():
                outbox.reclaim(connection, real_now, holders.alive)
                claimed = outbox.claim(
                    connection, self._clock.now(), real_now, self._holder, size, kinds=self._kinds,
                    channels=self._channels,
                )  # fmt: skip
            done = 0
            try:
                done = self._send_all(connection, claimed)
            finally:
                if done < len(claimed):
                    with connection.begin():
                        outbox.let_go(connection, [mail.id for mail in claimed[done:]], self._holder)
        return len(claimed)

    def _send_all(self, connection: sa.Connection, claimed: Sequence[Mail]) -> int:
        """Send the claimed mails while the transport works; return how many are settled.

        The transaction that settles one looks whether the next may still go out, right before it does.
        """
        objection, begun = None, time.monotonic()
        for number, mail in enumerate(claimed):
            if number == 0:
                with connection.begin():
                    objection = self._objection(connection, mail)
            if not self.usable or time.monotonic() - begun > outbox.HANDS_OFF.total_seconds():
                return number
            with interrupts.held():  # a mail that is out is noted, or it would go out again
                settlement = self._try(mail, objection)
                with connection.begin():
                    self._settle(connection, mail, settlement)
                    if number + 1 < len(claimed):
                        objection = self._objection(connection, claimed[number + 1])
        return len(claimed)

    def _objection(self, connection: sa.Connection, mail: Mail) -> str | None:
        return outbox.objection(connection, mail, self._holder, self._clock.now())

    def _try(self, mail: Mail, objection: str | None) -> _Settlement | None:
        """Send a mail unless there is an objection; what is to be noted of it, `None` where it is not ours any more."""
        domain = mail.recipient.rpartition("@")[2]
        if objection == "lost":
            return None
        if objection:
            reply = f"expired; {mail.reply}" if objection == "expired" and mail.reply else objection
            return _Settlement(state="cancelled", reply=reply, tried=False, give_back=objection in ("expired", "stale"))
        if self._busy[domain] >= PAUSE_AFTER:
            due = self._clock.now() + PAUSE
            return _Settlement(state="ready", reply=f"{domain} is busy (421)", due=due, tried=False)
        if mail.recipient in self._silent:
            return _Settlement(state="ready", reply=f"{mail.recipient} takes nothing at the moment",
                               due=self._silent[mail.recipient], tried=False)  # fmt: skip
        return self._judge(mail, domain, self._transport.deliver(mail))

    def _judge(self, mail: Mail, domain: str, reply: Reply) -> _Settlement:
        """What follows from the server's answer."""
        lost = reply.code == 0 and reply.outcome in {"temporary", "unknown"}
        self._lost = self._lost + 1 if lost and not self._channels else 0  # each channel has a server of its own
        self.usable = reply.outcome != "refused" and self._lost < LOST_CONNECTIONS
        if reply.outcome == "refused":
            self.counts["refused"] = 1
        self._busy[domain] = self._busy[domain] + 1 if reply.code == 421 and reply.outcome == "temporary" else 0
        if reply.outcome in {"sent", "failed", "gone"}:
            state: MailState = "sent" if reply.outcome == "sent" else "failed"
            return _Settlement(state=state, reply=str(reply), suppress=reply.outcome == "gone")
        due = self._clock.now() + (wait(mail.attempts) if reply.after is None else _asked(reply.after))
        if due >= mail.expires and reply.outcome != "refused":
            give_back = reply.outcome == "temporary"
            return _Settlement(state="failed", reply=f"given up: {reply}", give_back=give_back)
        if self._channels and (lost or reply.after is not None):
            self._silent[mail.recipient] = due
        return _Settlement(state="ready", reply=str(reply), due=due)

    def _settle(self, connection: sa.Connection, mail: Mail, settlement: _Settlement | None) -> None:
        if settlement is None:
            return
        ours = outbox.settle(
            connection, mail, self._holder, settlement.state, settlement.reply, self._clock.now(),
            due=settlement.due, tried=settlement.tried,
        )  # fmt: skip
        if ours and settlement.give_back:
            alerted.release(connection, mail.key)
        if ours and settlement.suppress and mail.subscription_id is not None:
            subscribers.set_state(connection, mail.subscription_id, "suppressed")
        domain = mail.recipient.rpartition("@")[2]
        if self._busy[domain] == PAUSE_AFTER and settlement.tried:
            outbox.put_off(connection, domain, self._clock.now() + PAUSE, settlement.reply)
        what = "deferred" if settlement.state == "ready" else settlement.state
        self.counts[what] += 1
        self._progress(mail, what)
        logger.info("mail %d: %s", mail.id, what)
