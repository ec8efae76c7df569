"""A real browser for tests, its pages' JavaScript off: Chromium over a pipe, by its DevTools protocol; and axe in it."""

import base64
import fcntl
import itertools
import json
import os
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

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

AXE = Path(os.environ.get("AXE_JS") or str(files("axe_core_python") / "axe.min.js"))
"""AXE_JS names another version of it."""
needs_browser = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium here")


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
        self.requests, self.dialogs = [], []
        tab = self.tell("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.tell("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
        self.tell("Page.enable")
        self.tell("Network.enable")
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
        self.loaded()

    def press(self, selector):
        """Click, and wait for the page that follows."""
        self.click(selector)
        self.loaded()

    def loaded(self):
        """Wait for the page that follows."""
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

    def axe(self, width=360, scheme="light"):
        """What axe-core has to say of the page that is serious or worse: rule, and the elements."""
        self.fits(width, scheme)
        self.tell("Emulation.setScriptExecutionDisabled", value=False)
        self._value(AXE.read_text(encoding="utf-8") + "; true")
        found = self._value(
            "axe.run({resultTypes: ['violations']}).then(r => r.violations.map("
            "v => [v.impact, v.id, v.nodes.slice(0, 5).map(n => n.html + ' ' + n.failureSummary)]))"
        )
        self.tell("Emulation.setScriptExecutionDisabled", value=True)
        return [violation for violation in found if violation[0] in {"serious", "critical"}]

    def picture(self, path):
        """The whole page as a PNG file."""
        shot = self.tell("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def key(self, name, code, text=""):
        """Press a key, as a keyboard would."""
        kinds = ("keyDown", "keyUp")
        for kind in kinds:
            said = {"text": text} if text and kind == "keyDown" else {}
            self.tell("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code, **said)

    def focused(self):
        """What has the keyboard: the element's id or name and value, else its tag; and whether it is seen to have it."""
        return self._value(
            "(e => [e.id || (e.name ? e.name + '=' + e.value : e.tagName.toLowerCase()),"
            " getComputedStyle(e).outlineStyle])(document.activeElement)"
        )

    def background(self):
        return self._value("getComputedStyle(document.body).backgroundColor")

    def _value(self, expression):
        result = self.tell("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
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
            if said.get("method") == "Network.requestWillBeSent":
                self.requests.append(said["params"]["request"]["url"])
            if said.get("method") == "Page.javascriptDialogOpening":
                self.dialogs.append(said["params"]["message"])
            if wanted(said):
                return said


@pytest.fixture
def browser(tmp_path):
    opened = Browser(tmp_path / "profile")
    yield opened
    opened.close()
