"""Sending what the outbox holds: claimed in batches, settled one by one, tried again as the answers allow."""

import logging
from collections import Counter
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from alerts import holders
from alerts.transports import Reply, Transport
from monitor.clock import Clock
from monitor.store import alerted, outbox
from monitor.store.outbox import Kind, Mail, MailState

logger = logging.getLogger(__name__)

BATCH = 50
FIRST_WAIT, LONGEST_WAIT, GROWTH = 300.0, 4_000.0, 1.3
"""Seconds: a mail waits 5 min × 1.3ⁿ after its n-th temporary failure, and never longer than 4,000 s."""
PAUSE = timedelta(minutes=30)
"""How long a domain is left alone that answered 421 again and again."""
PAUSE_AFTER = 2
"""421 answers in a row from a domain before it is."""
LOST_CONNECTIONS = 3
"""In a row: the server is in trouble, the rest waits for the next run."""
NEVER = (530, 534, 535, 538)


def wait(attempts: int) -> timedelta:
    """How long a mail waits after `attempts` temporary failures before this one."""
    return timedelta(seconds=min(FIRST_WAIT * GROWTH ** min(attempts, 50), LONGEST_WAIT))


def send_due(
    engine: sa.Engine,
    clock: Clock,
    transport: Transport,
    *,
    batch: int = BATCH,
    kinds: Collection[Kind] = (),
    progress: Callable[[Mail, str], None] | None = None,
) -> Counter[str]:
    """Send all that is due (of `kinds`, else of all); return how many were sent, deferred, failed and cancelled."""
    sender = _Sender(engine, clock, transport, progress or (lambda _mail, _what: None), kinds)
    try:
        while sender.usable and sender.send_batch(batch):
            pass
    finally:
        transport.close()
    return sender.counts


class _Sender:
    """One pass over the outbox."""

    def __init__(
        self,
        engine: sa.Engine,
        clock: Clock,
        transport: Transport,
        progress: Callable[[Mail, str], None],
        kinds: Collection[Kind],
    ) -> None:
        self._engine, self._clock, self._transport, self._progress = engine, clock, transport, progress
        self._kinds = kinds
        self._holder = holders.name()
        self._busy: Counter[str] = Counter()
        self._lost = 0
        self.usable = True
        self.counts: Counter[str] = Counter(sent=0, deferred=0, failed=0, cancelled=0)

    def send_batch(self, size: int) -> int:
        """Claim and send up to `size` mails; return how many were claimed."""
        real_now = datetime.now(UTC)
        with self._engine.begin() as connection:
            outbox.reclaim(connection, real_now, holders.alive)
            claimed = outbox.claim(connection, self._clock.now(), real_now, self._holder, size, kinds=self._kinds)
        left = list(claimed)
        try:
            while left and self.usable:
                self._send(left[0])
                left.pop(0)
        finally:
            if left:
                with self._engine.begin() as connection:
                    outbox.let_go(connection, [mail.id for mail in left], self._holder)
        return len(claimed)

    def _send(self, mail: Mail) -> None:
        domain = mail.recipient.rpartition("@")[2]
        if self._busy[domain] >= PAUSE_AFTER:
            self._settle(mail, "ready", f"{domain} is busy (421)", due=self._clock.now() + PAUSE, tried=False)
            return
        with self._engine.begin() as connection:
            objection = outbox.objection(connection, mail, self._holder, self._clock.now())
        if objection == "lost":
            return
        if objection:
            self._settle(mail, "cancelled", objection, give_back=objection == "expired")
            return
        self._note(mail, domain, self._transport.deliver(mail))

    def _note(self, mail: Mail, domain: str, reply: Reply) -> None:
        """Settle a mail by what the server said of it."""
        self._lost = self._lost + 1 if reply.code == 0 and reply.outcome in {"temporary", "unknown"} else 0
        self.usable = reply.outcome != "refused" and self._lost < LOST_CONNECTIONS
        if reply.outcome == "sent":
            self._busy[domain] = 0
            self._settle(mail, "sent", str(reply))
        elif reply.outcome == "failed":
            self._settle(mail, "failed", str(reply))
        else:
            self._try_again(mail, domain, reply)

    def _try_again(self, mail: Mail, domain: str, reply: Reply) -> None:
        now = self._clock.now()
        if reply.outcome == "temporary" and reply.code == 421:
            self._busy[domain] += 1
            if self._busy[domain] == PAUSE_AFTER:
                with self._engine.begin() as connection:
                    outbox.put_off(connection, domain, now + PAUSE, str(reply))
        due = now + wait(mail.attempts)
        if due >= mail.expires and reply.outcome != "refused":
            self._settle(mail, "failed", f"given up: {reply}", give_back=reply.outcome == "temporary")
        else:
            self._settle(mail, "ready", str(reply), due=due)

    def _settle(
        self,
        mail: Mail,
        state: MailState,
        reply: str,
        *,
        due: datetime | None = None,
        tried: bool = True,
        give_back: bool = False,
    ) -> None:
        """Commit what became of a mail; `give_back` lets the next digest tell what it would have told."""
        with self._engine.begin() as connection:
            ours = outbox.settle(connection, mail, self._holder, state, reply, self._clock.now(), due=due, tried=tried)
            if ours and give_back:
                alerted.release(connection, mail.key)
        what = "deferred" if state == "ready" else state
        self.counts[what] += 1
        self._progress(mail, what)
        logger.info("mail %d: %s", mail.id, what)
