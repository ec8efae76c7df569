"""A sample digest: what a subscriber will see, with an invented story."""

from datetime import datetime, timedelta

from alerts import payloads
from alerts.digests import Card, Digest
from alerts.messages import Letterhead, build, message_id
from alerts.quotes import Piece
from alerts.rendering import render
from monitor import channels
from monitor.records import Article, Outage, Subscription
from monitor.store.outbox import Mail
from monitor.store.subscribers import Subscriber


def mail(head: Letterhead, recipient: str, now: datetime, time_zone: str) -> Mail:
    """A test mail to `recipient`, ready to be handed to a transport."""
    key = f"test:{now:%Y-%m-%dT%H:%M:%SZ}"
    words = render(_digest(recipient, now, time_zone), f"{head.site} (test)", f"mailto:{head.address}")
    raw = build(head, key, recipient, words, now)
    return Mail(key=key, kind="test", recipient=recipient, sender=head.address, message=raw,
                message_id=message_id(key, head.domain), expires=now + timedelta(hours=1))  # fmt: skip


def to_channel(site: str, channel: str, now: datetime, time_zone: str) -> Mail:
    """The same for a channel's address."""
    key, name = f"test:{now:%Y-%m-%dT%H:%M:%SZ}", channels.name(channel)
    _, raw = payloads.part(_digest(name, now, time_zone, channel), f"{site} (test)", key)
    return Mail(key=key, kind="test", recipient=name, sender="", message=raw, message_id="",
                expires=now + timedelta(hours=1), channel=channel)  # fmt: skip


def _digest(recipient: str, now: datetime, time_zone: str, channel: str = "") -> Digest:
    article = Article(
        title="A sample story: the council votes on the bridge", url="https://news.example/bridge",
        source="The Sample Record", published=now - timedelta(hours=2), precision="time", first_seen=now,
    )  # fmt: skip
    vote, bridge = Piece(text="The council voted 5 to 2 to repair the "), Piece(text="old bridge", marked=True)
    card = Card(
        story_id=0, revision=0, article=article, title=(Piece(text=article.title),), topics=("The bridge",), score=100,
        quotes=((vote, bridge, Piece(text=".")),), reasons=(), others=(), resurfaced=False, marks=(),
    )  # fmt: skip
    dark = Outage(source="Sample Herald", kind="dark", since=now - timedelta(hours=5), until=None, reason="a sample")
    subscriber = Subscriber(
        subscription=Subscription(email=recipient, channel=channel, time_zone=time_zone), state="active", changed=False
    )
    return Digest(subscriber=subscriber, made=now, cards=(card,), missed=(dark,), sources=3,
                  topics={"bridge": "The bridge"})  # fmt: skip
