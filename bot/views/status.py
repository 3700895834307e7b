"""Where a topic stands: the state first, then who says what, and what is contested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.briefing import Citation
from bot.domain.language import ReaderLanguage
from bot.domain.message import Block, Button, Footer, Heading, Listing, Message, Paragraph, Span, Text
from bot.domain.status import Contest, Latest, Position, TopicStatus
from bot.domain.topic import Topic
from bot.i18n import Translator, translator
from bot.views.parts import button, quoted, say, sources

MOST_POSITIONS = 4
MOST_CONTESTS = 2


def status_message(status: TopicStatus, topic: Topic, *, language: ReaderLanguage, zone: str) -> Message:
    """The answer to ``/status``."""
    reader = translator(language)
    return Message(
        language,
        (_title(status, topic, reader, zone), *_body(status, reader, zone), _footer(status, reader)),
        buttons=((button(reader, "brief", "brief"), button(reader, "sources", "sources")),),
    )


def unknown_message(query: str, suggestions: Sequence[Topic], language: ReaderLanguage) -> Message:
    """No such topic: the nearest ones, a button each."""
    reader = translator(language)
    buttons = tuple((Button(topic.names[language], f"status {topic.id}"),) for topic in suggestions)
    return Message(language, (say(reader.text("status.unknown", query=query)),), buttons=buttons, private=True)


def _title(status: TopicStatus, topic: Topic, reader: Translator, zone: str) -> Heading:
    words = reader.text(
        "status.title",
        topic=topic.names[reader.language],
        day=reader.short_day(status.at, zone),
        clock=reader.clock(status.at, zone),
        city=reader.city(zone),
    )
    return Heading((Text(words),))


def _body(status: TopicStatus, reader: Translator, zone: str) -> Iterator[Block]:
    yield Paragraph((Text(reader.text(f"status.phase.{status.phase}"), bold=True), *_strength(status, reader)))
    if status.latest is not None:
        yield _latest(status.latest, status, reader, zone)
    if status.positions:
        yield say(reader.text("status.positions"), bold=True)
        yield Listing(tuple(_position(position, reader) for position in status.positions[:MOST_POSITIONS]))
    if status.contested:
        yield say(reader.text("status.contested"), bold=True)
        yield Listing(tuple(_contest(contest, reader) for contest in status.contested[:MOST_CONTESTS]))
    yield say(reader.text(f"status.trend.{status.trend.direction}"))


def _strength(status: TopicStatus, reader: Translator) -> tuple[Span, ...]:
    if not status.sources:
        return ()
    words = reader.count(
        f"status.strength.{status.strength}", status.independent_sources, outlets=reader.number(len(status.sources))
    )
    return (Text(" " + words),)


def _latest(latest: Latest, status: TopicStatus, reader: Translator, zone: str) -> Paragraph:
    label = reader.text("status.latest", when=reader.when(latest.at, status.at, zone))
    return Paragraph(
        (
            Text(label + " ", bold=True),
            Text(_words(latest.text, latest.language, reader) + " ("),
            *sources(_behind(latest.article_ids, status.sources), reader),
            Text(")"),
        )
    )


def _position(position: Position, reader: Translator) -> tuple[Span, ...]:
    name = position.claimant
    if position.via:
        name = reader.text("status.via", claimant=name, via=position.via)
    stance = reader.text(f"status.stance.{position.polarity}")
    return (Text(name, bold=True), Text(f" {stance} "), Text(_words(position.text, position.language, reader)))


def _contest(contest: Contest, reader: Translator) -> tuple[Span, ...]:
    sides = [
        reader.text("status.side", claimant=side.claimant, stance=reader.text(f"status.stance-short.{side.polarity}"))
        for side in contest.positions
    ]
    return (Text(reader.text("format.separator").join(sides)),)


def _words(text: str, language: str, reader: Translator) -> str:
    """A sentence of the articles; quoted and labelled where it is not in the reader's language."""
    if language == reader.language:
        return text
    return reader.text(
        "status.in-original", quote=quoted(text, reader), language=reader.text(f"language.in.{language}")
    )


def _behind(article_ids: Sequence[str], citations: Sequence[Citation]) -> list[Citation]:
    wanted = set(article_ids)
    return [citation for citation in citations if citation.article_id in wanted] or list(citations[:1])


def _footer(status: TopicStatus, reader: Translator) -> Footer:
    if not status.sources:
        return Footer((Text(reader.text("status.no-sources")),))
    return Footer((Text(reader.text("status.sources") + " "), *sources(status.sources, reader, limit=6)))
