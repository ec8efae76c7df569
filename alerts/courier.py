"""A courier: a thread that sends mails of some kinds soon after they are queued, and again when they are due."""

import contextlib
import logging
import threading
import traceback
from collections.abc import Callable, Collection, Iterator

import sqlalchemy as sa

from alerts import outbox
from alerts.transports import Transport
from monitor.clock import Clock
from monitor.store.outbox import Kind

logger = logging.getLogger(__name__)

ROUND = 30.0
"""Seconds between two looks into the outbox when nobody calls."""
GRACE = 10.0
"""Seconds to wait, at the end, for a mail that is under way."""


class Courier:
    """Looks into the outbox when called, and every `ROUND` seconds. What it claims, no other process sends."""

    def __init__(
        self,
        engine: sa.Engine,
        clock: Clock,
        transport: Callable[[], Transport],
        kinds: Collection[Kind],
        *,
        chore: Callable[[], object] = lambda: None,
    ) -> None:
        self._engine, self._clock, self._transport, self._kinds, self._chore = engine, clock, transport, kinds, chore
        self._called, self._over = threading.Event(), False

    def call(self) -> None:
        """There is something to send."""
        self._called.set()

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """The courier works until this is left. A mail that is not through by then is found again by the next one."""
        thread = threading.Thread(target=self._work, name="courier", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over = True
            self.call()
            thread.join(GRACE)

    def _work(self) -> None:
        while not self._over:
            self._called.clear()
            self._go()
            self._called.wait(ROUND)

    def _go(self) -> None:
        try:
            counts = outbox.send_due(self._engine, self._clock, self._transport(), kinds=self._kinds)
            self._chore()
        except Exception as error:  # noqa: BLE001 - the next round tries again; a message could hold an address
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error("sending failed with %s\n%s", type(error).__name__, where)
            return
        for what in ("failed", "deferred"):
            if counts[what]:
                logger.warning("%d mails %s; `newswatch outbox list` tells why", counts[what], what)
