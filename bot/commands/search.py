"""``/search words``: articles with these words, in both languages."""

from __future__ import annotations

from bot.commands.command import Command, Context, Option
from bot.domain.message import Message
from bot.ports import Scope
from bot.services.search import says_something, search
from bot.views.search import found_message, nothing_message, which_words_message


async def answer(context: Context) -> Message:
    """The newest articles this chat can see with all of the words; without any, the nearest topics."""
    return await look_up(context, context.options.get("words", ""))


async def look_up(context: Context, query: str) -> Message:
    """The same for words that were typed elsewhere, such as a topic nobody knows."""
    if not says_something(query):
        return which_words_message(context.language)
    scope = Scope(chat_id=context.chat.id, known_by=context.now)
    found = await search(context.services.store, query, scope, context.language)
    if not found.articles:
        nearest = (found.topic,) if found.topic is not None else found.nearest
        return nothing_message(query, nearest, context.language)
    return found_message(
        query, found.articles, found.topic, language=context.language, zone=context.zone, now=context.now
    )


COMMAND = Command(
    "search",
    answer,
    options=(Option("words", required=True),),
    in_menu=True,
    aliases={"fr": ("chercher", "recherche")},
)
