"""`newswatch run`: one cycle, as cron starts it: look at what is due, read, match, queue and send."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click
import sqlalchemy as sa

from alerts import operator
from alerts.wording import count
from monitor import interrupts
from monitor.records import Counts, Source
from monitor.store import outbox, revisits, runs, sources
from monitor.store.engine import read
from monitor.store.sources import SourceState
from newswatch import fetching, source_health
from newswatch.context import Context, at_option, common, print_json
from newswatch.manners import MannersError, refusals
from spiders.plan import CrawlReport, user_agent

if TYPE_CHECKING:
    from newswatch.canary import Flight

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """What one run did."""

    crawl: CrawlReport = field(default_factory=CrawlReport)
    failed: tuple[Mapping[str, Any], ...] = ()
    """Sources that could not be checked: name, since, reason; kind, hint, way, first_seen, last_good."""
    partial: tuple[Mapping[str, Any], ...] = ()
    """Ways in that failed of sources that were checked: name, way, reason; kind, hint, since."""
    newly_failed: bool = False
    mails: Mapping[str, int] = field(default_factory=dict)
    transport: str = ""
    """Why no mail could be handed over, where that is so."""
    newly_stopped: bool = False
    """Whether mails could still be handed over when that was tried before."""
    gaps: tuple[Mapping[str, Any], ...] = ()
    canary: "Flight | None" = None
    """The one that flew in this run."""

    @property
    def in_order(self) -> bool:
        """Whether nothing needs the operator that did not need him before."""
        lost = self.canary and self.canary.broken and not self.canary.lost_before
        return not (self.newly_failed or self.newly_stopped or self.mails.get("failed") or lost)

    def report(self) -> dict[str, Any]:
        """The contract of `run --json`."""
        outcomes, articles = self.crawl.sources, self.crawl.articles
        dark = {entry["name"] for entry in self.failed}
        return {
            "sources": {
                "checked": sum(o.state in ("checked", "unchanged") and o.name not in dark for o in outcomes),
                "unchanged": sum(o.state == "unchanged" and o.name not in dark for o in outcomes),
                "failed": list(self.failed),
                "partial": list(self.partial),
            },
            "articles": {name: getattr(articles, name) for name in Counts.__dataclass_fields__},
            "matches": self.crawl.matches,
            "digests": {n: self.mails.get(n, 0) for n in ("queued", "sent", "deferred", "failed", "cancelled")},
            "transport": self.transport or None,
            "gaps": list(self.gaps),
            "canary": self.canary.described() if self.canary else None,
        }


@click.command("run")
@click.option("--all", "everything", is_flag=True, help="Look at every source, due or not.")
@common
@at_option
@click.pass_obj
def command(context: Context, everything: bool) -> int:
    """Run one cycle: look at the sources that are due, read, match, queue and send what is due. For cron.

    Without a terminal a good run prints nothing. Exits with 1 when something newly failed, 75 when another run is on.
    """
    refused = refusals(context.config)
    if refused:
        raise MannersError(refused)
    from newswatch import alarm

    with context.lock(), alarm.store_watched(context):
        done = cycle(context, everything=everything)
    _sign_of_life(context)
    if context.json:
        print_json(done.report())
    elif context.interactive or context.verbose or not done.in_order:
        _tell(done, context)
    return 0 if done.in_order else 1


def _sign_of_life(context: Context) -> None:
    """Tell the dead man's switch that a run came to its end, whatever it found."""
    settings = context.config.settings
    if settings.proof.ping:
        from newswatch.heartbeat import UnheardError, ping

        try:
            ping(settings.proof.ping, user_agent(settings.crawl.contact))
        except UnheardError as error:
            logger.warning("%s", error)


def cycle(context: Context, *, everything: bool = False) -> Cycle:
    """The work of one run; the lock is held. A signal ends it: the next run mails what it found."""
    from newswatch import mailing

    config, started = context.config, context.clock.now()
    mailing.begin(context)
    with read(context.store) as connection:
        known = sources.states(connection)
        to_look = revisits.sources_due(connection, started) if config.settings.crawl.revisit else set()
    chosen = config.sources if everything else fetching.due(config.sources, known, started)
    again = fetching.to_look_again(config, chosen, known, to_look)
    crawl = _crawl(context, chosen, again, known)
    if crawl.interrupted:
        raise interrupts.of(crawl.interrupted)
    with read(context.store) as connection:
        fared = _Fared(connection, chosen, crawl, started)
        failed, partial = tuple(fared.failed()), tuple(fared.partial())
        gaps = tuple(runs.gaps(connection, since=started))
    flight = _canary(context)
    mails = mailing.mail(context, _facts(flight))
    new = any(_was_good(known.get(entry["name"])) for entry in failed)
    done = Cycle(crawl=crawl, failed=failed, partial=partial, newly_failed=new, mails=mails, gaps=gaps, canary=flight)
    with context.store.begin() as connection:
        if mails.get("refused"):
            done = replace(done, transport=_refusal(connection), newly_stopped=not runs.was_stopped(connection))
        runs.add(connection, started, context.clock.now(), done.report())
    return done


def _crawl(
    context: Context, chosen: tuple[Source, ...], again: tuple[Source, ...], known: Mapping[str, SourceState]
) -> CrawlReport:
    if not chosen and not again:
        return CrawlReport()
    from spiders.preflight import crawl

    plan = fetching.plan(context.config, chosen, context.clock, again=again, progress=context.interactive)
    return crawl(plan, known)


def _canary(context: Context) -> "Flight | None":
    """Send a canary through, where the settings ask for it and its day has come."""
    settings, now = context.config.settings, context.clock.now()
    if not settings.proof.canary:
        return None
    from newswatch import canary

    return canary.fly(settings, now) if canary.due(settings, now) else None


def _facts(flight: "Flight | None") -> list[operator.Fact]:
    if flight is None:
        return []
    if flight.broken:
        return [operator.canary_lost(flight.broken, flight.reason, flight.at)]
    return [operator.canary_back(flight.at)] if flight.lost_before else []


class _Fared:
    """How the sources that a run looked at fare after it."""

    def __init__(
        self, connection: sa.Connection, chosen: tuple[Source, ...], crawl: CrawlReport, started: datetime
    ) -> None:
        self._sources = {source.name: source for source in chosen}
        named = {outcome.name for outcome in crawl.sources if outcome.state == "failed" or outcome.troubles}
        self._states = sources.ailing(connection, named)
        self._outcomes, self._now = crawl.sources, started

    def failed(self) -> Iterator[dict[str, Any]]:
        """Those that could not be read in this run, and those that answer but show nothing, each with since when."""
        for outcome in self._outcomes:
            state, source = self._states.get(outcome.name), self._sources.get(outcome.name)
            if state is None or source is None:
                if outcome.state == "failed":
                    yield {"name": outcome.name, "since": self._now, "reason": outcome.reason}
            elif outcome.state == "failed" or (outcome.state != "unreached" and state.failing_since):
                about = source_health.told(source, state, outcome.reason, self._now)
                yield {"name": outcome.name, "since": state.failing_since or self._now, **about}

    def partial(self) -> Iterator[dict[str, Any]]:
        """The parts that failed of those that answered: in this run, or for certain."""
        for outcome in self._outcomes:
            state, source = self._states.get(outcome.name), self._sources.get(outcome.name)
            if outcome.state in ("failed", "unreached") or state is None or source is None or state.failing_since:
                continue
            parts = {part["way"]: part for part in source_health.partial(source, state, self._now)}
            fresh = {
                t.way: {"way": t.way, "reason": t.reason, **source_health.of_way(source, state, t.way)}
                for t in outcome.troubles
            }
            for part in {**fresh, **parts}.values():
                yield {"name": outcome.name, **part}


def _refusal(connection: sa.Connection) -> str:
    """What the mail server, or the way to it, said last."""
    waiting = (mail.reply for mail in outbox.mails(connection, "ready", limit=100) if mail.attempts)
    return next(waiting, "") or "the mail server cannot be used"


def _was_good(state: SourceState | None) -> bool:
    return state is None or state.failing_since is None


def _tell(done: Cycle, context: Context) -> None:
    """The run in a few lines, on stderr."""
    report = done.report()
    looked, articles, mails = report["sources"], report["articles"], report["digests"]
    if not done.crawl.sources:
        click.echo("No source was due.", err=True)
    else:
        click.echo(
            f"{count(looked['checked'], 'source')} checked ({looked['unchanged']} unchanged), "
            f"{len(looked['failed'])} failed; {count(articles['new'], 'new article')}, {articles['revised']} revised, "
            f"{count(report['matches'], 'match', 'matches')}",
            err=True,
        )
    click.echo(", ".join(f"{count} {name}" for name, count in mails.items() if count) or "no mail was due", err=True)
    if mails["failed"]:
        from newswatch import mailing

        click.echo(f"  {mailing.FAILED}", err=True)
    if done.canary and done.canary.broken:
        click.echo(f"  the canary got lost at {done.canary.broken}: {done.canary.reason}", err=True)
    for entry in looked["failed"]:
        click.echo(f"  {entry['name']}: {entry['reason']} (since {entry['since']:%Y-%m-%d %H:%M} UTC)", err=True)
        if entry.get("hint"):
            click.echo(f"    {entry['hint']}", err=True)
    for entry in looked["partial"]:
        click.echo(f"  {entry['name']}: answers, but not at {entry['way'] or 'its pages'}: {entry['reason']}", err=True)
    if done.transport:
        click.echo(f"  no mail could be handed over: {done.transport}; it is tried again by itself", err=True)
    for refusal in done.crawl.refused:
        click.echo(f"  {refusal.host}: {refusal.count} × {refusal.reason}, such as {refusal.example}", err=True)
    if done.crawl.out_of_budget:
        click.echo("  time was up (crawl.budget); the rest waits for the next run", err=True)
