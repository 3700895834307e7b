"""The sources as their moderators see them: numbers to name them by, health, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.feed import Feed, FeedReading, FeedState, Origin
from bot.domain.language import ReaderLanguage
from bot.domain.message import Button, Footer, Heading, Listing, Message, Text
from bot.domain.moderation import Authority, Case
from bot.i18n import translator
from bot.views.candidate import shown_address
from bot.views.parts import button, say
from bot.views.sources import Reader, health_words, page_buttons, page_of, source_name


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything the list shows."""

    feeds: Sequence[Feed]
    readings: Mapping[int, FeedReading]
    counts: Mapping[int, tuple[int, int]]
    """Feed id → articles of the last seven days, and how many of them are about the war."""
    muted: frozenset[int] = frozenset()


def feeds_message(
    shelf: Shelf, *, page: int, turned: bool, language: ReaderLanguage, zone: str, now: datetime
) -> Message:
    """One line a feed, and how to do something about it. ``turned``: it takes the place of another page."""
    reader = Reader(translator(language), zone, now)
    words = reader.words
    if not shelf.feeds:
        return Message(language, (say(words.text("sources.none")), say(words.text("addfeed.how"))), private=True)
    title = Heading((Text(words.count("sources.title", len(shelf.feeds))),))
    lines = tuple((Text(_line(feed, shelf, reader)),) for feed in page_of(shelf.feeds, page))
    return Message(
        language,
        (title, Listing(lines), Footer((Text(words.text("feeds.how")),))),
        buttons=page_buttons("feeds", page, len(shelf.feeds), words),
        private=True,
        replaces=turned,
    )


def feed_message(
    case: Case,
    reading: FeedReading,
    counts: tuple[int, int],
    authority: Authority,
    *,
    language: ReaderLanguage,
    zone: str,
    now: datetime,
) -> Message:
    """One feed: what it is, who sees it, how reading it goes, and what this person may do about it."""
    reader = Reader(translator(language), zone, now)
    words, feed = reader.words, case.feed
    facts = [
        shown_address(feed.spec.url) if feed.polled else words.text("sources.archive"),
        words.text(f"feed.ownership.{feed.spec.ownership or 'unknown'}"),
        words.text(_seen_by(case)),
        health_words(feed, reading, reader),
        *_moments(feed, reading, reader),
        words.count("feeds.week", counts[0], relevant=words.number(counts[1])),
    ]
    heading = Heading((Text(words.text("feeds.name", number=feed.id, name=source_name(feed, reader))),))
    rows = tuple(row for row in _rows(case, authority, reader) if row)
    return Message(language, (heading, Listing(tuple((Text(fact),) for fact in facts))), buttons=rows, private=True)


def _line(feed: Feed, shelf: Shelf, reader: Reader) -> str:
    words = reader.words
    told = [words.text("feeds.name", number=feed.id, name=source_name(feed, reader))]
    if not feed.public:
        told.append(words.text("sources.here-only"))
    if feed.id in shelf.muted:
        told.append(words.text("sources.muted"))
    reading = shelf.readings.get(feed.id)
    told.append(health_words(feed, reading, reader))
    if feed.polled and feed.state is FeedState.ACTIVE and reading is not None and reading.next_poll is not None:
        told.append(words.text("feeds.next", when=_clock(reading.next_poll, reader)))
    told.append(words.count("feeds.items", shelf.counts.get(feed.id, (0, 0))[0]))
    return " · ".join(told)


def _moments(feed: Feed, reading: FeedReading, reader: Reader) -> list[str]:
    words, told = reader.words, []
    if reading.last_success is not None:
        when = words.when(reading.last_success, reader.now, reader.zone)
        told.append(words.text("feeds.last-success", when=when))
    if feed.polled and feed.state is FeedState.ACTIVE and reading.next_poll is not None:
        told.append(words.text("feeds.next-poll", when=_clock(reading.next_poll, reader)))
    if reading.failures:
        told.append(words.count("feeds.failures", reading.failures))
    return told


def _clock(at: datetime, reader: Reader) -> str:
    """A moment to come: what is overdue happens now."""
    return reader.words.when(max(at, reader.now), reader.now, reader.zone)


def _seen_by(case: Case) -> str:
    if case.standing.muted:
        return "feeds.seen-muted"
    if not case.standing.public:
        return "feeds.seen-here"
    return "feeds.seen-promoted" if case.feed.origin is Origin.CHAT else "feeds.seen-everyone"


def _rows(case: Case, authority: Authority, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    """Only what would not be refused."""
    feed, standing = case.feed, case.standing
    state, here = list[Button](), list[Button]()
    mine = authority.bot if standing.public or case.shared else authority.chat
    if mine and feed.polled:
        verb = "pause" if standing.state is FeedState.ACTIVE else "resume"
        state.append(button(reader.words, verb, f"{verb}feed {feed.id}"))
    if feed.origin is Origin.CHAT and (authority.bot if standing.public else authority.chat):
        state.append(button(reader.words, "remove", f"removefeed {feed.id}"))
    if authority.chat:
        verb = "unmute" if standing.muted else "mute"
        here.append(button(reader.words, verb, f"{verb}feed {feed.id}"))
    if authority.bot and not standing.public:
        here.append(button(reader.words, "promote", f"promotefeed {feed.id}"))
    return (tuple(state), tuple(here))
