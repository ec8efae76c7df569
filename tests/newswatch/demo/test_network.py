"""The demo's network answers as news sites do: robots.txt, ways in, pages, 304, 503."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPResponse
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from lxml import etree, html

from newswatch.demo.network import Network, Site
from newswatch.demo.outlets import BEACON, LEDGER
from newswatch.demo.pages import NOTICE

NOW = datetime(2026, 6, 2, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(NOW) as network:
        yield network


def get(address: str, etag: str = "") -> tuple[int, str, str]:
    """Status, text and ETag of an answer."""
    request = Request(address, headers={"If-None-Match": etag} if etag else {})
    try:
        answer: HTTPResponse
        with urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode(), answer.headers["ETag"]
    except HTTPError as error:
        with error:
            return error.code, "", ""


def addresses(site: Site) -> list[str]:
    return [site.base + site.path(story) for story, _ in site.out()]


def test_sites_live_on_loopback_and_on_hosts_or_ports_of_their_own(network: Network) -> None:
    bases = {site.base for site in network.sites.values()}
    assert len(bases) == 4
    assert all(base.startswith("http://127.0.0.") for base in bases)


@pytest.mark.parametrize("key", ["ledger", "lantern", "beacon", "post"])
def test_every_page_answers_and_says_that_it_is_invented(network: Network, key: str) -> None:
    site = network.sites[key]
    front = html.fromstring(get(site.base + "/")[1], base_url=site.base)
    links = {link for link in front.xpath("//a/@href") if link.startswith("/")}
    assert links
    for link in links:
        status, text, _ = get(site.base + link)
        assert (link, status) == (link, 200)
        assert NOTICE in text


@pytest.mark.parametrize(
    ("key", "path", "element"),
    [("ledger", "/feed.xml", "item"), ("beacon", "/feed.xml", "entry"), ("lantern", "/news.xml", "url")],
)
def test_a_way_in_lists_every_story_that_is_out(network: Network, key: str, path: str, element: str) -> None:
    site = network.sites[key]
    root = etree.fromstring(get(site.base + path)[1].encode())
    assert len(root.xpath(f"//*[local-name()='{element}']")) == len(site.out())
    text = get(site.base + path)[1]
    assert all(address in text for address in addresses(site))


def test_the_post_has_pages_alone(network: Network) -> None:
    base = network.sites["post"].base
    assert [get(base + path)[0] for path in ("/feed.xml", "/news.xml")] == [404, 404]


def test_robots_names_the_news_sitemap(network: Network) -> None:
    base = network.sites["lantern"].base
    assert f"Sitemap: {base}/news.xml" in get(base + "/robots.txt")[1]


def test_an_unchanged_feed_is_a_304(network: Network) -> None:
    address = network.sites["ledger"].base + "/feed.xml"
    _, _, etag = get(address)
    assert get(address, etag)[0] == 304


def test_a_later_story_comes_out_with_time(network: Network) -> None:
    site = network.sites["ledger"]
    network.set_time(NOW - timedelta(days=1))
    before = addresses(site)
    network.set_time(NOW)
    after = addresses(site)
    assert len(after) == len(before) + 1
    assert get(after[0])[0] == 200


def test_a_dark_outlet_answers_503_and_comes_back(network: Network) -> None:
    address = network.sites[BEACON.key].base + "/feed.xml"
    network.go_dark(BEACON)
    assert get(address)[0] == 503
    network.go_dark(BEACON, dark=False)
    assert get(address)[0] == 200


def test_the_sidebar_carries_headlines_of_other_stories_alone(network: Network) -> None:
    site = network.sites[LEDGER.key]
    for story, path in site.out():
        page = html.fromstring(get(site.base + path)[1])
        sidebar = page.xpath("//aside//a/text()")
        assert len(sidebar) == 6
        assert story.title not in sidebar


def test_a_taken_port_is_no_trouble() -> None:
    with Network(NOW) as first:
        port = int(first.sites["ledger"].base.rsplit(":", 1)[1])
        with Network(NOW, port) as second:
            assert get(second.sites["ledger"].base + "/")[0] == 200
            assert second.sites["ledger"].base != first.sites["ledger"].base
