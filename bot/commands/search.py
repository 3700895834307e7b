"""``/search words``: articles with these words, in both languages."""

from __future__ import annotations

from bot.commands.command import Command, Context, Option
from bot.domain.message import Message
from bot.ports import Scope
from bot.services.search import Findings, says_something, search
from bot.views.search import found_message, nothing_message, which_words_message


async def answer(context: Context) -> Message:
    """The newest articles this chat can see with all of the words; without any, the nearest topics."""
    query = context.options.get("words", "")
    if not says_something(query):
        return which_words_message(context.language)
    found = await look_up(context, query)
    nearest = (found.topic,) if found.topic is not None else found.nearest
    return listed(context, query, found) or nothing_message(query, nearest, context.language)


async def look_up(context: Context, query: str) -> Findings:
    """What the asking chat can see of some words, also of words typed elsewhere, such as a topic nobody knows."""
    scope = Scope(chat_id=context.chat.id, known_by=context.now)
    return await search(context.services.store, query, scope, context.language)


def listed(context: Context, query: str, found: Findings) -> Message | None:
    """The articles found; None where there are none."""
    if not found.articles:
        return None
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
