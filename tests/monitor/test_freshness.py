"""How long a date counts."""

from datetime import UTC, datetime, timedelta

from monitor.freshness import counts_until

PUBLISHED = datetime(2026, 11, 24, tzinfo=UTC)


def test_a_date_without_an_hour_counts_until_its_days_end() -> None:
    assert counts_until(PUBLISHED, "time") == PUBLISHED
    assert counts_until(PUBLISHED, "day") == PUBLISHED + timedelta(days=1)
