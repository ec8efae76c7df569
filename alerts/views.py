"""A digest as a reader sees it: what its templates show, in plain strings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from alerts.digests import Card, Digest, Echo
from alerts.quotes import Piece, Quote
from alerts.wording import clean, count, header, link, listed, missed, moment, published, resurfaced, updated

_FOREIGN = re.compile(r"(?!en\b)[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_OUTLETS = 12
_HEADLINE = 300
"""Characters of a headline that a card shows."""
_MISSED = 25
_WHEN = {
    "immediately": "as soon as a story is found; what else there is, daily at {at}",
    "hourly": "hourly",
    "daily": "daily at {at}",
    "weekly": "every {day} at {at}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A story in one line."""

    title: str
    about: str
    url: str
    news: Quote = ()
    """What it adds to what was told before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A card as the templates show it."""

    title: Quote
    url: str
    source: str
    when: str
    note: str
    quotes: Sequence[Quote]
    reasons: Sequence[str]
    others: Sequence[Any]
    more_others: str
    topics: Sequence[str]
    language: str
    """Of the headline and the quotes (BCP 47), where it is not the mail's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The cards of one topic."""

    name: str
    stories: Sequence[Story]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What the templates show; every string is clean, but not escaped."""

    subject: str
    site: str
    date: str
    heading: str
    lead: str
    groups: Sequence[Group]
    lines: Sequence[Line]
    echoes: Sequence[Line]
    waiting: str
    missed: Sequence[str]
    checked: str
    because: str
    leave_url: str = field(default="")
    preferences_url: str = field(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Other:
    source: str
    url: str
    how: str


def view(digest: Digest, site: str, leave_url: str, *, preferences_url: str = "", alert: bool = False) -> Mail:
    """What the templates show of a digest."""
    subscription = digest.subscriber.subscription
    zone = ZoneInfo(subscription.time_zone)
    heading = _heading(digest)
    when = _WHEN[subscription.every].format(at=subscription.at, day=subscription.day.capitalize())
    groups = [
        Group(name="" if alert else clean(name), stories=[_story(card, digest, zone) for card in cards])
        for name, cards in digest.groups()
    ]
    told = [header(card.article.title) for card in (*digest.cards, *digest.lines)[:1] if alert]
    return Mail(
        subject="".join(told) or header(f"{site}: {_summary(digest)}"),
        site=clean(site), date=f"{moment(digest.made, zone, digest.made)} {digest.made.astimezone(zone):%Z}",
        heading=_single(digest) if alert else heading, lead="" if alert else _lead(digest), groups=groups,
        lines=[_line(card, digest, zone) for card in digest.lines],
        echoes=[_echo(echo, digest, zone) for echo in digest.echoes],
        waiting=_waiting(digest),
        missed=_missed(digest, zone), checked=_checked(digest),
        because=f"{clean(site)} sends this to {subscription.email}: {when} ({subscription.time_zone}).",
        leave_url=leave_url, preferences_url=preferences_url,
    )  # fmt: skip


def _waiting(digest: Digest) -> str:
    if not digest.waiting:
        return ""
    return f"{count(digest.waiting, 'more story waits', 'more stories wait')} for the next digest: this one is full."


def _single(digest: Digest) -> str:
    return "Updated story" if any(card.updated for card in (*digest.cards, *digest.lines)) else "New story"


def _heading(digest: Digest) -> str:
    if digest.stories:
        return count(digest.stories, "new story", "new stories")
    if digest.echoes:
        return "Told stories, more outlets"
    if digest.news:
        return "What was not checked"
    return "Nothing new"


def _summary(digest: Digest) -> str:
    """The subject of a digest after the site's name."""
    if digest.stories:
        filed = {card.topics[0] for card in (*digest.cards, *digest.lines)}
        topics = [name for name in dict.fromkeys(digest.topics.values()) if name in filed]
        return f"{count(digest.stories, 'story', 'stories')} on {listed(topics)}"
    if digest.echoes:
        return f"{count(len(digest.echoes), 'more outlet')} of told stories"
    if digest.news:
        dark = list(dict.fromkeys(outage.source for outage in digest.news if outage.until is None))
        back = list(dict.fromkeys(outage.source for outage in digest.news if outage.until is not None))
        return "; ".join(
            words for words in (f"{listed(dark)} cannot be checked" if dark else "",
                                f"{listed(back)} can be checked again" if back else "") if words
        )  # fmt: skip
    return "nothing new"


def _lead(digest: Digest) -> str:
    if digest.stories:
        topics = len({card.topics[0] for card in (*digest.cards, *digest.lines)})
        sources = len({card.article.source for card in (*digest.cards, *digest.lines)})
        return f"On {count(topics, 'topic')}, from {count(sources, 'source')}."
    return "" if digest.worth_sending else _all_checked(digest)


def _all_checked(digest: Digest) -> str:
    missing = len({outage.source for outage in digest.missed if outage.kind == "dark"})
    if missing:
        return f"{digest.sources - missing:,} of {count(digest.sources, 'source')} checked, nothing new."
    if digest.sources == 1:
        return "The one source was checked, nothing new."
    return f"All {digest.sources:,} sources checked, nothing new."


def _story(card: Card, digest: Digest, zone: ZoneInfo) -> Story:
    article = card.article
    notes = _notes(card, digest, zone, quoted=bool(card.quotes))
    others = [_Other(source=clean(o.source), url=link(o.url), how=clean(o.how)) for o in card.others if link(o.url)]
    return Story(
        title=_cut(_clean(card.title)) or (Piece(text="(no headline)"),), url=link(article.url),
        source=clean(article.source), when=published(article, zone, digest.made), note=" · ".join(notes),
        quotes=[_clean(quote) for quote in card.quotes], reasons=[clean(reason) for reason in card.reasons],
        others=others[:_OUTLETS], topics=[clean(topic) for topic in card.topics],
        more_others=count(len(others) - _OUTLETS, "more outlet") if len(others) > _OUTLETS else "",
        language=article.language if _FOREIGN.fullmatch(article.language) else "",
    )  # fmt: skip


def _notes(card: Card, digest: Digest, zone: ZoneInfo, *, quoted: bool) -> list[str]:
    """What sets a story apart; last that it was updated, since the quotes, if there are any, follow that."""
    article, update = card.article, card.update
    notes = [
        resurfaced(article, digest.made) if card.resurfaced else "",
        f"Matched on title and summary only: {clean(article.partial)}" if article.partial else "",
        "No longer in the story" if card.gone else "",
        updated(update.seen, update.kind, zone, digest.made, quoted=card.updated and quoted) if update else "",
    ]
    return [note for note in notes if note]


def _line(card: Card, digest: Digest, zone: ZoneInfo) -> Line:
    article = card.article
    about = [clean(article.source), published(article, zone, digest.made), clean(card.topics[0])]
    if card.others:
        about.append(f"also in {count(len(card.others), 'other outlet')}")
    about += _notes(card, digest, zone, quoted=False)
    return Line(title=header(article.title, 160) or "(no headline)", about=" · ".join(about), url=link(article.url))


def _echo(echo: Echo, digest: Digest, zone: ZoneInfo) -> Line:
    article = echo.article
    about = [clean(article.source), published(article, zone, digest.made), clean(listed(list(echo.topics))),
             clean(echo.how)]  # fmt: skip
    return Line(
        title=header(article.title, 160) or "(no headline)", about=" · ".join(filter(None, about)),
        url=link(article.url), news=_clean(echo.news),
    )  # fmt: skip


def _missed(digest: Digest, zone: ZoneInfo) -> list[str]:
    whole_first = sorted(digest.missed, key=lambda outage: outage.kind == "partial")
    lines = [missed(outage, zone, digest.made) for outage in whole_first]
    if len(lines) > _MISSED:
        return [*lines[:_MISSED], f"and {len(lines) - _MISSED} more."]
    return lines


def _checked(digest: Digest) -> str:
    dark = {outage.source for outage in digest.missed if outage.kind == "dark"}
    others = digest.sources - len(dark)
    if dark:
        return f"The other {count(others, 'source')} {'was' if others == 1 else 'were'} checked." if others > 0 else ""
    if not digest.sources:
        return "There is no source to check."
    return "The one source was checked." if digest.sources == 1 else f"All {digest.sources:,} sources were checked."


def _clean(quote: Quote) -> Quote:
    """A quote whose pieces are clean; the spaces between them stay."""
    return tuple(Piece(text=clean(piece.text), marked=piece.marked) for piece in quote if clean(piece.text))


def _cut(title: Quote) -> Quote:
    """A headline that is no longer than one."""
    pieces: list[Piece] = []
    left = _HEADLINE
    for piece in title:
        if len(piece.text) > left:
            return (*pieces, Piece(text=piece.text[:left].rstrip() + "…", marked=piece.marked))
        pieces.append(piece)
        left -= len(piece.text)
    return title
