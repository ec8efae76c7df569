"""Of what was found, the cards that tell a story in full, and the lines about stories told before."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from alerts.digests import Beat, Card, Echo, Outlet
from alerts.quotes import MOST, Quote, added_alone, addition, headline, lede, quotes, reasons
from monitor.records import Article, Match
from monitor.store.alerted import Mark, Untold

_DAY = timedelta(days=1)
Earlier = Mapping[tuple[int, int | None], str]
"""(article, the revision in which a topic vanished) → the text before it."""


def cards(found: Sequence[Untold], bodies: Mapping[int, str], earlier: Earlier, beat: Beat) -> tuple[Card, ...]:
    """A card a story, as a digest orders them. `bodies`: article → its text."""
    stories: dict[int, list[Untold]] = {}
    for item in found:
        stories.setdefault(item.story_id, []).append(item)
    made = [_card(items, bodies, earlier, beat) for items in stories.values()]
    return tuple(sorted(made, key=_rank))


def echoes(items: Sequence[Untold], bodies: Mapping[int, str], texts: Mapping[int, Sequence[str]]) -> tuple[Echo, ...]:
    """A line for each article of a told story. `texts`: story → what was told of it."""
    by_article: dict[int, list[Untold]] = {}
    for item in items:
        by_article.setdefault(item.article_id, []).append(item)
    return tuple(
        Echo(
            article=some[0].article, topics=tuple(dict.fromkeys(i.match.topic for i in some)), marks=_marks(some),
            how=some[0].joined, news=addition(bodies.get(article_id, ""), texts.get(some[0].story_id, ())),
        )
        for article_id, some in by_article.items()
    )  # fmt: skip


def _rank(card: Card) -> tuple[bool, float, bool, float]:
    """Old stories last; then by score, then the newest first, and after those the ones without a date."""
    when = card.article.published or card.article.first_seen
    return card.resurfaced, -card.score, card.article.published is None, -(when.timestamp() if when else 0.0)


def _card(items: Sequence[Untold], bodies: Mapping[int, str], earlier: Earlier, beat: Beat) -> Card:
    first = min(items, key=_preference)
    article = first.article
    mine = [item for item in items if item.article_id == first.article_id]
    matches = [item.match for item in mine]
    body = bodies.get(first.article_id, "")
    said = _said(mine, body, earlier)
    start = lede(body or article.summary) if not said else ()
    scores = _scores([item.match for item in items])
    order = {topic_id: place for place, topic_id in enumerate(beat.topics)}
    ranked = sorted(scores, key=lambda topic_id: (-scores[topic_id], order[topic_id]))
    return Card(
        story_id=first.story_id, revision=max(item.place for item in items), article=article,
        title=headline(article.title, matches), topics=tuple(beat.topics[topic_id] for topic_id in ranked),
        score=max(scores.values()), quotes=said or ((start,) if start else ()), reasons=reasons(matches),
        others=_others(items, article), resurfaced=_resurfaced(article, beat.fresh),
        marks=_marks(items), update=max((i.update for i in mine if i.update), key=lambda u: u.seen, default=None),
        updated=all(item.revision for item in items), gone=all(item.gone for item in items),
    )  # fmt: skip


def _said(items: Sequence[Untold], body: str, earlier: Earlier) -> tuple[Quote, ...]:
    """What to quote: of a topic that a revision brought in, the new sentences; of one that is gone, the old ones."""
    here = [
        added_alone(body, item.match, item.update.added) if item.update else item.match
        for item in items
        if not item.gone
    ]
    old = [quotes(earlier.get((item.article_id, item.gone), ""), [item.match]) for item in items if item.gone]
    return tuple(dict.fromkeys((*quotes(body, here), *(quote for found in old for quote in found))))[:MOST]


def _preference(item: Untold) -> tuple[bool, float, datetime | None, int]:
    """The copy to show: whole before partial, by score, then the first that was published."""
    article = item.article
    return bool(article.partial), -item.match.score, article.published or article.first_seen, item.article_id


def _scores(matches: Sequence[Match]) -> dict[str, float]:
    scores: dict[str, float] = {}
    for match in matches:
        scores[match.topic_id] = max(match.score, scores.get(match.topic_id, 0.0))
    return scores


def _others(items: Sequence[Untold], shown: Article) -> tuple[Outlet, ...]:
    own = next(item.joined for item in items if item.article.url == shown.url)
    found = {
        item.article.url: Outlet(source=item.article.source, url=item.article.url, how=item.joined or own)
        for item in items
    }
    found.pop(shown.url, None)
    return tuple(found.values())


def _resurfaced(article: Article, fresh: timedelta) -> bool:
    """Whether a story that turned up now came out long ago, by a date that can be relied on."""
    if article.published is None or article.first_seen is None or article.confidence == "low":
        return False
    return article.published < article.first_seen - fresh - _DAY


def _marks(items: Sequence[Untold]) -> tuple[Mark, ...]:
    marks = {
        (item.match.topic_id, item.article_id): Mark(
            topic_id=item.match.topic_id, article_id=item.article_id, story_id=item.story_id, revision=item.revision
        )
        for item in items
    }
    return tuple(marks.values())
