"""`newswatch audit`: what the ways into each source list, beside each other and beside the archive."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import click

from alerts.wording import count
from monitor.errors import NewswatchError
from monitor.freshness import counts_until
from monitor.leads.sitemaps import worthwhile
from monitor.records import Lead, Source
from monitor.store import accounts, sources
from monitor.store.accounts import Account
from monitor.store.sources import SourceState
from monitor.urls import key
from newswatch import source_reading
from newswatch.context import Context, at_option, common, print_json
from newswatch.source_discovery import Fetch, Read

KINDS = ("feeds", "sitemaps", "sections")
_CHILDREN = 6
"""Sitemaps of one index that are read."""
_SHOWN = 12
"""Missing stories of a source that are named on a terminal."""
_NOT_MISSING = {"other", "stale", "held"}
"""What became of an address that is not in the archive and is not missed: it is no article, too old, or undated."""
_WORDS = {
    "archived": "in the archive",
    "waiting": "waits to be fetched",
    "failed": "could not be fetched, and was given up",
    "other": "is no article",
    "stale": "was too old when it was first listed (crawl.fresh)",
    "held": "has no date, and was there at first sight",
    "unseen": "has come since the source was looked at",
    "overlooked": "was listed when the source was looked at, and was not taken",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """One way in, as it answered now."""

    kind: str
    url: str
    listed: Mapping[int, Lead] = field(default_factory=dict)
    """What it lists of the period, by key of the address; what is undated included."""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """One source's ways in beside its archive."""

    name: str
    ways: tuple[WayIn, ...]
    accounts: Mapping[int, Account]
    """What became of each address that any of them lists."""

    @property
    def listed(self) -> dict[int, Lead]:
        """Each story that any way lists, once."""
        return {address: lead for way in self.ways for address, lead in way.listed.items()}

    @property
    def missing(self) -> list[tuple[Lead, Account]]:
        """The stories that should be in the archive and are not, the newest first."""
        lost = [
            (lead, self.accounts[address])
            for address, lead in self.listed.items()
            if self.accounts[address].became not in {"archived", *_NOT_MISSING}
        ]
        return sorted(lost, key=lambda pair: str(pair[0].published or ""), reverse=True)

    @property
    def archived(self) -> int:
        """How many of the listed stories are in the archive."""
        return sum(account.became == "archived" for account in self.accounts.values())

    @property
    def coverage(self) -> float | None:
        """Of the listed stories that belong in the archive, the share that is there; `None` where none does."""
        wanted = self.archived + len(self.missing)
        return self.archived / wanted if wanted else None

    def alone(self, way: WayIn) -> int:
        """How many stories no other way lists."""
        others = {address for other in self.ways if other is not way for address in other.listed}
        return len(way.listed.keys() - others)

    def described(self) -> dict[str, Any]:
        """As programs read it."""
        return {
            "name": self.name,
            "listed": len(self.listed),
            "archived": self.archived,
            "coverage": self.coverage,
            "became": dict(sorted(Counter(account.became for account in self.accounts.values()).items())),
            "ways": [
                {"kind": way.kind, "url": way.url, "listed": len(way.listed), "alone": self.alone(way),
                 "error": way.error}
                for way in self.ways
            ],
            "missing": [
                {"url": lead.url, "title": lead.title, "published": lead.published, "became": account.became,
                 "reason": account.reason}
                for lead, account in self.missing
            ],
        }  # fmt: skip


@click.command("audit")
@click.argument("names", nargs=-1, metavar="[SOURCE]…")
@click.option("--days", type=click.FloatRange(min=0.04, max=30), metavar="N",
              help="How far back; without it, crawl.fresh.")  # fmt: skip
@common
@at_option
@click.pass_obj
def command(context: Context, names: tuple[str, ...], days: float | None) -> int:
    """Ask each source's ways in what they list, and compare them with each other and with the archive.

    Tells for each source which share of what they list is in the archive, what is missing and why, and what each way
    in lists that no other does. Nothing is fetched but the ways in, and nothing is changed. Exits with 1 when a story
    is missing, or no way into a source answers.
    """
    chosen = _chosen(context, names)
    since = context.clock.now() - (timedelta(days=days) if days else context.config.settings.crawl.fresh)
    audits = list(_audits(context, chosen, since))
    if context.json:
        print_json({"since": since, "sources": [audit.described() for audit in audits]})
    else:
        for audit in audits:
            _show(audit)
        _show_all(audits)
    return 1 if any(audit.missing or not any(not way.error for way in audit.ways) for audit in audits) else 0


def _chosen(context: Context, names: tuple[str, ...]) -> tuple[Source, ...]:
    known = {source.name: source for source in context.config.sources}
    for name in names:
        if name not in known:
            raise click.UsageError(f"there is no source {name!r} in sources.yaml; `newswatch sources list` has them")
    return tuple(known[name] for name in names) if names else context.config.sources


def _audits(context: Context, chosen: tuple[Source, ...], since: datetime) -> Iterator[Audit]:
    with context.store.connect() as connection:
        states = sources.states(connection)
    with source_reading.reader() as read:
        for source in chosen:
            state = states.get(source.name)
            ways = tuple(_ways(source_reading.visitor(context, source.home), read, source, state, since))
            listed = {address: lead for way in ways for address, lead in way.listed.items()}
            with context.store.connect() as connection:
                became = accounts.of(connection, listed)
            looked = state.last_polled if state else None
            whole = {
                address: became.get(address) or _unaccounted(lead, looked) for address, lead in listed.items()
            }  # fmt: skip
            yield Audit(name=source.name, ways=ways, accounts=whole)


def _unaccounted(lead: Lead, looked: datetime | None) -> Account:
    """Of an address that the store does not know: whether it came after the last look."""
    if looked is None:
        return Account(became="unseen", reason="the source was never looked at")
    if lead.published is None or lead.published > looked - timedelta(minutes=10):
        return Account(became="unseen", reason=f"last looked at {looked:%Y-%m-%d %H:%M} UTC")
    return Account(became="overlooked", reason=f"last looked at {looked:%Y-%m-%d %H:%M} UTC")


def _ways(fetch: Fetch, read: Read, source: Source, state: SourceState | None, since: datetime) -> Iterator[WayIn]:
    found = state.ways if state else {}
    for kind in KINDS:
        named: tuple[str, ...] | None = getattr(source, kind)
        for url in found.get(kind, ()) if named is None else named:
            try:
                yield WayIn(kind=kind, url=url, listed=_listed(fetch, read, url, since))
            except NewswatchError as error:
                yield WayIn(kind=kind, url=url, error=str(error).removeprefix(f"{url}: "))


def _listed(fetch: Fetch, read: Read, url: str, since: datetime) -> dict[int, Lead]:
    reading = read(fetch(url))
    if not reading.kind:
        raise NewswatchError(f"{url}: {reading.error or 'nothing to read'}")
    leads = [*reading.leads]
    for child in worthwhile(reading.children, since, most=_CHILDREN):
        leads += read(fetch(child.url)).leads
    return {
        key(lead.url): lead
        for lead in leads
        if lead.url and (lead.published is None or counts_until(lead.published, lead.precision) >= since)
    }


def _show(audit: Audit) -> None:
    share = "nothing listed" if audit.coverage is None else f"{audit.coverage:.1%} of what it lists"
    click.echo(f"{audit.name}: {share}, {audit.archived} in the archive, {len(audit.missing)} missing")
    for way in audit.ways:
        alone = f", {audit.alone(way)} of them alone" if len(audit.ways) > 1 else ""
        told = way.error or f"{count(len(way.listed), 'story', 'stories')}{alone}"
        click.echo(f"    {way.kind.removesuffix('s'):8} {way.url}: {told}")
    if not audit.ways:
        click.echo("    no way in is known; `newswatch sources discover` looks for one")
    for lead, account in audit.missing[:_SHOWN]:
        why = f" ({account.reason})" if account.reason else ""
        click.echo(f"    missing: {lead.title or '(no title)'}: {_WORDS[account.became]}{why}\n             {lead.url}")
    if len(audit.missing) > _SHOWN:
        click.echo(f"    and {len(audit.missing) - _SHOWN} more; --json names them all")
    apart = Counter(a.became for a in audit.accounts.values() if a.became in _NOT_MISSING)
    for became, times in sorted(apart.items()):
        click.echo(f"    {times} listed that {_WORDS[became]}")


def _show_all(audits: list[Audit]) -> None:
    archived, missing = sum(a.archived for a in audits), sum(len(a.missing) for a in audits)
    if len(audits) > 1 and archived + missing:
        share = archived / (archived + missing)
        click.echo(f"{count(len(audits), 'source')}: {share:.1%}, {archived} in the archive, {missing} missing")
