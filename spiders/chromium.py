"""Whether pages that need JavaScript can be read: the extra `js` is installed, and a Chromium of the system's."""

import importlib.util
import os
import shutil

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def missing() -> str:
    """What is not there that a page with JavaScript needs, and how to get it; empty where all is."""
    if importlib.util.find_spec("scrapy_playwright") is None:
        return "its pages need JavaScript (js: true) and the extra is not installed: pip install 'newswatch[js]'"
    if chromium() is None:
        return f"its pages need JavaScript (js: true) and none of {', '.join(CHROMIUM)} is installed"
    return ""


def chromium() -> str | None:
    """Where the system's Chromium is: CHROMIUM_PATH, else one of `CHROMIUM` on the PATH."""
    return os.environ.get("CHROMIUM_PATH") or next((path for name in CHROMIUM if (path := shutil.which(name))), None)
