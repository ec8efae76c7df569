from datetime import UTC, datetime, timedelta

import pytest

from monitor.leads import Reading, read
from monitor.records import Response

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def feed(body: str | bytes, content_type: str = "", limit: int = 2_000) -> Reading:
    raw = body.encode() if isinstance(body, str) else body
    url = "http://news.example/rss/feed.xml"
    return read(Response(url=url, body=raw, content_type=content_type, fetched=NOW), source="News", limit=limit)


def rss(*items: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<rss version="2.0"><channel><title>N</title>{"".join(items)}</channel></rss>'


def item(title: str = "A story", link: str = "http://news.example/a", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>g</guid>{more}</item>"


GOOD = item("Good", "http://news.example/good", "<pubDate>Tue, 24 Nov 2026 01:00:00 +0100</pubDate>")


def test_an_entry_becomes_a_lead_of_its_source() -> None:
    reading = feed(
        rss(item("A &amp; B", more="<pubDate>Tue, 24 Nov 2026 01:00:00 -0800</pubDate><description>d</description>"))
    )
    (lead,) = reading.leads
    assert (reading.kind, reading.entries, reading.error, reading.title) == ("rss", 1, "", "N")
    assert (lead.url, lead.title, lead.id, lead.summary) == ("http://news.example/a", "A & B", "g", "d")
    assert (lead.published, lead.precision) == (datetime(2026, 11, 24, 9, tzinfo=UTC), "time")
    assert (lead.source, lead.way) == ("News", "feed")


TITLES = [
    ("AT&T & Police", "AT&T & Police"),
    ("Caf&eacute; &mdash; x", "Café — x"),
    ("Q&amp;amp;A: Council &amp;#8217;s vote", "Q&A: Council ’s vote"),
    ("a&#xD800;b", "ab"),
    ("a\x00b\x08c", "abc"),
    ("x&#10;y&#13;Bcc: z", "x y Bcc: z"),
    ("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move"),
    ("<![CDATA[AT&T <i>wins</i>]]>", "AT&T wins"),
    ("\u202eevil\u202c\u200b", "evil"),
    ("1 &lt; 2 and 3 &gt; 2", "1 < 2 and 3 > 2"),
    ("A" * 5_000, "A" * 1_000),
    ("&bogus; entity", "&bogus; entity"),
]


@pytest.mark.parametrize(("written", "shown"), TITLES)
def test_a_title_is_plain_text_and_its_neighbour_stays(written: str, shown: str) -> None:
    reading = feed(rss(item(written), GOOD))
    assert [lead.title for lead in reading.leads] == [shown, "Good"]


LINKS = [
    ("http://news.example/1?a=1&b=2", "http://news.example/1?a=1&b=2"),
    ("/x", "http://news.example/x"),
    ("../up", "http://news.example/up"),
    ("\n  http://news.example/spaced \n", "http://news.example/spaced"),
    ("javascript:alert(1)", None),
    ("", None),
    ("http://news.example/" + "a" * 9_000, None),
]


@pytest.mark.parametrize(("written", "url"), LINKS)
def test_a_link_is_absolute_or_the_entry_is_counted_without_one(written: str, url: str | None) -> None:
    reading = feed(rss(item(link=written), GOOD))
    assert reading.entries == 2
    assert [lead.url for lead in reading.leads] == [*([url] if url else []), "http://news.example/good"]
    assert [lead.id for lead in reading.unlinked] == ([] if url else ["g"])


DATES = [
    ("Tue, 24 Nov 2026 01:00:00 +0100", "2026-11-24T00:00", "time"),
    ("2026-11-23", "2026-11-23T00:00", "day"),
    ("24 Nov 2026", "2026-11-24T00:00", "day"),
    ("2026-11-23T22:30:00-08:00", "2026-11-24T06:30", "time"),
    ("yesterday", None, None),
    ("0000-00-00", None, None),
    ("-1", None, None),
    ("Thu, 01 Jan 1970 00:00:00 GMT", None, None),
    ("Tue, 24 Nov 2099 01:00:00 GMT", None, None),
    ("9" * 400, None, None),
]


@pytest.mark.parametrize(("written", "instant", "precision"), DATES)
def test_a_date_is_aware_or_none(written: str, instant: str | None, precision: str | None) -> None:
    reading = feed(rss(item(more=f"<pubDate>{written}</pubDate>"), GOOD))
    lead = reading.leads[0]
    assert (lead.published and lead.published.isoformat()[:16], lead.precision) == (instant, precision)
    assert lead.published is None or lead.published.tzinfo is UTC


ENCODINGS = [
    ("Café".encode("cp1252"), "utf-8", ""),
    ("Café".encode(), "iso-8859-1", "application/rss+xml; charset=utf-8"),
    ("Café".encode("cp1252"), "iso-8859-1", ""),
    ("Café".encode("cp1252"), "nonsense", "text/xml; charset=windows-1252"),
]


@pytest.mark.parametrize(("title", "declared", "content_type"), ENCODINGS)
def test_the_characters_are_right_whatever_is_declared(title: bytes, declared: str, content_type: str) -> None:
    body = rss(item("TITLE"), GOOD).replace("?>", f' encoding="{declared}"?>', 1).encode().replace(b"TITLE", title)
    assert [lead.title for lead in feed(body, content_type).leads] == ["Café", "Good"]


def test_utf_16_is_read_with_a_mark_and_without() -> None:
    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        assert feed(rss(item("Café")).encode(codec)).leads[0].title == "Café"


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://news.example/b/"><title>t</title><entry>
<id>urn:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>bold</b> one</div></title>
<link rel="enclosure" href="http://evil.example/1.mp3"/><link rel="alternate" type="application/json" href="j"/>
<link rel="alternate" type="text/html" href="a"/><updated>2026-11-24T01:00:00Z</updated></entry></feed>"""


def test_of_several_links_the_page_is_taken_against_the_base() -> None:
    (lead,) = feed(ATOM).leads
    assert (lead.url, lead.title, lead.precision) == ("http://news.example/b/a", "A bold one", "time")


def test_rdf_is_read() -> None:
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>c</title></channel>
    <item rdf:about="http://news.example/a"><title>A</title><link>http://news.example/a</link>
    <dc:date>2026-11-23T10:00:00Z</dc:date></item></rdf:RDF>"""
    reading = feed(body)
    assert (reading.kind, reading.entries, reading.leads[0].published) == (
        "rdf",
        1,
        datetime(2026, 11, 23, 10, tzinfo=UTC),
    )


BOMB = "<!DOCTYPE r [<!ENTITY a 'lol'><!ENTITY b '" + "&a;" * 500 + "'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
BROKEN = [
    (rss(item("&b;"), GOOD, before=BOMB), 2, "declares entities"),
    (rss(item("x&x;y"), GOOD, before=BOMB), 2, "declares entities"),
    (rss(GOOD, GOOD)[:-30], 2, "cut short"),
    (rss(item("t", more="<x>" * 5_000 + "</x>" * 5_000), GOOD), 2, "nests"),
    (rss(GOOD).replace("<rss", "<rss " + " ".join(f'a{n}="1"' for n in range(3_000))), 1, "attributes"),
    (f"\n <!-- x -->\n<b>Warning</b>: in line 3\n{rss(GOOD)}", 1, ""),
    (rss(GOOD).replace("</item>", "<media:thumbnail url='x'/></item>"), 1, ""),
]


@pytest.mark.parametrize(("body", "entries", "error"), BROKEN)
def test_a_broken_feed_keeps_its_good_entry_and_says_what_is_wrong(body: str, entries: int, error: str) -> None:
    reading = feed(body)
    assert reading.entries == entries
    assert reading.leads[-1].url == "http://news.example/good" or "cut short" in error
    assert error in reading.error
    assert bool(error) == bool(reading.error)
    assert not any("root:" in lead.title for lead in reading.leads)


def test_an_address_that_the_end_cuts_off_is_no_lead() -> None:
    cut = "<item><title>t</title><link>http://news.example/coun"
    reading = feed(rss(GOOD).replace("</channel></rss>", cut))
    assert [lead.url for lead in reading.leads] == ["http://news.example/good"]
    assert reading.entries == 2


NOT_FEEDS = [
    ("", "empty"),
    ("<html><title>Just a moment...</title><body>Checking your browser</body></html>", "a bot wall (just a moment)"),
    ("<!DOCTYPE html><html><body>Hello</body></html>", "an HTML page"),
    ("<opml><body/></opml>", "OPML"),
    ("hello", "not a feed"),
]


@pytest.mark.parametrize(("body", "error"), NOT_FEEDS)
def test_what_is_no_feed_says_what_it_is(body: str, error: str) -> None:
    reading = feed(body)
    assert (reading.kind, reading.entries, reading.leads) == ("", 0, ())
    assert error in reading.error


def test_an_empty_feed_is_fine() -> None:
    assert (feed(rss()).kind, feed(rss()).error) == ("rss", "")


def test_of_a_long_feed_the_newest_are_kept_and_all_counted() -> None:
    days = [NOW - timedelta(hours=400 - n) for n in range(300)]
    items = [
        item(str(n), f"http://news.example/{n}", f"<pubDate>{d:%a, %d %b %Y %H:%M:%S} GMT</pubDate>")
        for n, d in enumerate(days)
    ]
    reading = feed(rss(*items), limit=20)
    assert reading.entries == 300
    assert [lead.title for lead in reading.leads] == [str(n) for n in range(280, 300)]


def test_a_feeds_hints_are_read() -> None:
    hints = feed(
        rss(
            "<ttl>90</ttl><skipHours><hour>3</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>",
            GOOD,
        )
    ).hints
    assert (hints.ttl, hints.skip_hours, hints.skip_days) == (timedelta(minutes=90), (0, 3), ("Sunday",))
    paged = ATOM.replace("<entry>", '<link rel="next" href="?page=2"/><entry>')
    assert feed(paged).hints.next_page == "http://news.example/rss/feed.xml?page=2"


@pytest.mark.parametrize("guid", ["12", "/a", "1 may", "20171120"])
def test_a_guid_is_no_date(guid: str) -> None:
    (lead,) = feed(rss(item(more=f"<guid>{guid}</guid>"))).leads
    assert (lead.published, lead.precision) == (None, None)


def test_an_entry_tells_when_its_story_was_updated() -> None:
    entry = (
        "<entry><title>A</title><id>1</id><link href='http://news.example/a'/>"
        "<published>2026-11-23T10:00:00Z</published><updated>{}</updated></entry>"
    )
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title>{}</feed>"
    (lead,) = feed(atom.format(entry.format("2026-11-24T05:00:00Z"))).leads
    assert (lead.published, lead.modified) == (
        datetime(2026, 11, 23, 10, tzinfo=UTC), datetime(2026, 11, 24, 5, tzinfo=UTC),
    )  # fmt: skip
    (lead,) = feed(atom.format(entry.format("2026-11-24"))).leads
    assert lead.modified is None
