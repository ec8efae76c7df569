"""`newswatch subscribers`: who hears of what, and when; and what the store knows of one of them."""

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Literal, get_args

import click
import sqlalchemy as sa

from alerts import subscriptions, tokens, webhooks
from alerts.channels import objection
from alerts.schedule import DAYS
from alerts.wording import count
from config.checking import nearest
from config.subscribers import topic_names
from monitor import channels
from monitor.errors import NewswatchError
from monitor.records import Every, Subscription
from monitor.store import consents, subscribers
from monitor.store.engine import read
from monitor.store.subscribers import Subscriber
from newswatch.context import Context, Group, common, print_json

COLUMNS = ("email", "topics", "every", "at", "day", "time_zone", "empty")
"""Of the CSV; a file to import may have `to` as well, which is never written."""


class SubscriberError(NewswatchError):
    """A subscriber cannot be added or found as asked."""

    exit_code = 2


@click.group("subscribers", cls=Group)
def command() -> None:
    """See and change who hears of what. What is changed here wins over subscribers.yaml."""


@command.command("list")
@common
@click.pass_obj
def show(context: Context) -> None:
    """List subscribers: address (of a channel the name, its address is a secret), state, topics, rhythm."""
    with read(context.store) as connection:
        rows = [_row(context, subscriber) for subscriber in subscribers.every(connection)]
    if context.json:
        print_json({"subscribers": rows})
        return
    width = max((len(_name(row)) for row in rows), default=0)
    for row in rows:
        topics = row["topics"] if row["topics"] == "all" else ", ".join(row["topics"])
        note = "  empty: note" if row["empty"] == "note" else ""
        click.echo(f"{_name(row):{width}}  {row['state']:12}  {_when(row)}  {topics}{note}")


def _name(row: dict[str, Any]) -> str:
    return str(row["email"] or row["channel"])


def _when(row: dict[str, Any]) -> str:
    """The rhythm, with as much of day and time as it heeds."""
    at = {"hourly": "", "weekly": f" {row['day']} {row['at']}"}.get(row["every"], f" {row['at']}")
    return f"{row['every']}{at} {row['time_zone']}"


@command.command("add")
@click.argument("address")
@click.option("--topic", "topics", multiple=True, metavar="NAME", help="A topic, by name or id; may be repeated.")
@click.option("--every", type=click.Choice(get_args(Every)), default="daily", show_default=True)
@click.option(
    "--at", metavar="HH:MM", default="07:30", show_default=True, help="Local time of a daily or weekly digest."
)
@click.option("--day", type=click.Choice(DAYS), default="monday", show_default=True, help="Day of a weekly digest.")
@click.option("--time-zone", default="", metavar="ZONE", help="An IANA zone; else the site's.")
@click.option("--empty", type=click.Choice(["nothing", "note"]), default="nothing", show_default=True)
@common
@click.pass_obj
def add(context: Context, /, address: str, topics: Sequence[str], **wishes: Any) -> None:
    """Add ADDRESS, or change what it is told. It starts now.

    ADDRESS is a mail address, or a channel's: https://… for a webhook, or one of Apprise. `-` reads it from stdin, so
    that a channel's, which is a secret, stays out of the shell's history.
    """
    address = sys.stdin.readline().strip() if address == "-" else address
    key = "to" if channels.is_address(address) else "email"
    row = {key: address, "topics": "; ".join(topics) or "all", **wishes}
    with context.store.begin() as connection:
        done = _add(context, connection, _subscription(context, row))
    if context.json:
        print_json({"subscribers": [_row(context, done)]})
    click.echo(f"{done.subscription.email} is subscribed", err=True)


@command.command("secret")
@click.argument("address")
@common
@click.pass_obj
def secret(context: Context, address: str) -> None:
    """Print the secret that the receiver of the webhook ADDRESS (or its name) verifies signatures with."""
    with read(context.store) as connection:
        wishes = _find(connection, address).subscription
    if not wishes.channel or channels.kind(wishes.channel) != "webhook":
        raise SubscriberError(f"{wishes.email} is no webhook: nothing is signed for it")
    made = webhooks.secret(tokens.load_keys(context.config.settings.keys_file)[-1], wishes.channel)
    if context.json:
        print_json({"channel": wishes.email, "secret": made})
    else:
        click.echo(made)


@command.command("remove")
@click.argument("address")
@common
@click.pass_obj
def remove(context: Context, address: str) -> None:
    """Write to ADDRESS no more, whatever subscribers.yaml says."""
    with context.store.begin() as connection:
        subscriber = _find(connection, address)
        subscribers.set_state(connection, subscriber.id, "unsubscribed")
        done = _find(connection, address)
    if context.json:
        print_json({"subscribers": [_row(context, done)]})
    click.echo(f"{done.subscription.email} is written to no more", err=True)


@command.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8-sig"))
@common
@click.pass_obj
def import_(context: Context, file: IO[str]) -> None:
    """Add all subscribers of a CSV FILE (`-` is stdin).

    Its columns: email, or to for a channel's address; and topics (a;b), every, at, day, time_zone, empty.
    """
    rows = list(csv.DictReader(file))
    wanted = []
    for number, row in enumerate(rows, 2):
        try:
            wanted.append(_subscription(context, row))
        except NewswatchError as error:
            raise SubscriberError(f"{Path(file.name).name}:{number}: {error}") from error
    with context.store.begin() as connection:
        done = [_add(context, connection, subscription) for subscription in wanted]
    if context.json:
        print_json({"subscribers": [_row(context, subscriber) for subscriber in done]})
    click.echo(f"{len(wanted)} subscribed", err=True)


@command.command("export")
@click.argument("address", required=False)
@common
@click.pass_obj
def export(context: Context, address: str | None) -> None:
    """Write the subscribers as CSV, as `import` reads it; or all that is held about ADDRESS, as JSON.

    Channels are left out of the CSV, and their addresses of all: they are secrets.
    """
    with read(context.store) as connection:
        if address:
            print_json(_held(context, connection, subscriptions.name(address)))
            return
        rows = [_row(context, s) for s in subscribers.every(connection, "active")]
    if context.json:
        print_json({"subscribers": rows})
        return
    click.echo(_csv(row for row in rows if row["email"]), nl=False)
    left = sum(not row["email"] for row in rows)
    if left:
        click.echo(
            f"{count(left, 'channel')} left out: subscribers.yaml is the place to keep their addresses", err=True
        )


@command.command("erase")
@click.argument("address")
@common
@click.pass_obj
def erase(context: Context, address: str) -> None:
    """Delete all that is held about ADDRESS, its mails too. An entry in subscribers.yaml would subscribe it anew."""
    email = subscriptions.name(address)
    with context.store.begin() as connection:
        known = subscribers.find(connection, email)
        if consents.erase(connection, email) == 0 and known is None:
            raise SubscriberError(f"nothing is held about {email}")
        if known is not None:
            subscribers.erase(connection, known.id)
    if context.json:
        print_json({"erased": email})
    click.echo(f"{email} is erased", err=True)


def _held(context: Context, connection: sa.Connection, email: str) -> dict[str, Any]:
    """All that is held about an address: of a subscriber, or of one who was asked and never answered."""
    known, agreed = subscribers.find(connection, email), consents.of(connection, email)
    if known is None and not agreed:
        raise SubscriberError(f"nothing is held about {email}")
    about: dict[str, Any] = {"email": email}
    if known is not None:
        about = {**_row(context, known), **subscribers.held(connection, known.id)}
    return {**about, "consents": agreed}


def _find(connection: sa.Connection, address: str) -> Subscriber:
    name = subscriptions.name(address)
    found = subscribers.find(connection, name)
    if found is None:
        raise SubscriberError(f"{name} is not subscribed")
    return found


def _add(context: Context, connection: sa.Connection, wanted: Subscription) -> Subscriber:
    now, known = context.clock.now(), subscribers.find(connection, wanted.email)
    if known is None:
        subscribers.add(connection, wanted, now, changed=True)
    else:
        subscribers.change(connection, known.id, wanted, changed=True)
        if known.state != "active":
            subscribers.set_state(connection, known.id, "active", now=now)
    subscribers.follow(connection, {topic.id for topic in context.config.topics}, now)
    return _find(connection, wanted.email)


def _subscription(context: Context, row: dict[str, Any]) -> Subscription:
    """A row of strings as a subscription, checked as subscribers.yaml is."""
    from pydantic import ValidationError

    from config.subscribers import SubscriberEntry

    given = {name: row[name] for name in ("to", *COLUMNS) if row.get(name)}
    names = topic_names(context.config.topics)
    topics = [name.strip() for name in str(given.pop("topics", "all")).split(";") if name.strip()]
    for name in topics:
        if name not in names and topics != ["all"]:
            raise SubscriberError(f"{name!r} is not a topic of topics.yaml{nearest(name, names)}")
    try:
        entry = SubscriberEntry(topics=tuple(topics), **given)
    except ValidationError as error:  # whose own words show what was given, and it may be a secret
        first = error.errors()[0]
        where, said = ".".join(map(str, first["loc"])), first["msg"].removeprefix("Value error, ")
        shown = where in COLUMNS and not channels.is_address(str(first["input"]))
        value = f" (it is {first['input']!r})" if shown else ""
        raise SubscriberError(f"{where}: {said}{value}".removeprefix(": ")) from None
    record = entry.record(names, context.config.settings.site.time_zone)
    if not record.channel:
        return replace(record, email=subscriptions.address(record.email))
    problem = objection(record.channel)
    if problem:
        raise subscriptions.ChannelError(problem)
    return record


def _row(context: Context, subscriber: Subscriber) -> dict[str, Any]:
    wishes, names = subscriber.subscription, {topic.id: topic.name for topic in context.config.topics}
    topics: list[str] | Literal["all"] = "all"
    if wishes.topics != "all":
        topics = [names.get(topic, topic) for topic in wishes.topics]
    return {
        "email": "" if wishes.channel else wishes.email, "channel": wishes.email if wishes.channel else "",
        "state": subscriber.state, "topics": topics, "every": wishes.every, "at": wishes.at, "day": wishes.day,
        "time_zone": wishes.time_zone, "empty": wishes.empty, "created": wishes.created,
    }  # fmt: skip


def _csv(rows: Iterable[dict[str, Any]]) -> str:
    output = io.StringIO()
    writer = csv.DictWriter(output, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        topics = row["topics"] if isinstance(row["topics"], str) else "; ".join(row["topics"])
        writer.writerow({**row, "topics": topics})
    return output.getvalue()
