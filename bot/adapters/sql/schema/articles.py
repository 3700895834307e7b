"""The tables of articles, the stories they tell, and the claims in them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, Index, Integer, LargeBinary, Table, UniqueConstraint, false

from bot.adapters.sql.columns import UtcDateTime, Values, Words
from bot.adapters.sql.schema.base import metadata, of, of_article, own_id, some

UNREAD = -1
"""``newsroom_version`` of an article that was never judged: lower than every version."""

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),  # what the full-text index points to
    Column("id", Words, nullable=False, unique=True),
    Column("url", Words),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("published", UtcDateTime, nullable=False),
    Column("known_at", UtcDateTime, nullable=False),
    Column("imported", Boolean, nullable=False),
    Column("newsroom_version", Integer, nullable=False, server_default=str(UNREAD)),
    Column("verdict", Words),
    Column("score", Float),
    Column("reasons", Values),
    Column("story_id", Words),  # no foreign key: a judgement may be written before its story's memory
    Column("search", Words, nullable=False, server_default=""),  # folded stems, one space between two
    Column("reserved", Boolean, nullable=False, server_default=false()),  # kept from text mining by its publisher
    Column("fingerprint", Words),  # of the words as the feed gave them; empty for what no feed gave
    Index(None, "url"),
    Index(None, "published"),
    Index(None, "known_at"),
    Index(None, "story_id", "published"),
    Index(None, "newsroom_version", "published", "id"),
    some("ix_articles_told", "language", "published", where="verdict = 'yes'"),
    some("ix_articles_own", "published", where="NOT imported"),
    some("ix_articles_full", "published", where="text <> '' AND NOT imported"),
    sqlite_autoincrement=True,
)

article_feeds = Table(
    "article_feeds",
    metadata,
    of_article(key=True),
    of("feed_id", "feeds", key=True),
    Column("position", Integer, nullable=False),
    Index(None, "feed_id", "article_id"),
)

article_topics = Table(
    "article_topics",
    metadata,
    of_article(key=True),
    Column("topic", Words, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("published", UtcDateTime, nullable=False),  # the article's, so that one index answers "newest on a topic"
    Index(None, "topic", "published"),
)

article_changes = Table(
    "article_changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    of_article(),
    Column("topic", Words, nullable=False),  # on which it changed something: one it has, or had
    UniqueConstraint("article_id", "topic"),
    Index(None, "topic", "number"),
    sqlite_autoincrement=True,  # a number that was there once never means another change
)

stories = Table(
    "stories",
    metadata,
    Column("id", Words, primary_key=True),
    Column("last_published", UtcDateTime, nullable=False),
    Column("memory", LargeBinary, nullable=False),
    Column("merged_into", Words),
    Column("apart", Boolean, nullable=False, server_default=false()),  # begun by chats' own feeds
    Index(None, "last_published"),
    Index(None, "merged_into"),
)

claims = Table(
    "claims",
    metadata,
    own_id(),
    of_article(),
    Column("topic", Words, nullable=False),
    Column("proposition", Words, nullable=False),
    Column("polarity", Words, nullable=False),
    Column("phase", Words, nullable=False),
    Column("modality", Words, nullable=False),
    Column("claimant", Words, nullable=False),
    Column("claimant_id", Words),
    Column("via", Words),
    Column("sentence", Words, nullable=False),
    Column("event_date", Date),
    Column("published", UtcDateTime, nullable=False),
    Column("language", Words, nullable=False),
    Column("scope", Words),
    Column("role", Words),
    Column("own_voice", Boolean, nullable=False),
    Column("direct_speech", Boolean, nullable=False),
    Index(None, "article_id"),
    Index(None, "topic", "published"),
    sqlite_autoincrement=True,
)
