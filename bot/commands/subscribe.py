"""``/subscribe 8h, 19h30 Dakar``: briefings at one's own times, every day or on some."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.commands.order import Order, read_order
from bot.domain.errors import CommandError, InvalidOption
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.subscription import EVERY_DAY, Schedule
from bot.i18n.weekdays import split_days
from bot.i18n.zones import find_zone, offered_zones, several_zones, suggest_zones
from bot.services.subscribe import subscribe
from bot.views.subscription import current_message, subscribed_message, which_time_message

LONGEST = 200
"""Characters of an order that are read."""


def bind(_options: tuple[Option, ...], text: str) -> dict[str, str]:
    """Times, days and the place are told apart by what they are, not by where they stand."""
    return {"time": text}


def _zones(typed: str, language: ReaderLanguage) -> list[tuple[str, str]]:
    return suggest_zones(typed, language)


async def answer(context: Context) -> Message:
    """Take the order; without a time, show what there is and how to ask."""
    typed = context.options.get("time", "")[:LONGEST]
    order = read_order(typed)
    zone_typed = context.options.get("zone", "")
    place = zone_typed or order.place
    if not typed and not place:
        return await _current(context)
    if (zone_typed and order.place) or (order.days is not None and not order.times):
        raise InvalidOption("invalid-time", option="time", value=order.place or typed)
    zone = _zone(place, order, context)
    if not order.times:
        return which_time_message(zone, context.language)
    return await _subscribed(context, Schedule(order.times, zone, order.days or EVERY_DAY), guessed=not place)


def _zone(place: str, order: Order, context: Context) -> str:
    """The zone meant. Raises CommandError for what is no place, as what it was probably meant to be."""
    if not place:
        return context.zone
    zone = find_zone(place)
    if zone is not None:
        return zone
    if several_zones(place):
        raise CommandError("two-places", value=place)
    if split_days(place)[0] is not None:
        raise CommandError("two-orders", value=place)
    if not order.times or place[0].isdecimal():
        raise InvalidOption("invalid-time", option="time", value=place)
    raise InvalidOption("invalid-zone", option="zone", value=place)


async def _current(context: Context) -> Message:
    async with context.services.store.read() as unit:
        existing = await unit.subscriptions.of(context.chat.id)
    return current_message(existing, context.chat.zone, context.language)


async def _subscribed(context: Context, schedule: Schedule, *, guessed: bool) -> Message:
    """Briefings are in the chat's language; a city nobody named is easily put right."""
    own = context.chat.language or context.language
    done = await subscribe(
        context.services.store, context.chat, schedule, own, context.now, silent=context.server is not None
    )
    cities: list[str] = []
    if guessed and context.chat.zone is None:
        cities = offered_zones(context.language, context.now, first=[], all_of_them=False)
    return subscribed_message(
        done.subscription,
        [one for one in done.every if one.id != done.subscription.id],
        new=done.new,
        language=context.language,
        now=context.now,
        zones=[zone for zone in cities if zone != schedule.zone],
    )


COMMAND = Command(
    "subscribe",
    answer,
    options=(Option("time"), Option("zone", suggestions=_zones)),
    access=Access.SETTINGS,
    in_menu=True,
    aliases={"fr": ("abonner",)},
    bind=bind,
)
