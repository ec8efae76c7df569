"""Until when a mail may go out: as long as all that it tells is news."""

from datetime import datetime, timedelta

from alerts.digests import Card, Digest
from alerts.schedule import PERIOD
from monitor.freshness import counts_until


def fresh_until(digest: Digest, fresh: timedelta, *, alert: bool = False) -> datetime | None:
    """When the first of a digest's stories is no news any more: until then its mail may go out.

    A story that came out while its source was watched was news when it was found, and a digest may tell it late, with
    its date; an alert may not. What a source carried at first sight counts from its date, and waits for one digest.
    What a revision brought in counts from when it was seen.
    """
    period = PERIOD[digest.subscriber.subscription.every]
    ends = [_news_until(card, fresh, period, alert=alert) for card in (*digest.cards, *digest.lines)]
    return min((end for end in ends if end is not None), default=None)


def _news_until(card: Card, fresh: timedelta, period: timedelta, *, alert: bool) -> datetime | None:
    article = card.article
    if card.updated and card.update:  # what is told came in then, however old the story is
        return card.update.seen + fresh if alert else None
    if article.state == "archived" and article.published is not None:
        return counts_until(article.published, article.precision) + fresh + period
    return article.first_seen + fresh if alert and article.first_seen is not None else None
