"""Scrapy's own command, from the repository's root."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def scrapy(*arguments, config):
    environment = {**os.environ, "NEWSWATCH_CONFIG": str(config)}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def config(tmp_path, site):
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "sources.yaml").write_text(
        textwrap.dedent(f"""
            sources:
              - {{name: Record, home: "{site.base}/", feeds: ["{site.base}/rss"], sitemaps: ["{site.base}/s.xml"], sections: []}}
              - {{name: Other, home: "{site.base}/", feeds: ["{site.base}/other"], sitemaps: [], sections: []}}
        """)
    )
    (folder / "topics.yaml").write_text("topics: [{name: Anything, phrases: [anything at all]}]")
    (folder / "subscribers.yaml").write_text("subscribers: []")
    (folder / "newswatch.yaml").write_text(
        f'store: sqlite:///{tmp_path}/store.db\ncrawl: {{delay: 0s, allow_networks: ["127.0.0.0/8"]}}\n'
        'mail: {from: "a@example.test"}\n'
    )
    return folder


def test_scrapy_lists_the_spiders(config):
    assert scrapy("list", config=config).stdout.split() == ["feed", "page", "section", "sitemap", "watch"]


def test_scrapy_crawls_one_kind_of_way_into_one_source(config, site, articles):
    site.feed("/rss", "/story-1")
    site.story("/story-1")
    done = scrapy("crawl", "feed", "-a", "source=Record", config=config)
    assert done.returncode == 0, done.stderr
    assert sorted(site.paths()) == ["/robots.txt", "/rss", "/story-1"]
    assert len(articles()) == 1
    assert "'monitor/held': 1" in done.stderr


def test_scrapy_crawls_a_page(config, site, articles):
    site.story("/story-2", "Somebody asked for this one")
    done = scrapy("crawl", "page", "-a", f"url={site.base}/story-2", config=config)
    assert done.returncode == 0, done.stderr
    assert [a["title"] for a in articles()] == ["Somebody asked for this one"]


def test_a_page_is_read_on_behalf_of_the_source_that_is_named(config, site, articles):
    site.story("/story-2", "Somebody asked for this one")
    done = scrapy("crawl", "page", "-a", f"url={site.base}/story-2", "-a", "source=Other", config=config)
    assert done.returncode == 0, done.stderr
    assert [a["source"] for a in articles()] == ["Other"]


def test_a_page_without_an_address_is_asked_for(config):
    assert "name the page: -a url=ADDRESS" in scrapy("crawl", "page", "-a", "source=Other", config=config).stderr


def test_a_source_that_does_not_exist_is_named_with_those_that_do(config):
    done = scrapy("crawl", "feed", "-a", "source=Recrod", config=config)
    assert "no source named 'Recrod'; there are: Record, Other" in done.stderr
