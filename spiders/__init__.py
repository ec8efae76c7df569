"""Fetching, politely and safely: Scrapy spiders, middlewares, pipelines and the crawl that runs them."""
