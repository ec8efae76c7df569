"""JSON-LD as pages really write it."""

import lxml.html
import pytest

from monitor.extraction import jsonld


def story(*sources: str, url: str = "https://p.example/a") -> dict[str, object]:
    scripts = "".join(f'<script type="application/ld+json">{source}</script>' for source in sources)
    return jsonld.story(jsonld.read(lxml.html.fromstring(f"<html><head>{scripts}</head><body></body></html>")), url)


@pytest.mark.parametrize(
    "source",
    [
        '{"@type": "NewsArticle", "headline": "H"}',
        '[{"@type": "Organization"}, {"@type": ["Thing", "NewsArticle"], "headline": "H"}]',
        '{"@graph": [{"@type": "WebPage", "headline": "no"}, {"@type": "http://schema.org/BlogPosting", "headline": "H"}]}',
        '//<![CDATA[\n{"@type": "Article", "headline": "H"}\n//]]>',
        '{"@type": "Article", "headline": "H",}',
        '{"@type": "Article", "headline": "H", "articleBody": "a\nb\tc"}',
        '{"@type": "Article", "headline": "H", "broken": }',
        '{"mainEntity": {"@type": "Article", "headline": "H"}}',
    ],
)
def test_the_story_is_found_in_every_wrapping(source: str) -> None:
    assert story(source)["headline"] == "H"


def test_of_several_stories_the_one_at_the_address_counts() -> None:
    other = '{"@type":"Article","headline":"other","url":"https://p.example/b","datePublished":"2026-01-01"}'
    own = '{"@type":"Article","headline":"own","mainEntityOfPage":{"@id":"http://www.p.example/a/"}}'
    assert story(other, own)["headline"] == "own"


def test_stories_in_a_list_of_others_do_not_count() -> None:
    assert story('{"@type":"ItemList","itemListElement":[{"@type":"Article","headline":"other"}]}') == {}


def test_a_hundred_thousand_brackets_are_no_story() -> None:
    assert story("[" * 100_000) == {}
