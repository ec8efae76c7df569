"""`newswatch mail`: whether mail gets out."""

from collections.abc import Callable

import click

from alerts import sample
from alerts.subscriptions import address, channel_address
from alerts.transports import Outcome, Transport, open_transport
from monitor import channels
from monitor.errors import NewswatchError
from monitor.store import subscribers
from monitor.store.engine import read
from monitor.store.outbox import Mail
from newswatch.context import Context, Group, common, print_json
from newswatch.letterhead import channels as channels_way
from newswatch.letterhead import letterhead
from newswatch.manners import MannersError, sender_refusals

_OUTCOMES: dict[Outcome, str] = {
    "sent": "sent",
    "failed": "not sent, refused for good",
    "gone": "not sent, nobody is there any more",
    "temporary": "not sent, this could pass",
    "refused": "not sent, no mail gets through now",
    "unknown": "no answer after the whole message, which may have arrived all the same",
}


@click.group("mail", cls=Group)
def command() -> None:
    """Try whether mail gets out."""


@command.command("test")
@click.argument("recipient", metavar="ADDRESS")
@common
@click.pass_obj
def test(context: Context, recipient: str) -> int:
    """Send a sample digest to ADDRESS, past the outbox, and say what the server answered at each step.

    ADDRESS may be a channel's too, or the name of a channel that subscribes. Exits with 1 when it was not accepted.
    """
    refused = sender_refusals(context.config)
    if refused:
        raise MannersError(refused)
    steps: list[str] = []

    def watch(line: str) -> None:
        steps.append(line)
        if not context.json:
            click.echo(line)

    mail, transport = _sample(context, recipient, watch)
    reply = transport.deliver(mail)
    transport.close()
    if context.json:
        print_json({"to": mail.recipient, "outcome": reply.outcome, "reply": str(reply), "steps": steps})
    else:
        click.echo(f"{_OUTCOMES[reply.outcome]}: {reply}")
    return 0 if reply.outcome == "sent" else 1


def _sample(context: Context, recipient: str, watch: Callable[[str], None]) -> tuple[Mail, Transport]:
    """The sample, and the way that it is to take."""
    settings, now = context.config.settings, context.clock.now()
    zone = settings.site.time_zone
    channel = _channel(context, recipient)
    if channel:
        return sample.to_channel(settings.site.name, channel, now, zone), channels_way(context)
    mail = sample.mail(letterhead(context), address(recipient), now, zone)
    return mail, open_transport(settings.mail.transport, password=settings.mail.password, watch=watch)


def _channel(context: Context, recipient: str) -> str:
    """The address of the channel that is meant; empty where it is a mail box. Raises `ChannelError`."""
    if channels.is_name(recipient):
        with read(context.store) as connection:
            found = subscribers.find(connection, recipient.lower())
        if found is None:
            raise NewswatchError(f"{recipient} is not subscribed")
        return found.subscription.channel
    return channel_address(recipient) if channels.is_address(recipient) else ""
