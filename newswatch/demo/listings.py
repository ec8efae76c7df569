"""What the invented outlets list for machines: RSS, Atom, a Google News sitemap, robots.txt."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape

from newswatch.demo.outlets import Outlet
from newswatch.demo.stories import Story

Item = tuple[Story, str, datetime]
"""A story, its absolute address, and when it came out."""


def rss(outlet: Outlet, base: str, items: Sequence[Item]) -> str:
    """RSS 2.0."""
    entries = "\n".join(
        f'<item><title>{escape(story.title)}</title><link>{address}</link><guid isPermaLink="true">{address}</guid>'
        f"<pubDate>{format_datetime(published)}</pubDate><description>{escape(_summary(story))}</description></item>"
        for story, address, published in items
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{escape(outlet.name)}</title>'
        f"<link>{base}/</link><description>{escape(outlet.tagline)}</description>\n{entries}\n</channel></rss>\n"
    )


def atom(outlet: Outlet, base: str, items: Sequence[Item]) -> str:
    """Atom, RFC 4287."""
    entries = "\n".join(
        f'<entry><title>{escape(story.title)}</title><link href="{address}"/><id>{address}</id>'
        f"<updated>{published.isoformat()}</updated><published>{published.isoformat()}</published>"
        f"<author><name>{escape(story.author)}</name></author><summary>{escape(_summary(story))}</summary></entry>"
        for story, address, published in items
    )
    updated = max((published for _, _, published in items), default=None)
    stamp = f"<updated>{updated.isoformat()}</updated>" if updated else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(outlet.name)}</title>'
        f'<id>{base}/</id><link href="{base}/"/>{stamp}\n{entries}\n</feed>\n'
    )


def news_sitemap(outlet: Outlet, items: Sequence[Item]) -> str:
    """A sitemap with Google News fields (https://www.google.com/schemas/sitemap-news/0.9)."""
    entries = "\n".join(
        f"<url><loc>{address}</loc><news:news><news:publication><news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>{published.isoformat()}"
        f"</news:publication_date><news:title>{escape(story.title)}</news:title></news:news></url>"
        for story, address, published in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{entries}\n</urlset>\n'
    )


def robots(outlet: Outlet, base: str) -> str:
    """robots.txt, RFC 9309; it names the sitemap where there is one."""
    sitemap = f"\nSitemap: {base}/news.xml\n" if outlet.way == "sitemap" else ""
    return f"User-agent: *\nDisallow: /search\n{sitemap}"


def _summary(story: Story) -> str:
    return story.paragraphs[0] if story.paragraphs else ""
