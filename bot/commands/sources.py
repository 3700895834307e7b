"""``/sources``: what is read, and how that goes."""

from __future__ import annotations

from bot.commands.command import Command, Context
from bot.domain.message import Message
from bot.ports import Scope
from bot.views.sources import page_number, sources_message


async def answer(context: Context) -> Message:
    """Every feed this chat can see, with its last reading. A button turns the page: ``sources p2``."""
    typed = context.request.text.strip() or None
    page = page_number(typed)
    async with context.services.store.read() as unit:
        feeds = await unit.feeds.listed(Scope(chat_id=context.chat.id))
        readings = await unit.feeds.readings([feed.id for feed in feeds])
    return sources_message(
        feeds,
        readings,
        language=context.language,
        zone=context.zone,
        now=context.now,
        page=page or 1,
        turned=typed is not None and page is not None,
    )


COMMAND = Command("sources", answer, in_menu=True)
