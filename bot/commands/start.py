"""``/start``: the first words, then two taps to a first briefing: a time, and a city by its clock."""

from __future__ import annotations

from datetime import time

from bot.commands.command import Command, Context, Option
from bot.commands.order import read_order
from bot.domain.chat import ChatKind
from bot.domain.errors import NotAllowed
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.message import Message
from bot.domain.subscription import Schedule
from bot.i18n.zones import find_zone, offered_zones
from bot.services.onboarding import subscribe_at_once
from bot.services.subscribe import answer_in, subscribe
from bot.views.onboarding import MORE, channel_message, first_edition_message, greeting_message, which_city_message
from bot.views.subscription import subscribed_message


async def answer(context: Context) -> Message:
    """Greet; after a time ask for the city; after both subscribe, with today's edition at once.

    What is neither (the payload of a stranger's link) is greeted too.
    """
    typed = context.options.get("choice", "")
    if typed in READER_LANGUAGES:
        return await _in_language(context, typed)
    order = read_order(typed)
    if len(order.times) != 1:
        return await _greeting(context, context.language)
    if not context.request.is_moderator:
        raise NotAllowed
    zone = find_zone(order.place) if order.place else None
    if zone is None:
        return _cities(context, order.times[0], all_of_them=order.place == MORE)
    return await _subscribed(context, Schedule(order.times, zone))


async def _in_language(context: Context, language: ReaderLanguage) -> Message:
    """The greeting again; whoever decides here has chosen the language with it."""
    if context.request.is_moderator:
        await answer_in(context.services.store, context.chat, language)
    return await _greeting(context, language)


async def _greeting(context: Context, language: ReaderLanguage) -> Message:
    async with context.services.store.read() as unit:
        existing = await unit.subscriptions.of(context.chat.id)
    if context.request.chat_kind is ChatKind.CHANNEL:
        return channel_message(existing, context.chat.zone, language)
    return greeting_message(existing, context.chat.zone, language)


def _cities(context: Context, clock: time, *, all_of_them: bool) -> Message:
    zones = offered_zones(context.language, context.now, first=[context.zone], all_of_them=all_of_them)
    return which_city_message(clock, zones, more=not all_of_them, language=context.language, now=context.now)


async def _subscribed(context: Context, schedule: Schedule) -> Message:
    services, chat, now = context.services, context.chat, context.now
    language, silent = chat.language or context.language, context.server is not None
    if context.request.chat_kind is ChatKind.CHANNEL:
        # Its readers don't see this answer: they are told nothing before the hour.
        done, briefing = await subscribe(services.store, chat, schedule, language, now, silent=silent), None
    else:
        renderer = services.renderers.get(chat.address.platform)
        done, briefing = await subscribe_at_once(
            services.store, services.briefer, chat, schedule, language, renderer, now, silent=silent
        )
    others = [one for one in done.every if one.id != done.subscription.id]
    if briefing is None:
        return subscribed_message(done.subscription, others, new=done.new, language=context.language, now=now)
    return first_edition_message(done.subscription, others, briefing, now)


COMMAND = Command("start", answer, options=(Option("choice"),))
