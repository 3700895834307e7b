"""``/unfollow topic``: no longer keep briefings to a topic; after the last one they are about everything again."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.commands.follow import following_message, known_topics, suggest_topics
from bot.domain.message import Message
from bot.editorial import topics
from bot.services.follow import unfollow
from bot.views.topics import followed_message, which_topic_message

EVERYTHING = frozenset({"all", "tout", "tous", "everything"})


async def answer(context: Context) -> Message:
    """Take a topic off, or all of them; without one, offer those that are followed."""
    query = context.options.get("topic", "")
    if query.lower() in EVERYTHING:
        return following_message(await unfollow(context.services.store, context.chat, None), context.language)
    match = topics.find(query)
    if match.topic is None:
        return await _which(context, query)
    left = await unfollow(context.services.store, context.chat, match.topic.id)
    return following_message(left, context.language)


async def _which(context: Context, query: str) -> Message:
    async with context.services.store.read() as unit:
        followed = known_topics(await unit.subscriptions.of(context.chat.id))
    if not followed:
        return followed_message((), context.language)
    return which_topic_message("unfollow", query, followed, context.language)


COMMAND = Command(
    "unfollow",
    answer,
    options=(Option("topic", suggestions=suggest_topics),),
    access=Access.SETTINGS,
    aliases={"fr": ("neplussuivre",)},
)
