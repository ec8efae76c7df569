"""Who wrote a page."""

import pytest

from monitor.extraction import authors
from monitor.extraction.page import Page

LD = '<script type="application/ld+json">%s</script>'


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        (LD % '{"@type":"NewsArticle","author":[{"name":"Ann Lee"},{"name":"Bo Ruiz"}]}', "", ("Ann Lee", "Bo Ruiz")),
        (LD % '{"@graph":[{"@type":"Article","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Ann Lee"}]}', "", ("Ann Lee",)),
        (LD % '{"@type":"Article","author":"By Ann Lee and Bo Ruiz"}', "", ("Ann Lee", "Bo Ruiz")),
        ('<meta name="author" content="Ann Lee, Bo Ruiz">', "", ("Ann Lee", "Bo Ruiz")),
        ('<meta property="article:author" content="https://www.facebook.com/annlee">', "", ()),
        ("", '<a rel="author" href="/x">Ann Lee</a>', ("Ann Lee",)),
        ("", '<p class="byline">By Ann Lee | Nov. 3, 2026</p>', ("Ann Lee",)),
        ("", '<h1>T</h1><p>Von Anna Müller und Jörg Weiß</p>', ("Anna Müller", "Jörg Weiß")),
        ("", '<a href="https://p.example/staff/ann-lee">Ann Lee</a>', ("Ann Lee",)),
        ("", '<div class="comments"><span class="author">troll77</span></div>', ()),
        (LD % '{"@type":"Article","author":{"name":"The Post"},"publisher":{"name":"The Post"}}',
         '<span class="author-name">Ann Lee</span>', ("Ann Lee",)),
        (LD % '{"@type":"Article","author":{"name":"The Post"},"publisher":{"name":"The Post"}}', "", ("The Post",)),
        ("", "<p>By the river the bridge stood.</p>", ()),
    ],
)  # fmt: skip
def test_names_are_found_where_pages_put_them(head: str, body: str, wanted: tuple[str, ...]) -> None:
    source = f"<html><head>{head}</head><body>{body}<p>text</p></body></html>"
    assert authors.names(Page(source.encode(), "https://p.example/a")) == wanted
