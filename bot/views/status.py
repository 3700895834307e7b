"""Where a topic stands: the state first, then who says what, and what is contested. One phone screen and a half.

Everything that can be said without translating a sentence is said in the reader's language; the articles' own words
are quoted, in their language, and labelled once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.briefing import Citation
from bot.domain.claim import Phase, Polarity
from bot.domain.language import ReaderLanguage
from bot.domain.message import Block, Button, Footer, Heading, Listing, Message, Paragraph, Quotation, Span, Text, plain
from bot.domain.status import Contest, Direction, Latest, Position, TimelineEntry, TopicStatus
from bot.domain.topic import Topic
from bot.i18n import Translator, translator
from bot.views import wording
from bot.views.parts import button, quoted, say, separated, sources

MOST_CLAIMANTS = 5
MOST_CONTESTS = 2
LONGEST = 1_500
"""Characters of an answer without its title: one phone screen and a half. What is longer is told more briefly."""
ROOM = ((7, 220), (5, 180), (4, 150), (3, 110), (3, 80), (0, 70))
"""Dates, and characters of one sentence, from the most generous answer to the briefest."""
DATED = 0.7
"""Of a sentence's characters, how many a date gets: what was said is quoted above."""
_STOPS = ".!?…"
_QUOTES = (("«", "\u00a0»"), ("“", "”"))
OLD_HOURS = 48
"""With nothing newer than this, the answer says how old its news is."""


@dataclass(frozen=True, slots=True)
class _Page:
    """One answer being worded."""

    status: TopicStatus
    topic: Topic
    reader: Translator
    zone: str
    dates: int
    quote: int


def status_message(status: TopicStatus, topic: Topic, *, language: ReaderLanguage, zone: str) -> Message:
    """The answer to ``/status``."""
    for room in ROOM[:-1]:
        message = _worded(_Page(status, topic, translator(language), zone, *room))
        if len(plain(message)) <= LONGEST:
            return message
    return _worded(_Page(status, topic, translator(language), zone, *ROOM[-1]))


def _worded(page: _Page) -> Message:
    blocks = (_title(page), *_body(page), _footer(page))
    return Message(page.reader.language, blocks, buttons=_buttons(page.reader, page.topic, page.status))


def unknown_message(query: str, suggestions: Sequence[Topic], language: ReaderLanguage) -> Message:
    """No such topic: the nearest ones, a button each."""
    reader = translator(language)
    key = "status.unknown" if suggestions else "status.unknown-alone"
    buttons = tuple((Button(topic.names[language], f"status {topic.id}"),) for topic in suggestions)
    return Message(language, (say(reader.text(key, query=query)),), buttons=buttons, private=True)


def _title(page: _Page) -> Heading:
    words = page.reader.text(
        "status.title",
        topic=page.topic.names[page.reader.language],
        day=page.reader.short_day(page.status.at, page.zone),
        clock=page.reader.clock(page.status.at, page.zone),
        city=page.reader.city(page.zone),
    )
    return Heading((Text(words),))


def _body(page: _Page) -> Iterator[Block]:
    yield from _state(page)
    if page.status.latest is not None:
        yield _latest(page.status.latest, page)
    yield from _claims(page)
    yield from _contested(page)
    yield from _timeline(page)
    yield say(_trend(page))


# --- The state ---


def _state(page: _Page) -> Iterator[Block]:
    status, reader = page.status, page.reader
    yield Paragraph((Text(reader.text(f"status.phase.{status.phase}"), bold=True), *_strength(page)))
    for position in status.according_to[:2]:
        # More than the sources carry together: it stays one claimant's.
        who, phase = wording.claimant(position, reader), reader.text(f"phase.{position.phase}")
        yield say(reader.text("status.according-to", claimant=who, phase=phase))
    partial = [
        reader.text("status.partial", scope=_scope(part.scope, reader), phase=reader.text(f"phase.{part.phase}"))
        for part in status.partial
    ]
    if partial:
        yield Listing(tuple((Text(words),) for words in partial))
    if (dates := _dates(page)) is not None:
        yield say(dates)


def _scope(scope: str, reader: Translator) -> str:
    key = f"scope.{scope}"
    return reader.text(key) if reader.knows(key) else scope


def _strength(page: _Page) -> tuple[Span, ...]:
    status, reader = page.status, page.reader
    if not status.sources:
        return ()
    languages = {citation.language for citation in status.sources}
    words = reader.text(
        "status.strength",
        strength=reader.text(f"status.strength.{status.strength}"),
        outlets=reader.count("status.outlets", len(status.sources)),
        independent=reader.count("status.independent", status.independent_sources),
    )
    if languages.isdisjoint({reader.language}):
        only = reader.both([reader.text(f"language.in.{language}") for language in sorted(languages)])
        words = reader.text("status.only-in", words=words, languages=only)
    return (Text(" " + words),)


def _dates(page: _Page) -> str | None:
    """Since when, followed since when, and how old the news is."""
    status, reader = page.status, page.reader
    if status.phase is Phase.UNKNOWN or status.since is None:
        return None
    parts = [reader.text("status.since", day=reader.short_day(status.since, page.zone))]
    if status.followed_since is not None:
        parts.append(reader.text("status.followed", day=reader.short_day(status.followed_since, page.zone)))
    newest = status.newest_at
    if newest is not None and (status.at - newest).total_seconds() > OLD_HOURS * 3600:
        parts.append(reader.text("status.no-news", when=reader.when(newest, status.at, page.zone)))
    return wording.capital(reader.text("format.semicolon").join(parts)) + "."


# --- What was said ---


def _latest(latest: Latest, page: _Page) -> Paragraph:
    reader = page.reader
    label = reader.text("status.latest", when=reader.when(latest.at, page.status.at, page.zone))
    if latest.language == reader.language:
        others = [position for position in latest.positions if position.polarity is not Polarity.AFFIRMED]
        words = _short(latest.text, page.quote)
        if others and latest.text != others[0].text:
            # A denial stays beside its claim, wherever the claim is told.
            stop = "" if words[-1] in _STOPS else "."
            words = f"{words}{stop} {wording.capital(_sides(others, reader))}."
    else:
        words = _told(latest.positions, page) if len(latest.positions) > 1 else _original(latest, page)
    behind = _behind(latest.article_ids, page.status.sources)
    return Paragraph((Text(label + " ", bold=True), Text(words + " — "), *sources(behind, reader)))


def _original(latest: Latest, page: _Page) -> str:
    where = page.reader.text(f"language.in.{latest.language}")
    words = _short(quoted(latest.text, page.reader), page.quote)
    return page.reader.text("status.in-original", quote=words, language=where)


def _told(positions: Sequence[Position], page: _Page) -> str:
    """The newest thing said, without its words: what it is about, then who does what with it."""
    subject = wording.capital(wording.proposition(positions[0].proposition, page.topic, page.reader))
    return page.reader.text("status.told", subject=subject, sides=_sides(positions, page.reader)) + "."


def _sides(positions: Sequence[Position], reader: Translator) -> str:
    sides = [
        reader.text(
            "status.side",
            claimant=wording.person(side.claimant, side.claimant_id, reader),
            stance=wording.stance(side, reader),
        )
        for side in positions
    ]
    return reader.text("format.semicolon").join(sides)


def _claims(page: _Page) -> Iterator[Block]:
    """One line a claimant: their first position, in the articles' words."""
    reader = page.reader
    first: dict[str, Position] = {}
    for position in page.status.positions:
        if not position.own_voice:
            first.setdefault(position.claimant_id or position.claimant, position)
    if not first:
        return
    shown = list(first.values())[:MOST_CLAIMANTS]
    label = _label(shown, reader)
    yield Paragraph((Text(reader.text("status.positions"), bold=True), Text(label)))
    yield Listing(tuple(_claim(position, page, labelled=bool(label)) for position in shown))


def _label(positions: Sequence[Position], reader: Translator) -> str:
    """Which languages the quotations below are in, said once where none is in the reader's."""
    languages = {position.language for position in positions}
    if reader.language in languages:
        return ""
    names = reader.both([reader.text(f"language.in.{language}") for language in sorted(languages)])
    return " " + reader.text("status.untranslated", languages=names)


def _claim(position: Position, page: _Page, *, labelled: bool) -> tuple[Span, ...]:
    """``labelled``: the languages of the quotations are said above them."""
    reader = page.reader
    name = wording.capital(wording.claimant(position, reader))
    if position.language == reader.language:
        return (Text(name, bold=True), Text(reader.text("status.said", words=_short(position.text, page.quote))))
    # Not translated: the stance at least is told in the reader's words.
    words = _short(quoted(position.text, reader), page.quote)
    if not labelled:
        where = reader.text(f"language.in.{position.language}")
        words = reader.text("status.in-original", quote=words, language=where)
    comma = "," if wording.role(position, reader) else ""
    return (
        Text(name, bold=True),
        Text(comma),
        Text(reader.text("status.stated", stance=wording.stance(position, reader), words=words)),
    )


def _short(words: str, longest: int) -> str:
    """A long sentence up to the end of a clause, else of a word, and openly so."""
    if len(words) <= longest:
        return words
    kept = words[:longest].rsplit(" ", 1)[0]
    clause = max(kept.rfind(mark) for mark in (", ", "; ", " – ", " — "))
    kept = kept[:clause] if clause > longest // 2 else kept
    opened = [closing for opening, closing in _QUOTES if kept.count(opening) > kept.count(closing.strip())]
    return kept.rstrip(" ,;:–—") + " […]" + "".join(opened)


def _contested(page: _Page) -> Iterator[Block]:
    reader, status = page.reader, page.status
    if not status.contested and not status.figures:
        return
    yield say(reader.text("status.contested"), bold=True)
    lines = [_contest(contest, page) for contest in status.contested[:MOST_CONTESTS]]
    lines += [wording.figure(figures, reader) for figures in status.figures[:MOST_CONTESTS]]
    yield Listing(tuple((Text(line),) for line in lines))


def _contest(contest: Contest, page: _Page) -> str:
    """Side by side, never merged."""
    subject = wording.capital(wording.proposition(contest.proposition, page.topic, page.reader))
    return page.reader.text("status.told", subject=subject, sides=_sides(contest.positions, page.reader)) + "."


def _timeline(page: _Page) -> Iterator[Block]:
    """Dates and sentences, folded; with a single date there is no line to draw."""
    entries = page.status.timeline[-page.dates :] if page.dates else ()
    if len(entries) < 2 or page.status.phase is Phase.UNKNOWN:
        return
    yield say(page.reader.text("status.timeline"), bold=True)
    lines = (Text(_dated(entry, page)) for entry in entries)
    yield Quotation(tuple(separated(lines, "\n")), folded=True)


def _dated(entry: TimelineEntry, page: _Page) -> str:
    reader = page.reader
    words = entry.text if entry.language == reader.language else quoted(entry.text, reader)
    key = "status.planned" if entry.planned else "status.dated"
    return reader.text(key, day=reader.short_day(entry.date), words=_short(words, round(page.quote * DATED)))


def _trend(page: _Page) -> str:
    trend, reader = page.status.trend, page.reader
    if trend.direction is Direction.TOO_FEW:
        return reader.text("status.trend.too_few")
    week = sum(day.stories for day in trend.days[-7:])
    before = sum(day.stories for day in trend.days[:-7])
    return reader.count(f"status.trend.{trend.direction}", week, before=reader.number(before))


# --- What it rests on ---


def _behind(article_ids: Sequence[str], citations: Sequence[Citation]) -> list[Citation]:
    wanted = set(article_ids)
    return [citation for citation in citations if citation.article_id in wanted] or list(citations[:1])


def _footer(page: _Page) -> Footer:
    reader, cited = page.reader, page.status.sources
    if not cited:
        return Footer((Text(reader.text("status.no-sources")),))
    return Footer((Text(reader.text("status.sources") + " "), *sources(cited, reader, limit=6)))


def _buttons(reader: Translator, topic: Topic, status: TopicStatus) -> tuple[tuple[Button, ...], ...]:
    follow = Button(reader.text("button.follow"), f"follow {topic.id}")
    picture = (button(reader, "picture", f"picture {topic.id}"),) if status.sources else ()
    return ((*picture, follow), (button(reader, "topics", "topics"), button(reader, "sources", "sources")))
