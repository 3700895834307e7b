"""Settings, changed in place: every button is a command one could type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.briefing import Length
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.message import Block, Button, Heading, Listing, Message, Text
from bot.domain.quiet import QuietHours
from bot.domain.subscription import Subscription
from bot.domain.topic import Topic
from bot.i18n import Translator, translator
from bot.views.alert import quiet_line
from bot.views.parts import button, say
from bot.views.schedule import Rows, city_rows, in_words, marked, rows, time_rows, typed, wall
from bot.views.subscription import first_order, next_one

TOPICS_IN_A_ROW = 2
QUIET_IN_A_ROW = 2
OFFERED_QUIET = tuple(QuietHours(time(start), time(end)) for start, end in ((21, 6), (22, 7), (23, 8), (0, 7)))


@dataclass(frozen=True, slots=True)
class Present:
    """What a chat has chosen."""

    answered_in: ReaderLanguage
    """The asker's own language where only they read the answer, else the chat's."""
    language: ReaderLanguage
    """The chat's: its briefings are in it."""
    zone: str
    """Its own, or the default where it has chosen none."""
    zone_chosen: bool
    subscriptions: tuple[Subscription, ...]
    topics: tuple[Topic, ...]
    """Those its briefings keep to; empty: all."""
    quiet: QuietHours | None = None
    alerts: bool = False
    """Whether breaking news comes here."""

    @property
    def length(self) -> Length:
        """How much of each story; the same for all its subscriptions."""
        return self.subscriptions[0].length if self.subscriptions else Length.SHORT

    @property
    def silent(self) -> bool:
        """Whether briefings arrive without a sound."""
        return bool(self.subscriptions) and self.subscriptions[0].silent

    @property
    def times(self) -> tuple[time, ...]:
        """Every time a briefing comes."""
        return tuple(wall for one in self.subscriptions for wall in one.schedule.times)


def settings_message(present: Present, now: datetime) -> Message:
    """What is chosen, a line each, and buttons that change it."""
    reader = translator(present.answered_in)
    heading = Heading((Text(reader.text("settings.title")),))
    lines = Listing(tuple((Text(line),) for line in _lines(present, reader, now)))
    return in_place(reader, [heading, lines], _buttons(present, reader))


def times_message(present: Present) -> Message:
    """One time in place of the present ones; several are typed."""
    reader = translator(present.answered_in)
    buttons = time_rows(reader, lambda clock: f"settings time {clock}", present.times)
    return in_place(reader, [say(reader.text("settings.which-time"))], (*buttons, _back(reader)))


def quiet_message(present: Present) -> Message:
    """Quiet hours to choose from; others are typed."""
    reader = translator(present.answered_in)
    buttons = [
        Button(
            marked(_span(quiet, reader), reader, chosen=quiet == present.quiet),
            f"settings quiet {typed(quiet.start)}-{typed(quiet.end)}",
        )
        for quiet in OFFERED_QUIET
    ]
    none = ((button(reader, "no-quiet", "settings quiet off"),),) if present.quiet else ()
    words = [say(quiet_line(present.quiet, reader)), say(reader.text("settings.which-quiet"))]
    return in_place(reader, words, (*rows(buttons, QUIET_IN_A_ROW), *none, _back(reader)))


def _span(quiet: QuietHours, reader: Translator) -> str:
    return reader.text("button.span", start=wall(quiet.start, reader), end=wall(quiet.end, reader))


def zones_message(present: Present, zones: Sequence[str], now: datetime) -> Message:
    """Cities by their clocks."""
    reader = translator(present.answered_in)
    buttons = city_rows(reader, zones, now, lambda zone: f"settings zone {zone}")
    return in_place(reader, [say(reader.text("settings.which-city"))], (*buttons, _back(reader)))


def topics_message(present: Present, every: Sequence[Topic]) -> Message:
    """Every topic; those followed are marked, and a press changes one."""
    reader = translator(present.answered_in)
    buttons = [_topic_button(topic, reader, followed=topic in present.topics) for topic in every]
    everything = ((button(reader, "all-topics", "settings unfollow all"),),) if present.topics else ()
    words = [say(followed_line(present.topics, reader)), say(reader.text("settings.which-topics"))]
    return in_place(reader, words, (*rows(buttons, TOPICS_IN_A_ROW), *everything, _back(reader)))


def _lines(present: Present, reader: Translator, now: datetime) -> list[str]:
    lines = [
        reader.text("settings.language", language=reader.text(f"language.{present.language}")),
        reader.text("settings.zone", city=reader.city(present.zone), clock=reader.clock(now, present.zone)),
    ]
    also = [
        reader.text("settings.alerts-on" if present.alerts else "settings.alerts-off"),
        quiet_line(present.quiet, reader),
    ]
    if not present.subscriptions:
        return [*lines, reader.text("settings.no-briefing"), *also]
    lines += [
        reader.text("settings.briefing", times=in_words(one.schedule, reader), next=next_one(one, reader, now))
        for one in present.subscriptions
    ]
    return [*lines, *_tastes(present, reader), *also]


def _tastes(present: Present, reader: Translator) -> list[str]:
    """What all of its briefings share; what differs is said of each one where they are listed."""
    orders = present.subscriptions
    lines = [
        reader.text(f"settings.length.{present.length}"),
        reader.text("settings.silent" if present.silent else "settings.sound"),
        followed_line(present.topics, reader),
    ]
    shared = (
        len({one.length for one in orders}) == 1,
        len({one.silent for one in orders}) == 1,
        len({one.topics for one in orders}) == 1,
    )
    differing = [] if all(shared) else [reader.text("settings.differs")]
    return [*(line for line, same in zip(lines, shared, strict=True) if same), *differing]


def followed_line(topics: Sequence[Topic], reader: Translator) -> str:
    """``Sujets : Prisonniers``; none: all."""
    if not topics:
        return reader.text("settings.all-topics")
    return reader.text("settings.topics", topics=reader.both([topic.names[reader.language] for topic in topics]))


def _buttons(present: Present, reader: Translator) -> Rows:
    languages = tuple(
        button(reader, f"language-{code}", f"settings language {code}")
        for code in READER_LANGUAGES
        if code != present.language
    )
    zone = button(reader, "zone", "settings zone")
    switch = ("alerts-off", "settings alerts off") if present.alerts else ("alerts-on", "settings alerts on")
    also = (button(reader, *switch), button(reader, "quiet", "settings quiet"))
    if not present.subscriptions:
        action = first_order(present.zone if present.zone_chosen else None)
        return ((button(reader, "subscribe-morning", action("8:00")),), (zone, *languages), also)
    lengths = length_row(reader, {one.length for one in present.subscriptions}, "settings")
    silence = ("sound", "settings silent off") if present.silent else ("silent", "settings silent on")
    return (
        (button(reader, "time", "settings time"), zone, *languages),
        lengths,
        (button(reader, *silence), button(reader, "choose-topics", "settings topics")),
        also,
        (button(reader, "orders", "settings orders"), button(reader, "unsubscribe", "settings stop")),
    )


def length_row(reader: Translator, chosen: set[Length], action: str) -> tuple[Button, ...]:
    """How much of each story; marked where everything has one length."""
    return tuple(
        Button(marked(reader.text(f"button.length.{one}"), reader, chosen=chosen == {one}), f"{action} length {one}")
        for one in Length
    )


def _topic_button(topic: Topic, reader: Translator, *, followed: bool) -> Button:
    label = marked(topic.names[reader.language], reader, chosen=followed)
    return Button(label, f"settings {'unfollow' if followed else 'follow'} {topic.id}")


def _back(reader: Translator) -> tuple[Button, ...]:
    return (button(reader, "back", "settings"),)


def in_place(reader: Translator, blocks: Sequence[Block], buttons: Rows) -> Message:
    """A screen that takes the place of the one whose button was pressed."""
    return Message(reader.language, tuple(blocks), buttons=buttons, private=True, replaces=True)
