"""robots.txt, as RFC 9309 reads it."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from spiders import robots

HOST = "https://record.example"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /private", "/private/x", False),
        ("User-agent: *\nDisallow: /private", "/public", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /*/print", "/2017/08/print", False),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /*a*b$", "/a", True),
        ("User-agent: newswatch\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: NewsWatch/2.0\nDisallow: /", "/a", False),
        ("User-agent: newswatcher\nDisallow: /", "/a", True),
        ("User-agent: other\nUser-agent: newswatch\nDisallow: /x", "/x", False),
        ("User-agent: newswatch\nDisallow: /x\n\nUser-agent: newswatch\nDisallow: /y", "/y", False),
        ("User-agent: newswatch\nAllow: /\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nSitemap: https://x.example/s.xml\nDisallow: /x", "/x", False),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
        ("User-agent: *\nDisallow: /café", "/caf%c3%a9", False),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe", False),
        ("User-agent: *\nDisallow: /a<b", "/a%3Cb", False),
        ("User-agent: *\nDisallow: /a%3cb", "/a<b", False),
        ("User-agent: *\nDisallow: /a%20b|c", "/a b%7Cc", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("User-agent: *\nDisallow: /100%", "/100%25", False),
        ("User-agent: *\nDisallow: /?s=", "/?s=x", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: * # all\rDisallow: /x # not this", "/x", False),
        ("\ufeffUser-agent: *\nDisallow: /x", "/x", False),
        ("Disallow: /x", "/x", True),
    ],
)
def test_the_longest_rule_of_our_group_decides(text, path, allowed):
    reason = robots.parse(text.encode()).why_not(HOST + path)
    assert reason == ("" if allowed else "robots.txt disallows it")


@pytest.mark.parametrize(
    ("status", "forbidden"),
    [
        (200, False),
        (404, False),
        (403, False),
        (410, False),
        (429, True),
        (500, True),
        (503, True),
        (302, True),
        (0, True),
    ],
)
def test_what_cannot_be_fetched_forbids_everything_and_what_is_not_there_nothing(status, forbidden):
    assert bool(robots.read(status, b"").why_not(HOST + "/a")) is forbidden


def test_a_crawl_delay_over_the_cap_leaves_the_host_alone_with_a_reason():
    assert robots.parse(b"User-agent: *\nCrawl-delay: 5").delay == 5
    assert robots.parse(b"User-agent: *\nCrawl-delay: 5").why_not(HOST + "/a") == ""
    assert "3600 s" in robots.parse(b"User-agent: *\nCrawl-delay: 3600").why_not(HOST + "/a")


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "soon", ""])
def test_a_crawl_delay_that_makes_no_sense_is_none(value):
    assert robots.parse(f"User-agent: *\nCrawl-delay: {value}".encode()).delay == 0


def test_sitemaps_are_taken_from_anywhere_in_the_file():
    text = b"Sitemap: https://a.example/1.xml\nUser-agent: x\nDisallow: /\nSITEMAP: https://a.example/2.xml"
    assert robots.parse(text).sitemaps == ("https://a.example/1.xml", "https://a.example/2.xml")


def test_a_copy_is_good_for_less_than_a_day_and_a_failure_not_at_all():
    now = datetime(2026, 1, 2, tzinfo=UTC)
    assert robots.still_good(200, now - timedelta(hours=23), now)
    assert robots.still_good(404, now - timedelta(hours=23), now)
    assert not robots.still_good(200, now - timedelta(hours=24), now)
    assert not robots.still_good(503, now, now)
    assert not robots.still_good(0, now, now)


def test_patterns_made_to_be_slow_are_not():
    text = b"User-agent: *\n" + b"Disallow: /" + b"*a" * 2000 + b"$\n"
    begun = time.perf_counter()
    robots.parse(text).why_not(HOST + "/" + "a" * 2000 + "b")
    assert time.perf_counter() - begun < 0.05


HOSTILE = (
    Path(os.environ.get("NEWSWATCH_DATA", Path(__file__).parents[3] / "shared" / "data")) / "adversarial" / "robots"
)


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile files are not here")
@pytest.mark.parametrize(
    ("name", "path", "allowed"),
    [
        ("one_megabyte.txt", "/x10/q/y", False),
        ("bom.txt", "/private", False),
        ("bom.txt", "/public", True),
        ("cr_only.txt", "/private", False),
        ("cr_only.txt", "/public", True),
        ("case.txt", "/private", False),
        ("case.txt", "/public", True),
        ("groups.txt", "/private", False),
        ("groups.txt", "/public", True),
        ("groups.txt", "/p2", False),
        ("html_200.txt", "/a", True),
        ("nul.txt", "/p2", False),
        ("utf16.txt", "/public", True),
        ("redos.txt", "/" + "a" * 199 + "b", False),
        ("late_rule.txt", "/late", False),
    ],
)
def test_hostile_files_are_read_in_time_and_rightly(name, path, allowed):
    begun = time.perf_counter()
    rules = robots.parse((HOSTILE / name).read_bytes())
    reason = rules.why_not(HOST + path)
    assert time.perf_counter() - begun < 2
    assert (reason == "") is allowed
