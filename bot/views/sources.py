"""The sources a chat can see, and how reading them goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.briefing import Citation
from bot.domain.errors import DepecheError
from bot.domain.feed import Feed, FeedReading, FeedState, Origin
from bot.domain.language import ReaderLanguage
from bot.domain.message import Button, Heading, Listing, Message, Span, Text
from bot.i18n import Translator, explain, translator
from bot.views.parts import button, name_of, say

PAGE = 25
"""Sources a message: more would be cut in two."""


@dataclass(frozen=True, slots=True)
class Reader:
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
    page: int = 1,
    turned: bool = False,
) -> Message:
    """One line a feed: its name, its language, and when it was last read or what is wrong.

    ``turned``: the page before was left by a button, and this one takes its place.
    """
    reader = Reader(translator(language), zone, now)
    if not feeds:
        return Message(language, (say(reader.words.text("sources.none")),), private=True)
    title = Heading((Text(reader.words.count("sources.title", len(feeds))),))
    shown = page_of(feeds, page)
    lines = tuple(_line(feed, readings.get(feed.id), reader) for feed in shown)
    rows = page_buttons("sources", page, len(feeds), reader.words)
    return Message(language, (title, Listing(lines)), buttons=rows, private=True, replaces=turned)


def page_of(feeds: Sequence[Feed], page: int) -> Sequence[Feed]:
    """The feeds of a page, the first one being 1; none where there is no such page."""
    return feeds[(page - 1) * PAGE : page * PAGE]


def page_buttons(verb: str, page: int, count: int, words: Translator) -> tuple[tuple[Button, ...], ...]:
    """Ways to the pages before and after."""
    before = (button(words, "page-before", f"{verb} p{page - 1}"),) if page > 1 else ()
    after = (button(words, "page-after", f"{verb} p{page + 1}"),) if page * PAGE < count else ()
    return ((*before, *after),) if before or after else ()


def page_number(typed: str | None) -> int | None:
    """``p2`` is the second page, nothing the first; None for anything else."""
    if typed is None:
        return 1
    number = typed.removeprefix("p")
    return max(1, int(number)) if typed.startswith("p") and number.isdecimal() and len(number) <= 4 else None


def health_words(feed: Feed, reading: FeedReading | None, reader: Reader, *, remedy: bool = True) -> str:
    """When it was last read, or since when it fails; with ``remedy``, for moderators, why and how to mend it."""
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
        if not remedy:
            return words.text("sources.out-of-reach", when=since)
        return words.text("sources.failing", when=since, reason=explain(error, words))
    read = words.text("sources.read", when=words.when(reading.last_attempt, reader.now, reader.zone))
    left_out = reading.skipped_entries
    return read if not left_out or not remedy else f"{read} · {words.count('sources.left-out', left_out)}"


def source_name(feed: Feed, reader: Reader) -> str:
    """Its name, labelled where readers should know who controls it."""
    return name_of(Citation("", feed.name, None, feed.spec.language or "other", feed.spec.ownership), reader.words)


def _line(feed: Feed, reading: FeedReading | None, reader: Reader) -> tuple[Span, ...]:
    language = feed.spec.language or "other"
    words = reader.words.text(
        "sources.line", name=source_name(feed, reader), language=reader.words.text(f"language.{language}")
    )
    here = "" if feed.public else " · " + reader.words.text("sources.here-only")
    return (Text(words, bold=False), Text(here + " · " + health_words(feed, reading, reader, remedy=False)))
