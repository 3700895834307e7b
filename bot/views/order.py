"""A chat's orders for briefings, one by one: what each is, and buttons that change it alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.briefing import Length
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.message import Button, Heading, Listing, Message, Text
from bot.domain.subscription import EVERY_DAY, Subscription
from bot.domain.topic import Topic
from bot.i18n import Translator, translator
from bot.i18n.weekdays import days_in_words
from bot.views.parts import button, say
from bot.views.schedule import Rows, city_rows, in_words, marked, rows, time_rows
from bot.views.settings import TOPICS_IN_A_ROW, followed_line, in_place, length_row
from bot.views.subscription import next_one

OFFERED_DAYS = (("all", EVERY_DAY), ("weekdays", frozenset(range(5))), ("weekend", frozenset({5, 6})))
"""As one types them, and as they are; others are typed."""


def orders_message(orders: Sequence[Subscription], language: ReaderLanguage, now: datetime) -> Message:
    """Every order on a line, and a button each."""
    reader = translator(language)
    lines = Listing(tuple((Text(order_line(order, reader)),) for order in orders))
    buttons = tuple((Button(in_words(order.schedule, reader), _action(order)),) for order in orders)
    coming = min(orders, key=lambda order: order.next_slot.at)
    following = say(reader.text("order.next", next=next_one(coming, reader, now)))
    heading = Heading((Text(reader.text("order.all")),))
    return in_place(reader, [heading, lines, following], (*buttons, (button(reader, "back", "settings"),)))


def order_message(order: Subscription, topics: Sequence[Topic], language: ReaderLanguage, now: datetime) -> Message:
    """What one order is, a line each, with buttons that change it and nothing else."""
    reader = translator(language)
    schedule = order.schedule
    lines = (
        reader.text("order.days", days=days_in_words(schedule.days, reader)),
        reader.text("order.next", next=next_one(order, reader, now)),
        reader.text("settings.language", language=reader.text(f"language.{order.language}")),
        reader.text(f"settings.length.{order.length}"),
        reader.text("settings.silent" if order.silent else "settings.sound"),
        followed_line(topics, reader),
    )
    heading = Heading((Text(in_words(schedule, reader)),))
    return in_place(reader, [heading, Listing(tuple((Text(line),) for line in lines))], _buttons(order, reader))


def order_line(order: Subscription, reader: Translator) -> str:
    """``8 h (Dakar), du lundi au vendredi · titres · sans son``; what goes without saying is left out."""
    parts = [in_words(order.schedule, reader)]
    if order.language != reader.language:
        parts.append(reader.text(f"language.{order.language}"))
    if order.length is not Length.SHORT:
        parts.append(reader.text(f"button.length.{order.length}").lower())
    if order.silent:
        parts.append(reader.text("order.silent"))
    if order.topics:
        parts.append(reader.count("order.topics", len(order.topics)))
    return " · ".join(parts)


def order_times_message(order: Subscription, language: ReaderLanguage) -> Message:
    """Another time for it; several are typed."""
    reader = translator(language)
    offered = time_rows(reader, lambda clock: f"{_action(order)} time {clock}", order.schedule.times)
    words = say(reader.text("order.which-time", order=order.id))
    return in_place(reader, [words], (*offered, _back(order, reader)))


def order_zones_message(order: Subscription, zones: Sequence[str], language: ReaderLanguage, now: datetime) -> Message:
    """Cities by their clocks."""
    reader = translator(language)
    offered = city_rows(reader, zones, now, lambda zone: f"{_action(order)} zone {zone}")
    return in_place(reader, [say(reader.text("order.which-city"))], (*offered, _back(order, reader)))


def order_topics_message(
    order: Subscription, followed: Sequence[Topic], every: Sequence[Topic], language: ReaderLanguage
) -> Message:
    """Every topic; a press follows it in this order, or no longer."""
    reader = translator(language)
    buttons = [
        Button(
            marked(topic.names[language], reader, chosen=topic in followed),
            f"{_action(order)} {'unfollow' if topic in followed else 'follow'} {topic.id}",
        )
        for topic in every
    ]
    words = [say(followed_line(followed, reader)), say(reader.text("settings.which-topics"))]
    return in_place(reader, words, (*rows(buttons, TOPICS_IN_A_ROW), _back(order, reader)))


def _buttons(order: Subscription, reader: Translator) -> Rows:
    action = _action(order)
    days = tuple(
        Button(
            marked(reader.text(f"button.days.{name}"), reader, chosen=order.schedule.days == days),
            f"{action} days {name}",
        )
        for name, days in OFFERED_DAYS
    )
    languages = tuple(
        button(reader, f"language-{code}", f"{action} language {code}")
        for code in READER_LANGUAGES
        if code != order.language
    )
    sound = ("sound", f"{action} silent off") if order.silent else ("silent", f"{action} silent on")
    return (
        (button(reader, "time", f"{action} time"), button(reader, "zone", f"{action} zone"), *languages),
        days,
        length_row(reader, {order.length}, action),
        (button(reader, *sound), button(reader, "choose-topics", f"{action} topics")),
        (button(reader, "order-stop", f"{action} stop"), button(reader, "back", "settings orders")),
    )


def _action(order: Subscription) -> str:
    return f"settings order {order.id}"


def _back(order: Subscription, reader: Translator) -> tuple[Button, ...]:
    return (button(reader, "back", _action(order)),)
