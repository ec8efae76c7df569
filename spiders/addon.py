"""The Scrapy add-on that makes a crawl polite and safe: every default that is changed, in one place.

ADDONS = {"spiders.addon.Newswatch": 0}
NEWSWATCH_PLAN = spiders.plan.CrawlPlan(...)
"""

from typing import Any

from scrapy.settings import BaseSettings

from spiders.exchange import MAX_BYTES, REDIRECTS
from spiders.plan import CrawlPlan, plan_of, user_agent

_M = "spiders.middlewares"

SETTINGS: dict[str, Any] = {
    # what goes out
    "DOWNLOAD_HANDLERS": {
        "http": "spiders.handler.BoundedHandler",
        "https": "spiders.handler.BoundedHandler",
        "file": None,
        "ftp": None,
        "data": None,
        "s3": None,
    },
    "TWISTED_DNS_RESOLVER": "spiders.resolver.GuardedResolver",
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "HTTPPROXY_ENABLED": False,  # behind a proxy the address connected to could not be checked
    "COOKIES_ENABLED": False,
    "REFERER_ENABLED": False,
    "RETRY_ENABLED": False,  # the store remembers what to try again
    "ROBOTSTXT_OBEY": False,  # RobotsMiddleware does, as RFC 9309 says
    "METAREFRESH_ENABLED": False,
    "DEFAULT_REQUEST_HEADERS": {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
    # how much
    "CONCURRENT_REQUESTS": 128,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
    "CONCURRENT_ITEMS": 8,
    "DOWNLOAD_DELAY_JITTER": 0,
    "DOWNLOAD_MAXSIZE": MAX_BYTES,
    "DOWNLOAD_WARNSIZE": 0,
    "REDIRECT_MAX_TIMES": REDIRECTS,
    "DEPTH_LIMIT": 8,
    "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 64 * 1024 * 1024,
    "SCHEDULER": "spiders.scheduler.HostScheduler",
    # what comes in
    "HTTPERROR_ALLOW_ALL": True,
    "DEFAULT_DROPITEM_LOG_LEVEL": "DEBUG",
    # what is not needed
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "MEMUSAGE_ENABLED": False,
    "STATS_DUMP": False,
    "LOG_VERSIONS": [],
}
COMPONENTS: dict[str, dict[str, int | None]] = {
    "DOWNLOADER_MIDDLEWARES": {
        f"{_M}.given.GivenMiddleware": 80,
        f"{_M}.pace.PaceMiddleware": 90,
        f"{_M}.robots.RobotsMiddleware": 100,
        f"{_M}.conditional.ConditionalMiddleware": 150,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
        "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
        f"{_M}.answers.BoundedCompressionMiddleware": 590,
        f"{_M}.answers.RedirectsMiddleware": 600,
    },
    "ITEM_PIPELINES": {
        "spiders.pipelines.ExtractionPipeline": 100,
        "spiders.pipelines.MatchingPipeline": 200,
        "spiders.pipelines.StoragePipeline": 300,
    },
    "EXTENSIONS": {"spiders.session.Session": 0},
}


class Newswatch:
    """Sets what nobody has set otherwise, and what the plan says."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Called by Scrapy before anything is built."""
        for name, value in SETTINGS.items():
            settings.set(name, value, "addon")
        for name, components in COMPONENTS.items():
            settings.set(name, components | settings.getdict(name), "addon")
        plan = plan_of(settings)
        if plan is not None:
            for name, value in planned(plan).items():
                settings.set(name, value, "addon")


def planned(plan: CrawlPlan) -> dict[str, Any]:
    """The settings that follow from a plan."""
    return {"DOWNLOAD_DELAY": plan.delay, "DOWNLOAD_TIMEOUT": plan.timeout, "USER_AGENT": user_agent(plan.contact)}
