"""What an article takes from its page, and what from its lead."""

from datetime import UTC, datetime

from monitor.records import Extract, Lead, Response, Source
from spiders.items import Fetched
from spiders.pipelines import assemble


def test_an_article_behind_a_wall_keeps_what_its_lead_said():
    item = Fetched(
        source=Source(name="Record", home="https://record.example/", region=("Stockton",)),
        lead=Lead(url="https://record.example/a?utm_source=rss", title="The lead's title", summary="And its summary"),
        response=Response(url="https://record.example/a", body=b""),
    )
    article = assemble(item, Extract(page_type="other", partial="paywall"))
    assert (article.title, article.summary, article.partial) == ("The lead's title", "And its summary", "paywall")
    assert (article.url, article.source, article.region) == ("https://record.example/a", "Record", ("Stockton",))


def test_the_date_of_the_page_goes_before_the_lead_s_and_is_as_sure_as_it_was():
    item = Fetched(
        source=Source(name="Record", home="https://record.example/"),
        lead=Lead(url="https://record.example/a", published=datetime(2026, 11, 24, tzinfo=UTC), way="feed"),
        response=Response(url="https://record.example/a", body=b""),
    )
    old = datetime(2017, 8, 4, tzinfo=UTC)
    extract = Extract(page_type="article", published=old, precision="day", published_from="json-ld", confidence="high")
    article = assemble(item, extract)
    assert (article.published, article.published_from, article.confidence) == (old, "json-ld", "medium")
