"""Known articles of which the page has not changed, found out before Scrapy is loaded."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

import sqlalchemy as sa

from monitor.clock import Clock
from monitor.records import Look, Source
from monitor.store import fetching
from monitor.store.fetching import Validators
from monitor.store.writer import Writer
from spiders import hosts, robots
from spiders.connections import Target
from spiders.flight import Flight, KnownWay, allowed
from spiders.plan import CrawlPlan


def settle(engine: sa.Engine, plan: CrawlPlan, flight: Flight, sources: Collection[Source]) -> tuple[Source, ...]:
    """Ask for those pages of `sources` that are due and gave validators, and note which are as they were; return the
    sources of which something is left to look at. What has changed is among the flight's given answers."""
    writer = Writer(engine, Clock(plan.clock_offset), plan.fresh, plan.revisit)
    due = {source.name: writer.looking.due(source, most=None) for source in sources}
    writer.flush()
    askable = _askable(engine, plan, flight, sources, due)
    flight.ask(way for ways in askable.values() for way in ways)
    left = []
    for source in sources:
        same = [look for look in due[source.name] if look.url in flight.same]
        for look in same:
            writer.looking.same(look)
        if len(same) < len(due[source.name]):
            left.append(source)
    longest = max([plan.delay, *(source.delay or 0.0 for source in sources)])
    writer.keep_asked(hosts.instants(flight.last_asked, longest))
    writer.close()
    return tuple(left)


def _askable(
    engine: sa.Engine, plan: CrawlPlan, flight: Flight, sources: Iterable[Source], due: Mapping[str, list[Look]]
) -> dict[str, list[KnownWay]]:
    now = datetime.now(UTC)
    targets = {look.url: target for looks in due.values() for look in looks if (target := _target(look))}
    with engine.begin() as connection:
        kept = fetching.all_robots(connection, {target.origin for target in targets.values()} - flight.rules.keys())
    flight.rules.update(
        (o, robots.read(k.status, k.body)) for o, k in kept.items() if robots.still_good(k.status, k.fetched, now)
    )
    return {
        source.name: [
            KnownWay(target=targets[look.url], delay=_delay(plan, source), validators=_validators(look, now))
            for look in due[source.name]
            if look.url in targets and allowed(targets[look.url], flight.rules)
        ]
        for source in sources
    }


def _target(look: Look) -> Target | None:
    try:
        return Target(look.url) if look.stamp.etag or look.stamp.last_modified else None
    except ValueError:
        return None


def _delay(plan: CrawlPlan, source: Source) -> float:
    return plan.delay if source.delay is None else source.delay


def _validators(look: Look, now: datetime) -> Validators:
    return Validators(etag=look.stamp.etag, last_modified=look.stamp.last_modified, checked=now, unchanged=0)
