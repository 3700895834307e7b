"""Where a topic stands: the state first, then who says what, and what is contested. One phone screen and a half.

Everything that can be said without translating a sentence is said in the reader's language; the articles' own words
are quoted, in their language, and labelled once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.claim import Phase, Polarity
from bot.domain.language import ReaderLanguage
from bot.domain.message import (
    Block,
    Button,
    Footer,
    Heading,
    Listing,
    Message,
    Moment,
    Paragraph,
    Quotation,
    Span,
    Text,
    plain,
)
from bot.domain.status import Contest, Direction, Latest, Position, TimelineEntry, TopicStatus
from bot.domain.topic import Topic
from bot.editorial.naming import side_of
from bot.i18n import Translator, translator
from bot.views import status_positions, wording
from bot.views.parts import button, excerpt, say, sources, told
from bot.views.status_page import MOST_CONTESTS, STOPS, Page, Room, is_retold

LONGEST = 1_750
"""Characters of an answer without its title: one phone screen and a half. What is longer is told more briefly."""
FOLDED = 150
"""Characters that a folded timeline takes on a screen until it is opened: three lines."""
UNFOLDED = 800
"""Characters a timeline takes when it is opened; beyond that it has fewer dates."""
OLD_HOURS = 48
"""With nothing newer than this, the answer says how old its news is."""


ROOMS = (
    Room(5, 7, 220), Room(4, 6, 220), Room(5, 6, 180), Room(4, 6, 180), Room(5, 5, 160), Room(4, 5, 160),
    Room(4, 5, 140), Room(3, 5, 140), Room(3, 4, 120), Room(2, 3, 120), Room(2, 2, 90),
)  # fmt: skip
"""From the most generous answer to the briefest: fewer voices rather than fragments of what they said."""


def status_message(status: TopicStatus, topic: Topic, *, language: ReaderLanguage, zone: str) -> Message:
    """The answer to ``/status``."""
    worded = (_worded(Page(status, topic, translator(language), zone, room)) for room in ROOMS)
    message = next(worded)
    for briefer in worded:
        if _on_screen(message) <= LONGEST:
            break
        message = briefer
    return message


def _on_screen(message: Message) -> int:
    """Characters one sees before opening what is folded."""
    folded = [block for block in message.blocks if isinstance(block, Quotation) and block.folded]
    hidden = sum(max(0, len(plain(replace(message, blocks=(block,)))) - FOLDED) for block in folded)
    return len(plain(message)) - hidden


def _worded(page: Page) -> Message:
    blocks = (_title(page), *_body(page), _footer(page))
    return Message(page.reader.language, blocks, buttons=_buttons(page.reader, page.topic, page.status))


def gist(status: TopicStatus, topic: Topic, *, language: ReaderLanguage, zone: str) -> tuple[Block, ...]:
    """The state and the newest thing said, for who is told of nothing else."""
    page = Page(status, topic, translator(language), zone, ROOMS[0])
    latest = () if status.latest is None else (_latest(status.latest, page),)
    return (*_state(page), *latest)


def unknown_message(query: str, suggestions: Sequence[Topic], language: ReaderLanguage) -> Message:
    """No such topic: the nearest ones, a button each."""
    reader = translator(language)
    key = "status.unknown" if suggestions else "status.unknown-alone"
    buttons = tuple((Button(topic.names[language], f"status {topic.id}"),) for topic in suggestions)
    return Message(language, (say(reader.text(key, query=query)),), buttons=buttons, private=True)


def _title(page: Page) -> Heading:
    words = page.reader.text(
        "status.title",
        topic=page.topic.names[page.reader.language],
        day=page.reader.short_day(page.status.at, page.zone),
        clock=page.reader.clock(page.status.at, page.zone),
        city=page.reader.city(page.zone),
    )
    return Heading((Text(words),))


def _body(page: Page) -> Iterator[Block]:
    yield from _state(page)
    if (dates := _dates(page)) is not None:
        yield say(dates)
    if page.status.latest is not None:
        yield _latest(page.status.latest, page)
    yield from status_positions.claims(page)
    yield from _contested(page)
    yield from _timeline(page)
    if page.status.sources:
        yield say(_trend(page))


# --- The state ---


def _state(page: Page) -> Iterator[Block]:
    status, reader = page.status, page.reader
    reported = status.phase is Phase.MENTIONED and not page.topic.phased
    named = wording.phase("status.phase", status.phase, page.topic, reader)
    state = reader.text("status.phase.reported") if reported else named
    yield Paragraph((Text(state, bold=True), *_strength(page)))
    for position in status.according_to[:2]:
        # More than the sources carry together: it stays one claimant's.
        who, phase = wording.claimant(position, reader), wording.phase("phase", position.phase, page.topic, reader)
        yield say(reader.text("status.according-to", claimant=who, phase=phase))
    partial = [
        reader.text("status.partial", scope=_scope(part.scope, reader), phase=reader.text(f"phase.{part.phase}"))
        for part in status.partial
    ]
    if partial:
        yield Listing(tuple((Text(words),) for words in partial))


def _scope(scope: str, reader: Translator) -> str:
    key = f"scope.{scope}"
    return reader.text(key) if reader.knows(key) else scope


def _strength(page: Page) -> tuple[Span, ...]:
    status, reader = page.status, page.reader
    if not status.sources:
        return ()
    languages = {citation.language for citation in status.sources}
    words = reader.text(
        "status.strength",
        strength=reader.text(f"status.strength.{status.strength}"),
        outlets=_outlets(status, reader),
    )
    if languages.isdisjoint({reader.language}):
        only = reader.both([reader.text(f"language.in.{language}") for language in sorted(languages)])
        words = reader.text("status.only-in", words=words, languages=only)
    return (Text(" " + words),)


def _outlets(status: TopicStatus, reader: Translator) -> str:
    """How many they are, and how many of them independent; of a single one, how much it wrote."""
    count = len(status.sources)
    outlets = reader.count("status.outlets", count)
    if count == 1:
        return f"{reader.count('status.articles', status.articles)}, {outlets}"
    if status.independent_sources >= count:
        return reader.text("status.all-independent", outlets=outlets)
    return reader.count("status.independent", status.independent_sources, outlets=outlets)


def _dates(page: Page) -> str | None:
    """Since when, followed since when, and how old the news is."""
    status, reader = page.status, page.reader
    if status.phase is Phase.UNKNOWN or status.since is None:
        return None
    parts = list(_since(status.since, page))
    newest = status.newest_at
    if newest is not None and (status.at - newest).total_seconds() > OLD_HOURS * 3600:
        parts.append(reader.text("status.no-news", day=reader.short_day(newest, page.zone)))
    return wording.capital(reader.text("format.semicolon").join(parts)) + "."


def _since(since: datetime, page: Page) -> Iterator[str]:
    day, followed = page.reader.short_day(since, page.zone), page.status.followed_since
    start = page.reader.short_day(followed, page.zone) if followed is not None else None
    mentioned = page.status.phase is Phase.MENTIONED
    if start == day and not mentioned:
        yield page.reader.text("status.since-start", day=day)
        return
    if start != day:
        yield page.reader.text("status.since-mentioned" if mentioned else "status.since", day=day)
    if start is not None:
        yield page.reader.text("status.followed", day=start)


# --- What was said ---


def _latest(latest: Latest, page: Page) -> Paragraph:
    reader = page.reader
    if latest.language == reader.language:
        others = [position for position in latest.positions if position.polarity is not Polarity.AFFIRMED]
        words = told(excerpt(latest.text, latest.language, page.room.quote), latest.translated_from, reader)
        if others and all(latest.text != other.text for other in others):
            # A denial stays beside its claim, wherever the claim is told.
            stop = "" if words[-1] in STOPS or latest.translated_from else "."
            words = f"{words}{stop} {wording.capital(_sides(others, reader))}."
    else:
        words = _told(latest.positions, page) if is_retold(latest, reader) else _original(latest, page)
    when = Moment(latest.at, reader.when(latest.at, page.status.at, page.zone), instead=True)
    before, after = reader.text("status.latest", when="\n").split("\n")
    named = before.rstrip(" (")
    label = (Text(named, bold=True), Text(before.removeprefix(named)), when, Text(after + " "))
    return Paragraph((*label, Text(words), *page.sources(latest.article_ids, always=True)))


def _original(latest: Latest, page: Page) -> str:
    return page.original(excerpt(latest.text, latest.language, page.room.quote), latest.language, labelled=False)


def _told(positions: Sequence[Position], page: Page) -> str:
    """The newest thing said, without its words: what it is about, then who does what with it."""
    subject = wording.capital(wording.proposition(positions[0].proposition, page.topic, page.reader))
    return page.reader.text("status.told", subject=subject, sides=_sides(positions, page.reader)) + "."


def _sides(positions: Sequence[Position], reader: Translator) -> str:
    """Who does what with it; of voices of one side that all affirm it, or all don't, the first."""
    heard: dict[tuple[str, bool], Position] = {}
    for position in positions:
        voice = side_of(position.claimant_id) or position.claimant
        heard.setdefault((voice, position.polarity is Polarity.AFFIRMED), position)
    sides = [
        reader.text(
            "status.side",
            claimant=wording.named(side, reader),
            stance=wording.stance(side, reader),
        )
        for side in heard.values()
    ]
    return reader.text("format.semicolon").join(sides)


def _contested(page: Page) -> Iterator[Block]:
    reader, status = page.reader, page.status
    if not status.contested and not status.figures:
        return
    yield say(reader.text("status.contested"), bold=True)
    lines = [_contest(contest, page) for contest in status.contested[:MOST_CONTESTS]]
    lines += [wording.figure(figures, reader) for figures in status.figures[:MOST_CONTESTS]]
    yield Listing(tuple((Text(line),) for line in lines))


def _contest(contest: Contest, page: Page) -> str:
    """Side by side, never merged, with its day: a later call or meeting is another one."""
    reader = page.reader
    subject = wording.capital(wording.proposition(contest.proposition, page.topic, reader))
    if contest.event_date is not None:
        dated = reader.text("status.on-day", subject=subject, day=reader.short_day(contest.event_date))
    else:
        dated = reader.text("status.reported-on", subject=subject, day=reader.short_day(contest.since, page.zone))
    return reader.text("status.told", subject=dated, sides=_sides(contest.positions, reader)) + "."


def _timeline(page: Page) -> Iterator[Block]:
    """Dates and sentences, folded; with a single date there is no line to draw."""
    entries = page.status.timeline[-page.room.dates :]
    # Where all sources are in another language, that is said beside the state.
    known = page.reader.language not in {citation.language for citation in page.status.sources}
    label = "" if known else page.only_in({entry.language for entry in entries})
    lines = [_dated(entry, page, labelled=known or bool(label)) for entry in entries]
    while sum(len(span.text) for line in lines for span in line) > UNFOLDED and len(lines) > 2:
        del lines[0]
    if len(lines) < 2 or page.status.phase is Phase.UNKNOWN:
        return
    yield Paragraph((Text(page.reader.text("status.timeline"), bold=True), Text(label)))
    yield Quotation(tuple(_under_each_other(lines)), folded=True)


def _under_each_other(lines: Sequence[tuple[Span, ...]]) -> Iterator[Span]:
    for place, line in enumerate(lines):
        if place:
            yield Text("\n")
        yield from line


def _dated(entry: TimelineEntry, page: Page, *, labelled: bool) -> tuple[Span, ...]:
    reader, words = page.reader, excerpt(entry.text, entry.language, page.room.quote)
    if entry.language == reader.language:
        words = told(words, entry.translated_from, reader)
    else:
        words = page.original(words, entry.language, labelled=labelled)
    past = "status.was-planned" if entry.date < page.status.at.date() else "status.planned"
    key = past if entry.planned else "status.dated"
    line = reader.text(key, day=reader.short_day(entry.date), words=words)
    return (Text(line), *page.sources(entry.article_ids))


def _trend(page: Page) -> str:
    trend, reader = page.status.trend, page.reader
    if trend.direction is Direction.TOO_FEW:
        return reader.text("status.trend.too_few")
    week = sum(day.stories for day in trend.days[-7:])
    before = sum(day.stories for day in trend.days[:-7])
    return reader.count(f"status.trend.{trend.direction}", week, before=reader.number(before))


# --- What it rests on ---


def _footer(page: Page) -> Footer:
    reader, cited = page.reader, page.status.sources
    if not cited:
        return Footer((Text(reader.text("status.no-sources")),))
    translated = (Text(" · " + reader.text("status.translated")),) if _is_translated(page.status) else ()
    return Footer((Text(reader.text("status.sources") + " "), *sources(cited, reader, limit=6), *translated))


def _is_translated(status: TopicStatus) -> bool:
    """Whether a model told any of it."""
    latest = status.latest is not None and status.latest.translated_from is not None
    said = any(one.translated_from is not None for one in status.positions)
    return latest or said or any(one.translated_from is not None for one in status.timeline)


def _buttons(reader: Translator, topic: Topic, status: TopicStatus) -> tuple[tuple[Button, ...], ...]:
    follow = Button(reader.text("button.follow"), f"follow {topic.id}")
    picture = (button(reader, "picture", f"picture {topic.id}"),) if status.sources else ()
    return ((*picture, follow), (button(reader, "topics", "topics"), button(reader, "sources", "sources")))
