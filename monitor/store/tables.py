"""Every table of the store, once, for SQLite and PostgreSQL."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite keeps it without its zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)


sources = sa.Table(
    "sources",
    metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("first_polled", Instant),
    sa.Column("last_polled", Instant),
    sa.Column("last_good", Instant),
    sa.Column("next_poll", Instant),
    sa.Column("failing_since", Instant),
    sa.Column("failures", sa.Integer, nullable=False, default=0),  # in a row
    sa.Column("reason", sa.Text, nullable=False, default=""),
    sa.Column("ways", sa.JSON, nullable=False, default=dict),  # discovered: {"feeds": [...], "sitemaps": [...], ...}
    sa.Column("rhythm", sa.JSON, nullable=False, default=dict),  # what polling has learned
    sa.Column("health", sa.JSON, nullable=False, default=dict),  # how its ways in and its pages fare: monitor.health
)

# Ways in that have answered, and what they gave to ask again with: byte-exact, as latin-1.
validators = sa.Table(
    "validators",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("etag", sa.LargeBinary),
    sa.Column("last_modified", sa.LargeBinary),
)

robots = sa.Table(
    "robots",
    metadata,
    sa.Column("origin", sa.Text, primary_key=True),  # scheme://host:port
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),  # 0: no answer
    sa.Column("fetched", Instant, nullable=False),
)

# Hosts that the last run asked so shortly before its end that the next one must still wait; real time.
hosts = sa.Table(
    "hosts",
    metadata,
    sa.Column("host", sa.Text, primary_key=True),
    sa.Column("asked", Instant, nullable=False),
)

# Links waiting to be fetched; a row goes when its article (or the finding that it is none) is stored.
leads = sa.Table(
    "leads",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),  # monitor.urls.key of the address
    sa.Column("source_id", sa.ForeignKey("sources.id"), nullable=False, index=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False, default=""),
    sa.Column("published", Instant),
    sa.Column("precision", sa.Text),
    sa.Column("guid", sa.Text, nullable=False, default=""),
    sa.Column("summary", sa.Text, nullable=False, default=""),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("doubtful", sa.Boolean, nullable=False, default=False),  # its date is no more than an upper bound
    sa.Column("first_sight", sa.Boolean, nullable=False),  # the source already carried it when it was first polled
    sa.Column("lost", sa.JSON, nullable=False, default=list),  # articles that its way in showed no more when it came
    sa.Column("found", Instant, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("next_try", Instant, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, default=""),
)

# Every address that needs no fetching any more: stored, not an article, too old, or given up.
seen = sa.Table(
    "seen",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("source_id", sa.ForeignKey("sources.id"), index=True),
    sa.Column("article_id", sa.ForeignKey("articles.id")),
    sa.Column("outcome", sa.Text, nullable=False),  # article | other | stale | failed | held
    sa.Column("at", Instant, nullable=False),
)

# Words that no table of the matcher knows, by how many texts they stood in: monitor.store.words.
words = sa.Table(
    "words",
    metadata,
    sa.Column("word", sa.Text, primary_key=True),  # folded
    sa.Column("articles", sa.Integer, nullable=False),
    sa.Column("source_id", sa.ForeignKey("sources.id")),  # the only source that had it; none: several had
    sa.Column("found", sa.Boolean, nullable=False),  # a match took it for a word of its topic
    sa.Column("seen", Instant, nullable=False),  # the run that had it last
)

stories = sa.Table(
    "stories",
    metadata,
    _id(),
    sa.Column("first_seen", Instant, nullable=False),
)

articles = sa.Table(
    "articles",
    metadata,
    _id(),
    sa.Column("key", sa.BigInteger, nullable=False, unique=True),  # of the canonical address
    sa.Column("source_id", sa.ForeignKey("sources.id"), nullable=False, index=True),
    sa.Column("story_id", sa.ForeignKey("stories.id"), nullable=False, index=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("canonical_url", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("authors", sa.JSON, nullable=False),
    sa.Column("published", Instant),
    sa.Column("precision", sa.Text),
    sa.Column("published_from", sa.Text, nullable=False, default=""),
    sa.Column("confidence", sa.Text),  # in the date: high | medium | low
    sa.Column("modified", Instant),
    sa.Column("first_seen", Instant, nullable=False, index=True),
    sa.Column("language", sa.Text, nullable=False, default=""),
    sa.Column("summary", sa.Text, nullable=False, default=""),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("text_hash", sa.BigInteger, nullable=False, index=True),
    sa.Column("state", sa.Text, nullable=False),  # live | archived | held
    sa.Column("partial", sa.Text, nullable=False, default=""),
    sa.Column("gone", sa.Text, nullable=False, default=""),  # why its page does not show this text any more
    sa.Column("joined", sa.Text, nullable=False, default=""),  # why it is told with the others of its story
)

# What tells an article's story, kept while another outlet may come to tell it too: [[word, weight, name], …].
tellings = sa.Table(
    "tellings",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    sa.Column("seen", Instant, nullable=False, index=True),
    sa.Column("terms", sa.JSON, nullable=False),
)

# By which of these words (their hashes) articles find each other.
story_terms = sa.Table(
    "story_terms",
    metadata,
    sa.Column("term", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("article_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# When an article is looked at again, and what its page gave to be recognised by.
looks = sa.Table(
    "looks",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    sa.Column("source_id", sa.ForeignKey("sources.id"), nullable=False),
    sa.Column("looked", Instant, nullable=False),  # when its page was last read
    sa.Column("next_look", Instant, index=True),  # none: only when a way in says that it was updated
    sa.Column("early", sa.Integer, nullable=False, default=0),  # how often a way in has asked for one
    sa.Column("attempts", sa.Integer, nullable=False, default=0),  # without an answer, in a row
    sa.Column("etag", sa.LargeBinary),
    sa.Column("last_modified", sa.LargeBinary),
    sa.Column("page_hash", sa.BigInteger, nullable=False, default=0),  # of the bytes of the page
)

# What became of an article since it was first stored. Number 0 is its first text, kept whole once there is a second;
# the last one is the article's own. `changes` lead from the text before to this one.
revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seen", Instant, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),  # monitor.records.RevisionKind
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("body", sa.Text),  # of number 0
    sa.Column("changes", sa.JSON, nullable=False),  # [[offset, old, new], …]
    sa.Column("words_hash", sa.BigInteger, nullable=False),  # of title and body, as texts are compared
    sa.Column("returns_to", sa.Integer),  # the number of the earlier text that this one is
    sa.Column("note", sa.Text, nullable=False, default=""),  # the correction's words, or why there is no text
    sa.Column("new_topics", sa.JSON, nullable=False),  # names
    sa.Column("gone_topics", sa.JSON, nullable=False),
)

matches = sa.Table(
    "matches",
    metadata,
    _id(),
    sa.Column("article_id", sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("topic_id", sa.Text, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("evidence", sa.JSON, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False, default=0),  # in which the topic was new
    sa.Column("gone", sa.Integer),  # the revision in which it vanished, while it has not come back
    sa.Column("lexicon", sa.Text, nullable=False, default=""),  # the lexicon's version
    sa.Column("matched", Instant, nullable=False, index=True),
    sa.UniqueConstraint("article_id", "topic_id", "revision"),
)

# Spans in which a source was not checked (dark), was checked in part only (partial), or may have lost stories (gap).
outages = sa.Table(
    "outages",
    metadata,
    _id(),
    sa.Column("source_id", sa.ForeignKey("sources.id"), nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("until", Instant),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("found", Instant),  # when it was noticed, where that was later than it began
    sa.Column("way", sa.Text, nullable=False, default=""),  # of a partial one: the way in; empty for the pages
    sa.Column("trouble", sa.Text, nullable=False, default=""),  # its name: monitor.health.troubles
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    _id(),
    sa.Column("email", sa.Text, nullable=False, unique=True),  # normalized by email-validator, domain lower-case
    sa.Column("channel", sa.Text, nullable=False, default=""),  # a secret address; `email` is the name it is shown by
    sa.Column("topics", sa.JSON, nullable=False),  # "all" or a list of topic ids
    sa.Column("every", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("day", sa.Text, nullable=False),
    sa.Column("time_zone", sa.Text, nullable=False),
    sa.Column("empty", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # pending | active | unsubscribed | suppressed | removed
    sa.Column(
        "changed", sa.Boolean, nullable=False, default=False
    ),  # by people or commands: subscribers.yaml lost its say
    sa.Column("created", Instant, nullable=False),
    sa.Column("last_instant", Instant),  # the last scheduled instant that was dealt with
    sa.Column("last_digest", Instant),  # when the last digest was made, by the run's clock
    sqlite_autoincrement=True,  # links to leave never expire: the number of an erased one must not come again
)

# What people asked for on the subscribers' pages, and agreed to by the link in a mail (double opt-in). Who did not
# answer is forgotten when the link expires.
consents = sa.Table(
    "consents",
    metadata,
    _id(),
    sa.Column("email", sa.Text, nullable=False, index=True),
    sa.Column("mailbox", sa.Text, nullable=False, index=True),  # the address folded, for counting what goes to it
    sa.Column("wishes", sa.JSON, nullable=False),  # topics, every, at, day, time_zone, empty
    sa.Column("wording", sa.Text, nullable=False),  # the sentence that was agreed to, as it was shown
    sa.Column("requested", Instant, nullable=False),
    sa.Column("expires", Instant, nullable=False),
    sa.Column("confirmed", Instant),
    sa.Column("declined", Instant),  # "it was not me: do not write again"
    sa.Column("subscription_id", sa.ForeignKey("subscriptions.id"), index=True),
    sqlite_autoincrement=True,  # a link to a forgotten one must not open another
)

# When a subscription began to hear of a topic.
subscription_topics = sa.Table(
    "subscription_topics",
    metadata,
    sa.Column("subscription_id", sa.ForeignKey("subscriptions.id"), primary_key=True),
    sa.Column("topic_id", sa.Text, primary_key=True),
    sa.Column("since", Instant, nullable=False),
)

# Who was told what: a mark on (subscription, topic, story), kept an article,
# so that a later outlet can be told from a told one.
alerted = sa.Table(
    "alerted",
    metadata,
    sa.Column("subscription_id", sa.ForeignKey("subscriptions.id"), primary_key=True),
    sa.Column("topic_id", sa.Text, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("story_id", sa.ForeignKey("stories.id"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False, default=0),
    sa.Column("outbox_key", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_alerted_subscription_id_story_id", "subscription_id", "story_id"),
)

outbox = sa.Table(
    "outbox",
    metadata,
    _id(),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("subscription_id", sa.ForeignKey("subscriptions.id"), index=True),
    sa.Column("kind", sa.Text, nullable=False),  # digest | alert | operator | confirmation | test
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("sender", sa.Text, nullable=False),  # the envelope's
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # ready | sending | sent | failed | cancelled
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("due", Instant, nullable=False),
    sa.Column("expires", Instant, nullable=False),
    sa.Column("fresh_until", Instant),  # when the first of the stories that it tells is no news any more
    sa.Column("lease", Instant),  # until when a sender may hold it, real time
    sa.Column("holder", sa.Text, nullable=False, default=""),  # the process that holds it
    sa.Column("reply", sa.Text, nullable=False, default=""),
    sa.Column("created", Instant, nullable=False),
    sa.Column("finished", Instant),
    sa.Index("ix_outbox_state_due", "state", "due"),
)

# The bytes as they go out: apart from their mail's row, which is rewritten whenever something is noted of it.
messages = sa.Table(
    "messages",
    metadata,
    sa.Column("mail_id", sa.ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    sa.Column("message", sa.LargeBinary, nullable=False),
)

# What mailboxes said of our mail to a subscriber; `digest` makes the same report count once.
bounces = sa.Table(
    "bounces",
    metadata,
    _id(),
    sa.Column("subscription_id", sa.ForeignKey("subscriptions.id"), nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),  # hard | soft | complaint
    sa.Column("day", sa.Text, nullable=False),  # YYYY-MM-DD of the report's Date, UTC
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False, unique=True),
    sa.Column("read", Instant, nullable=False),
)

# What the operator was told of, so that it is told once: dark:SOURCE:SINCE, failed:MAIL, …
notices = sa.Table(
    "notices",
    metadata,
    sa.Column("fact", sa.Text, primary_key=True),
    sa.Column("at", Instant, nullable=False),
)

runs = sa.Table(
    "runs",
    metadata,
    _id(),
    sa.Column("started", Instant, nullable=False),
    sa.Column("finished", Instant),
    sa.Column("report", sa.JSON, nullable=False, default=dict),
)
