"""From the configuration to the mails: who subscribes, what is due, and the transport it leaves by."""

from collections import Counter
from collections.abc import Iterable

from alerts import cycle, outbox
from alerts.cycle import Desk
from alerts.digests import Beat
from alerts.operator import Fact
from newswatch import alarm
from newswatch.context import Context
from newswatch.letterhead import channels, letterhead, transport

FAILED = "some mail failed for good; `newswatch outbox list --state failed` says whose and why"
"""For whoever is told that a mail failed."""


def desk(context: Context) -> Desk:
    """What alerting needs of the configuration; the signing keys are made when there are none."""
    config = context.config
    settings = config.settings
    beat = Beat(
        topics={topic.id: topic.name for topic in config.topics},
        sources=[source.name for source in config.sources],
        fresh=settings.crawl.fresh,
    )
    return Desk(beat=beat, head=letterhead(context))


def begin(context: Context) -> None:
    """Before anything is looked for: lay subscribers.yaml over the store, so that nobody new hears of what is old."""
    config = context.config
    cycle.begin(context.store, context.clock, config.subscribers, [topic.id for topic in config.topics])


def mail(context: Context, facts: Iterable[Fact] = ()) -> Counter[str]:
    """Queue what is due, and what is to be told to the operator beside the usual, and send it.

    How many mails were queued, sent, deferred, failed, cancelled.
    """
    ours = desk(context)
    counts = cycle.queue_due(context.store, context.clock, ours)
    alarm.tell(context, facts)
    return counts + outbox.send_due(context.store, context.clock, transport(context), channels=channels(context))
