"""How long a date counts, wherever it is asked whether a story is fresh."""

from datetime import datetime, timedelta

from monitor.records import Precision

_DAY = timedelta(days=1)


def counts_until(published: datetime, precision: Precision | None) -> datetime:
    """`published` itself; of a date without an hour, its day's end."""
    return published + _DAY if precision == "day" else published
