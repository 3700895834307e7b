"""``/settings``: what a chat has chosen, changed in place. Every button is a command: ``settings length full``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.commands.alerts import turn
from bot.commands.command import Access, Command, Context, Option
from bot.commands.follow import known_topics
from bot.commands.language import language_named
from bot.commands.lengths import LENGTHS
from bot.commands.one_order import WORDS, all_of, change_one, named
from bot.commands.order import read_order, read_span
from bot.commands.switch import switch
from bot.commands.unfollow import EVERYTHING
from bot.domain.errors import CommandError, InvalidOption
from bot.domain.message import Message
from bot.domain.quiet import QuietHours
from bot.domain.wall_time import split_time
from bot.editorial import topics
from bot.i18n.zones import find_zone, offered_zones
from bot.services.follow import follow, unfollow
from bot.services.once import together
from bot.services.orders import order_at
from bot.services.subscribe import MOST_TIMES, adjust, answer_in, move_to_zone, only_at, unsubscribe
from bot.views.schedule import typed
from bot.views.settings import Present, quiet_message, settings_message, times_message, topics_message, zones_message

Change = Callable[[Context, str], Awaitable[Message]]


async def answer(context: Context) -> Message:
    """Show the settings, or change one and show them."""
    what, value = named(context.options.get("change", ""), _WORDS)
    if not what:
        return await _shown(context)
    change = _CHANGES.get(_WORDS.get(what.lower(), what.lower()))
    if change is None and (wall := split_time(what)) is not None and not wall[1]:
        async with together(context.services.store) as store:
            there = replace(context, services=context.services.on(store))
            order = await order_at(store, context.chat, wall[0], context.now, said=what, apart=bool(value.strip()))
            return await change_one(there, order, value, (await _present(there)).answered_in)
    if change is None:
        raise InvalidOption("invalid-setting", option="change", value=what)
    return await change(context, value.strip())


async def _present(context: Context) -> Present:
    """As it is now: the context may be older than a change."""
    async with context.services.store.read() as unit:
        chat = await unit.chats.get(context.chat.id) or context.chat
        subscriptions = await unit.subscriptions.of(chat.id)
        alerts = await unit.alerts.wanted(chat.id)
    language = chat.language or context.language
    return Present(
        answered_in=context.language if context.request.for_asker_alone else language,
        language=language,
        zone=chat.zone or context.services.default_zone,
        zone_chosen=chat.zone is not None,
        subscriptions=subscriptions,
        topics=known_topics(subscriptions),
        quiet=chat.quiet,
        alerts=alerts,
    )


async def _shown(context: Context) -> Message:
    return settings_message(await _present(context), context.now)


async def _language(context: Context, value: str) -> Message:
    language = language_named(value)
    if language is None:
        raise InvalidOption("invalid-language", option="change", value=value)
    await answer_in(context.services.store, context.chat, language)
    return await _shown(context)


async def _zone(context: Context, value: str) -> Message:
    if not value:
        present = await _present(context)
        zones = offered_zones(present.answered_in, context.now, first=[present.zone], all_of_them=True)
        return zones_message(present, zones, context.now)
    zone = find_zone(value)
    if zone is None:
        raise InvalidOption("invalid-zone", option="change", value=value)
    await move_to_zone(context.services.store, context.chat, zone, context.now)
    return await _shown(context)


async def _time(context: Context, value: str) -> Message:
    if not value:
        return times_message(await _present(context))
    order = read_order(value)
    if not order.times or order.place or order.days is not None:
        raise InvalidOption("invalid-time", option="change", value=value)
    if len(order.times) > MOST_TIMES:
        raise InvalidOption("too-many-times", option="change", limit=MOST_TIMES)
    await only_at(context.services.store, context.chat, order.times, context.now)
    return await _shown(context)


async def _length(context: Context, value: str) -> Message:
    length = LENGTHS.get(value.lower())
    if length is None:
        raise InvalidOption("invalid-length", option="change", value=value)
    await adjust(context.services.store, context.chat, lambda one: replace(one, length=length))
    return await _shown(context)


async def _silent(context: Context, value: str) -> Message:
    silent = switch(value or "on")
    if silent is None:
        raise InvalidOption("invalid-switch", option="change", value=value)
    await adjust(context.services.store, context.chat, lambda one: replace(one, silent=silent))
    return await _shown(context)


async def _sound(context: Context, value: str) -> Message:
    """The same, the other way round."""
    sound = switch(value or "on")
    if sound is None:
        raise InvalidOption("invalid-switch", option="change", value=value)
    return await _silent(context, "off" if sound else "on")


async def _days(context: Context, value: str) -> Message:
    """Of the only order there is; which of several is meant has to be said."""
    present = await _present(context)
    if not present.subscriptions:
        raise CommandError("no-orders")
    first = present.subscriptions[0]
    if len(present.subscriptions) > 1:
        raise CommandError("which-order", time=typed(first.schedule.times[0]))
    return await change_one(context, first, f"days {value}" if value else "", present.answered_in)


async def _alerts(context: Context, value: str) -> Message:
    wanted = switch(value or "on")
    if wanted is None:
        raise InvalidOption("invalid-switch", option="change", value=value)
    await turn(context, on=wanted)
    return await _shown(context)


async def _quiet(context: Context, value: str) -> Message:
    if not value:
        return quiet_message(await _present(context))
    span = read_span(value)
    if span is None and switch(value) is not False:
        raise InvalidOption("invalid-span", option="change", value=value)
    async with context.services.store.write() as unit:
        await unit.chats.keep_quiet(context.chat.id, QuietHours(*span) if span else None)
    return await _shown(context)


async def _topics(context: Context, _value: str) -> Message:
    present = await _present(context)
    return topics_message(present, topics.topics()) if present.subscriptions else settings_message(present, context.now)


async def _follow(context: Context, value: str) -> Message:
    await follow(context.services.store, context.chat, _topic(value))
    return await _topics(context, "")


async def _unfollow(context: Context, value: str) -> Message:
    topic = None if value.lower() in EVERYTHING else _topic(value)
    await unfollow(context.services.store, context.chat, topic)
    return await _topics(context, "")


def _topic(value: str) -> str:
    match = topics.find(value)
    if match.topic is None:
        raise InvalidOption("invalid-option", option="change", value=value)
    return match.topic.id


async def _orders(context: Context, _value: str) -> Message:
    present = await _present(context)
    return await all_of(context, present.answered_in) if present.subscriptions else await _shown(context)


async def _order(context: Context, value: str) -> Message:
    number, _, words = value.partition(" ")
    present = await _present(context)
    order = next((one for one in present.subscriptions if str(one.id) == number), None)
    if order is None:
        raise CommandError("order-gone")
    ends = words.strip() == "stop" and len(present.subscriptions) == 1
    return await _stop(context, "") if ends else await change_one(context, order, words, present.answered_in)


async def _stop(context: Context, _value: str) -> Message:
    await unsubscribe(context.services.store, context.chat)
    return await _shown(context)


_CHANGES: Mapping[str, Change] = {
    "language": _language,
    "zone": _zone,
    "time": _time,
    "length": _length,
    "silent": _silent,
    "sound": _sound,
    "days": _days,
    "alerts": _alerts,
    "quiet": _quiet,
    "topics": _topics,
    "follow": _follow,
    "unfollow": _unfollow,
    "orders": _orders,
    "order": _order,
    "stop": _stop,
}
_WORDS: Mapping[str, str] = {
    **WORDS,
    "alertes": "alerts", "alert": "alerts", "alerte": "alerts", "dernière minute": "alerts",
    "derniere minute": "alerts", "breaking news": "alerts",
    "points": "orders", "briefings": "orders",
    "calme": "quiet", "calmes": "quiet", "heures calmes": "quiet", "quiet hours": "quiet", "nuit": "quiet",
}  # fmt: skip

COMMAND = Command(
    "settings",
    answer,
    options=(Option("change"),),
    access=Access.SETTINGS,
    in_menu=True,
    aliases={"fr": ("reglages", "réglages", "parametres", "paramètres")},
)
