"""SIGTERM and Ctrl-C end a crawl cleanly."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow
CRAWL = """
import sys
from monitor.records import Source
from spiders.crawl import crawl
from spiders.plan import CrawlPlan
if __name__ == "__main__":
    base, store = sys.argv[1:]
    source = Source(name="Record", home=base, feeds=(base + "/rss",), sitemaps=(), sections=())
    report = crawl(CrawlPlan(store=store, sources=(source,), delay=0.2, allow_networks=("127.0.0.0/8",)))
    print(report.interrupted, report.articles.held)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_crawl_with_what_was_done_kept(site, run, articles, tmp_path, number):
    stories = [f"/story-{n}" for n in range(40)]
    site.feed("/rss", *stories)
    for path in stories:
        site.story(path)
    script = tmp_path / "script.py"
    script.write_text(CRAWL)
    command = [sys.executable, str(script), site.base, f"sqlite:///{tmp_path}/store.db"]
    process = subprocess.Popen(command, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True)
    while len(site.asked) < 12:
        time.sleep(0.05)
    process.send_signal(number)
    begun = time.monotonic()
    output, _ = process.communicate(timeout=20)
    assert time.monotonic() - begun < 6
    assert process.returncode == 0
    interrupted, new = output.split()
    assert interrupted == str(int(number))
    assert 0 < int(new) == len(articles()) < 40
    report = run(
        # the rest, and nothing twice
        *[source_of(site)],
        delay=0.01,
    )
    assert report.articles.held + int(new) == 40
    assert len(articles()) == 40


def source_of(site):
    from monitor.records import Source

    return Source(name="Record", home=site.base, feeds=(site.base + "/rss",), sitemaps=(), sections=())
