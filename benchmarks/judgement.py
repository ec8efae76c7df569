"""Holds what was said in a month against what was done in it: by the world's own record, not by what the program knows.

What was looked at, and when, is what the servers were asked for; what a fault is to be called stands in
`benchmarks/faults.py`; by when, follows from both.
"""

import bisect
import email
import email.policy
import email.utils
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks import health
from benchmarks.faults import FAULTS, Fault
from benchmarks.faulty import BEGINS
from monitor.store import outages
from monitor.store.engine import open_store, read

HOUR = timedelta(hours=1)
LATEST = 6 * HOUR
"""What came out so shortly before the end need not be archived yet …"""
SETTLED = 80 * HOUR
"""… and what was edited so shortly before it, not be told yet."""
STALE = timedelta(hours=72 + 24 + 1)
"""A story so old is told to nobody at once: `crawl.fresh`, a day for a date that is off, an hour until the next run."""
BLIP = 1.0
"""Hours that a digest need not tell of."""
SAID = {"failing": "dark", "partial": "partial"}
"""The extent that a state of `sources health` tells."""
_LISTS = re.compile(r"/(|feed\.xml|rss/news\.xml|news-sitemap\.xml|section/.*)")


@dataclass(frozen=True)
class Seen:
    """What one cycle said: `run --json`, and of each source its row of `sources health --json`."""

    at: datetime
    report: dict[str, Any]
    states: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Month:
    """What was done, and what was said."""

    folder: Path
    days: int
    truth: list[dict[str, Any]]
    """The stories: url, site, published."""
    edited: dict[str, datetime]
    """The addresses of those that got `edit` as a further paragraph, and when."""
    edit: str
    asked: dict[str, list[tuple[datetime, str]]]
    """By site: when it was asked for which path."""
    seen: list[Seen]
    archive: set[str]
    """The addresses of what was archived."""
    seconds: float

    @property
    def until(self) -> datetime:
        return BEGINS + timedelta(days=self.days)

    @cached_property
    def names(self) -> dict[int, str]:
        """The sites by number."""
        return {int(str(urlsplit(row["url"]).hostname).rpartition(".")[2]): row["site"] for row in self.truth}

    @cached_property
    def faults(self) -> dict[str, list[Fault]]:
        """By site."""
        return {name: [f for f in FAULTS if f.site == n and f.begin < self.until] for n, name in self.names.items()}

    @cached_property
    def stories(self) -> dict[str, list[datetime]]:
        """By site, when they came out."""
        return {
            name: sorted(row["published"] for row in self.truth if row["site"] == name) for name in self.faults
        }  # fmt: skip

    @cached_property
    def looks(self) -> dict[str, list[datetime]]:
        """By site, when its lists were asked for."""
        return {
            name: sorted({at for at, path in self.asked.get(name, ()) if _LISTS.fullmatch(path)})
            for name in self.faults
        }  # fmt: skip

    @cached_property
    def blank(self) -> set[str]:
        """The addresses of stories that had no text yet when they were first asked for."""
        spans = {self.names[f.site]: f for faults in self.faults.values() for f in faults if f.mode == "blank"}
        first = {(name, path): at for name, rows in self.asked.items() for at, path in reversed(rows)}
        asked = {row["url"]: first.get((row["site"], urlsplit(row["url"]).path), self.until) for row in self.truth}
        return {
            row["url"] for row in self.truth if row["site"] in spans and spans[row["site"]].is_on(asked[row["url"]])
        }  # fmt: skip

    def fault(self, name: str, at: datetime) -> Fault | None:
        """What is to be told of a site at a moment."""
        return next((f for f in self.faults[name] if f.told and f.is_on(at)), None)

    def deadline(self, fault: Fault) -> datetime:
        """By when a fault must be told: at the second look at it, and in no case later than after three of the site's
        usual intervals. That a site stands still can be known after these only; that its stories are blank, with the
        third of them."""
        name = self.names[fault.site]
        before = [at.timestamp() for at in self.stories[name] if at < fault.begin]
        last = fault.begin + timedelta(seconds=3 * health.usual(before, fault.begin.timestamp()))
        looks = [at for at in self.looks[name] if at >= fault.begin]
        if fault.is_silence:
            return last
        if fault.mode == "blank":
            third = [*(at for at in self.stories[name] if at >= fault.begin), last, last, last][2]
            looks = [fault.begin, *(at for at in looks if at >= third)]
        return min([last, *looks[1:2]])

    def is_known_over(self, fault: Fault, at: datetime) -> bool:
        """Whether a site was looked at since a fault was mended; of blank stories, whether a new one was."""
        name = self.names[fault.site]
        if fault.mode != "blank":
            return any(fault.end <= look <= at for look in self.looks[name])
        new = {urlsplit(row["url"]).path for row in self.truth if row["site"] == name and row["published"] >= fault.end}
        return any(fault.end <= look <= at and path in new for look, path in self.asked[name])

    def is_excused(self, name: str, at: datetime) -> bool:
        """Whether a fault of a site is over, and nobody could know."""
        return any(f.told and f.end <= at and not self.is_known_over(f, at) for f in self.faults[name])


class Judge:
    """The figures of a month."""

    def __init__(self, month: Month) -> None:
        self._month = month
        self._mails = list(mails(month.folder / "outbox"))
        self._published = {row["url"]: row["published"] for row in month.truth}
        self._rows: list[tuple[str, Any, str, bool]] = []

    def rows(self) -> list[tuple[str, Any, str, bool]]:
        """(what, figure, bar, whether it is reached)."""
        self._coverage()
        self._requests()
        self._freshness()
        self._repeats()
        self._edits()
        self._hours()
        self._runs()
        self._digests()
        self._spans()
        seconds = self._month.seconds
        self._add("seconds, of a cycle", f"{seconds:.0f}, {seconds / len(self._month.seen):.2f}")
        return self._rows

    def _add(self, what: str, figure: Any, bar: str = "", *, reached: bool = True) -> None:
        self._rows.append((what, figure, bar, reached))

    def _coverage(self) -> None:
        month = self._month
        hidden = [month.fault(name, month.until) for name in month.faults]
        begun = {month.names[f.site]: f.begin for f in hidden if f}
        due = [
            row for row in month.truth
            if BEGINS <= row["published"] < min(month.until - LATEST, begun.get(row["site"], month.until))
        ]  # fmt: skip
        missed = [row for row in due if row["url"] not in month.archive]
        for row in missed:
            _note(f"not archived: {row['site']} {row['published']:%d %H:%M} {row['url']}")
        share = 1 - len(missed) / len(due)
        self._add(f"published and archived ({len(due)})", share, ">= 0.995", reached=share >= 0.995)

    def _requests(self) -> None:
        paths = [(name, path) for name, rows in self._month.asked.items() for _, path in rows]
        stories = {(row["site"], urlsplit(row["url"]).path) for row in self._month.truth}
        first = len(stories & set(paths))
        again = sum(asked in stories for asked in paths) - first
        number = len(self._month.archive)
        self._add("requests an article, all looks included", f"{len(paths) / number:.2f}")
        lists = len(paths) - first - again
        figure = f"{lists / number:.2f}, {first / number:.2f}, {again / number:.2f}"
        self._add("… for lists and robots.txt, for stories, for stories again", figure)

    def _freshness(self) -> None:
        for who in ("now", "daily"):
            first: dict[str, datetime] = {}
            for mail in self._of(who):
                for url in mail.urls:
                    first.setdefault(url, mail.at)
            hours = sorted(
                (at - self._published[url]) / HOUR for url, at in first.items()
                if self._published.get(url, BEGINS) > BEGINS and url not in self._month.edited
            )  # fmt: skip
            figure = f"{statistics.median(hours):.1f}, {hours[int(len(hours) * 0.95)]:.1f}" if hours else "none"
            self._add(f"hours from published to mailed, {who} ({len(hours)}): median, p95", figure)

    def _of(self, who: str) -> list["Mail"]:
        return [mail for mail in self._mails if mail.to.startswith(who)]

    def _repeats(self) -> None:
        repeated = stale = 0
        for who in ("now", "daily"):
            for url, times in Counter(url for mail in self._of(who) for url in mail.urls).items():
                extra = times - 1 - (url in self._month.edited) - (url in self._month.blank)
                if extra > 0:
                    repeated += extra
                    _note(f"mailed {times} times to {who}: {url}")
        for mail in self._of("now"):
            for url in mail.urls - self._month.edited.keys():
                if url in self._published and mail.at - self._published[url] > STALE:
                    stale += 1
                    _note(f"of {self._published[url]:%d %H:%M}, mailed {mail.at:%d %H:%M}: {url}")
        self._add("alerts repeated", repeated, "0", reached=not repeated)
        self._add("old stories told as new ones, at once", stale, "0", reached=not stale)

    def _edits(self) -> None:
        month = self._month
        told = Counter(url for mail in self._of("now") for url in mail.said_of(month.edit))
        due = {url for url, at in month.edited.items() if at < month.until - SETTLED and url in month.archive}
        once = sum(told[url] == 1 for url in due)
        what = f"edits that brought a topic in, told once ({len(due)})"
        self._add(what, once, str(len(due)), reached=once == len(due))
        for url in due:
            if told[url] != 1:
                _note(f"edit told {told[url]} times: {url} edited {month.edited[url]:%d %H:%M}")

    def _hours(self) -> None:
        """Source-hours of `sources health`."""
        false = missed = wrong = right = 0
        for seen in self._month.seen:
            for name, row in seen.states.items():
                fault, said = self._month.fault(name, seen.at), SAID.get(row["state"], "")
                what = f"{seen.at:%d %H:%M} {name} {fault.mode if fault else ''}: {said} {row['kind']} {row['reason']}"
                if said and fault is None and not self._month.is_excused(name, seen.at):
                    false += 1
                    _note(f"falsely told: {what}")
                elif fault and said == fault.told:
                    right += 1
                elif fault and said:
                    wrong += 1
                    _note(f"not {fault.told}: {what}")
                elif fault and seen.at >= self._month.deadline(fault):
                    missed += 1
                    _note(f"missed: {what}")
        hours = len(self._month.seen) * len(self._month.names)
        self._add(f"`sources health`, hours ({hours}): rightly told", right)
        for what, number in (("falsely told", false), ("missed", missed), ("told as another extent", wrong)):
            self._add(f"`sources health`, hours: {what}", number, "0", reached=not number)

    def _runs(self) -> None:
        """`run --json`, look by look."""
        false = missed = right = 0
        for seen in self._month.seen:
            said = {entry["name"] for key in ("failed", "partial") for entry in seen.report["sources"][key]}
            for name in seen.states:
                fault, looked = self._month.fault(name, seen.at), seen.at in self._month.looks[name]
                right += bool(fault and name in said)
                if name in said and fault is None and not self._month.is_excused(name, seen.at):
                    false += 1
                    _note(f"{seen.at:%d %H:%M} run: falsely {name}: {seen.report['sources']}")
                elif fault and looked and name not in said and seen.at >= self._month.deadline(fault):
                    missed += 1
                    _note(f"{seen.at:%d %H:%M} run: missed {name} {fault.mode}")
        self._add("`run --json`, looks: rightly told", right)
        self._add(
            "`run --json`, looks: falsely told, missed", f"{false}, {missed}", "0, 0", reached=not (false or missed)
        )

    def _digests(self) -> None:
        """The daily mails' last section."""
        daily, false, missed, right, gaps = self._of("daily"), 0, 0, 0, 0
        self._add("daily digests", len(daily), str(self._month.days), reached=len(daily) == self._month.days)
        before = BEGINS
        for mail in daily:
            for name, faults in self._month.faults.items():
                lines = [line for line in mail.unchecked if line.startswith(f"{name}:")]
                told = [line for line in lines if "of the time" not in line]
                gaps += len(lines) - len(told)
                real = [f for f in faults if f.told and f.begin <= mail.at and self._known_until(f, before)]
                due = [f for f in real if f.hours > BLIP and self._month.deadline(f) <= min(mail.at, f.end)
                       and f.end > before]  # fmt: skip
                right += bool(told and real)
                if told and not real:
                    false += 1
                    _note(f"digest of {mail.at:%d %H:%M} falsely: {told}")
                if due and not told:
                    missed += 1
                    _note(f"digest of {mail.at:%d %H:%M} says nothing of {name}: {due}")
            before = mail.at
        self._add("'What was not checked' in them: rightly told, possible gaps", f"{right}, {gaps}")
        figure, fine = f"{false}, {missed}", not (false or missed)
        self._add("'What was not checked' in them: falsely told, missed", figure, "0, 0", reached=fine)

    def _known_until(self, fault: Fault, before: datetime) -> bool:
        """Whether a fault may still have been thought on after `before`."""
        return fault.end > before or not self._month.is_known_over(fault, before)

    def _spans(self) -> None:
        """The spans kept, against the faults': hours that their beginnings and ends are off."""
        month, starts, ends = self._month, [], []
        for fault in (f for faults in month.faults.values() for f in faults if f.told):
            spans = self._kept(fault)
            line = f"fault: {month.names[fault.site]} {fault.mode} from {fault.begin:%d %H:%M} for {fault.hours:g} h:"
            _note(
                line
                + "".join(
                    f" [{o.kind} {o.trouble} {o.since:%d %H:%M} to {o.until or month.until:%d %H:%M}]" for o in spans
                )
            )
            if not spans:
                continue
            starts.append(self._off(fault, min(o.since for o in spans)))
            last = max(o.until or month.until for o in spans)
            if fault.end < month.until:
                ends.append((last - fault.end) / HOUR)
        for what, hours in (
            ("hours that a span's beginning is off", starts),
            ("… its end, which is the look that finds it mended", ends),
        ):
            figure = f"{statistics.median(hours):.1f}, {max(hours):.1f}" if hours else "none"
            self._add(f"{what} ({len(hours)}): median, most", figure)

    def _kept(self, fault: Fault) -> list[Any]:
        """The spans of the store that touch a fault."""
        return [
            outage for outage in self._outages
            if outage.source == self._month.names[fault.site] and outage.since < fault.end
            and (outage.until or self._month.until) > fault.begin
        ]  # fmt: skip

    @cached_property
    def _outages(self) -> list[Any]:
        engine = open_store(f"sqlite:///{self._month.folder}/newswatch.db")
        with read(engine) as connection:
            kept = outages.between(connection, BEGINS, self._month.until)
        engine.dispose()
        return [outage for outage in kept if outage.kind != "gap"]

    def _off(self, fault: Fault, since: datetime) -> float:
        """A silence began with the last story before it."""
        times = self._month.stories[self._month.names[fault.site]]
        begun = times[bisect.bisect(times, fault.begin) - 1] if fault.is_silence else fault.begin
        return abs(since - begun) / HOUR


def _note(line: str) -> None:
    """What a figure does not say, for who mends it."""
    print(line, file=sys.stderr)


@dataclass(frozen=True)
class Mail:
    """One message as it went out."""

    to: str
    at: datetime
    text: str

    @cached_property
    def urls(self) -> set[str]:
        """The stories in it."""
        return set(_stories([self.text]))

    @property
    def unchecked(self) -> list[str]:
        """The lines of the last section."""
        section = self.text.partition("What was not checked")[2].partition("\n-- ")[0]
        return [re.sub(r"\s+", " ", item).strip() for item in re.split(r"\n- ", section)[1:]]

    def said_of(self, words: str) -> set[str]:
        """The stories whose cards have these words."""
        cards = self.text.split("\n\n")
        return set(_stories(card for card in cards if words in re.sub(r"[\s*>]+", " ", card)))


def _stories(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for url in re.findall(r"http://127\.0\.1\.\d+:\d+/\d{4}/[^\s<>()\"]+", text):
            yield url.split("?")[0]


def mails(outbox: Path) -> Iterator[Mail]:
    """All messages, in the order of their dates."""
    found = []
    for path in sorted(outbox.glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        at = email.utils.parsedate_to_datetime(str(message["Date"])).astimezone(UTC)
        to = str(message["To"]).strip("<>").split("<")[-1]
        found.append(Mail(to=to, at=at, text=body.get_content() if body else ""))
    return iter(sorted(found, key=lambda mail: mail.at))
