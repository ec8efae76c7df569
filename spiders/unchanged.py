"""Known articles of which the page has not changed, found out before Scrapy is loaded."""

from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa

from monitor.clock import Clock
from monitor.records import Look, Source
from monitor.store.engine import read
from monitor.store.fetching import Validators
from monitor.store.writer import Writer
from spiders import hosts
from spiders.flight import Flight, KnownWay, allowed, kept_rules, target_of
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
    writer.keep_asked(hosts.instants(flight.last_asked, plan.longest_delay))
    writer.close()
    return tuple(left)


def _askable(
    engine: sa.Engine, plan: CrawlPlan, flight: Flight, sources: Iterable[Source], due: Mapping[str, list[Look]]
) -> dict[str, list[KnownWay]]:
    told = [look for looks in due.values() for look in looks if look.stamp.etag or look.stamp.last_modified]
    targets = {look.url: target for look in told if (target := target_of(look.url))}
    with read(engine) as connection:
        flight.rules |= kept_rules(connection, {t.origin for t in targets.values()} - flight.rules.keys())
    return {
        source.name: [
            KnownWay(target=targets[look.url], delay=plan.delay_of(source), validators=_validators(look))
            for look in due[source.name]
            if look.url in targets and allowed(targets[look.url], flight.rules)
        ]
        for source in sources
    }


def _validators(look: Look) -> Validators:
    return Validators(etag=look.stamp.etag, last_modified=look.stamp.last_modified)
