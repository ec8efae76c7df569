"""What goes wrong in the month of `benchmarks/replay.py --days 30`, where and when, and what is to be told of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.faulty import BEGINS


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a site, and what is to be told of it: dark, partial, or nothing (an empty string)."""

    site: int
    day: float
    hours: float
    mode: str
    told: str

    @property
    def begin(self) -> datetime:
        return BEGINS + timedelta(days=self.day)

    @property
    def end(self) -> datetime:
        return self.begin + timedelta(hours=self.hours)

    def is_on(self, at: datetime) -> bool:
        return self.begin <= at < self.end

    @property
    def is_silence(self) -> bool:
        """Whether a list just shows nothing new."""
        return self.mode.startswith("frozen")


FOREVER = 24.0 * 1000
FAULTS = (
    Fault(1, 6.42, 3, "503", "dark"),
    Fault(1, 17.5, 108, "frozen", "dark"),
    Fault(1, 26.3, 7, "wall", "dark"),
    Fault(2, 9.33, 72, "refused", "dark"),
    Fault(2, 20.6, 36, "empty", "dark"),
    Fault(3, 8.38, 44, "gone", "partial"),
    Fault(3, 15.4, 8, "wall", "dark"),
    Fault(3, 23.5, 48, "redated", ""),
    Fault(4, 10.2, 200, "redesign", ""),
    Fault(4, 19.4, 24, "empty", "dark"),
    Fault(5, 12.4, 10, "html", "partial"),  # the home page goes on listing all
    Fault(5, 16.4, 30, "empty", "dark"),
    Fault(5, 22.4, FOREVER, "moved", ""),
    Fault(6, 14.4, 5, "timeout", "dark"),
    Fault(6, 24.4, 12, "slow", ""),
    Fault(7, 11.5, 144, "frozen-feed", "partial"),
    Fault(7, 21.4, 30, "blank", "dark"),
    Fault(8, 5.6, 1, "503", "dark"),
)
