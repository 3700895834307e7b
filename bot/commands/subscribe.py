"""``/subscribe 8h Dakar``: a briefing every day at one's own time."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.domain.errors import InvalidOption
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.wall_time import split_time
from bot.i18n.zones import find_zone, suggest_zones
from bot.services.subscribe import subscribe
from bot.views.subscription import current_message, subscribed_message


def bind(_options: tuple[Option, ...], text: str) -> dict[str, str]:
    """A time may be several words (``7:30 pm``); what follows it is the place."""
    found = split_time(text)
    if found is None:
        return {"time": text.strip()}
    rest = found[1]
    return {"time": text[: len(text) - len(rest)].strip(" ,"), "zone": rest}


def _zones(typed: str, language: ReaderLanguage) -> list[tuple[str, str]]:
    return suggest_zones(typed, language)


async def answer(context: Context) -> Message:
    """Take the order; without a time, show what there is and how to ask."""
    typed = context.options.get("time")
    if typed is None:
        async with context.services.store.read() as unit:
            existing = await unit.subscriptions.of(context.chat.id)
        return current_message(existing, context.language)
    found = split_time(typed)
    if found is None or found[1]:
        raise InvalidOption("invalid-time", option="time", value=typed)
    done = await subscribe(
        context.services.store, context.chat, found[0], _zone(context), context.language, context.now
    )
    return subscribed_message(done.subscription, new=done.new, language=context.language, now=context.now)


def _zone(context: Context) -> str:
    typed = context.options.get("zone")
    if typed is None:
        return context.zone
    zone = find_zone(typed)
    if zone is None:
        raise InvalidOption("invalid-zone", option="zone", value=typed)
    return zone


COMMAND = Command(
    "subscribe",
    answer,
    options=(Option("time"), Option("zone", suggestions=_zones)),
    access=Access.SETTINGS,
    in_menu=True,
    aliases={"fr": ("abonner",)},
    bind=bind,
)
