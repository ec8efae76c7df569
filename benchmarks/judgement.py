"""Holds what was said in a month against what was done in it: by the world's own record, not by the program's."""

import bisect
import statistics
import sys
from collections import Counter
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from benchmarks.faults import Fault
from benchmarks.faulty import BEGINS
from benchmarks.mailed import Mail, mails
from benchmarks.record import Month
from monitor.store import outages
from monitor.store.engine import open_store, read

HOUR = timedelta(hours=1)
LATEST = 6 * HOUR
"""What came out so shortly before the end need not be archived yet …"""
SETTLED = 80 * HOUR
"""… and what was edited so shortly before it, not be told yet."""
STALE = {"now": timedelta(hours=72 + 24 + 1), "daily": timedelta(hours=72 + 24 + 25)}
"""A story so old is called an old one: `crawl.fresh`, a day for a date that is off, the time until the next mail."""
OLD = "Old story, from"
BLIP = 1.0
"""Hours that a digest need not tell of."""
SAID = {"failing": "dark", "partial": "partial"}
"""The extent that a state of `sources health` tells."""


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
            for mail in self._of(who):
                for url in mail.urls - self._month.edited.keys() - mail.said_of(OLD):
                    if url in self._published and mail.at - self._published[url] > STALE[who]:
                        stale += 1
                        _note(f"of {self._published[url]:%d %H:%M}, mailed {mail.at:%d %H:%M} to {who}: {url}")
        self._add("alerts repeated", repeated, "0", reached=not repeated)
        self._add("old stories told as new ones", stale, "0", reached=not stale)

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
