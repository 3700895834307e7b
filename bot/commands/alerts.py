"""``/alerts on``: breaking news, which nobody gets who did not ask for it; ``/alerts off`` ends it."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.commands.switch import suggest_switch, switch
from bot.domain.errors import InvalidOption
from bot.domain.message import Message
from bot.views.alert import alerts_message


async def answer(context: Context) -> Message:
    """Turn breaking news on or off for this chat; without a word, say how it is."""
    typed = context.options.get("change")
    wanted = None if typed is None else switch(typed)
    if typed is not None and wanted is None:
        raise InvalidOption("invalid-switch", option="change", value=typed)
    async with context.services.store.read() as unit:
        chat = await unit.chats.get(context.chat.id) or context.chat
        on = await unit.alerts.wanted(chat.id)
    if wanted is not None and wanted is not on:
        on = await turn(context, on=wanted)
    return alerts_message(chat.quiet, context.language, on=on)


async def turn(context: Context, *, on: bool) -> bool:
    """Turn it on or off; what it is now."""
    async with context.services.store.write() as unit:
        if on:
            await unit.alerts.turn_on(context.chat.id, context.now)
        else:
            await unit.alerts.turn_off(context.chat.id)
    return on


COMMAND = Command(
    "alerts",
    answer,
    options=(Option("change", suggestions=suggest_switch),),
    access=Access.SETTINGS,
    aliases={"fr": ("alertes",)},
)
