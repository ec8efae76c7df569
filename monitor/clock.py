"""The run's clock: real time, or a time of its own that starts where it is told to and ticks."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the run's time, `offset` seconds away from the machine's."""

    offset: float = 0.0

    @classmethod
    def starting_at(cls, instant: datetime) -> "Clock":
        """A clock that shows `instant` now and ticks on from there."""
        return cls(instant.timestamp() - time.time())

    def now(self) -> datetime:
        """The run's time, aware, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.offset)
