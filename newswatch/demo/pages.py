"""The pages of the invented outlets: front page, section pages, articles, about page."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import jinja2

from newswatch.demo.outlets import Outlet
from newswatch.demo.stories import Story

NOTICE = "Invented news, written for the newswatch demo. Nothing here happened."

Item = tuple[Story, str]
"""A story, and its path on its outlet's host."""


def path(outlet: Outlet, story: Story, published: datetime) -> str:
    """The address of an article on its outlet's own host."""
    day = f"{published.astimezone(ZoneInfo(outlet.time_zone)):%Y/%m/%d}/" if outlet.dated_paths else ""
    return f"/{story.section}/{day}{story.slug}"


def front(outlet: Outlet, items: Sequence[Item]) -> str:
    """The front page: `items` are the stories that are out, newest first."""
    return _render("front.html", outlet, items)


def section(outlet: Outlet, name: str, items: Sequence[Item]) -> str:
    """The page of one section; the sidebar carries headlines of the others too."""
    return _render("section.html", outlet, items, section=name)


def about(outlet: Outlet, items: Sequence[Item]) -> str:
    """The page that says who the outlet is."""
    return _render("about.html", outlet, items)


def article(outlet: Outlet, story: Story, published: datetime, base: str, items: Sequence[Item]) -> str:
    """An article's page: navigation and a sidebar with other headlines around the story itself."""
    local = published.astimezone(ZoneInfo(outlet.time_zone))
    others = [item for item in items if item[0] != story]
    return _render(
        "article.html",
        outlet,
        items,
        most_read=_most_read(others),
        more=[item for item in others if item[0].section == story.section][:3],
        story=story,
        base=base,
        path=path(outlet, story, published),
        local=local,
        shown=f"{local:%B} {local.day}, {local.year}, {local.hour % 12 or 12}:{local:%M %p}",
        json_ld=_json_ld(outlet, story, local),
    )


def _render(template: str, outlet: Outlet, items: Sequence[Item], **values: Any) -> str:
    shared = {
        "outlet": outlet,
        "items": items,
        "sections": sorted({story.section for story, _ in items}),
        "most_read": _most_read(items),
        "feed_type": {"rss": "application/rss+xml", "atom": "application/atom+xml"}.get(outlet.way),
        "notice": NOTICE,
    }
    return _templates().get_template(template).render(shared | values)


@cache
def _templates() -> jinja2.Environment:
    loader = jinja2.PackageLoader("newswatch.demo", "content")
    templates = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    templates.filters["label"] = lambda name: name.replace("-", " ").title()
    return templates


def _most_read(items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item[0].slug)[:6]


def _json_ld(outlet: Outlet, story: Story, local: datetime) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": local.isoformat(),
        "author": [{"@type": "Person", "name": story.author}],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
    }
