"""Who sees which article, and which moments belong to a window: the conditions every question shares."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, literal_column, or_, select, true

from bot.adapters.sql.schema import article_feeds, articles, chat_feeds, feeds, hidden_stories, muted_feeds
from bot.domain.article import Verdict
from bot.domain.briefing import Window
from bot.domain.feed import FeedState
from bot.ports import Scope

OLD_NEWS = timedelta(hours=48)
"""What had been published this long before a window began is no news in it, although we came to know it only then: a
feed added today brings weeks of old items."""

RELEVANT: ColumnElement[bool] = articles.c.verdict == literal_column(f"'{Verdict.YES}'")
"""In the words of the index: with a parameter it would not be used."""


def visible_feeds(scope: Scope) -> Select[tuple[int]]:
    """Ids of the feeds whose articles a scope may see, retired ones among them."""
    return select(feeds.c.id).where(_visible(scope))


def listed_in(scope: Scope) -> ColumnElement[bool]:
    """Feeds that are followed in a scope."""
    return and_(_visible(scope), feeds.c.state != FeedState.RETIRED)


def in_scope(scope: Scope) -> ColumnElement[bool]:
    """Articles that a scope may see: known by then, carried by a visible feed, of no story that was hidden."""
    # From the article's few carriers to their feeds: the other way round, every visible feed would be tried. The offset
    # keeps PostgreSQL from gathering the carriers of every article there is first.
    carriers = select(article_feeds.c.feed_id).join_from(article_feeds, feeds).where(_visible(scope)).offset(0)
    carried = carriers.where(article_feeds.c.article_id == articles.c.id).correlate(articles).exists()
    return and_(known_by(scope), carried, ~is_hidden(scope))


def is_hidden(scope: Scope) -> ColumnElement[bool]:
    """Articles of a story that moderators hid from a scope."""
    return exists().where(hidden_stories.c.story_id == articles.c.story_id, hidden_from(scope))


def hidden_from(scope: Scope) -> ColumnElement[bool]:
    """The stories that moderators hid, from everyone or from the scope's chat."""
    everyones = hidden_stories.c.chat_id.is_(None)
    return everyones if scope.chat_id is None else or_(everyones, hidden_stories.c.chat_id == scope.chat_id)


def known_by(scope: Scope) -> ColumnElement[bool]:
    """Articles known at the scope's moment."""
    if scope.known_by is None:
        return true()
    return moment_known(scope) <= scope.known_by


def moment_known(scope: Scope) -> ColumnElement[datetime]:
    """The column that says when an article became known: in a replay, when it was published."""
    return articles.c.published if scope.replay else articles.c.known_at


def within(window: Window, scope: Scope) -> ColumnElement[bool]:
    """Articles that are news in a window: known after its start, up to and including its end."""
    moment = moment_known(scope)
    became_known = and_(moment > window.start, moment <= window.end)
    return and_(became_known, articles.c.published >= oldest_published(window, scope))


def oldest_published(window: Window, scope: Scope) -> datetime:
    """No article published before this is news in a window."""
    return window.start if scope.replay else window.start - OLD_NEWS


def _visible(scope: Scope) -> ColumnElement[bool]:
    if scope.chat_id is None:
        return feeds.c.public
    own = select(chat_feeds.c.feed_id).where(chat_feeds.c.chat_id == scope.chat_id)
    muted = select(muted_feeds.c.feed_id).where(muted_feeds.c.chat_id == scope.chat_id)
    return and_(or_(feeds.c.public, feeds.c.id.in_(own)), feeds.c.id.not_in(muted))
