"""From the configuration to the mails: who subscribes, what is due, and the transport it leaves by."""

import shutil
from collections import Counter
from email.utils import parseaddr

from alerts import cycle, operator, outbox, tokens
from alerts.cycle import Desk
from alerts.digests import Beat
from alerts.messages import Letterhead
from alerts.subscriptions import address
from alerts.transports import Transport, open_transport
from newswatch.context import Context


def desk(context: Context) -> Desk:
    """What alerting needs of the configuration; the signing keys are made when there are none."""
    config = context.config
    settings = config.settings
    beat = Beat(
        topics={topic.id: topic.name for topic in config.topics},
        sources=[source.name for source in config.sources],
        fresh=settings.crawl.fresh,
    )
    head = Letterhead(
        site=settings.site.name,
        sender=_in_ascii(settings.mail.sender),
        bounces=_in_ascii(settings.mail.bounces),
        keys=tokens.load_keys(settings.keys_file),
        url=settings.site.url,
    )
    return Desk(beat=beat, head=head)


def _in_ascii(sender: str) -> str:
    """An address, with or without a name, with its domain as DNS has it: servers know no other letters."""
    bare = parseaddr(sender)[1]
    return sender if sender.isascii() or bare.isascii() else sender.replace(bare, address(bare))


def transport(context: Context) -> Transport:
    """The way out that mail.transport names."""
    mail = context.config.settings.mail
    return open_transport(mail.transport, password=mail.password)


def begin(context: Context) -> None:
    """Before anything is looked for: lay subscribers.yaml over the store, so that nobody new hears of what is old."""
    config = context.config
    cycle.begin(context.store, context.clock, config.subscribers, [topic.id for topic in config.topics])


def mail(context: Context) -> Counter[str]:
    """Queue what is due and send it; how many mails were queued, sent, deferred, failed, cancelled."""
    ours = desk(context)
    counts = cycle.queue_due(context.store, context.clock, ours)
    _tell_operator(context, ours)
    return counts + outbox.send_due(context.store, context.clock, transport(context))


def _tell_operator(context: Context, ours: Desk) -> None:
    """Queue a mail to the operator, when there is one and something new to tell."""
    settings = context.config.settings
    if settings.mail.operator:
        operator.queue_notice(
            context.store, context.clock, ours.head, _in_ascii(settings.mail.operator), sources=ours.beat.sources,
            disk_free=shutil.disk_usage(settings.directory).free,
        )  # fmt: skip
