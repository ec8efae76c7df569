"""Retry-After, as servers write it."""

from datetime import UTC, datetime

import pytest

from spiders.middlewares.pace import LONGEST, retry_after

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 0 ", 0.0),
        (b"99999999", LONGEST),
        (b"9" * 5000, LONGEST),
        (b"Tue, 24 Nov 2026 12:02:00 GMT", 120.0),
        (b"Tue, 24 Nov 2020 12:02:00 GMT", 0.0),
        (b"soon", None),
        (b"-5", None),
        (b"", None),
        (None, None),
    ],
)
def test_it_is_seconds_or_a_date_at_most_a_day(value, seconds):
    assert retry_after(value, NOW) == seconds
