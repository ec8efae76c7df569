"""The part of the one writer that takes what the ways in list: what is new and fresh waits to be fetched."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.freshness import counts_until
from monitor.leads.stamps import are_dated_anew, are_stamped
from monitor.records import Lead
from monitor.store import fetching, leads, moves, sources
from monitor.urls import key

STAMPED = 10
"""So many stories of one minute, at first sight, were dated by a machine and not as they came out."""
UNDATED = 50
"""So many undated leads of a source are taken in one run; at first sight the rest is passed over."""
DARK = timedelta(days=14)
"""What came out while a source was dark is fetched however old it is by now, up to this."""


class Intake:
    """Writes by way of `write`, which gives the transaction under way; `fresh` as for the writer."""

    def __init__(self, write: Callable[[], sa.Connection], fresh: timedelta) -> None:
        self._write, self._fresh = write, fresh
        self._undated: Counter[str] = Counter()
        self._answered_before: dict[str, bool] = {}

    def take(
        self,
        state: sources.SourceState,
        url: str,
        found: Sequence[Lead],
        now: datetime,
        *,
        root: str = "",
        before: Collection[int] = (),
    ) -> tuple[list[Lead], list[Lead]]:
        """Keep the new leads of a way in: return those to fetch in this run, and those that were known.

        To be called before its validators are kept: whether it has any tells whether it is seen for the first time.
        `root` is the way in that named it, if one did; `before`, the keys of what it showed at the last look.
        """
        connection = self._write()
        # Of a first look that was cut off, the index may be known and what it lists not.
        first_sight = self._is_first_sight(root or url) or (bool(root) and state.first_polled is None)
        by_key: dict[int, Lead] = {}
        for lead in found:
            if lead.url:
                by_key.setdefault(key(lead.url), replace(lead, source=state.name))
        new = leads.unknown(connection, list(by_key))
        if new and self._is_restamped(by_key, new, first_sight=first_sight):
            by_key = {k: replace(lead, doubtful=True) for k, lead in by_key.items()}
            if not first_sight and len(new) > UNDATED:
                first_sight = True
                reason = f"{url} lists {len(new):,} stories that it never had, all dated alike: taken for its archive"
                sources.note_gap(connection, state.id, state.last_polled or now, now, reason)
        known = {k: lead for k, lead in by_key.items() if k not in new}
        leads.complete(connection, known)
        oldest = now - self._fresh if first_sight else self._oldest(state, now)
        fresh = {k: lead for k, lead in by_key.items() if k in new and _is_fresh(lead, oldest)}
        stale = [k for k in by_key if k in new and k not in fresh]
        dated, undated = _parted(fresh.values())
        taken = self._within_bounds(state.name, undated)
        if first_sight:
            stale += [key(lead.url) for lead in undated[len(taken) :] if lead.url]
            undated = taken
        leads.done(connection, stale, state.id, now, "stale")
        lost = moves.lost(connection, before, by_key) if fresh else ()
        leads.wait(connection, state.id, dated + undated, now, first_sight=first_sight, lost=lost)
        return dated + taken, list(known.values())

    def pending(self, source_name: str, now: datetime) -> list[Lead]:
        """What former runs left to fetch, newest first."""
        dated, undated = _parted(waiting.lead for waiting in leads.pending(self._write(), source_name, now))
        return dated + self._within_bounds(source_name, undated)

    def _within_bounds(self, source_name: str, undated: Sequence[Lead]) -> list[Lead]:
        """The first of these leads, as many as a source may still have of them in this run."""
        taken = list(undated[: max(0, UNDATED - self._undated[source_name])])
        self._undated[source_name] += len(taken)
        return taken

    def _is_first_sight(self, way: str) -> bool:
        """Whether a way in had never answered before this run."""
        if way not in self._answered_before:
            self._answered_before[way] = fetching.find_validators(self._write(), way) is not None
        return not self._answered_before[way]

    def _is_restamped(self, by_key: Mapping[int, Lead], new: set[int], *, first_sight: bool) -> bool:
        """Whether a way in gives no dates of publication: one for all, or new ones for old stories."""
        if are_stamped([by_key[k] for k in new], STAMPED if first_sight else UNDATED + 1):
            return True
        known = leads.first_seen(self._write(), by_key.keys() - new)
        return are_dated_anew([(by_key[k], at) for k, at in known.items()])

    def _oldest(self, state: sources.SourceState, now: datetime) -> datetime:
        """The oldest date that is taken: what came out since a dark source was last good could not be seen before."""
        if state.failing_since is None or state.last_good is None:
            return now - self._fresh
        return min(now - self._fresh, max(now - DARK, min(state.failing_since, state.last_good)))


def _is_fresh(lead: Lead, oldest: datetime) -> bool:
    return lead.published is None or counts_until(lead.published, lead.precision) >= oldest


def _parted(found: Iterable[Lead]) -> tuple[list[Lead], list[Lead]]:
    """Leads with a date to rely on, and those without."""
    dated: list[Lead] = []
    undated: list[Lead] = []
    for lead in found:
        (dated if lead.published and not lead.doubtful else undated).append(lead)
    return dated, undated
