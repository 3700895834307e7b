"""The messages of a reader's first days as Telegram gets them, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.adapters.telegram.render import TelegramRenderer
from bot.domain.briefing import Badge, Briefing, Citation, Coverage, Length, Method, Point, Window
from bot.domain.feed import Ownership
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.message import Message
from bot.domain.schedule import next_slot
from bot.domain.subscription import Schedule, Subscription
from bot.views.edition import edition_message
from bot.views.help import help_message
from bot.views.onboarding import channel_message, first_edition_message, greeting_message, which_city_message
from bot.views.settings import Present, settings_message

AT = datetime(2025, 2, 10, 20, 55, tzinfo=UTC)
ZONES = ("Africa/Dakar", "Europe/Paris", "Europe/Kyiv")
WORDS: dict[ReaderLanguage, tuple[str, str]] = {
    "fr": ("Échange de 84 prisonniers de chaque côté", "Les deux ministères ont confirmé l’échange."),
    "en": ("84 prisoners exchanged on each side", "Both ministries confirmed the exchange."),
}


def subscription(language: ReaderLanguage) -> Subscription:
    """Every evening in Dakar."""
    schedule = Schedule((time(21),), "Africa/Dakar")
    return Subscription(1, 1, schedule, language, next_slot(schedule, AT))


def briefing(language: ReaderLanguage) -> Briefing:
    """One story in the reader's language, one that is known in the other only; markup in a name."""
    headline, text = WORDS[language]
    named = Citation("a1", "Teranga <Monde> & Co", "https://teranga.example/?a=1&b=2", language, Ownership.INDEPENDENT)
    public = Citation("a2", "Radio Large", "https://large.example/a2", language, Ownership.PUBLIC)
    other: ReaderLanguage = "en" if language == "fr" else "fr"
    foreign = Citation("b1", "Northern Wire", "https://northern.example/b1", other, Ownership.PRIVATE)
    points = (
        Point("s1", headline, text, (Badge.UPDATED,), ("a1", "a2"), (named, public), (), AT),
        Point("s2", WORDS[other][0], "", (Badge.NEW,), ("b1",), (foreign,), (), AT, quoted_language=other),
    )
    coverage = Coverage(8, 9, 47, 12, AT - timedelta(minutes=5), Method.EXTRACTIVE)
    window = Window(AT - timedelta(hours=24), AT)
    return Briefing(language, "Africa/Dakar", AT, window, points, coverage, Length.SHORT, since_last=True)


def messages(language: ReaderLanguage) -> dict[str, Message]:
    """What is read, in the order of the first days."""
    ordered = subscription(language)
    edition = briefing(language)
    present = Present(language, language, "Africa/Dakar", True, (ordered,), ())
    return {
        "greeting": greeting_message((), None, language),
        "city": which_city_message(time(21), ZONES, more=True, language=language, now=AT),
        "first edition": first_edition_message(ordered, (), replace(edition, since_last=False), AT),
        "edition": edition_message(edition),
        "silent edition": edition_message(edition, silent=True),
        "quiet day": edition_message(replace(edition, points=())),
        "settings": settings_message(present, AT),
        "help": help_message(language),
        "channel": channel_message((), None, language),
    }


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_what_telegram_gets(language: ReaderLanguage, snapshot: SnapshotAssertion) -> None:
    rendered = {name: TelegramRenderer().render(message) for name, message in messages(language).items()}
    assert {name: [shown(part.payload) for part in parts] for name, parts in rendered.items()} == snapshot


def shown(payload: dict[str, object]) -> dict[str, object]:
    """A payload with its keyboard a line a row."""
    markup = payload.get("reply_markup")
    if not isinstance(markup, dict):
        return payload
    rows = [" | ".join(f"{b['text']} → {b['callback_data']}" for b in row) for row in markup["inline_keyboard"]]
    return {**payload, "reply_markup": rows}


def test_details_are_offered_in_the_order_of_what_is_told() -> None:
    edition = briefing("fr")
    message = edition_message(replace(edition, points=edition.points[::-1]))
    assert [row[0].action for row in message.buttons[:2]] == ["story s1", "story s2"]
