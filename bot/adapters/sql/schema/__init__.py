"""The tables. Migrations create them; a test keeps both the same.

Ids that others hold for long (buttons, delivery keys) are never used twice: SQLite's AUTOINCREMENT.
"""

from bot.adapters.sql.schema.alerts import watches
from bot.adapters.sql.schema.articles import (
    UNREAD,
    article_changes,
    article_feeds,
    article_topics,
    articles,
    claims,
    stories,
)
from bot.adapters.sql.schema.base import metadata
from bot.adapters.sql.schema.chats import chats, inbound, subscription_leases, subscriptions, unanswered
from bot.adapters.sql.schema.correcting import corrections, hidden_stories, report_voices, reports, revisions
from bot.adapters.sql.schema.deliveries import deliveries, delivery_told, leases, parts
from bot.adapters.sql.schema.feeds import chat_feeds, feed_readings, feeds
from bot.adapters.sql.schema.models import model_days, writings
from bot.adapters.sql.schema.moderation import (
    audit,
    claim_codes,
    feed_alarms,
    feed_previews,
    moderators,
    muted_feeds,
    suggestions,
)
from bot.adapters.sql.schema.servers import chat_postings, servers

__all__ = [
    "UNREAD",
    "article_changes",
    "article_feeds",
    "article_topics",
    "articles",
    "audit",
    "chat_feeds",
    "chat_postings",
    "chats",
    "claim_codes",
    "claims",
    "corrections",
    "deliveries",
    "delivery_told",
    "feed_alarms",
    "feed_previews",
    "feed_readings",
    "feeds",
    "hidden_stories",
    "inbound",
    "leases",
    "metadata",
    "model_days",
    "moderators",
    "muted_feeds",
    "parts",
    "report_voices",
    "reports",
    "revisions",
    "servers",
    "stories",
    "subscription_leases",
    "subscriptions",
    "suggestions",
    "unanswered",
    "watches",
    "writings",
]
