"""What became of articles: their earlier texts, and the topics that came in and went."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.records import Article, Change, Look, Match, Revision
from monitor.revising.changes import apply
from monitor.revising.words import headline, words_hash
from monitor.store import stories
from monitor.store.tables import articles, matches, revisions, sources
from monitor.stories.copies import text_hash

FURNITURE = timedelta(days=14)
"""The headlines of a source's other articles of so long may stand beside a text without being part of it …"""
MOST_FURNITURE = 1_000
"""… and so many of them."""
_ARTICLE = [
    articles.c[name]
    for name in {f.name for f in fields(Article)} - {"source", "region", "authors"}
    if name in articles.c
]


def before(connection: sa.Connection, look: Look) -> Article:
    """The article as it stands in the store."""
    row = connection.execute(sa.select(*_ARTICLE).where(articles.c.id == look.article_id)).mappings().one()
    return Article(source=look.source, **row)


def furniture(connection: sa.Connection, look: Look) -> frozenset[tuple[str, ...]]:
    """The headlines of the other articles that this one's source had lately, as `monitor.revising.words` wants them."""
    mine = sa.select(articles.c.source_id).where(articles.c.id == look.article_id).scalar_subquery()
    newest = sa.select(sa.func.max(articles.c.first_seen)).where(articles.c.source_id == mine)
    since = connection.scalar(newest) or look.first_seen
    query = (
        sa.select(articles.c.title)
        .where(
            articles.c.source_id == mine, articles.c.id != look.article_id, articles.c.first_seen > since - FURNITURE
        )
        .order_by(articles.c.id.desc())
        .limit(MOST_FURNITURE)
    )
    return frozenset(map(headline, connection.scalars(query))) - {()}


def lose(connection: sa.Connection, look: Look, revision: Revision, now: datetime) -> None:
    """The page does not show the text any more; the text stays. Nothing is kept where that was known."""
    known = connection.scalar(sa.select(articles.c.gone).where(articles.c.id == look.article_id))
    if known == revision.note:
        return
    _add(connection, look.article_id, revision, now)
    connection.execute(sa.update(articles).where(articles.c.id == look.article_id).values(gone=revision.note))


def find_again(connection: sa.Connection, look: Look, now: datetime) -> None:
    """The page shows the article; that is kept where it did not before."""
    gone = (articles.c.id == look.article_id) & (articles.c.gone != "")
    if connection.execute(sa.update(articles).where(gone).values(gone="")).rowcount:
        _add(connection, look.article_id, Revision(kind="restored"), now)


def add(
    connection: sa.Connection,
    look: Look,
    article: Article,
    revision: Revision,
    now: datetime,
    *,
    found: Sequence[Match] = (),
    found_before: Sequence[Match] = (),
    lexicon: str = "",
) -> int:
    """Keep a new text with its matches; return how many topics are new in it.

    `found_before` is what the same matcher finds in the text before: what it finds in both is no news of this revision,
    though it may be of a topic that was not watched for when the article came in.
    """
    article_id, old = look.article_id, before(connection, look)
    _keep_first(connection, article_id, old, look.first_seen)
    digest = words_hash(revision.title, revision.body)
    same = (revisions.c.article_id == article_id) & (revisions.c.words_hash == digest)
    returns_to = connection.scalar(sa.select(sa.func.min(revisions.c.number)).where(same))
    if returns_to is not None:
        revision = replace(revision, kind="returned", note="")
    number = _next(connection, article_id)
    new, gone = _match_anew(
        connection, article_id, number, now, found, found_before, lexicon, returned=returns_to is not None,
        whole=bool(old.partial and not article.partial),
    )  # fmt: skip
    topics = {"new_topics": [match.topic for match in new], "gone_topics": gone}
    _add(connection, article_id, revision, now, words_hash=digest, returns_to=returns_to, **topics)
    values = {
        "title": revision.title, "body": revision.body, "text_hash": text_hash(revision.body), "gone": "",
        "partial": article.partial, "modified": article.modified or old.modified,
    }  # fmt: skip
    connection.execute(sa.update(articles).where(articles.c.id == article_id).values(values))
    stories.tell_anew(connection, article_id, replace(article, title=revision.title, body=revision.body))
    return len(new)


def text(connection: sa.Connection, article_id: int, number: int) -> str:
    """The body of an article as it stood at a revision; 0 is the first."""
    mine = (revisions.c.article_id == article_id) & (revisions.c.number <= number)
    query = sa.select(revisions.c.body, revisions.c.changes).where(mine).order_by(revisions.c.number)
    body = None
    for first, made in connection.execute(query):
        body = first if body is None else apply(body, _changes(made))
    if body is None:
        body = connection.scalar(sa.select(articles.c.body).where(articles.c.id == article_id))
    return body or ""


def rows(connection: sa.Connection, since: datetime | None = None, url: str | None = None) -> Iterator[dict[str, Any]]:
    """Every revision as `export revisions` prints it, in the order they were seen; of the article at `url` alone."""
    query = (
        sa.select(
            articles.c.url, sources.c.name.label("source"), revisions.c.number, revisions.c.seen, revisions.c.kind,
            revisions.c.title, revisions.c.changes.label("diff"), revisions.c.new_topics, revisions.c.gone_topics,
            revisions.c.note, revisions.c.returns_to, articles.c.story_id.label("story"), revisions.c.article_id,
            articles.c.title.label("title_now"),
        )
        .join(articles, articles.c.id == revisions.c.article_id)
        .join(sources, sources.c.id == articles.c.source_id)
        .order_by(revisions.c.seen, revisions.c.article_id, revisions.c.number)
    )  # fmt: skip
    if url:
        query = query.where((articles.c.url == url) | (articles.c.canonical_url == url))
    titles: dict[int, str] = {}
    for found in connection.execute(query).mappings():
        row = dict(found)
        article_id, now = row.pop("article_id"), row.pop("title_now")
        before = titles.get(article_id, now)
        titles[article_id] = row["title"] = row["title"] or before
        if row["number"] and (since is None or row["seen"] >= since):
            yield {**row, "title_before": before, "diff": [asdict(change) for change in _changes(row["diff"])]}


def _keep_first(connection: sa.Connection, article_id: int, old: Article, first_seen: datetime) -> None:
    """Keep the first text whole, when there comes a second."""
    first = (revisions.c.article_id == article_id) & (revisions.c.number == 0)
    if connection.scalar(sa.select(revisions.c.number).where(first)) is None:
        row = {
            "article_id": article_id, "number": 0, "seen": first_seen, "kind": "first", "title": old.title,
            "body": old.body, "changes": [], "words_hash": words_hash(old.title, old.body), "new_topics": [],
            "gone_topics": [],
        }  # fmt: skip
        connection.execute(sa.insert(revisions).values(row))


def _next(connection: sa.Connection, article_id: int) -> int:
    last = connection.scalar(sa.select(sa.func.max(revisions.c.number)).where(revisions.c.article_id == article_id))
    return (last or 0) + 1


def _add(connection: sa.Connection, article_id: int, revision: Revision, now: datetime, **more: Any) -> None:
    row = {
        "article_id": article_id, "number": _next(connection, article_id), "seen": now, "kind": revision.kind,
        "title": revision.title, "changes": [[c.at, c.old, c.new] for c in revision.changes], "note": revision.note,
        "words_hash": 0, "new_topics": [], "gone_topics": [],
    }  # fmt: skip
    connection.execute(sa.insert(revisions).values(row | more))


def _match_anew(
    connection: sa.Connection,
    article_id: int,
    number: int,
    now: datetime,
    found: Sequence[Match],
    found_before: Sequence[Match],
    lexicon: str,
    *,
    returned: bool,
    whole: bool,
) -> tuple[list[Match], list[str]]:
    """Lay the matches of a new text over those that are stored; the new ones, and the names of the topics that went.

    `whole`: only a part was known before; where that matched nothing, the article is told as if it were new.
    """
    mine = matches.c.article_id == article_id
    known = {
        row.topic_id: row
        for row in connection.execute(sa.select(matches.c.topic_id, matches.c.topic, matches.c.gone).where(mine))
    }
    earlier = {match.topic_id for match in found_before}
    number = 0 if whole and not known else number
    new = []
    for match in found:
        values = {
            "score": match.score,
            "evidence": [asdict(evidence) for evidence in match.evidence],
            "lexicon": lexicon,
        }
        if match.topic_id in known:
            here = mine & (matches.c.topic_id == match.topic_id)
            connection.execute(sa.update(matches).where(here).values(**values, gone=None))
        elif match.topic_id not in earlier and not returned:
            row = {"article_id": article_id, "topic_id": match.topic_id, "topic": match.topic, "revision": number}
            connection.execute(sa.insert(matches).values(**row, **values, matched=now))
            new.append(match)
    went = earlier - {match.topic_id for match in found}
    gone = [row for topic_id, row in known.items() if topic_id in went and row.gone is None]
    if gone:
        here = mine & matches.c.topic_id.in_([row.topic_id for row in gone])
        connection.execute(sa.update(matches).where(here).values(gone=number))
    return new, [row.topic for row in gone]


def _changes(kept: Iterable[Sequence[Any]]) -> tuple[Change, ...]:
    return tuple(Change(at=at, old=old, new=new) for at, old, new in kept)
