"""From the configuration to a crawl: which sources are due, and with which manners they are asked."""

from collections.abc import Collection
from datetime import datetime

from config.loading import Config
from monitor.clock import Clock
from monitor.records import Source
from monitor.store.sources import SourceState
from spiders.plan import CrawlPlan


def due(sources: Collection[Source], known: dict[str, SourceState], now: datetime) -> tuple[Source, ...]:
    """The sources whose time has come; a clock that was set back makes none wait longer than its usual pace."""
    return tuple(source for source in sources if _is_due(known.get(source.name), now))


def _is_due(state: SourceState | None, now: datetime) -> bool:
    if state is None or state.next_poll is None or state.last_polled is None:
        return True
    return state.next_poll <= now or now < state.last_polled


def to_look_again(
    config: Config, chosen: Collection[Source], known: dict[str, SourceState], due: Collection[str]
) -> tuple[Source, ...]:
    """The sources beside the `chosen` ones of which an article is to be looked at again (their names are in `due`);
    one that is dark has to be back first."""
    names = {source.name for source in chosen} | {name for name, state in known.items() if state.failing_since}
    return tuple(source for source in config.sources if source.name in due and source.name not in names)


def plan(
    config: Config,
    sources: tuple[Source, ...],
    clock: Clock,
    *,
    again: tuple[Source, ...] = (),
    progress: bool = False,
) -> CrawlPlan:
    """A crawl of `sources` under the configuration's settings, and of known articles of those in `again`; `progress`
    for a person who watches."""
    crawl = config.settings.crawl
    return CrawlPlan(
        store=config.settings.store,
        sources=sources,
        again=again,
        topics=config.topics,
        clock_offset=clock.offset,
        progress=progress,
        contact=crawl.contact,
        fresh=crawl.fresh,
        delay=crawl.delay.total_seconds(),
        timeout=crawl.timeout.total_seconds(),
        budget=crawl.budget.total_seconds(),
        revisit=crawl.revisit,
        allow_networks=crawl.allow_networks,
        cache=str(config.settings.cache_directory / "vocabulary"),
    )
