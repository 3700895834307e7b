"""What moderators are told of sources that fail, and of those that are well again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import DepecheError
from bot.domain.feed import Feed, FeedReading
from bot.domain.feed_health import FeedNews
from bot.domain.language import ReaderLanguage
from bot.domain.message import Button, Heading, Listing, Message, Text
from bot.i18n import Translator, explain, translator
from bot.views.clip import clipped

MOST_BUTTONS = 5
LABEL = 40


@dataclass(frozen=True, slots=True)
class Told:
    """One feed, and what is new about it."""

    feed: Feed
    reading: FeedReading
    news: FeedNews


def health_message(told: Sequence[Told], *, language: ReaderLanguage, zone: str, now: datetime) -> Message:
    """One line a feed: what is wrong and what to do; a button starts a paused one again."""
    reader = translator(language)
    heading = Heading((Text(reader.count("health.title", len(told))),))
    lines = tuple((Text(_line(one, reader, zone, now)),) for one in told)
    paused = [one.feed for one in told if one.news is FeedNews.PAUSED][:MOST_BUTTONS]
    rows = tuple((_resume(feed, reader),) for feed in paused)
    return Message(language, (heading, Listing(lines)), buttons=rows, silent=True)


def _line(told: Told, reader: Translator, zone: str, now: datetime) -> str:
    reading = told.reading
    error = DepecheError(reading.error_key or "fetch-failed", **(reading.error_arguments or {"url": told.feed.name}))
    return reader.text(
        f"health.{told.news}",
        number=told.feed.id,
        name=told.feed.name,
        when=reader.when(reading.failing_since or now, now, zone),
        reason=explain(error, reader),
    )


def _resume(feed: Feed, reader: Translator) -> Button:
    label = reader.text("button.resume-feed", name=clipped(feed.name, LABEL))
    return Button(label, f"resumefeed {feed.id}")
