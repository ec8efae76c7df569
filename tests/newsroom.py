"""A small newsroom for tests: puts sources, articles, matches and outages into a store, as a crawl would."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from alerts import cycle
from alerts.cycle import Desk
from alerts.digests import Beat
from alerts.messages import Letterhead
from monitor.records import Article, Evidence, How, Look, Match, Subscription
from monitor.revising.comparing import compare
from monitor.store import articles, revisions, sources
from monitor.store.tables import outages
from monitor.store.tables import sources as sources_table

NOON = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
"""In Los Angeles."""
TOPICS = {"sanctuary-policy": "Sanctuary policy", "eric-jones": "Chief Eric Jones", "stockton": "Stockton, California"}
BODY = (
    "The council met on Monday night. After three hours the county became a sanctuary jurisdiction, 4 to 1. "
    "Supporters cheered.\nDr. Ana Ruiz, who brought the motion, said that it had taken years. {tail}"
)


@dataclass
class SetClock:
    """A clock that shows what it is set to."""

    time: datetime = NOON

    def now(self) -> datetime:
        """The time it was set to."""
        return self.time

    def pass_(self, **span: float) -> datetime:
        """Let time pass; return the new time."""
        self.time += timedelta(**span)
        return self.time


@dataclass
class Newsroom:
    """What a crawl would leave in the store."""

    engine: sa.Engine
    clock: SetClock = field(default_factory=SetClock)
    sources: tuple[str, ...] = ("The Valley Record", "Delta Herald", "KVLY")
    fresh: timedelta = timedelta(hours=72)
    written: int = 0

    def __post_init__(self) -> None:
        self.checked(self.clock.now())

    def checked(self, at: datetime, due: datetime = datetime(2999, 1, 1, tzinfo=UTC)) -> None:
        """A run looked at all sources; they are due again at `due`."""
        with self.engine.begin() as connection:
            sources.ensure(connection, self.sources)
            connection.execute(sa.update(sources_table).values(first_polled=at, last_polled=at, next_poll=due))

    @property
    def desk(self) -> Desk:
        """The settings of alerting."""
        head = Letterhead(site="Valley Watch", sender="Valley Watch <alerts@example.org>", keys=("old", "new"))
        return Desk(beat=Beat(topics=TOPICS, sources=self.sources, fresh=self.fresh), head=head)

    def subscribe(self, email: str = "ana@example.org", **settings: object) -> None:
        """One subscriber, as subscribers.yaml would have it."""
        wanted = replace(Subscription(email=email, time_zone="America/Los_Angeles"), **settings)  # type: ignore[arg-type]
        cycle.begin(self.engine, self.clock, [wanted], TOPICS)

    def article(
        self,
        source: str = "The Valley Record",
        *,
        title: str = "Council adopts sanctuary policy",
        body: str | None = None,
        topics: Sequence[str] = ("sanctuary-policy",),
        words: str = "sanctuary jurisdiction",
        how: How = "exact",
        score: float = 100,
        **fields: object,
    ) -> int:
        """Store an article of `source` and a match of each topic at `words`; return its id."""
        self.written += 1
        now = self.clock.now()
        body = BODY.format(tail=_filler(self.written)) if body is None else body
        article = Article(
            title=title, body=body, url=f"https://news.example/{self.written}", source=source, first_seen=now,
            canonical_url=f"https://news.example/{self.written}", published=now - timedelta(hours=1),
            precision="time", published_from="json-ld",
        )  # fmt: skip
        article = replace(article, **fields)  # type: ignore[arg-type]
        matches = [_match(article, topic, words, how, score) for topic in topics]
        with self.engine.begin() as connection:
            source_id = self.source_id(connection, source)
            article_id = articles.add(connection, article, source_id, now)
            articles.add_matches(connection, article_id, matches, now)
        return article_id

    def tell(self) -> int:
        """Queue what is due; return how many mails that are."""
        return cycle.queue_due(self.engine, self.clock, self.desk)["queued"]

    def revise(
        self,
        article_id: int,
        body: str,
        topics: Sequence[str] = ("sanctuary-policy",),
        words: str = "sanctuary jurisdiction",
        before: Sequence[str] = (),
        title: str = "",
    ) -> None:
        """The page of an article shows another text now, with these topics in it, where there were those of `before`."""
        now = self.clock.now()
        with self.engine.begin() as connection:
            look = Look(article_id=article_id, source=self.sources[0], url="", first_seen=now)
            old = revisions.before(connection, look)
            new = replace(old, body=body, title=title or old.title)
            revision = compare(old, new)
            assert revision is not None
            found = [_match(new, topic, words, "exact", 100) for topic in topics]
            found_before = [_match(old, topic, words, "exact", 100) for topic in before]
            revisions.add(connection, look, new, revision, now, found=found, found_before=found_before)

    def source_id(self, connection: sa.Connection, name: str) -> int:
        """The store's number of a source."""
        sources.ensure(connection, [name])
        return sources.states(connection)[name].id

    def outage(
        self, source: str, since: datetime, until: datetime | None = None, kind: str = "dark", **more: object
    ) -> None:
        """A span in which a source was not checked; `more`: found, way, trouble, reason."""
        with self.engine.begin() as connection:
            row = {"source_id": self.source_id(connection, source), "kind": kind, "since": since, "until": until,
                   "reason": "connection refused", **more}  # fmt: skip
            connection.execute(sa.insert(outages).values(row))

    def back(self, source: str) -> None:
        """The source answers again."""
        with self.engine.begin() as connection:
            mine = (
                outages.c.source_id
                == sa.select(sources_table.c.id).where(sources_table.c.name == source).scalar_subquery()
            )
            connection.execute(sa.update(outages).where(mine, outages.c.until.is_(None)).values(until=self.clock.now()))


def _filler(number: int) -> str:
    """Sentences that no other article has."""
    chance = random.Random(number)
    words = ["".join(chance.choices(("ba", "ko", "li", "mer", "nu", "sto", "tan", "ve"), k=3)) for _ in range(150)]
    return " ".join(f"The {' '.join(words[at : at + 10])}." for at in range(0, len(words), 10))


def _match(article: Article, topic: str, words: str, how: How, score: float) -> Match:
    field_ = "text" if words in article.body else "title"
    text = article.body if field_ == "text" else article.title
    start = max(text.find(words), 0)
    evidence = Evidence(field=field_, start=start, end=start + len(words), text=words, term=TOPICS[topic], how=how)
    return Match(topic=TOPICS[topic], topic_id=topic, score=score, evidence=(evidence,))
