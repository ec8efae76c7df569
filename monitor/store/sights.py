"""What a run saw of the ways into sources, and what that makes of the sources: rhythm, health, the next poll."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from monitor import polling
from monitor.health import pages, ways
from monitor.health.troubles import Trouble
from monitor.health.verdict import Health, Verdict, judge, parts
from monitor.health.ways import Sight, WayHealth
from monitor.polling import Rhythm, Wishes
from monitor.records import Lead, Source
from monitor.store import sources
from monitor.store.sources import Polled, SourceState
from monitor.urls import key

_UNASKED = timedelta(hours=1)
"""A way in that was not asked since so long before its source's last look is none any more."""


class Sights:
    """Collects, look by look, and tells how a source fared."""

    def __init__(self) -> None:
        self._rhythms: dict[str, dict[str, Rhythm]] = {}
        self._health: dict[str, Health] = {}
        self._ways: dict[str, dict[str, WayHealth]] = defaultdict(dict)
        self._pages: dict[str, Counter[Trouble]] = defaultdict(Counter)
        self._below: dict[str, list[Lead]] = defaultdict(list)
        self._broken: dict[str, Sight] = {}
        self._good: set[str] = set()
        self._bad: dict[str, dict[str, str]] = defaultdict(dict)
        self._next: dict[str, datetime] = {}

    def rhythms(self, state: SourceState) -> dict[str, Rhythm]:
        """The rhythms of a source's ways in, by address."""
        if state.name not in self._rhythms:
            self._rhythms[state.name] = {url: Rhythm.of(kept) for url, kept in state.rhythm.items()}
        return self._rhythms[state.name]

    def health(self, state: SourceState) -> Health:
        """A source's health as it was before this run."""
        if state.name not in self._health:
            self._health[state.name] = Health.of(state.health)
        return self._health[state.name]

    def listed(
        self, state: SourceState, url: str, found: Sequence[Lead], sight: Sight, wishes: Wishes | None, now: datetime
    ) -> datetime | None:
        """A way in was read; since when stories may have rolled off unseen, where that may be."""
        items = [key(lead.url) for lead in found if lead.url]
        dates = {key(lead.url): lead.published for lead in found if lead.url and lead.published and _hour(lead)}
        known = self.rhythms(state).get(url)
        if known is None:
            learned = polling.begin(items, now, dates.values())
        else:
            learned = polling.learn(polling.wishing(known, wishes or Wishes()), items, now, dates)
        self.rhythms(state)[url] = polling.wishing(learned, wishes) if wishes else learned
        self._good.add(state.name)
        self._look(state, url, sight, now)
        gap = known is not None and polling.is_gap(known, items)
        return datetime.fromtimestamp(known.last, UTC) if known is not None and gap else None

    def below(self, state: SourceState, root: str, found: Iterable[Lead]) -> None:
        """A sitemap that the index `root` names was read."""
        self._below[root] += found
        self._good.add(state.name)

    def same(self, state: SourceState, url: str, now: datetime) -> None:
        """A way in answered that nothing has changed."""
        known = self.rhythms(state).get(url)
        self.rhythms(state)[url] = polling.begin([], now) if known is None else polling.learn(known, None, now)
        self._good.add(state.name)
        self._look(state, url, Sight(), now)

    def failed(self, state: SourceState, url: str, sight: Sight, now: datetime, root: str) -> None:
        """A way in could not be read; `root` is the index that named it, if one did."""
        self._bad[state.name][url] = sight.reason
        if root:
            self._broken[root] = sight
        else:
            self._look(state, url, sight, now)

    def paged(self, name: str, trouble: Trouble) -> None:
        """The page of one of a source's stories was had whole, or not."""
        self._pages[name][trouble] += 1

    def not_before(self, name: str, instant: datetime) -> None:
        """A source's server asked to be left alone until `instant`."""
        self._next[name] = max(instant, self._next.get(name, instant))

    def outcome(self, source: Source, state: SourceState, now: datetime) -> Polled:
        """How a source fared in this run, and when it is due again."""
        reason = "; ".join(dict.fromkeys(self._bad[source.name].values()))
        health = self._after(state, now)
        verdict, rhythms = judge(health), self.rhythms(state)
        dark = bool(reason) and source.name not in self._good
        failing = dark or verdict.state == "failing"
        began = (
            state.failing_since or (now if dark else datetime.fromtimestamp(verdict.since, UTC)) if failing else None
        )
        pace = polling.next_poll(source, rhythms.values(), now, state.failing_since if dark else None)
        if not source.poll:
            pace = _sooner(pace, now, verdict, _due(health))
        return Polled(
            state=state, next_poll=max(pace, self._next.get(source.name, now)), failing_since=began,
            reason=reason if dark else verdict.reason or reason, trouble=verdict.trouble,
            rhythm={url: rhythm.plain() for url, rhythm in rhythms.items()}, health=health.plain(),
            parts=() if failing else tuple(parts(health)),
        )  # fmt: skip

    def note(self, connection: sa.Connection, polled: Iterable[tuple[Source, SourceState]], now: datetime) -> None:
        """Write down of each polled source whether it answered and how it fares, and when it is due again."""
        well: list[Polled] = []
        for source, state in polled:
            done = self.outcome(source, state, now)
            if done.failing:
                sources.failed(connection, done, now)
            else:
                well.append(done)
        sources.succeeded(connection, well, now)

    def _after(self, state: SourceState, now: datetime) -> Health:
        before, looked = self.health(state), self._ways[state.name]
        for root in [url for url in looked if url in self._below or url in self._broken]:
            self._settle_index(state, root, now)
        oldest = ((state.last_polled or now) - _UNASKED).timestamp()
        kept = {
            url: way
            for url, way in before.ways.items()
            if url not in looked and way.looked >= oldest and way.kind != "home"
        }
        fared = pages.after(before.pages, self._pages[state.name], now.timestamp())
        return Health(ways={**kept, **looked}, pages=fared)

    def _look(self, state: SourceState, url: str, sight: Sight, now: datetime) -> None:
        before = self.health(state).ways.get(url, WayHealth())
        self._ways[state.name][url] = ways.look(before, sight, self.rhythms(state).get(url), now)

    def _settle_index(self, state: SourceState, root: str, now: datetime) -> None:
        """Judge an index by the sitemaps that it names: their dates are its news."""
        found, broken = self._below.get(root), self._broken.get(root)
        if found is None and broken is not None:
            self._look(state, root, broken, now)
            return
        dates = [lead.published for lead in found or () if lead.published and _hour(lead)]
        self.rhythms(state)[root] = polling.came(self.rhythms(state)[root], dates, now)
        everything = tuple(lead.published for lead in found or () if lead.published)
        self._look(state, root, Sight(kind="sitemaps", entries=len(found or ()), dates=everything), now)


def _hour(lead: Lead) -> bool:
    return lead.precision != "day"


def _due(health: Health) -> datetime | None:
    """When it is time to look whether a way in has fallen silent; `None` where none can be said to."""
    moments: Mapping[str, float] = {url: way.due for url, way in health.ways.items() if way.due and not way.failing}
    return datetime.fromtimestamp(min(moments.values()), UTC) if moments else None


def _sooner(pace: datetime, now: datetime, verdict: Verdict, silent: datetime | None) -> datetime:
    """A trouble that may be a blip is looked at again soon, and a silence when it becomes too long."""
    if verdict.state == "shaky":
        pace = min(pace, now + polling.FIRST)
    return min(pace, silent + timedelta(minutes=1)) if silent and silent >= now + polling.SHORTEST else pace
