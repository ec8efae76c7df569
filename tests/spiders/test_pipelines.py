"""Which date and which title an article gets."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.records import Extract, Lead, Response, Source
from spiders.items import Fetched
from spiders.pipelines import assemble, settle_date

DAY = datetime(2026, 11, 20, tzinfo=UTC)
NOON, EVENING, YEAR_AGO = DAY + timedelta(hours=12), DAY + timedelta(hours=18), DAY - timedelta(days=365)


def page(published, precision, origin="json-ld"):
    return Extract(published=published, precision=precision, published_from=origin if published else "")


def lead(published, precision=None):
    return Lead(url="https://record.example/a", published=published, precision=precision, way="feed")


@pytest.mark.parametrize(
    ("extract", "found", "published", "origin"),
    [
        (page(NOON, "time"), lead(EVENING, "time"), NOON, "json-ld"),
        (page(DAY, "day"), lead(EVENING, "time"), EVENING, "feed"),
        (page(DAY, "day"), lead(DAY, "day"), DAY, "json-ld"),
        (page(None, None), lead(EVENING, "time"), EVENING, "feed"),
        (page(NOON, "time"), lead(None), NOON, "json-ld"),
        (page(None, None), lead(None), None, ""),
        (page(YEAR_AGO, "day"), lead(EVENING, "time"), YEAR_AGO, "json-ld"),
        (page(YEAR_AGO, "day", "text"), lead(EVENING, "time"), EVENING, "feed"),
        (page(YEAR_AGO, "time", "meta"), lead(EVENING, "time"), YEAR_AGO, "meta"),
    ],
)
def test_the_page_is_believed_where_it_has_the_hour_or_contradicts_the_feed_by_days(extract, found, published, origin):
    settled = settle_date(extract, found)
    assert (settled[0], settled[2]) == (published, origin)


def test_an_article_behind_a_wall_keeps_what_its_lead_said():
    item = Fetched(
        source=Source(name="Record", home="https://record.example/", region=("Stockton",)),
        lead=Lead(url="https://record.example/a?utm_source=rss", title="The lead's title", summary="And its summary"),
        response=Response(url="https://record.example/a", body=b""),
    )
    article = assemble(item, Extract(page_type="other", partial="paywall"))
    assert (article.title, article.summary, article.partial) == ("The lead's title", "And its summary", "paywall")
    assert (article.url, article.source, article.region) == ("https://record.example/a", "Record", ("Stockton",))
