"""`newswatch outbox`: what waits, what went, what failed; and another try."""

import sys
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any, get_args

import click

from alerts.outbox import send_due
from monitor.errors import NewswatchError
from monitor.store import outbox
from monitor.store.engine import read
from monitor.store.outbox import Mail, MailState
from newswatch.context import Context, Group, at_option, common, print_json
from newswatch.letterhead import channels, transport
from newswatch.manners import MannersError, sender_refusals

OUTCOMES = ("sent", "deferred", "failed", "cancelled")
AGAIN = timedelta(days=2)
"""How long a mail is tried again after `retry`."""


@click.group("outbox", cls=Group)
def command() -> None:
    """See what waits, what went and what failed, and try again."""


@command.command("list")
@click.option("--state", type=click.Choice(get_args(MailState)), multiple=True, help="Only these; may be repeated.")
@click.option(
    "--limit", type=click.IntRange(min=0), default=0, help="So many, the newest; 0 is all.", show_default=True
)
@common
@at_option
@click.pass_obj
def show_all(context: Context, state: tuple[MailState, ...], limit: int) -> None:
    """List mails, the newest first, with what the server said last."""
    with read(context.store) as connection:
        counts = outbox.counts(connection)
        mails = outbox.mails(connection, *state, limit=limit or None)
    if context.json:
        print_json({**counts, "messages": [_row(mail) for mail in mails]})
        return
    click.echo(", ".join(f"{number} {name}" for name, number in counts.items()))
    for mail in mails:
        when = mail.finished or mail.due
        click.echo(f"{mail.id:>6}  {mail.state:<9}  {when:%Y-%m-%d %H:%M}  {mail.recipient}  {mail.kind}  {mail.reply}")


@command.command("show")
@click.argument("mail_id", type=int, metavar="ID")
@click.option("--raw", is_flag=True, help="The message, byte for byte.")
@common
@at_option
@click.pass_obj
def show(context: Context, mail_id: int, raw: bool) -> None:
    """Show one mail: its state, its headers, its text."""
    with read(context.store) as connection:
        mail = outbox.get(connection, mail_id)
    if mail is None:
        raise NewswatchError(f"there is no mail {mail_id} in the outbox")
    if raw:
        sys.stdout.buffer.write(mail.message)
        return
    headers, content = _parts(mail)
    if context.json:
        print_json({**_row(mail), "key": mail.key, "headers": headers, "text": content})
        return
    click.echo(f"{mail.key}: {mail.state}, {mail.attempts} attempts, due {mail.due:%Y-%m-%d %H:%M} UTC. {mail.reply}\n")
    click.echo("".join(f"{name}: {value}\n" for name, value in headers.items()) + f"\n{content}")


@command.command("retry")
@click.argument("ids", type=int, nargs=-1, metavar="[ID]…")
@common
@at_option
@click.pass_obj
def retry(context: Context, ids: tuple[int, ...]) -> None:
    """Let failed and waiting mails (all, or these) be sent at the next run."""
    now = context.clock.now()
    with context.store.begin() as connection:
        unknown = [str(one) for one in ids if outbox.get(connection, one) is None]
        if unknown:
            raise NewswatchError(f"there is no mail {', '.join(unknown)} in the outbox")
        count = outbox.retry(connection, now, now + AGAIN, ids)
    if context.json:
        print_json({"ready": count})
    else:
        click.echo(f"{count} due now", err=True)


@command.command("flush")
@common
@at_option
@click.pass_obj
def flush(context: Context) -> int:
    """Send at once all that is ready, due or not. Exits with 1 when something failed or still waits."""
    refused = sender_refusals(context.config)
    if refused:
        raise MannersError(refused)
    with context.lock():
        with context.store.begin() as connection:
            outbox.hurry(connection, context.clock.now())
        counts = send_due(context.store, context.clock, transport(context), channels=channels(context))
    if context.json:
        print_json({name: counts[name] for name in OUTCOMES})
    else:
        click.echo(", ".join(f"{number} {name}" for name, number in counts.items() if name in OUTCOMES), err=True)
    return 1 if counts["failed"] or counts["deferred"] else 0


def _parts(mail: Mail) -> tuple[dict[str, str], str]:
    """A mail's headers and text; what goes to a channel has no headers."""
    if mail.channel:
        return {}, mail.message.decode()
    message = message_from_bytes(mail.message, policy=policy.default)
    text = message.get_body(("plain",))
    return dict(message.items()), str(text.get_content()) if text is not None else ""


def _row(mail: Mail) -> dict[str, Any]:
    return {"id": mail.id, "to": mail.recipient, "state": mail.state, "attempts": mail.attempts, "due": mail.due,
            "reply": mail.reply}  # fmt: skip
