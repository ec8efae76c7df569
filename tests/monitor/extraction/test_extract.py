"""What the extractor makes of whole pages."""

from datetime import UTC, datetime

import pytest

from monitor.extraction import extract
from monitor.records import Extract

FETCHED = datetime(2026, 11, 24, 5, tzinfo=UTC)
URL = "https://www.post.example/local/bridge-to-be-widened-at-last"
SENTENCES = (
    "The council of Harborton voted on Tuesday to widen the bridge over the river, four to one, after a long debate.",
    "Work begins in March and lasts two years, the city engineer told a full hall, and one lane will stay open.",
    "Merchants on the east bank had asked for the wider bridge since the mill closed and the road became a detour.",
    "Council member Ida Sorensen voted against it; the money, she said, would have mended every school roof in town.",
)
BODY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
LD = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge to be widened",
"datePublished": "2026-11-20T19:30:00-08:00", "dateModified": "2026-11-21T10:00:00-08:00",
"author": {"@type": "Person", "name": "Dana Whitfield"}}</script>"""


def page(
    body: str = BODY, head: str = "", before: str = "", after: str = "", h1: str = "Bridge to be widened"
) -> bytes:
    return (
        f'<!doctype html><html lang="en-US"><head><meta charset="utf-8"><title>Bridge to be widened | The Post</title>'
        f"{head}</head><body>{before}<article><h1>{h1}</h1>{body}</article>{after}</body></html>"
    ).encode()


def read(source: bytes, url: str = URL, content_type: str = "text/html; charset=utf-8") -> Extract:
    return extract(source, url, content_type=content_type, fetched=FETCHED)


def test_a_story_is_read_whole() -> None:
    story = read(page(head=LD))
    assert story.page_type == "article"
    assert story.title == "Bridge to be widened"
    assert story.published == datetime(2026, 11, 21, 3, 30, tzinfo=UTC)
    assert story.published_offset == -480
    assert story.precision == "time"
    assert story.modified == datetime(2026, 11, 21, 18, tzinfo=UTC)
    assert story.authors == ("Dana Whitfield",)
    assert story.language == "en"
    assert story.body.split("\n") == list(SENTENCES)
    assert story.partial == ""


@pytest.mark.parametrize("name", ['class="article-body wide"', 'itemprop="articleBody"'])
def test_a_story_in_several_boxes_is_read_whole(name: str) -> None:
    told = [f"{sentence[:-1]}, as {who} had said." for who in ("many", "few", "all", "some") for sentence in SENTENCES]
    halves = ["".join(f"<p>{sentence}</p>" for sentence in half) for half in (told[:8], told[8:])]
    boxes = "".join(
        f'<div class="row"><div {name}>{half}</div></div><div class="ad">Buy a boat</div>' for half in halves
    )
    assert read(page(boxes)).body == "\n".join(told)


def test_boxes_of_other_stories_are_not_joined_to_it() -> None:
    others = (
        f'<div class="entry-content"><h2><a href="/local/{at}">Mill {at} to be torn down</a></h2>'
        f"<p>The mill on street number {at} has stood empty for years, and nobody in town will miss it, said its owner.</p>"
        f"<p>A park of {at} acres is to take its place, with benches for the old and swings for the young of Harborton.</p></div>"
        for at in (11, 12)
    )
    story = read(page(f'<div class="entry-content">{BODY}</div>', after="".join(others)))
    assert story.body == "\n".join(SENTENCES)


@pytest.mark.parametrize(
    "beside",
    [
        '<aside><h3>Most read</h3><ul><li><a href="/x">Mayor of Stockton denies it all again</a></li></ul></aside>',
        '<div class="related-stories"><p>Mayor of Stockton denies it all again, and once more at length.</p></div>',
        '<section><h2><a href="/x">Mayor of Stockton denies it all again</a></h2><p>He spoke for an hour.</p></section>',
        '<nav><a href="/x">Mayor of Stockton denies it all again</a></nav>',
        "<footer>Mayor of Stockton denies it all again</footer>",
    ],
)
def test_what_stands_beside_a_story_is_not_in_it(beside: str) -> None:
    for source in (page(after=beside), page(body=BODY + beside), page(before=beside)):
        story = read(source)
        assert "Stockton" not in story.body
        assert SENTENCES[-1] in story.body


def test_a_link_line_between_two_paragraphs_is_left_out() -> None:
    line = '<p><strong><a href="/other">SANCTUARY POLICY COMES BEFORE THE BOARD</a></strong></p>'
    linked = f'<p>{SENTENCES[0]} <a href="/mill">The mill</a> closed in May.</p>'
    story = read(page(body=linked + line + BODY))
    assert "SANCTUARY" not in story.body
    assert "The mill" in story.body


@pytest.mark.parametrize(
    "attribute",
    [
        "hidden", 'aria-hidden="true"', 'style="display:none"', 'style="DISPLAY : none;color:red"', 'class="sr-only"',
        'style="visibility:hidden"', 'style="position:absolute;left:-9999px"', 'style="font-size:0"', 'class="unseen"',
        'style="opacity:0"', 'style="text-indent:-9999px"', 'style="clip:rect(0,0,0,0)"', 'id="ghost"',
    ],
)  # fmt: skip
def test_what_a_reader_cannot_see_is_not_in_the_body(attribute: str) -> None:
    stuffing = f"<div {attribute}>{'sanctuary policy Baltimore ' * 60}</div>"
    style = "<style>a{color:red} .unseen{display:none} #ghost { visibility: hidden }</style>"
    for source in (page(after=stuffing, head=style), page(body=BODY + stuffing, head=style)):
        story = read(source)
        assert "sanctuary" not in story.body
        assert SENTENCES[0] in story.body


def test_a_text_that_a_script_will_fade_in_is_kept() -> None:
    source = f'<html lang="en"><head><title>T</title></head><body><main style="opacity:0"><h1>Bridge</h1>{BODY}</main></body></html>'
    assert SENTENCES[0] in read(source.encode()).body


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ("<h1>Page not found</h1><p>Sorry, gone.</p>", URL),
        ("<h1>About us</h1><p>" + "We report the news of our region every day of the year. " * 20 + "</p>", "https://p.example/about"),
        ("<div role=dialog>We value your privacy. Accept all cookies</div>", URL),
        ("".join(f'<article><h3><a href="/{n}">A headline of some length, number {n}</a></h3><p>{SENTENCES[0][:90]}</p></article>'
                 for n in range(20)), "https://p.example/section/politics"),
        ("".join(f'<a href="/cal?month={n}">next</a>' for n in range(300)), "https://p.example/cal"),
        ("<table>" + "".join(f"<tr><td>11/{n}/2026</td><td>Board meeting</td><td><a href='/{n}.pdf'>Agenda</a></td></tr>"
                             for n in range(1, 29)) + "</table>", "https://board.example/meetings"),
    ],
)  # fmt: skip
def test_what_is_no_article_has_no_body(body: str, url: str) -> None:
    found = read(f'<html lang="en"><head><title>The Post</title></head><body>{body}</body></html>'.encode(), url)
    assert found.page_type == "other"
    assert found.body == ""


@pytest.mark.parametrize(
    ("body", "kind", "barrier"),
    [
        ("<article><h1>Baltimore chief resigns</h1><p>Subscribe to continue reading.</p></article>", "article", "paywall"),
        (f"<article><h1>Bridge</h1><p>{SENTENCES[0]}</p><p>Already a subscriber? Log in</p></article>", "article", "paywall"),
        ("<div>We value your privacy. Accept all cookies</div>", "other", "consent wall"),
        ("<h1>Just a moment...</h1><p>Verify you are human by completing the action below.</p>", "other", "bot wall"),
        ('<div id="root"></div><script src="/app.js"></script>', "other", "JavaScript only"),
        ("<noscript>You need to enable JavaScript to run this app.</noscript><script></script>", "other", "JavaScript only"),
        (f"<article><h1>Bridge</h1>{BODY * 1}</article>", "article", ""),
    ],
)  # fmt: skip
def test_what_keeps_a_text_from_its_reader_is_named(body: str, kind: str, barrier: str) -> None:
    found = read(f'<html lang="en"><head><title>T</title></head><body>{body}</body></html>'.encode())
    assert (found.page_type, found.partial) == (kind, barrier)


def test_a_paywalled_story_of_which_all_is_there_is_whole() -> None:
    closed = LD.replace('"@type"', '"isAccessibleForFree": false, "@type"', 1)
    assert (
        read(
            page(body=BODY * 1 + "".join(f"<p>{n}: {s}</p>" for n in range(5) for s in SENTENCES), head=closed)
        ).partial
        == ""
    )


def test_a_text_that_only_json_ld_holds_is_found() -> None:
    told = "\\n".join(SENTENCES)
    source = f"""<html lang="en"><head><title>Bridge | Post</title><script type="application/ld+json">
    {{"@type": "NewsArticle", "headline": "Bridge to be widened", "articleBody": "{told}", "datePublished": "2026-11-20"}}
    </script></head><body><div id="root"></div></body></html>"""
    story = read(source.encode())
    assert story.page_type == "article"
    assert story.body.split("\n") == list(SENTENCES)


@pytest.mark.parametrize(
    ("source", "content_type", "wanted"),
    [
        (page().replace(b"Ida Sorensen", "Ida Peña".encode("cp1252")), "text/html; charset=utf-8", "Peña"),
        (
            page().decode().replace("utf-8", "windows-1252").replace("Ida Sorensen", "Ida Peña").encode("cp1252"),
            "",
            "Peña",
        ),
        (page().decode().replace("utf-8", "shift_jis").replace("Ida Sorensen", "斎藤").encode("cp932"), "", "斎藤"),
        (page().decode().replace("Ida Sorensen", "Ida Peña").encode("utf-16"), "", "Peña"),
        (page().decode().replace("Ida Sorensen", "Ida Peña").encode(), "text/html; charset=iso-8859-1", "Peña"),
    ],
)
def test_bytes_are_read_by_what_they_are(source: bytes, content_type: str, wanted: str) -> None:
    assert wanted in read(source.replace(b'<meta charset="utf-8">', b"") if wanted == "Peña" and not content_type else source,
                          content_type=content_type).body  # fmt: skip


def test_no_control_character_and_no_long_title_comes_out() -> None:
    story = read(
        page(h1="Br\x00idge\x1b[31m " + "wide " * 400).replace(b"<title>Bridge to be widened | The Post</title>", b"")
    )
    assert len(story.title) <= 1000
    assert story.title.isprintable()
    assert "\x00" not in read(page().replace(b"council", b"coun\x00cil")).body


@pytest.mark.parametrize(
    "source", [b"", b" ", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, b"%PDF-1.4", b"<html></html>", b"{}"]
)
def test_what_is_no_page_is_no_article(source: bytes) -> None:
    assert read(source).page_type == "other"


def test_only_two_megabytes_are_read() -> None:
    story = read(page(after="<p>" + "x" * 2_200_000 + " sanctuary</p>"))
    assert SENTENCES[0] in story.body
    assert "sanctuary" not in story.body


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ('<link rel="canonical" href="/bridge">', "https://www.post.example/bridge"),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        (f'<link rel="canonical" href="/{"x" * 2000}">', ""),
        (
            '<base href="http://evil.example/"><link rel="canonical" href="bridge">',
            "https://www.post.example/local/bridge",
        ),
        ('<base href="/news/"><link rel="canonical" href="2026/bridge">', "https://www.post.example/news/2026/bridge"),
        ('<link rel="canonical" href="  /a b\n">', "https://www.post.example/a%20b"),
        ("", ""),
    ],
)
def test_the_pages_own_address_is_absolute_or_none(link: str, wanted: str) -> None:
    assert read(page(head=link)).canonical_url == wanted


def test_the_captions_of_a_slideshow_in_a_story_are_no_part_of_it() -> None:
    slides = "".join(
        f"<li>{n}/12 The mill at the river in the year {1900 + n}, before the police came</li>" for n in range(1, 13)
    )
    story = read(page(BODY + BODY.replace("Tuesday", "Wednesday") + f"<ul>{slides}</ul>", LD))
    assert "The mill at the river" not in story.body
    assert SENTENCES[3] in story.body


def test_a_slideshow_that_is_the_story_stays() -> None:
    slides = "".join(
        f"<p>{n}/8 {SENTENCES[n % 4]} That was part {n} of the long tale of the bridge.</p>" for n in range(1, 9)
    )
    assert "part 7 of the long tale" in read(page(slides, LD)).body


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ("<p>Dana Whitfield covers the Public Safety Partnership for The Post.</p>", False),
        (
            "<p>Dana Whitfield, the mayor, said that she would not sign it before the Public Safety Partnership did.</p>",
            True,
        ),
    ],
)
def test_a_note_on_the_author_is_no_part_of_the_story(after: str, kept: bool) -> None:
    assert ("Public Safety Partnership" in read(page(BODY + after, LD)).body) is kept


def test_a_box_of_facts_beside_the_story_is_left_out() -> None:
    box = "<div class='post-factbox'><h2>What else?</h2><p>The county became a sanctuary jurisdiction in the year 2017.</p></div>"
    story = read(page(BODY + box + BODY.replace("Tuesday", "Wednesday"), LD))
    assert "sanctuary jurisdiction" not in story.body
    assert "on Wednesday" in story.body
