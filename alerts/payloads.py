"""A digest as a channel gets it: a short title and text with links, or JSON for programs; in parts where it is long."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from alerts.channels import room
from alerts.digests import Card, Digest
from alerts.fitting import fit
from alerts.quotes import Quote
from alerts.views import Line, Story, view
from alerts.wording import clean, header, link
from monitor import channels
from monitor.records import Outage

LARGEST_JSON = 250_000
"""Bytes of a webhook's body."""
PARTS = 10
"""Messages that one digest may become; the rest waits for the next."""
_QUOTE = 240
_MISSED = 5
_CALL = re.compile(r"@(?=(?:everyone|here|channel|all|room)\b)|<(?=[!@#])", re.IGNORECASE)
"""What would call everyone in a chat room."""


def parts(digest: Digest, site: str, key: str, *, alert: bool = False) -> Iterator[tuple[Digest, str, bytes]]:
    """What is told, the key and the bytes of each message that a digest becomes: the first has the digest's own key."""
    for number in range(1, PARTS + 1):
        named = key if number == 1 else f"{key}:{number}"
        told, raw = part(digest, site, named, alert=alert)
        yield told, named, raw
        rest = replace(digest, cards=digest.cards[told.stories :], echoes=digest.echoes[len(told.echoes) :],
                       missed=(), news=())  # fmt: skip
        if not rest.worth_sending or not (told.stories or told.echoes):
            return
        digest = rest


def part(digest: Digest, site: str, key: str, *, alert: bool = False) -> tuple[Digest, bytes]:
    """As much of a digest as finds room in one message, and its bytes: always the same for the same digest."""
    address = digest.subscriber.subscription.channel
    if channels.kind(address) == "webhook":
        return fit(digest, lambda some: _json(some, site, key, alert=alert), LARGEST_JSON)
    title, body = room(address)
    told, _ = fit(digest, lambda some: text(some, site, alert=alert).encode(), body)
    if not told.stories and not told.echoes and digest.cards:
        told = replace(digest, cards=(), lines=digest.cards[:1], echoes=(), missed=(), news=())
    words = {"title": cut(subject(told, site, alert=alert), title), "body": cut(text(told, site, alert=alert), body)}
    return told, json.dumps(words, ensure_ascii=False).encode()


def subject(digest: Digest, site: str, *, alert: bool = False) -> str:
    """The title of a message."""
    return _calm(view(digest, site, "", alert=alert).subject)


def text(digest: Digest, site: str, *, alert: bool = False) -> str:
    """The text of a message: for each story its headline, outlet and time, the words that matched, and a link."""
    mail = view(digest, site, "", alert=alert)
    blocks = [_story(story) for group in mail.groups for story in group.stories]
    blocks += [_line(line) for line in (*mail.lines, *mail.echoes)]
    if not blocks and mail.lead:
        blocks.append(mail.lead)
    if digest.missed:
        more = len(mail.missed) - _MISSED
        told = [f"- {line}" for line in mail.missed[:_MISSED]] + ([f"- and {more} more"] if more > 0 else [])
        blocks.append("\n".join(["What was not checked:", *told]))
    return _calm("\n\n".join(blocks))


def cut(text: str, size: int) -> str:
    """The beginning of a text within `size` bytes of UTF-8."""
    raw = text.encode()
    return text if len(raw) <= size else raw[: max(size - 3, 0)].decode(errors="ignore").rstrip() + "…"


def _calm(text: str) -> str:
    """A text in which no headline calls everyone: a space without width breaks the call. Links stay as they are."""
    lines = (line if line.startswith(("http://", "https://")) else _CALL.sub("\\g<0>\u200b", line)
             for line in text.split("\n"))  # fmt: skip
    return "\n".join(lines)


def _story(story: Story) -> str:
    lines = [_plain(story.title), f"{story.source} · {story.when} · {', '.join(story.topics)}", story.note]
    lines += [f"> {_plain(quote)[:_QUOTE]}" for quote in story.quotes[:1]]
    return "\n".join(filter(None, [*lines, story.url]))


def _line(line: Line) -> str:
    return "\n".join(filter(None, [line.title, line.about, line.url]))


def _plain(quote: Quote) -> str:
    return "".join(piece.text for piece in quote)


def _json(digest: Digest, site: str, key: str, *, alert: bool) -> bytes:
    zone = ZoneInfo(digest.subscriber.subscription.time_zone)
    body = {
        "id": key, "type": "alert" if alert else "digest", "site": clean(site),
        "subject": view(digest, site, "", alert=alert).subject, "time_zone": zone.key,
        "made": _time(digest.made),
        "stories": [_card(card, brief=False) for card in digest.cards] + [_card(c, brief=True) for c in digest.lines],
        "more_outlets": [
            {"title": header(echo.article.title), "url": link(echo.article.url), "source": clean(echo.article.source),
             "topics": [clean(topic) for topic in echo.topics], "new": clean(_plain(echo.news))}
            for echo in digest.echoes
        ],
        "waiting": digest.waiting, "sources": digest.sources,
        "not_checked": [_outage(outage) for outage in digest.missed[:100]],
    }  # fmt: skip
    return json.dumps(body, ensure_ascii=False).encode()


def _card(card: Card, *, brief: bool) -> dict[str, Any]:
    article = card.article
    row = {
        "story": card.story_id, "revision": card.revision, "title": header(article.title, 300),
        "url": link(article.url), "source": clean(article.source), "published": _time(article.published),
        "topics": [clean(topic) for topic in card.topics], "score": card.score, "updated": card.updated,
        "gone": card.gone, "resurfaced": card.resurfaced,
    }  # fmt: skip
    if brief:
        return row
    quotes = [[{"text": clean(p.text), "marked": p.marked} for p in quote] for quote in card.quotes]
    others = [{"source": clean(o.source), "url": link(o.url)} for o in card.others[:50]]
    return {**row, "quotes": quotes, "why": [clean(reason) for reason in card.reasons], "outlets": others}


def _outage(outage: Outage) -> dict[str, Any]:
    return {"name": clean(outage.source), "kind": outage.kind, "since": _time(outage.since),
            "until": _time(outage.until), "reason": clean(outage.reason)}  # fmt: skip


def _time(instant: datetime | None) -> str | None:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}" if instant else None
