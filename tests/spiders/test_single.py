"""Single pages asked for without Scrapy."""

import pytest

from spiders import single
from spiders.plan import CrawlPlan

PLAN = CrawlPlan(store="", delay=0.05, allow_networks=("127.0.0.0/8",))


def test_the_delay_that_robots_txt_asks_for_is_kept(site):
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.4\n", "text/plain")
    site.story("/a"), site.story("/b")
    fetch = single.visitor(PLAN)
    assert [fetch(site.base + path).url for path in ("/a", "/b")] == [site.base + "/a", site.base + "/b"]
    assert site.paths() == ["/robots.txt", "/a", "/b"]
    assert min(site.gaps()) >= 0.35


def test_each_step_of_a_redirect_is_asked_of_its_own_robots_txt(site, new_site):
    other = new_site("127.0.0.2")
    other.page("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    other.story("/public")
    for name in ("public", "private"):
        site.page(f"/{name}", "", status=302, Location=f"{other.base}/{name}")
    assert single.fetch(site.base + "/public", PLAN).url == other.base + "/public"
    with pytest.raises(single.UnfetchedError, match=r"robots\.txt disallows it"):
        single.fetch(site.base + "/private", PLAN)
    assert other.paths() == ["/robots.txt", "/public", "/robots.txt"]
    site.page("/round", "", status=301, Location="/round")
    with pytest.raises(single.UnfetchedError, match="more than 10 redirects"):
        single.fetch(site.base + "/round", PLAN)
