import pytest

from monitor import urls

STORY = "https://www.record.example/news/2026/council-votes-on-sanctuary-policy"

SAME = [
    (STORY, "http://www.record.example/news/2026/council-votes-on-sanctuary-policy"),
    (STORY, "https://record.example/news/2026/council-votes-on-sanctuary-policy"),
    (STORY, "https://m.record.example/news/2026/council-votes-on-sanctuary-policy"),
    (STORY, "https://amp.record.example/news/2026/council-votes-on-sanctuary-policy"),
    (STORY, "https://WWW.Record.Example:443/news/2026/council-votes-on-sanctuary-policy/"),
    (STORY, STORY + "?utm_source=rss&utm_medium=feed"),
    (STORY + "?id=7", STORY + "?id=7?utm_source=rss&utm_medium=feed"),
    (STORY, STORY + "?fbclid=AbC&mc_cid=1&mc_eid=2#comments"),
    (STORY, STORY + "?ref=rss&source=twitter.com&cmpid=x"),
    (STORY, STORY + "?&"),
    (STORY, STORY + "/index.html"),
    (STORY, STORY + "/amp/"),
    (STORY, STORY + "?amp=1"),
    (STORY, STORY + "?outputType=amp"),
    (STORY, STORY + "?output=amp"),
    (STORY, STORY + "?print=true"),
    (STORY, STORY + ";jsessionid=0A1B2C.node1"),
    (STORY + "?id=7", STORY + ";jsessionid=0A1B2C?id=7&PHPSESSID=4f"),
    (STORY, STORY + "?feedType=RSS&feedName=topNews&__source=newsletter"),
    (STORY, "https://www.google.com/amp/s/www.record.example/news/2026/council-votes-on-sanctuary-policy"),
    (
        STORY,
        "https://record-example.cdn.ampproject.org/c/s/record.example/news/2026/council-votes-on-sanctuary-policy",
    ),
    (STORY, "https://www.record.example/news/./2026/x/../council-votes-on-sanctuary-policy"),
    (STORY, "https://www.record.example//news/2026/council-vote%73-on-sanctuary-policy"),
    ("http://news.example/story.html", "http://news.example/story.amp.html"),
    ("http://news.example/a?id=7&page=2", "http://news.example/a?page=2&utm_term=x&amp;utm_id=1&id=7"),
    ("http://news.example/caf%c3%a9", "http://news.example/café"),
    ("http://bücher.example/a", "http://xn--bcher-kva.example/a"),
    ("http://news.example", "http://news.example/"),
    ("http://news.example", "http://news.example/index.php"),
    ("http://127.0.1.3:8700/a", "https://127.0.1.3:8700/a/"),
]

DIFFERENT = [
    ("http://news.example/story?id=7", "http://news.example/story?id=8"),
    ("http://news.example/index.php?/news/one", "http://news.example/index.php?/news/two"),
    ("http://news.example/?p=1", "http://news.example/"),
    ("http://news.example/story?game=3", "http://news.example/story?game=4"),
    ("http://news.example/story?uid=3", "http://news.example/story?uid=4"),
    ("http://news.example/story?cid=8121", "http://news.example/story?cid=8122"),
    ("http://news.example/story?source=12", "http://news.example/story?source=13"),
    ("http://news.example/story?output=1", "http://news.example/story?output=2"),
    ("http://news.example/story?keyword=a", "http://news.example/story?keyword=b"),
    ("http://news.example/Story", "http://news.example/story"),
    ("http://news.example/a%2Fb", "http://news.example/a/b"),
    ("http://news.example/story", "http://sports.news.example/story"),
    ("http://news.example:8080/story", "http://news.example/story"),
    ("http://news.example/camp", "http://news.example/c"),
    ("http://news.example/amp", "http://news.example/"),
    ("http://m.example/story", "http://example/story"),
    ("http://news.example/#!/story/1", "http://news.example/#!/story/2"),
    ("http://127.0.1.3:8700/a", "http://127.0.1.4:8700/a"),
    ("http://127.0.1.3:8700/a", "http://127.0.1.3:8701/a"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_variants_of_an_address_are_one_article(one: str, other: str) -> None:
    assert urls.key(one) == urls.key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_addresses_that_may_be_two_articles_stay_two(one: str, other: str) -> None:
    assert urls.key(one) != urls.key(other)


def test_a_key_fits_a_signed_64_bit_column() -> None:
    keys = [urls.key(f"http://news.example/{n}") for n in range(2000)]
    assert len(set(keys)) == 2000
    assert min(keys) < 0 < max(keys)
    assert all(-(2**63) <= k < 2**63 for k in keys)


@pytest.mark.parametrize(
    "url",
    [
        "http://[::1",
        "http://a:b/c",
        "",
        "http://news.example/\ud800",
        "http://[::ffff:127.0.0.2]/",
        "//",
        "%",
    ],
)
def test_nothing_that_looks_like_an_address_raises(url: str) -> None:
    urls.key(url)
    urls.link("http://news.example/", url)
    urls.canonical("http://news.example/a", url)
    urls.site(url)
    assert urls.normalize(urls.normalize(url)) == urls.normalize(url)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTP://News.Example:80/a/../b?utm_source=x&b=2&a=1#top", "http://news.example/b?b=2&a=1"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example/a%7eb%c3%a9 c", "https://news.example/a~b%C3%A9%20c"),
        ("https://news.example/a/", "https://news.example/a/"),
        ("https://news.example/a?q=%26x", "https://news.example/a?q=%26x"),
    ],
)
def test_a_normal_address_is_still_good_to_fetch(url: str, same: str) -> None:
    assert urls.normalize(url) == same


LINKS = [
    ("story", "http://news.example/rss/story"),
    ("/story", "http://news.example/story"),
    ("//cdn.news.example/story", "http://cdn.news.example/story"),
    ("?p=7", "http://news.example/rss/feed.xml?p=7"),
    (" \n https://news.example/a\nb ", "https://news.example/ab"),
    ("https://news.example/a b?q=c d", "https://news.example/a%20b?q=c%20d"),
    ("https://news.example/a\u200bb", "https://news.example/a%E2%80%8Bb"),
    ("https://news.example/é?x=1&y=2#z", "https://news.example/é?x=1&y=2#z"),
    ("https:\\\\news.example\\a", "https://news.example/a"),
    ("www.news.example/a", "http://www.news.example/a"),
    ("https://news.example/a/../b;x;", "https://news.example/a/../b;x;"),
    ("", None),
    (" ", None),
    ("javascript:alert(1)", None),
    (" JaVaScRiPt:alert(1)", None),
    ("java\tscript:alert(1)", None),
    ("data:text/html,x", None),
    ("mailto:a@news.example", None),
    ("file:///etc/passwd", None),
    ("ftp://news.example/a", None),
    ("http://", None),
    ("http:///a", None),
    ("http://user:secret@news.example/a", None),
    ("http://news.example\\@evil.example/a", "http://news.example/@evil.example/a"),
    ("http://news.example:99999/a", None),
    ("http://news example/a", None),
    ("http://news.example/a\x00b", None),
    ("http://news.example/a\x85b", None),
    ("http://news.example/" + "a" * 2000, None),
]


@pytest.mark.parametrize(("href", "absolute"), LINKS)
def test_a_link_is_an_absolute_web_address_or_nothing(href: str, absolute: str | None) -> None:
    assert urls.link("http://news.example/rss/feed.xml", href) == absolute


def test_a_relative_link_without_a_base_is_nothing() -> None:
    assert urls.link("", "/story") is None


CANONICAL = [
    ("/story-of-the-day?utm_source=rss", "/story-of-the-day", True),
    ("/story-of-the-day", "https://www.news.example/2026/story-of-the-day", True),
    ("/story/amp", "/story", True),
    ("/story/page/2", "/story", True),
    ("/council-votes-on-sanctuary-policy/photos-of-it", "/council-votes-on-sanctuary-policy", True),
    ("/a", "https://other.example/a", False),
    ("/a", "http://news.example.evil.example/a", False),
    ("/a", "javascript:alert(1)", False),
    ("/a", "", False),
    ("/news/story", "/", False),
    ("/news/story", "/index.html", False),
    ("/news/story", "/news", False),
    ("/news/story", "/news/", False),
    ("/news/story", "/login", False),
    ("/story.php?id=7", "/story.php", False),
    ("/council-votes-on-sanctuary-policy?print=1", "/council-votes-on-sanctuary-policy", True),
    ("/?p=7", "/2026/story", True),
    ("/", "/", True),
]


@pytest.mark.parametrize(("path", "claimed", "believed"), CANONICAL)
def test_a_canonical_address_is_believed_only_where_it_names_the_article(
    path: str, claimed: str, believed: bool
) -> None:
    url = "http://news.example" + path
    expected = urls.link(url, claimed) if believed else url
    assert urls.canonical(url, claimed) == expected


def test_a_page_without_a_word_of_its_own_is_known_by_its_address_without_trackers() -> None:
    assert urls.canonical("http://news.example/a/?id=7&utm_source=rss#c", "") == "http://news.example/a/?id=7"


@pytest.mark.parametrize(
    ("url", "claimed", "believed"),
    [
        ("http://127.0.1.3:8700/a?x=1", "http://127.0.1.3:8700/b", True),
        ("http://127.0.1.3:8700/a", "http://127.0.1.4:8700/b", False),
        ("http://one.github.io/a", "http://two.github.io/b", False),
        ("http://news.example.co.uk/a", "http://other.co.uk/b", False),
        ("http://localhost:8/a", "http://localhost:8/b", True),
    ],
)
def test_hosts_that_anyone_may_have_beside_each_other_do_not_speak_for_each_other(
    url: str, claimed: str, believed: bool
) -> None:
    assert urls.canonical(url, claimed) == (claimed if believed else url)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.news.example.co.uk:8080/a", "example.co.uk"),
        ("http://127.0.1.3:8700/", "127.0.1.3"),
        ("http://[::1]:80/", "::1"),
        ("http://localhost/", "localhost"),
        ("http://a.b.news.test/", "news.test"),
        ("nonsense", ""),
    ],
)
def test_a_site_is_the_registrable_domain_or_the_host(url: str, site: str) -> None:
    assert urls.site(url) == site
