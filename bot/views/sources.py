"""The sources a chat can see, and how reading them goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.briefing import Citation
from bot.domain.errors import DepecheError
from bot.domain.feed import Feed, FeedReading, FeedState, Origin
from bot.domain.language import ReaderLanguage
from bot.domain.message import Heading, Listing, Message, Span, Text
from bot.i18n import Translator, explain, translator
from bot.views.parts import name_of, say


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads it, when and where."""

    words: Translator
    zone: str
    now: datetime


def sources_message(
    feeds: Sequence[Feed],
    readings: Mapping[int, FeedReading],
    *,
    language: ReaderLanguage,
    zone: str,
    now: datetime,
) -> Message:
    """One line a feed: its name, its language, and when it was last read or what is wrong."""
    reader = _Reader(translator(language), zone, now)
    if not feeds:
        return Message(language, (say(reader.words.text("sources.none")),), private=True)
    title = Heading((Text(reader.words.count("sources.title", len(feeds))),))
    lines = tuple(_line(feed, readings.get(feed.id), reader) for feed in feeds)
    return Message(language, (title, Listing(lines)), private=True)


def _line(feed: Feed, reading: FeedReading | None, reader: _Reader) -> tuple[Span, ...]:
    language = feed.spec.language or "other"
    citation = Citation("", feed.name, None, language, feed.spec.ownership)
    words = reader.words.text(
        "sources.line", name=name_of(citation, reader.words), language=reader.words.text(f"language.{language}")
    )
    return (Text(words, bold=False), Text(" · " + _health(feed, reading, reader)))


def _health(feed: Feed, reading: FeedReading | None, reader: _Reader) -> str:
    words = reader.words
    if feed.origin is Origin.ARCHIVE:
        return words.text("sources.archive")
    if feed.state is FeedState.GONE:
        return words.text("sources.gone")
    if feed.state is FeedState.PAUSED:
        return words.text("sources.paused")
    if reading is None or reading.last_attempt is None:
        return words.text("sources.never")
    if reading.error_key is not None and reading.failing_since is not None:
        error = DepecheError(reading.error_key, **(reading.error_arguments or {}))
        since = words.when(reading.failing_since, reader.now, reader.zone)
        return words.text("sources.failing", when=since, reason=explain(error, words))
    return words.text("sources.read", when=words.when(reading.last_attempt, reader.now, reader.zone))
