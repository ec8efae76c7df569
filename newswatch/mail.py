"""`newswatch mail`: whether mail gets out."""

import click

from alerts import sample
from alerts.subscriptions import address
from alerts.transports import Outcome, open_transport
from newswatch.context import Context, Group, common, print_json
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

    Exits with 1 when it was not accepted.
    """
    refused = sender_refusals(context.config)
    if refused:
        raise MannersError(refused)
    steps: list[str] = []

    def watch(line: str) -> None:
        steps.append(line)
        if not context.json:
            click.echo(line)

    settings = context.config.settings
    mail = sample.mail(letterhead(context), address(recipient), context.clock.now(), settings.site.time_zone)
    transport = open_transport(settings.mail.transport, password=settings.mail.password, watch=watch)
    reply = transport.deliver(mail)
    transport.close()
    if context.json:
        print_json({"to": mail.recipient, "outcome": reply.outcome, "reply": str(reply), "steps": steps})
    else:
        click.echo(f"{_OUTCOMES[reply.outcome]}: {reply}")
    return 0 if reply.outcome == "sent" else 1
