"""When to look at a source again."""

from datetime import datetime, timedelta

from monitor.records import Source

USUAL = timedelta(minutes=15)
LONGEST = timedelta(days=1)
PATIENCE = timedelta(days=1)
"""So long a failing source is asked at its usual pace: most outages are short."""


def next_poll(source: Source, now: datetime, failing_since: datetime | None = None) -> datetime:
    """When `source` is due again; one that has been dark for over a day more and more rarely, and daily at least."""
    pace = source.poll or USUAL
    dark = now - failing_since if failing_since else timedelta()
    if dark > PATIENCE:
        pace = min(max(pace, dark / 8), max(LONGEST, pace))
    return now + pace
