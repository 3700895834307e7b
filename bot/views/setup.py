"""How one chat of a server is set up, and the buttons that change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.message import ACTION_LIMIT, Block, Button, Heading, Listing, Message, Text
from bot.domain.server import Place, Role
from bot.domain.subscription import Subscription
from bot.i18n import Translator, translator
from bot.views.parts import say
from bot.views.schedule import Rows, city_rows, in_words, time_rows
from bot.views.subscription import next_one


@dataclass(frozen=True, slots=True)
class Setup:
    """A chat as it is set up."""

    answered_in: ReaderLanguage
    place: Place
    language: ReaderLanguage
    zone: str
    subscriptions: tuple[Subscription, ...]
    moderators: Role | None
    """Who decides besides those who manage the server."""
    alerted: bool
    """Breaking news comes here."""
    alerts: Role | None
    """Who is told of breaking news by name."""
    tag: str | None

    def action(self, words: str) -> str:
        """What a button of this chat asks for."""
        return f"setup {self.place.address.chat} {words}"


def setup_message(setup: Setup, now: datetime) -> Message:
    """What is chosen, a line each; what stands in the way; what comes next."""
    reader = translator(setup.answered_in)
    heading = Heading((Text(reader.text("setup.title", chat=setup.place.name)),))
    lines = Listing(tuple((Text(line),) for line in _lines(setup, reader, now)))
    notes = [say(note) for note in _notes(setup, reader)]
    return _in_place(setup, [heading, lines, *notes], _buttons(setup, reader))


def setup_zones_message(setup: Setup, zones: Sequence[str], now: datetime) -> Message:
    """Cities by their clocks."""
    reader = translator(setup.answered_in)
    words = reader.text("setup.which-city", chat=setup.place.name)
    short = [zone for zone in zones if len(setup.action(f"zone {zone}").encode()) <= ACTION_LIMIT]
    buttons = city_rows(reader, short, now, lambda zone: setup.action(f"zone {zone}"))
    back = (Button(reader.text("button.back"), f"setup {setup.place.address.chat}"),)
    return _in_place(setup, [say(words)], (*buttons, back))


def _lines(setup: Setup, reader: Translator, now: datetime) -> Iterator[str]:
    yield reader.text("settings.language", language=reader.text(f"language.{setup.language}"))
    yield reader.text("settings.zone", city=reader.city(setup.zone), clock=reader.clock(now, setup.zone))
    for one in setup.subscriptions:
        times = in_words(one.schedule, reader)
        yield reader.text("settings.briefing", times=times, next=next_one(one, reader, now))
        yield reader.text("settings.silent" if one.silent else "settings.sound")
    if not setup.subscriptions:
        yield reader.text("settings.no-briefing")
    yield _who("moderators", setup.moderators, reader)
    yield _who("alerts", setup.alerts, reader) if setup.alerted else reader.text("setup.alerts-off")
    tags = dict(setup.place.tags or ())
    if setup.place.tags is not None:
        yield reader.text("setup.tag", name=tags[setup.tag]) if setup.tag in tags else reader.text("setup.no-tag")


def _who(what: str, role: Role | None, reader: Translator) -> str:
    return reader.text(f"setup.no-{what}") if role is None else reader.text(f"setup.{what}", role=role.name)


def _notes(setup: Setup, reader: Translator) -> Iterator[str]:
    """What a moderator should do or know, the most urgent first."""
    if not setup.place.writable:
        yield reader.text("setup.not-writable", chat=setup.place.name)
    if setup.alerted and setup.alerts is not None and not setup.alerts.ringable:
        yield reader.text("setup.not-ringable", role=setup.alerts.name)
    if setup.place.published:
        yield reader.text("setup.published")
    if setup.moderators is not None:
        yield reader.text("setup.show-commands", role=setup.moderators.name)
    if not setup.subscriptions:
        yield reader.text("setup.which-time")


def _buttons(setup: Setup, reader: Translator) -> Rows:
    languages = tuple(
        _button(reader, f"language-{code}", setup.action(f"language {code}"))
        for code in READER_LANGUAGES
        if code != setup.language
    )
    general = (_button(reader, "zone", setup.action("zone ?")), *languages)
    if not setup.subscriptions:
        return (*time_rows(reader, lambda clock: setup.action(f"time {clock}")), general)
    undo = [_button(reader, "unsubscribe", setup.action("time none"))]
    alerts = ("alerts-off", "alerts off") if setup.alerted else ("alerts-on", "alerts on")
    undo.append(_button(reader, alerts[0], setup.action(alerts[1])))
    if setup.moderators is not None:
        undo.append(_button(reader, "no-moderators", setup.action("moderators none")))
    if setup.alerted and setup.alerts is not None:
        undo.append(_button(reader, "no-alerts", setup.action("alerts none")))
    return (general, tuple(undo))


def _button(reader: Translator, key: str, action: str) -> Button:
    return Button(reader.text(f"button.{key}"), action)


def _in_place(setup: Setup, blocks: Sequence[Block], buttons: Rows) -> Message:
    return Message(setup.answered_in, tuple(blocks), buttons=buttons, private=True, replaces=True)
