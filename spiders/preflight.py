"""A look at what has not changed, before Scrapy is even loaded: most runs find nothing new and end here.

The same manners as the crawl's: robots.txt as the store has it, the delay of each host, the guard on addresses,
certificates, bounds on time and size. What answers 304 is done; what answers 200 is handed on to the crawl; anything
else is left to the crawl, which asks again.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from monitor.clock import Clock
from monitor.records import Source
from monitor.store import fetching, leads, revisits, sources
from monitor.store.engine import open_store, read
from monitor.store.fetching import Validators
from monitor.store.sights import Sights
from monitor.store.sources import SourceState
from spiders import hosts, robots
from spiders.discovery import known
from spiders.flight import Flight, KnownWay, allowed, kept_rules, target_of
from spiders.plan import CrawlPlan, CrawlReport, SourceOutcome


def crawl(plan: CrawlPlan, states: Mapping[str, SourceState] | None = None) -> CrawlReport:
    """What `spiders.crawl.crawl` does, at a fraction of its cost where nothing is new.

    `states` are the sources' as they were read just now, where they were.
    """
    ahead = look(plan, states)
    if not ahead.rest.sources and not ahead.rest.again and not ahead.rest.addresses:
        return ahead.report
    from spiders.crawl import crawl as whole

    return merged(ahead.report, whole(ahead.rest), [source.name for source in plan.sources])


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What the preflight settled, and what is left to do."""

    report: CrawlReport
    rest: CrawlPlan


def look(plan: CrawlPlan, states: Mapping[str, SourceState] | None = None) -> Ahead:
    """Ask for every way in that has validators. Sources of which all ways answer 304 are noted as unchanged."""
    begun = time.monotonic()
    engine = open_store(plan.store)
    try:
        with read(engine) as connection:
            states = sources.states(connection) if states is None else states
            last_asked = hosts.monotonic(fetching.asked(connection))
            askable, whole, rules = _askable(connection, plan, states)
            to_look = revisits.sources_due(connection, Clock(plan.clock_offset).now()) if plan.revisit else set()
        flight = Flight(plan, rules, last_asked)
        flight.ask([way for ways in askable.values() for way in ways])
        settled = {
            name: frozenset(w.target.url for w in ways if w.target.url in flight.same) for name, ways in askable.items()
        }
        done = [s for s in plan.sources if s.name in whole and len(settled[s.name]) == len(askable[s.name])]
        _note(engine, plan, done, settled, states, flight.last_asked)
        again = (*plan.again, *(source for source in done if source.name in to_look))
        if again:
            from spiders.unchanged import settle

            again = settle(engine, plan, flight, again)
    finally:
        engine.dispose()
    seconds = time.monotonic() - begun
    names = {source.name for source in done}
    rest = replace(
        plan,
        sources=tuple(source for source in plan.sources if source.name not in names),
        again=again,
        settled={name: urls for name, urls in settled.items() if urls and name not in names},
        last_asked=dict(flight.last_asked),
        given=flight.given,
        budget=max(0.0, plan.budget - seconds),
    )
    outcomes = tuple(SourceOutcome(name=source.name, state="unchanged") for source in done)
    return Ahead(report=CrawlReport(sources=outcomes, requests=flight.requests, seconds=seconds), rest=rest)


def merged(first: CrawlReport, second: CrawlReport, order: Iterable[str]) -> CrawlReport:
    """Two reports of one run as one, its sources in `order`."""
    outcomes = {outcome.name: outcome for outcome in (*first.sources, *second.sources)}
    known = [outcomes.pop(name) for name in order if name in outcomes]
    return replace(
        second,
        sources=(*known, *outcomes.values()),
        requests=first.requests + second.requests,
        seconds=first.seconds + second.seconds,
    )


def _askable(
    connection: sa.Connection, plan: CrawlPlan, states: Mapping[str, SourceState]
) -> tuple[dict[str, list[KnownWay]], set[str], dict[str, robots.Rules]]:
    """By source the ways in that can be asked for conditionally; the sources of which these are all; the rules."""
    now = Clock(plan.clock_offset).now()
    waiting = leads.sources_waiting(connection, now)
    ways = {s.name: _ways(s, states.get(s.name), now) for s in plan.sources}
    validators = fetching.all_validators(connection, {url for found in ways.values() for url in found or ()})
    targets = {url: target for url in validators if (target := target_of(url))}
    rules = kept_rules(connection, {target.origin for target in targets.values()})
    askable, whole = {}, set()
    for source in plan.sources:
        found = ways[source.name]
        askable[source.name] = [
            KnownWay(target=targets[url], delay=plan.delay_of(source), validators=validators[url])
            for url in found or ()
            if url in targets and _has(validators[url]) and allowed(targets[url], rules)
        ]
        every = found and len(askable[source.name]) == len(found)
        if every and source.name in states and source.name not in waiting:
            whole.add(source.name)
    return askable, whole, rules


def _ways(source: Source, state: SourceState | None, now: datetime) -> list[str] | None:
    """All ways in of a source; `None` where some are still to be discovered."""
    found: list[str] = []
    for ways in known(source, state.ways if state else {}, now).values():
        if ways is None:
            return None
        found += ways
    return list(dict.fromkeys(found))


def _has(validators: Validators) -> bool:
    return bool(validators.etag or validators.last_modified)


def _note(
    engine: sa.Engine,
    plan: CrawlPlan,
    done: list[Source],
    settled: Mapping[str, frozenset[str]],
    states: Mapping[str, SourceState],
    last_asked: Mapping[str, float],
) -> None:
    """Write down that these sources answered, and nothing is new."""
    if not done:
        return
    sights, now = Sights(), Clock(plan.clock_offset).now()
    for source in done:
        for url in settled[source.name]:
            sights.same(states[source.name], url, now)
    with engine.begin() as connection:
        fetching.keep_asked(connection, hosts.instants(last_asked, plan.longest_delay))
        sights.note(connection, [(source, states[source.name]) for source in done], now)
