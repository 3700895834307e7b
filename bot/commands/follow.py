"""``/follow topic``: keep this chat's briefings to the topics one follows."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.subscription import Subscription
from bot.domain.topic import Topic
from bot.editorial import topics
from bot.services.follow import follow, followed_topics
from bot.views.topics import followed_message, nothing_to_follow_message, which_topic_message


async def answer(context: Context) -> Message:
    """Add a topic; without one, offer them."""
    query = context.options.get("topic", "")
    match = topics.find(query)
    if match.topic is None:
        return which_topic_message("follow", query, match.suggestions or topics.topics(), context.language)
    return following_message(await follow(context.services.store, context.chat, match.topic.id), context.language)


def following_message(subscriptions: tuple[Subscription, ...], language: ReaderLanguage) -> Message:
    """What is followed now, or that there is nothing to keep to it."""
    if not subscriptions:
        return nothing_to_follow_message(language)
    return followed_message(known_topics(subscriptions), language)


def known_topics(subscriptions: tuple[Subscription, ...]) -> tuple[Topic, ...]:
    """What is followed; a topic that is no longer in the list is left out."""
    found = (topics.topic(topic_id) for topic_id in followed_topics(subscriptions))
    return tuple(topic for topic in found if topic is not None)


def suggest_topics(typed: str, language: ReaderLanguage) -> list[tuple[str, str]]:
    """Topics while they are typed: those with these letters, then those a misspelling may mean, else all."""
    wanted = typed.strip().lower()
    named = [(topic.names[language], topic.id) for topic in topics.topics()]
    match = topics.find(typed)
    near = [topic.id for topic in ((match.topic,) if match.topic else match.suggestions)]
    found = [pair for pair in named if wanted in pair[0].lower()]
    return found or [pair for pair in named if pair[1] in near] or named


COMMAND = Command(
    "follow",
    answer,
    options=(Option("topic", suggestions=suggest_topics),),
    access=Access.SETTINGS,
    aliases={"fr": ("suivre",)},
)
