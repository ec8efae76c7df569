"""Where the publishing systems of news sites keep their feeds and news sitemaps, and how a page shows which it is."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One publishing system."""

    name: str
    signs: re.Pattern[str]
    """What its pages hold, in their first 200,000 characters."""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def _platform(name: str, signs: str, feeds: tuple[str, ...], sitemaps: tuple[str, ...] = ()) -> Platform:
    return Platform(name=name, signs=re.compile(signs, re.IGNORECASE), feeds=feeds, sitemaps=sitemaps)


PLATFORMS = (
    _platform(
        "WordPress",
        r"/wp-content/|/wp-includes/|/wp-json|generator[\"'][^>]{0,40}wordpress",
        ("/feed/", "/?feed=rss2"),
        ("/news-sitemap.xml", "/sitemap-news.xml", "/post-sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml"),
    ),
    _platform(
        "TownNews (BLOX)",
        r"bloximages|/tncms/|townnews|blox cms",
        (
            "/search/?f=rss&t=article&c=news&l=50&s=start_time&sd=desc",
            "/search/?f=rss&t=article&l=50&s=start_time&sd=desc",
        ),
        ("/tncms/sitemap/news.xml",),
    ),
    _platform(
        "Arc",
        r"/pf/resources/|fusion\.globalcontent|arc-?publishing|arcpublishing\.com|/pf/dist/",
        ("/arc/outboundfeeds/rss/?outputType=xml", "/arc/outboundfeeds/rss/"),
        ("/arc/outboundfeeds/news-sitemap/?outputType=xml", "/arc/outboundfeeds/sitemap-news/?outputType=xml"),
    ),
    _platform("Ghost", r"generator[\"'][^>]{0,40}ghost|/ghost/api/", ("/rss/",), ("/sitemap-posts.xml",)),
    _platform(
        "Drupal",
        r"generator[\"'][^>]{0,40}drupal|drupal-settings-json|/sites/default/files/",
        ("/rss.xml",),
        ("/googlenews.xml",),
    ),
    _platform("Substack", r"substackcdn\.com", ("/feed",), ("/sitemap.xml",)),
    _platform("Blogger", r"generator[\"'][^>]{0,40}blogger|blogspot\.com/", ("/feeds/posts/default?alt=rss",)),
    _platform("Squarespace", r"static1?\.squarespace\.com|squarespace-cdn", ("/?format=rss", "/news?format=rss")),
    _platform("Gannett", r"gannett-cdn\.com|gannettdigital", (), ("/news-sitemap.xml", "/sitemap/news/")),
    _platform("Brightspot", r"brightspot", ("/index.rss",), ("/news-sitemap.xml", "/news-sitemap-content.xml")),
    _platform("Nexstar, Scripps and other stations", r"nxs-|lakana|scripps", ("/feed/",), ("/news-sitemap.xml",)),
    _platform("Joomla", r"generator[\"'][^>]{0,40}joomla", ("/?format=feed&type=rss",)),
    _platform(
        "Hugo and other static makers", r"generator[\"'][^>]{0,40}(?:hugo|jekyll|eleventy)", ("/index.xml", "/feed.xml")
    ),
)
COMMON_FEEDS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
COMMON_SITEMAPS = (
    "/news-sitemap.xml",
    "/sitemap-news.xml",
    "/sitemap_news.xml",
    "/sitemap/news.xml",
    "/googlenews.xml",
    "/sitemap.xml",
    "/sitemap_index.xml",
)
