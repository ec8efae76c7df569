"""Which of the dates that page, way in and server give is the article's."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.dates.settling import settle
from monitor.records import Confidence, Extract, Lead, Precision

DAY = datetime(2026, 11, 20, tzinfo=UTC)
NOON, EVENING, YEAR_AGO = DAY + timedelta(hours=12), DAY + timedelta(hours=18), DAY - timedelta(days=365)
LATER = EVENING + timedelta(days=3)


def page(
    published: datetime | None = None,
    precision: Precision = "time",
    origin: str = "json-ld",
    confidence: Confidence = "high",
) -> Extract:
    if published is None:
        return Extract()
    return Extract(published=published, precision=precision, published_from=origin, confidence=confidence)


def lead(published: datetime | None = None, precision: Precision | None = "time", *, doubtful: bool = False) -> Lead:
    return Lead(url="https://p.example/a", published=published, precision=precision, way="feed", doubtful=doubtful)


@pytest.mark.parametrize(
    ("extract", "found", "published", "origin", "confidence"),
    [
        (page(NOON), lead(EVENING), NOON, "json-ld", "high"),
        (page(DAY, "day"), lead(EVENING), EVENING, "feed", "high"),
        (page(DAY, "day"), lead(DAY, "day"), DAY, "json-ld", "high"),
        (page(), lead(EVENING, None), EVENING, "feed", "high"),
        (page(NOON), lead(), NOON, "json-ld", "high"),
        (page(), lead(), None, "", None),
        (page(YEAR_AGO, "day"), lead(EVENING), YEAR_AGO, "json-ld", "medium"),
        (page(YEAR_AGO, "day", "text", "medium"), lead(EVENING), YEAR_AGO, "text", "medium"),
        (page(YEAR_AGO, "day", "guess", "low"), lead(EVENING), EVENING, "feed", "high"),
        (page(LATER), lead(EVENING), EVENING, "feed", "medium"),
        (page(), lead(EVENING, doubtful=True), None, "", None),
        (page(YEAR_AGO), lead(EVENING, doubtful=True), YEAR_AGO, "json-ld", "high"),
    ],
)
def test_where_page_and_lead_differ_by_days_the_earlier_is_right_unless_it_is_a_guess(
    extract: Extract, found: Lead, published: datetime | None, origin: str, confidence: str | None
) -> None:
    settled = settle(extract, found)
    assert (settled.published, settled.origin, settled.confidence) == (published, origin, confidence)


@pytest.mark.parametrize(
    ("header", "published"),
    [
        ("Fri, 04 Aug 2017 10:00:00 GMT", datetime(2017, 8, 4, 10, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 11:59:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_an_undated_page_that_has_not_changed_for_days_is_no_younger(header: str, published: datetime | None) -> None:
    settled = settle(page(), lead(), header, NOON)
    assert settled.published == published
    assert settled.confidence == ("low" if published else None)
