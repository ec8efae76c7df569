"""`newswatch digest`: look at the next digest, or queue and send what is due."""

import tempfile
import webbrowser
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click
import sqlalchemy as sa

from alerts import cycle, payloads, subscriptions
from alerts.composing import compose
from alerts.digests import Digest
from alerts.messages import leave_url, preferences_url
from alerts.rendering import Rendered, render
from monitor import channels
from monitor.errors import NewswatchError
from monitor.store import subscribers
from monitor.store.subscribers import Subscriber
from newswatch import alarm, mailing
from newswatch.context import Context, Group, at_option, common, print_json
from newswatch.manners import MannersError, sender_refusals

OUTCOMES = ("queued", "sent", "deferred", "failed", "cancelled")


@click.group("digest", cls=Group)
def command() -> None:
    """Look at the next digest, or queue and send what is due."""


@command.command("send")
@common
@at_option
@click.pass_obj
def send(context: Context) -> int:
    """Queue and send what is due, and poll nothing.

    What was missed while nothing ran goes out once. Exits with 1 when a mail failed for good
    or the server took none, 75 when a run is on.
    """
    refused = sender_refusals(context.config)
    if refused:
        raise MannersError(refused)
    with context.lock(), alarm.store_watched(context):
        mailing.begin(context)
        counts = mailing.mail(context)
    report = {name: counts.get(name, 0) for name in OUTCOMES}
    stopped = bool(report["failed"] or counts["refused"])
    if context.json:
        print_json(report)
    elif context.interactive or context.verbose or stopped:
        click.echo(_told(counts), err=True)
    if report["failed"]:
        click.echo(f"newswatch: {mailing.FAILED}", err=True)
    if counts["refused"]:
        click.echo("newswatch: the mail server took no mail; `newswatch outbox list` tells why", err=True)
    return 1 if stopped else 0


@command.command("preview")
@click.argument("address", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the HTML part there, and open nothing.")
@click.option("--text", is_flag=True, help="Print the text part.")
@common
@at_option
@click.pass_obj
def preview(context: Context, address: str | None, output: Path | None, text: bool) -> None:
    """Show what ADDRESS (else the first subscriber) would be told now; nothing is sent or marked as told.

    On a terminal it opens in the browser; elsewhere the text part is printed. Of a channel it is what is handed over.
    """
    with context.store.connect() as connection:
        digest, words = _next(context, connection, address)
        connection.rollback()
    if digest.subscriber.subscription.channel:
        _, raw = payloads.part(digest, context.config.settings.site.name, "preview")
        click.echo(raw.decode())
    elif context.json:
        print_json({"to": digest.subscriber.subscription.email, "stories": digest.stories, **asdict(words)})
    elif output:
        output.write_text(words.html, encoding="utf-8")
    elif text or not context.interactive:
        click.echo(words.text)
    else:
        _open(words)


def _next(context: Context, connection: sa.Connection, address: str | None) -> tuple[Digest, Rendered]:
    """The next digest, made in a transaction that is to be rolled back."""
    config, now, desk = context.config, context.clock.now(), mailing.desk(context)
    cycle.lay(connection, now, config.subscribers, desk.beat.topics)
    subscriber = _chosen(connection, address)
    digest = compose(connection, subscriber, desk.beat, now)
    settings = preferences_url(desk.head, subscriber.id)
    return digest, render(digest, desk.head.site, leave_url(desk.head, subscriber.id), preferences_url=settings)


def _chosen(connection: sa.Connection, address: str | None) -> Subscriber:
    found = subscribers.every(connection, "active")
    name = subscriptions.name(address) if address and channels.is_address(address) else address
    chosen = [s for s in found if name is None or s.subscription.email.casefold() == name.casefold()]
    if not chosen:
        raise NewswatchError(f"{name} is no active subscriber" if name else "there is no active subscriber")
    return chosen[0]


def _open(words: Rendered) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False, encoding="utf-8") as file:
        file.write(words.html)
    click.echo(f"{words.subject}\n{file.name}", err=True)
    webbrowser.open(Path(file.name).as_uri())


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[name]} {name}" for name in OUTCOMES if counts[name]) or "no mail was due"
