"""The first minute: a greeting, two taps, and today's edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from bot.domain.briefing import Briefing
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.message import Button, Message
from bot.domain.subscription import Subscription
from bot.i18n import Translator, translator
from bot.views.briefing import briefing_message
from bot.views.edition import with_row
from bot.views.parts import button, say
from bot.views.schedule import MORNING, city_rows, in_words, other_time_rows, typed, wall
from bot.views.story import with_details
from bot.views.subscription import confirmation, first_order

MORE = "more"
"""In place of a zone: show further cities."""


def greeting_message(existing: Sequence[Subscription], zone: str | None, language: ReaderLanguage) -> Message:
    """What this is, what it is not, and the first tap; who has briefings already is told when they come."""
    reader = translator(language)
    who = tuple(say(reader.text(key)) for key in ("start.greeting", "start.how", "start.not-an-alert"))
    if existing:
        times = reader.text("format.separator").join(in_words(one.schedule, reader) for one in existing)
        known = (button(reader, "brief", "brief"), button(reader, "settings", "settings"))
        words = say(reader.text("subscribe.current", times=times))
        return Message(language, (*who, words), buttons=(known, _other_languages(reader)), private=True)
    return Message(
        language,
        (*who, say(reader.text("start.choose"))),
        buttons=(*_times(reader, zone), (button(reader, "brief", "brief"), *_other_languages(reader))),
        private=True,
    )


def introduction(language: ReaderLanguage) -> tuple[str, str]:
    """Who we are, in a line and in a few: what people may read before they have written a word."""
    reader = translator(language)
    line = reader.text("start.introduction")
    return line, "\n\n".join((line, reader.text("start.how"), reader.text("start.not-an-alert")))


def which_city_message(
    clock: time, zones: Sequence[str], *, more: bool, language: ReaderLanguage, now: datetime
) -> Message:
    """The second tap: the city, known by its clock. ``more``: these are not all."""
    reader = translator(language)
    said = wall(clock, reader)
    blocks = [say(reader.text("start.which-city", clock=said))]
    cities = city_rows(reader, zones, now, lambda zone: f"start {typed(clock)} {zone}")
    if more:
        cities = (*cities, (button(reader, "more-cities", f"start {typed(clock)} {MORE}"),))
    else:
        blocks.append(say(reader.text("start.no-city", clock=typed(clock))))
    return Message(language, tuple(blocks), buttons=cities, private=True, replaces=not more)


def first_edition_message(
    subscription: Subscription, others: Sequence[Subscription], briefing: Briefing, now: datetime
) -> Message:
    """The order as understood, then today's edition at once; topics come later, by a button."""
    reader = translator(briefing.language)
    edition = with_details(briefing_message(briefing), briefing)
    order = confirmation(subscription, others, new=True, reader=reader, now=now)
    later = (button(reader, "choose-topics", "settings topics"), button(reader, "settings", "settings"))
    return Message(
        briefing.language,
        (*order, *edition.blocks),
        buttons=with_row(edition.buttons, later),
        private=True,
        replaces=True,
        lasting=True,
    )


def channel_message(existing: Sequence[Subscription], zone: str | None, language: ReaderLanguage) -> Message:
    """To who makes us write in a channel: what there is, and the first tap."""
    reader = translator(language)
    welcome = say(reader.text("start.channel"))
    settings = (button(reader, "settings", "settings"), *_other_languages(reader))
    if existing:
        times = reader.text("format.separator").join(in_words(one.schedule, reader) for one in existing)
        words = say(reader.text("subscribe.current", times=times))
        return Message(language, (welcome, words), buttons=(settings,), private=True)
    return Message(
        language,
        (welcome, say(reader.text("start.channel-choose"))),
        buttons=(*_times(reader, zone), settings),
        private=True,
    )


def _times(reader: Translator, zone: str | None) -> tuple[tuple[Button, ...], ...]:
    action = first_order(zone)
    return ((button(reader, "subscribe-morning", action(typed(MORNING))),), *other_time_rows(reader, action))


def _other_languages(reader: Translator) -> tuple[Button, ...]:
    return tuple(
        button(reader, f"language-{code}", f"start {code}") for code in READER_LANGUAGES if code != reader.language
    )
