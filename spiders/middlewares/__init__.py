"""Downloader middlewares: pace, robots.txt, conditional requests, redirects, compression."""
