"""The article's text, without navigation, sidebars and comments."""

import logging

from trafilatura import bare_extraction

from monitor.extraction.page import Page

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def body(page: Page) -> str:
    """Paragraphs separated by one line break; "" where none are found."""
    found = bare_extraction(page.tree, url=page.url, fast=True, include_comments=False, with_metadata=False)
    return (found.text or "").strip() if found is not None else ""
