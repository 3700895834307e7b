"""One order of a chat, changed by itself: ``settings order 12 length full``, or typed, ``settings 8h length full``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.commands.command import Context
from bot.commands.follow import known_topics
from bot.commands.language import language_named
from bot.commands.lengths import LENGTHS
from bot.commands.order import read_order
from bot.commands.switch import switch
from bot.commands.unfollow import EVERYTHING
from bot.domain.errors import CommandError, InvalidOption
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.subscription import EVERY_DAY, Subscription
from bot.editorial import topics
from bot.i18n.weekdays import split_days
from bot.i18n.zones import find_zone, offered_zones
from bot.services.orders import at_times, change_order, end_order
from bot.views.order import (
    order_message,
    order_times_message,
    order_topics_message,
    order_zones_message,
    orders_message,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A change to one order."""

    context: Context
    order: Subscription
    language: ReaderLanguage
    """What is answered in."""
    value: str

    async def change(self, how: Callable[[Subscription], Subscription]) -> Message:
        """Make a change and show the order as it is now."""
        context = self.context
        changed = await change_order(context.services.store, context.chat, self.order.id, how, context.now)
        return shown(context, changed, self.language)

    def refused(self, key: str) -> InvalidOption:
        """The value is no such thing."""
        return InvalidOption(key, option="change", value=self.value)


def shown(context: Context, order: Subscription, language: ReaderLanguage) -> Message:
    """One order."""
    return order_message(order, known_topics((order,)), language, context.now)


async def change_one(context: Context, order: Subscription, words: str, language: ReaderLanguage) -> Message:
    """Show an order, or change one thing of it."""
    what, value = named(words, WORDS)
    if not what:
        return shown(context, order, language)
    change = _CHANGES.get(WORDS.get(what.lower(), what.lower()))
    if change is None:
        raise InvalidOption("invalid-setting", option="change", value=what)
    return await change(Asked(context, order, language, value))


def named(typed: str, known: Mapping[str, str]) -> tuple[str, str]:
    """What is to be changed, a word or two (``heures calmes``), and how."""
    words = typed.split()
    length = 2 if " ".join(words[:2]).lower() in known else 1
    return " ".join(words[:length]), " ".join(words[length:])


async def _length(asked: Asked) -> Message:
    length = LENGTHS.get(asked.value.lower())
    if length is None:
        raise asked.refused("invalid-length")
    return await asked.change(lambda one: replace(one, length=length))


async def _silent(asked: Asked) -> Message:
    silent = switch(asked.value or "on")
    if silent is None:
        raise asked.refused("invalid-switch")
    return await asked.change(lambda one: replace(one, silent=silent))


async def _sound(asked: Asked) -> Message:
    """The same, the other way round."""
    sound = switch(asked.value or "on")
    if sound is None:
        raise asked.refused("invalid-switch")
    return await asked.change(lambda one: replace(one, silent=not sound))


async def _language(asked: Asked) -> Message:
    language = language_named(asked.value)
    if language is None:
        raise asked.refused("invalid-language")
    return await asked.change(lambda one: replace(one, language=language))


async def _days(asked: Asked) -> Message:
    everyday = asked.value.lower() in EVERYTHING
    days, rest = (EVERY_DAY, "") if everyday else split_days(asked.value)
    if days is None or rest:
        raise asked.refused("invalid-days")
    return await asked.change(lambda one: replace(one, schedule=replace(one.schedule, days=days)))


async def _time(asked: Asked) -> Message:
    if not asked.value:
        return order_times_message(asked.order, asked.language)
    wanted = read_order(asked.value)
    if not wanted.times or wanted.place or wanted.days is not None:
        raise asked.refused("invalid-time")
    return await asked.change(lambda one: replace(one, schedule=at_times(one.schedule, wanted.times)))


async def _zone(asked: Asked) -> Message:
    now = asked.context.now
    if not asked.value:
        own = asked.order.schedule.zone
        zones = offered_zones(asked.language, now, first=[own], all_of_them=True)
        return order_zones_message(asked.order, zones, asked.language, now)
    zone = find_zone(asked.value)
    if zone is None:
        raise asked.refused("invalid-zone")
    return await asked.change(lambda one: replace(one, schedule=replace(one.schedule, zone=zone)))


async def _topics(asked: Asked) -> Message:
    return _topics_of(asked, asked.order)


def _topics_of(asked: Asked, order: Subscription) -> Message:
    return order_topics_message(order, known_topics((order,)), topics.topics(), asked.language)


async def _follow(asked: Asked) -> Message:
    topic = _topic(asked)
    return await _retopic(asked, lambda one: replace(one, topics=tuple(dict.fromkeys((*one.topics, topic)))))


async def _unfollow(asked: Asked) -> Message:
    gone = None if asked.value.lower() in EVERYTHING else _topic(asked)
    return await _retopic(
        asked, lambda one: replace(one, topics=tuple(kept for kept in one.topics if gone not in {None, kept}))
    )


async def _retopic(asked: Asked, how: Callable[[Subscription], Subscription]) -> Message:
    context = asked.context
    order = await change_order(context.services.store, context.chat, asked.order.id, how, context.now)
    return _topics_of(asked, order)


def _topic(asked: Asked) -> str:
    match = topics.find(asked.value)
    if match.topic is None:
        raise asked.refused("invalid-option")
    return match.topic.id


async def _stop(asked: Asked) -> Message:
    context = asked.context
    await end_order(context.services.store, context.chat, asked.order.id)
    return await all_of(context, asked.language)


async def all_of(context: Context, language: ReaderLanguage) -> Message:
    """Every order of the chat. Raises CommandError where there is none."""
    async with context.services.store.read() as unit:
        orders = await unit.subscriptions.of(context.chat.id)
    if not orders:
        raise CommandError("no-orders")
    return orders_message(orders, language, context.now)


_CHANGES: Mapping[str, Callable[[Asked], Awaitable[Message]]] = {
    "length": _length,
    "silent": _silent,
    "sound": _sound,
    "language": _language,
    "days": _days,
    "time": _time,
    "zone": _zone,
    "topics": _topics,
    "follow": _follow,
    "unfollow": _unfollow,
    "stop": _stop,
}
WORDS: Mapping[str, str] = {
    "langue": "language", "ville": "zone", "fuseau": "zone", "city": "zone", "heure": "time", "heures": "time",
    "times": "time", "longueur": "length", "silence": "silent", "silencieux": "silent", "sujets": "topics",
    "son": "sound", "avec son": "sound", "sans son": "silent", "muet": "silent", "mute": "silent",
    "suivre": "follow", "arrêter": "stop", "arreter": "stop", "jours": "days", "jour": "days", "day": "days",
}  # fmt: skip
"""Other words for what is changed, of one order or of all of them."""
