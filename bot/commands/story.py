"""``/story id``: every article of a story. Its button stands under briefings."""

from __future__ import annotations

from bot.commands.command import Command, Context, Option
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.story import SourcedArticle, Story
from bot.domain.topic import Topic
from bot.editorial import topics
from bot.ports import Scope
from bot.views.story import gone_message, story_message

MOST_ARTICLES = 8
MOST_TOPICS = 2


async def answer(context: Context) -> Message:
    """Its articles, from what this chat can see."""
    story_id = context.options.get("id", "")
    async with context.services.store.read() as unit:
        story = await unit.articles.story(story_id, Scope(chat_id=context.chat.id, known_by=context.now))
    if story is None:
        return gone_message(context.language)
    articles = _readable_first(story, context.language)
    return story_message(
        story.id,
        articles[0].article.title,
        articles[:MOST_ARTICLES],
        max(len(articles) - MOST_ARTICLES, 0),
        _topics(story),
        language=context.language,
        zone=context.zone,
        now=context.now,
    )


def _readable_first(story: Story, language: ReaderLanguage) -> list[SourcedArticle]:
    """Those in the reader's language, newest first, then the others."""
    newest = sorted(story.articles, key=lambda sourced: sourced.article.published, reverse=True)
    return sorted(newest, key=lambda sourced: sourced.article.language != language)


def _topics(story: Story) -> list[Topic]:
    ids = dict.fromkeys(topic for sourced in story.articles for topic in sourced.topics)
    found = (topics.topic(topic_id) for topic_id in ids)
    return [topic for topic in found if topic is not None][:MOST_TOPICS]


COMMAND = Command("story", answer, options=(Option("id", required=True),))
