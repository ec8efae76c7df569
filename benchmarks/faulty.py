"""A small internet of newsrooms with hours of their own, and with all that goes wrong with news sites.

    python -m benchmarks.faulty --out DIR --port 8791 --days 30 [--sites 8]

The data's tools/newsworld.py, whose articles come out here as newsrooms write: by day, less at weekends, from some
days before the first look on. Beside newsworld's own faults its control takes: refused, wall (403 with the signs of
a bot wall), gone (the feed is 404), moved (the feed is elsewhere, and its old address says so), slow, blank (stories
without text), redesign (other markup of section pages), frozen@TIME (lists show nothing newer),
frozen-feed@TIME, redated (old stories in the feed, dated now). It says what was asked for, and when by its clock:
/__asked.
"""

import argparse
import importlib.util
import json
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from types import ModuleType
from typing import Any

from benchmarks.data import ROOT, need

BEGINS = datetime(2017, 7, 17, tzinfo=UTC)
"""The first look: a Monday."""
BEFORE = 6
"""Days of news before it."""
REDATED = 8
"""Old stories that a feed that re-dates puts on top."""
WALL = "<html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1><p>Please enable cookies.</p></body></html>"  # noqa: E501


def newsworld() -> ModuleType:
    """The tool, as a module."""
    need("news/texts/allsides.jsonl.xz")
    spec = importlib.util.spec_from_file_location("newsworld", ROOT.parent / "tools/newsworld.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def moments(site: int, days: int) -> list[datetime]:
    """When a newsroom brings something out: four to eight stories on a working day, by day."""
    chance = random.Random(f"newsroom {site}")
    often, weekends = chance.randint(4, 8), chance.choice([0.3, 0.6, 1.0])
    found = []
    for day in range(-BEFORE, days):
        start = BEGINS + timedelta(days=day)
        share = weekends if start.weekday() >= 5 else 1.0
        number = max(1, round(chance.gauss(often * share, often * share / 4)))
        found += [start + timedelta(hours=min(23.9, max(0.1, chance.gauss(15, 3.5)))) for _ in range(number)]
    return sorted(at.replace(microsecond=0) for at in found)


def redate(module: ModuleType, world: Any, days: int) -> None:
    """Let the articles come out as their newsrooms write."""
    for site in world.sites:
        times = moments(site.number, days)
        articles = sorted(site.articles, key=lambda a: a["published"])[: len(times)]
        site.articles, site.by_path = [], {}
        for article, at in zip(articles, times, strict=False):
            path = f"/{at:%Y/%m/%d}/{module.slug(article['title'])}-{article['h'] % 10**6:06d}.html"
            site.add(article | {"published": at, "path": path})
            world.by_id[article["id"]] = site.articles[-1]
        site.articles.sort(key=lambda a: a["published"], reverse=True)


def faulty(module: ModuleType, world: Any) -> type:
    """newsworld's handler, with more faults."""
    plain: type = module.make_handler(world)
    visible = world.visible

    def shown(site: Any) -> list[dict[str, Any]]:
        kind, _, at = site.fault.partition("@")
        limit = module.parse_time(at) if kind == "frozen" else world.now
        return [article for article in visible(site) if article["published"] <= limit]

    world.visible = shown
    asked: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)

    def listed(site: Any, path: str) -> list[dict[str, Any]]:
        """What newsworld lists there."""
        section = path.rpartition("/")[2]
        return [a for a in shown(site) if section in ("", "news", a["section"])][:30]

    class Handler(plain):  # type: ignore[misc]
        def page(self, site: Any) -> int:
            path, fault = module.bare(self.path), site.fault.partition("@")[0]
            asked[site.name].append((world.now.isoformat(), path))
            if fault == "refused":
                self.close_connection = True
                raise ConnectionResetError
            if fault == "wall":
                return self.say(WALL, code=403, headers=[("cf-ray", "5f1"), ("Server", "cloudflare")])
            if fault == "slow":
                time.sleep(0.7)
            if path in ("/feed.xml", "/rss/news.xml") and site.kind in ("feed", "both"):
                return self.feed(site, path, fault)
            if fault == "redesign" and (path == "/" or path.startswith("/section/")):
                return self.say(redesigned(module, listed(site, path), site))
            if fault == "blank" and path in site.by_path:
                title = site.by_path[path]["title"]
                return self.say(f"<html><head><title>{title}</title></head><body><nav>Home</nav></body></html>")
            return int(super().page(site))

        def feed(self, site: Any, path: str, fault: str) -> int:
            if fault == "gone":
                return self.say("<html><body>Not found</body></html>", code=404)
            if fault == "moved" and path == "/feed.xml":
                return self.say("", code=301, headers=[("Location", f"{site.base}/rss/news.xml")])
            if fault in ("frozen-feed", "redated"):
                until = module.parse_time(site.fault.partition("@")[2]) if fault == "frozen-feed" else None
                body = module.feed(_Left(shown, until), site) if until else restamped(module, world, site)
                return self.say(body, kind="application/rss+xml; charset=utf-8")
            if fault in ("503", "timeout", "empty", "html"):
                return int(super().page(site))
            return self.say(module.feed(world, site), kind="application/rss+xml; charset=utf-8")

        def control(self) -> int:
            return (
                self.say(json.dumps(asked), "application/json")
                if self.path.startswith("/__asked")
                else super().control()
            )

        def say(self, body: str, kind: str = "text/html; charset=utf-8", code: int = 200, headers: Any = ()) -> int:
            return int(self.send(body, kind, code, headers))

    return Handler


class _Left:
    """What a list shows that was left behind at some time."""

    def __init__(self, shown: Callable[[Any], list[dict[str, Any]]], until: datetime) -> None:
        self._shown, self._until = shown, until

    def visible(self, site: Any) -> list[dict[str, Any]]:
        return [article for article in self._shown(site) if article["published"] <= self._until]


def restamped(module: ModuleType, world: Any, site: Any) -> str:
    """The feed with the site's oldest stories on top, dated an hour ago."""
    at = world.now - timedelta(hours=1)
    old = [article | {"published": at} for article in site.articles[-REDATED:]]

    class Other:
        visible = staticmethod(lambda s: old + world.__class__.visible(world, s))

    return str(module.feed(Other, site))


def redesigned(module: ModuleType, articles: list[dict[str, Any]], site: Any) -> str:
    """A section page of another design."""
    cards = "".join(
        f'<div class="card"><a class="card__link" href="{module.e(a["path"])}"><figure></figure><div class="text">'
        f'<span class="card__kicker">News</span><span class="card__title">{module.e(a["title"])}</span></div></a></div>'
        for a in articles
    )
    menu = "".join(f'<li><a href="/section/{name}">{name}</a></li>' for name in ("news", "politics"))
    return (
        f'<!doctype html><html lang="en"><head><title>{module.e(site.name)}</title></head><body><header><ul>{menu}'
        f'<li><a href="/about">About us</a></li></ul></header><main><div>{cards}</div></main></body></html>'
    )


def main() -> None:
    """Serve until told to end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--port", type=int, default=8791)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--sites", type=int, default=8)
    options = parser.parse_args()
    module = newsworld()
    texts = str(ROOT / "news/texts/allsides.jsonl.xz")
    args = argparse.Namespace(
        texts=texts, pages=None, sites=options.sites, articles=(options.days + BEFORE) * 9, kind=None, spread=0,
        since=None, until=None, now=BEGINS.isoformat(), port=options.port, language=None,
    )  # fmt: skip
    world = module.World(args)
    redate(module, world, options.days)
    module.write_files(world, options.out)
    handler = faulty(module, world)
    for site in world.sites:
        server = ThreadingHTTPServer((site.ip, options.port), handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
