"""A briefing, in the reader's words: about 900 characters, readable in a minute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.domain.briefing import Badge, Briefing, Coverage, Length, Method, Point
from bot.domain.language import ArticleLanguage
from bot.domain.message import Block, Button, Footer, Heading, Link, Listing, Message, Moment, Paragraph, Span, Text
from bot.i18n import Translator, translator
from bot.views import correction, wording
from bot.views.parts import button, quoted, say, source, sources

_WHEN = "\0"
"""Stands for a moment in a sentence, until it is put there."""
_READ_ENOUGH = 0.5
"""Below half of the sources, silence proves nothing: the briefing says so."""


def briefing_message(briefing: Briefing, *, silent: bool = False, to_be_completed: bool = False) -> Message:
    """The edition a chat receives, or the answer to ``/brief``.

    ``to_be_completed``: it is sent during the first reading, and will be completed in place.
    """
    reader = translator(briefing.language)
    buttons = _buttons(reader) if briefing.coverage.feeds_total else ()
    if not briefing.points:
        nothing = say(_nothing(briefing, reader, to_be_completed=to_be_completed))
        words = (*_corrections(briefing, reader), nothing)
        return Message(briefing.language, words, buttons=buttons[:1], silent=True, lasting=True)
    footer = Footer(tuple(_coverage(briefing, reader)))
    blocks = (_title(briefing, reader), *_body(briefing, reader), footer)
    return Message(briefing.language, blocks, buttons=buttons, silent=silent, lasting=True)


def _title(briefing: Briefing, reader: Translator) -> Heading:
    words = reader.text(
        "brief.title",
        day=reader.day(briefing.at, briefing.zone),
        clock=reader.clock(briefing.at, briefing.zone),
        city=reader.city(briefing.zone),
    )
    return Heading((Text(words),))


def _body(briefing: Briefing, reader: Translator) -> Iterator[Block]:
    yield from _corrections(briefing, reader)
    yield say(_opening(briefing, reader))
    told = [point for point in briefing.points if point.quoted_language is None]
    for point in told:
        yield from _point(point, briefing.length, reader, mixed=briefing.method is Method.MIXED)
        yield from _notes(point, briefing, reader)
    foreign: dict[ArticleLanguage, list[Point]] = defaultdict(list)
    for point in briefing.points:
        if point.quoted_language is not None:
            foreign[point.quoted_language].append(point)
    for language, points in foreign.items():
        yield from _untranslated(language, points, reader)
        for point in points:
            yield from _notes(point, briefing, reader)
    if (warning := _warning(briefing.coverage, reader)) is not None:
        yield say(warning)
    yield say(reader.text("brief.end"))


def _corrections(briefing: Briefing, reader: Translator) -> Iterator[Paragraph]:
    return correction.opening(briefing.corrections, reader, briefing.zone, briefing.at)


def _notes(point: Point, briefing: Briefing, reader: Translator) -> Iterator[Paragraph]:
    for made in point.notes:
        yield correction.note(made, reader, briefing.zone)


def _opening(briefing: Briefing, reader: Translator) -> str:
    """What changed since the last one, or what the window is."""
    if not briefing.since_last:
        hours = round((briefing.window.end - briefing.window.start).total_seconds() / 3600)
        key = "brief.opening-days" if hours % 24 == 0 and hours > 24 else "brief.opening-hours"
        span = reader.count(key, hours // 24 if key.endswith("days") else hours)
        return reader.count("brief.opening", len(briefing.points), span=span)
    updated = sum(Badge.UPDATED in point.badges for point in briefing.points)
    fresh = len(briefing.points) - updated
    parts = [reader.count("brief.new", fresh)] if fresh else []
    parts += [reader.count("brief.updated", updated)] if updated else []
    since = reader.when(briefing.window.start, briefing.at, briefing.zone)
    return reader.text("brief.since-last", since=since, changes=reader.both(parts))


def _point(point: Point, length: Length, reader: Translator, *, mixed: bool) -> Iterator[Block]:
    """``mixed``: a model wrote others, so that it is said of this one who did."""
    headline: list[Span] = [Text(point.headline, bold=True)]
    if Badge.UPDATED in point.badges:
        headline.append(Text(" " + reader.text("brief.badge-updated")))
    if Badge.CORRECTED in point.badges:
        headline.append(Text(" " + reader.text("brief.badge-corrected")))
    yield Paragraph(tuple(headline))
    text: tuple[Span, ...] = () if length is Length.HEADLINES or not point.text else (Text(point.text + " "),)
    if point.translated_from is not None:
        text = (*text, Text(reader.text("brief.translated") + " ", italic=True))
    elif mixed and point.method is Method.EXTRACTIVE and text:
        text = (*text, Text(reader.text("brief.extracted") + " ", italic=True))
    if text or point.citations:
        yield Paragraph((*text, Text("— "), *sources(point.citations, reader)))


def point_blocks(point: Point, reader: Translator) -> Iterator[Block]:
    """One story by itself, as a short briefing tells it."""
    if point.quoted_language is None:
        yield from _point(point, Length.SHORT, reader, mixed=False)
    else:
        yield from _untranslated(point.quoted_language, [point], reader)


def _untranslated(language: ArticleLanguage, points: Sequence[Point], reader: Translator) -> Iterator[Block]:
    """What is known only in the other language, labelled once: one line, or several under each other."""
    label = reader.text("brief.untranslated", language=reader.text(f"language.in.{language}"))
    stories = tuple((_original(point, reader),) for point in points)
    if len(stories) == 1:
        yield Paragraph((Text(label + " ", italic=True), *stories[0]))
    else:
        yield Paragraph((Text(label, italic=True),))
        yield Listing(stories)


def _original(point: Point, reader: Translator) -> Span:
    if not point.citations:
        return Text(quoted(point.headline, reader))
    link = source(point.citations[0], reader)
    words = f"{quoted(point.headline, reader)} — {link.text}"
    if (known := wording.facts(point.facts, reader)) is not None:
        words = reader.text("brief.facts", facts=known, words=words)
    return Link(words, link.url) if isinstance(link, Link) else Text(words)


def _nothing(briefing: Briefing, reader: Translator, *, to_be_completed: bool) -> str:
    """The empty states: each is an answer."""
    coverage = briefing.coverage
    since = reader.when(briefing.window.start, briefing.at, briefing.zone)
    if coverage.feeds_total == 0:
        return reader.text("brief.no-feeds")
    if not coverage.first_reading_done:
        return _first_reading(coverage, reader, to_be_completed=to_be_completed)
    if coverage.feeds_reached < coverage.feeds_total * _READ_ENOUGH:
        return reader.count("brief.blind", coverage.feeds_reached, total=coverage.feeds_total)
    key = "brief.quiet-topics" if briefing.on_topics else "brief.quiet"
    return reader.count(key, coverage.feeds_reached, since=since, total=coverage.feeds_total)


def _first_reading(coverage: Coverage, reader: Translator, *, to_be_completed: bool) -> str:
    key = "brief.first-reading-here" if to_be_completed else "brief.first-reading"
    return reader.count(key, coverage.feeds_reached, total=coverage.feeds_total)


def _warning(coverage: Coverage, reader: Translator) -> str | None:
    if not coverage.first_reading_done:
        return _first_reading(coverage, reader, to_be_completed=False)
    if coverage.feeds_reached >= coverage.feeds_total * _READ_ENOUGH:
        return None
    return reader.count("brief.few-sources", coverage.feeds_reached, total=coverage.feeds_total)


def _coverage(briefing: Briefing, reader: Translator) -> Iterator[Span]:
    """``8 médias sur 9, 47 articles · dernier : 20 h 55 · phrases tirées des articles``."""
    coverage = briefing.coverage
    outlets = reader.count("footer.outlets", coverage.feeds_reached, total=reader.number(coverage.feeds_total))
    read = f"{outlets}, {reader.count('footer.articles', coverage.articles_read)}"
    method = _method(briefing, reader)
    if coverage.newest_article_at is None:
        yield Text(f"{read} · {method}")
        return
    newest = reader.when(coverage.newest_article_at, briefing.at, briefing.zone)
    before, _, after = reader.text("footer.newest", when=_WHEN).partition(_WHEN)
    yield Text(f"{read} · {before}")
    yield Moment(coverage.newest_article_at, newest)
    yield Text(f"{after} · {method}")


def _method(briefing: Briefing, reader: Translator) -> str:
    """Who wrote what."""
    if briefing.method is not Method.MIXED:
        return reader.text(f"footer.method.{briefing.method}")
    written = sum(point.method is Method.MODEL for point in briefing.points)
    return reader.count("footer.method.mixed", written, total=reader.number(len(briefing.points)))


def _buttons(reader: Translator) -> tuple[tuple[Button, ...], ...]:
    return (
        (button(reader, "status-ceasefire", "status ceasefire"), button(reader, "sources", "sources")),
        (button(reader, "report", "report"),),
    )
