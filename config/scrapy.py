"""Scrapy's settings, from the configuration directory: what `scrapy crawl feed -a source=NAME` works with.

The directory is NEWSWATCH_CONFIG, else `config` beside scrapy.cfg.
"""

import os
from pathlib import Path

from config.loading import load

_config = load(Path(os.environ.get("NEWSWATCH_CONFIG") or Path(__file__).parent).absolute())
_crawl = _config.settings.crawl

BOT_NAME = "newswatch"
SPIDER_MODULES = [f"spiders.{name}" for name in ("feed", "sitemap", "section", "page", "watch", "sites")]
ADDONS = {"spiders.addon.Newswatch": 0}
LOG_LEVEL = "INFO"
STATS_DUMP = True

NEWSWATCH_PLAN = dict(  # noqa: C408  # the fields of spiders.plan.CrawlPlan
    store=_config.settings.store,
    sources=_config.sources,
    topics=_config.topics,
    contact=_crawl.contact,
    fresh=_crawl.fresh,
    delay=_crawl.delay.total_seconds(),
    timeout=_crawl.timeout.total_seconds(),
    budget=_crawl.budget.total_seconds(),
    revisit=_crawl.revisit,
    allow_networks=_crawl.allow_networks,
)
