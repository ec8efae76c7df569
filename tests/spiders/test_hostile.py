"""A server that does its worst, beside one that is well."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from monitor.records import Source

SERVER = (
    Path(os.environ.get("NEWSWATCH_DATA", Path(__file__).parents[3] / "shared" / "data")).parent
    / "tools"
    / "hostile_server.py"
)
PATHS = [
    "gz", "br", "gzgz", "sm.xml.gz", "endless", "drip", "driphdr", "hdrbomb", "stall", "loop0", "selfredir", "to_file",
    "to_data", "to_priv", "to_priv6", "to_dec", "to_ftp", "to_gopher", "meta_file", "meta_priv", "crlf", "cl_lie_short",
    "badchunk", "rst", "badgz", "charset", "bin", "trap/a", "nothing", "429",
]  # fmt: skip
KINDS = ("feeds", "sitemaps", "sections")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not SERVER.is_file(), reason="the hostile server is not here")]


@pytest.fixture(scope="module")
def hostile():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, str(SERVER), str(port)])
    base = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(base + "/hits", timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield base
    server.kill()
    server.wait()


def hits(base):
    with urllib.request.urlopen(base + "/hits") as answer:
        return answer.read().decode()


def reads(name, home, kind, url):
    ways = {k: (url,) if k == kind else () for k in KINDS}
    return Source(name=name, home=home, **ways)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_way_in_does_the_run_ends_and_the_others_are_whole(hostile, new_site, run, kind):
    well = new_site("127.0.0.3")
    well.feed("/rss", *[f"/story-{n}" for n in range(5)])
    for n in range(5):
        well.story(f"/story-{n}", f"The {n}th story of the day")
    sources = [reads(path, hostile + "/", kind, f"{hostile}/{path}") for path in PATHS]
    sources.append(reads("well", well.base, "feeds", well.base + "/rss"))
    before = hits(hostile)
    begun = time.monotonic()
    report = run(*sources, allow_networks=("127.0.0.1/32", "127.0.0.3/32"), timeout=3.0, budget=90.0)
    assert time.monotonic() - begun < 80
    assert not report.out_of_budget
    assert report.articles.new + report.articles.held >= 5
    outcomes = {s.name: s for s in report.sources}
    assert outcomes["well"].state == "checked"
    assert "internal" not in hits(hostile).replace(before, ""), "the canary was asked"
    for path in PATHS:
        outcome = outcomes[path]
        assert outcome.state == "checked" or outcome.reason, path
        if kind != "sections":
            assert outcome.state == "failed", path
    for path in ("to_priv", "to_priv6", "to_dec"):
        assert outcomes[path].reason.startswith("private address refused")
    for path in ("loop0", "selfredir"):
        assert outcomes[path].reason == "it redirects without end"
    for path in ("to_file", "to_data", "to_ftp", "to_gopher"):
        assert outcomes[path].reason.startswith("it redirects to")
    for path in ("drip", "driphdr", "stall"):
        assert outcomes[path].reason == "timed out after 3 s"
    for path in ("gz", "br", "gzgz", "endless"):
        assert "large" in outcomes[path].reason


def test_whatever_a_page_does_it_harms_only_itself(hostile, new_site, run):
    well = new_site("127.0.0.3")
    well.feed("/rss", *[f"/story-{n}" for n in range(5)])
    for n in range(5):
        well.story(f"/story-{n}", f"The {n}th story of the day")
    listing = new_site("127.0.0.4")
    items = "".join(f"<item><title>{p}</title><link>{hostile}/{p}</link></item>" for p in [*PATHS, "ok"])
    listing.page("/rss", f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>", "application/rss+xml")
    report = run(
        reads("hostile", listing.base, "feeds", listing.base + "/rss"), reads("well", well.base, "feeds", well.base + "/rss"),
        allow_networks=("127.0.0.1/32", "127.0.0.3/32", "127.0.0.4/32"), timeout=3.0, budget=90.0,
    )  # fmt: skip
    assert not report.out_of_budget
    assert report.articles.new + report.articles.held >= 5
    assert "'internal'" not in hits(hostile)
    reasons = {r.reason for r in report.refused}
    assert any(r.startswith("private address refused") for r in reasons)
    assert "it redirects without end" in reasons
