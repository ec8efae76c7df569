"""The pages in a real browser, with JavaScript off: driven over a pipe, as its DevTools protocol allows."""

import fcntl
import itertools
import json
import os
import shutil
import subprocess

import pytest

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
]

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium here")


class Browser:
    """One tab of Chromium."""

    def __init__(self, folder):
        theirs, self._to = os.pipe()
        self._from, answers = os.pipe()
        high = [fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, 20) for number in (theirs, answers)]
        join = f'exec "$0" "$@" 3<&{high[0]} 4>&{high[1]}'  # where Chromium listens and speaks
        self._process = subprocess.Popen(
            ["bash", "-c", join, PROGRAM, *OPTIONS, f"--user-data-dir={folder}"], pass_fds=high,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for number in (theirs, answers, *high):
            os.close(number)
        self._numbers, self._session, self._rest = itertools.count(1), None, b""
        tab = self.tell("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.tell("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
        self.tell("Page.enable")
        self.tell("Emulation.setScriptExecutionDisabled", value=True)

    def close(self):
        self._process.terminate()
        self._process.wait(20)
        os.close(self._to)
        os.close(self._from)

    def tell(self, method, **parameters):
        number = next(self._numbers)
        order = {"id": number, "method": method, "params": parameters}
        if self._session:
            order["sessionId"] = self._session
        os.write(self._to, json.dumps(order).encode() + b"\0")
        return self._until(lambda word: word.get("id") == number)["result"]

    def open(self, address):
        self.tell("Page.navigate", url=address)
        self._until(lambda word: word.get("method") == "Page.loadEventFired")

    def press(self, selector):
        """Click, and wait for the page that follows."""
        self.click(selector)
        self._until(lambda word: word.get("method") == "Page.loadEventFired")

    def click(self, selector):
        place = self._value(
            f"(e => {{ e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect();"
            f" return [r.x + r.width / 2, r.y + r.height / 2] }})(document.querySelector({selector!r}))"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.tell("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def write(self, selector, text):
        self.click(selector)
        self.tell("Input.insertText", text=text)

    def text(self, selector):
        return self._value(f"document.querySelector({selector!r}).textContent")

    def shown(self, selector):
        return self._value(f"document.querySelector({selector!r}).offsetParent !== null")

    def fits(self, width, scheme):
        """Whether a page as wide as that scrolls down alone."""
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        self.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        return self._value("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    def background(self):
        return self._value("getComputedStyle(document.body).backgroundColor")

    def _value(self, expression):
        result = self.tell("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"]["value"]

    def _until(self, wanted):
        while True:
            while b"\0" not in self._rest:
                piece = os.read(self._from, 65_536)
                assert piece, "the browser is gone"
                self._rest += piece
            word, _, self._rest = self._rest.partition(b"\0")
            said = json.loads(word)
            if wanted(said):
                return said


@pytest.fixture
def browser(tmp_path):
    opened = Browser(tmp_path / "profile")
    yield opened
    opened.close()


@pytest.mark.slow
def test_the_whole_way_in_and_out_by_a_browser_without_javascript(site, browser):
    browser.open(f"{site.url}/subscribe")
    assert not browser.shown("input[value=stockton]")
    browser.click("input[value=chosen]")
    assert browser.shown("input[value=stockton]")
    browser.click("input[value=stockton]")
    browser.write("#email", "ben@example.org")
    browser.press("button")
    assert browser.text("h1") == "Look into your mailbox"
    (mail,) = site.mails(1)
    text = mail.get_body(("plain",)).get_content()
    browser.open(next(word for word in text.split() if "/confirm/" in word))
    assert site.subscriber("ben@example.org") is None
    browser.press("button")
    assert browser.text("h1") == "You are subscribed"
    assert site.subscriber("ben@example.org").subscription.topics == ("stockton",)
    browser.open(site.preferences("ben@example.org"))
    browser.click("input[value=eric-jones]")
    browser.press("button")
    assert browser.text("h1") == "Saved"
    assert set(site.subscriber("ben@example.org").subscription.topics) == {"stockton", "eric-jones"}
    browser.open(site.leave("ben@example.org"))
    assert site.subscriber("ben@example.org").state == "active"
    browser.press("button")
    assert browser.text("h1") == "You are unsubscribed"
    assert site.subscriber("ben@example.org").state == "unsubscribed"


@pytest.mark.slow
def test_pages_fit_narrow_and_wide_windows_in_light_and_dark(site, newsroom, browser):
    newsroom.subscribe("ana@example.org", topics=("stockton",))
    confirm = site.ask()
    for address in (f"{site.url}/subscribe", confirm, site.preferences(), site.leave(), f"{site.url}/nowhere"):
        browser.open(address)
        for width in (360, 800):
            assert browser.fits(width, "light")
            light = browser.background()
            assert browser.fits(width, "dark")
            assert browser.background() != light
