"""Pages that only a browser can read, with the system's Chromium."""

import importlib.util
import json
from datetime import UTC, datetime, timedelta

import pytest

from monitor.records import Source
from spiders import chromium

pytestmark = pytest.mark.slow
real = pytest.mark.skipif(
    importlib.util.find_spec("scrapy_playwright") is None or chromium.chromium() is None,
    reason="the extra js or Chromium is not installed",
)
TEXT = " ".join(f"Sentence {n} of the council's long debate about the policy of the town." for n in range(60))
SHELL = """<html><head><title>The council keeps its policy</title></head><body><div id=app></div>
<img src="/picture.png"><link rel="icon" href="/icon.png"><script>
const open = {open};
fetch("/api").then(a => a.json()).then(story => {{
  document.getElementById("app").innerHTML = "<article><h1>The council keeps its policy</h1><p>" + story.text + "</p></article>";
}});
for (const url of open.http) {{ fetch(url, {{mode: "no-cors"}}).catch(() => 0); new Image().src = url; }}
for (const url of open.frames) {{
  const frame = document.createElement("iframe"); frame.src = url; document.body.append(frame);
}}
for (const url of open.sockets) {{ try {{ new WebSocket(url); }} catch (e) {{}} }}
try {{ navigator.sendBeacon(open.http[0], "x"); }} catch (e) {{}}
window.open(open.frames[0]);
</script></body></html>"""


@pytest.fixture
def canary(new_site):
    return new_site("127.0.0.2")


@pytest.fixture
def shell(new_site, canary):
    """A site whose stories are filled by a script, which also tries to get at the canary in every way."""
    site = new_site("127.0.0.1")
    port = canary.base.rpartition(":")[2]
    inward = [f"http://{host}:{port}/in" for host in ("127.0.0.2", "2130706434", "0x7f.0.0.2", "[::ffff:7f00:2]")]
    site.page("/away", "", status=302, Location=f"{canary.base}/in")
    ways = {
        "http": [*inward, f"{site.base}/away"], "frames": [*inward, f"{site.base}/away", "file:///etc/passwd"],
        "sockets": [f"ws://127.0.0.2:{port}/in"],
    }  # fmt: skip
    site.page("/api", json.dumps({"text": TEXT}), "application/json")
    site.page("/story", SHELL.format(open=json.dumps(ways)))
    site.feed("/rss", "/story")
    return site


def watched(site, **more):
    return Source(name="Shell", home=site.base, feeds=(site.base + "/rss",), sitemaps=(), sections=(), **more)


@real
def test_a_page_is_read_as_its_scripts_made_it_and_they_get_nowhere_else(shell, canary, run, articles):
    report = run(watched(shell, js=True), allow_networks=("127.0.0.1/32",), timeout=15.0, budget=60.0)
    assert not report.out_of_budget
    assert report.refused == ()
    (article,) = articles()
    assert "Sentence 59" in article["body"]
    assert canary.asked == []
    assert "/picture.png" not in shell.paths()
    assert "/robots.txt" in shell.paths()


@real
def test_a_known_page_is_looked_at_again_as_its_scripts_make_it(shell, run, articles):
    hour = timedelta(hours=1)
    date = f'<meta property="article:published_time" content="{(datetime.now(UTC) - hour).isoformat()}">'
    status, headers, body = shell.pages["/story"]
    shell.pages["/story"] = lambda asked: (
        (304, {}, b"")
        if "If-None-Match" in asked.headers
        else (status, headers | {"ETag": '"shell"'}, body.replace(b"</head>", date.encode() + b"</head>"))
    )
    plan = {"timeout": 15.0, "budget": 60.0, "revisit": (hour,)}
    run(watched(shell, js=True), **plan)
    shell.page("/api", json.dumps({"text": TEXT + " And the mayor said so."}), "application/json")
    assert run(watched(shell, js=True), clock_offset=3700.0, **plan).articles.revised == 1
    (article,) = articles()
    assert "the mayor said so" in article["body"]


@real
@pytest.mark.parametrize("target", ["redirect", "script"])
def test_a_page_that_leads_elsewhere_is_refused_with_a_reason(shell, canary, run, articles, target):
    if target == "redirect":
        shell.page("/story", "", status=302, Location=f"{canary.base}/in")
    else:
        shell.page("/story", f"<script>location = {json.dumps(canary.base + '/in')}</script>")
    report = run(watched(shell, js=True), allow_networks=("127.0.0.1/32",), timeout=10.0, budget=60.0)
    assert canary.asked == []
    assert articles() == []
    assert [r.reason for r in report.refused] == ["private address refused: 127.0.0.2"]


@real
@pytest.mark.parametrize("allowed", [True, False])
def test_a_page_that_has_moved_to_another_host_is_read_there_as_its_robots_txt_allows(
    shell, new_site, run, articles, allowed
):
    other = new_site("127.0.0.3")
    other.page("/robots.txt", "" if allowed else "User-agent: *\nDisallow: /story\n", "text/plain")
    other.pages |= {path: shell.pages[path] for path in ("/story", "/api")}
    shell.page("/story", "", status=301, Location=other.base + "/story")
    report = run(watched(shell, js=True), allow_networks=("127.0.0.1/32", "127.0.0.3/32"), timeout=15.0, budget=60.0)
    assert [r.reason for r in report.refused] == ([] if allowed else ["robots.txt disallows it"])
    (article,) = articles()
    assert (article["url"] == other.base + "/story", "Sentence 59" in article["body"]) == (allowed, allowed)


@real
def test_a_page_that_never_ends_costs_its_time_and_no_more(shell, run, articles):
    shell.page("/story", "<script>while (true) {}</script>")
    report = run(watched(shell, js=True), timeout=3.0, budget=60.0)
    assert report.seconds < 30
    assert articles() == []
    assert "timed out" in report.refused[0].reason


def test_without_the_extra_or_the_browser_the_reason_says_what_to_install(shell, run, monkeypatch):
    monkeypatch.setattr(chromium, "chromium", lambda: None)
    report = run(watched(shell, js=True))
    (refused,) = report.refused
    assert "chromium" in refused.reason or "newswatch[js]" in refused.reason
    assert "/story" not in shell.paths()
