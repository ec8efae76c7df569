"""Ways in read into leads: feeds, JSON Feeds, sitemaps, section pages, and how to find them. It fetches nothing."""

from monitor.leads.reading import Reading, read

__all__ = ["Reading", "read"]
