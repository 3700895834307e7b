"""The coverage of a topic as a picture, and as a sentence that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.chart import Bar, BarChart
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message, Picture
from bot.domain.status import Direction, PhaseChange, TopicStatus
from bot.domain.topic import Topic
from bot.i18n import Translator, translator
from bot.views import wording
from bot.views.parts import button, say


def coverage_chart(
    status: TopicStatus, topic: Topic, changes: Sequence[PhaseChange], language: ReaderLanguage
) -> BarChart:
    """Stories a day over the two weeks of the trend; the days on which the state became another one are marked."""
    reader = translator(language)
    marks = {change.date: wording.phase("phase", change.phase, topic, reader) for change in changes}
    bars = tuple(
        Bar(f"{day.date.day}/{day.date.month}", day.stories, marks.get(day.date, "")) for day in status.trend.days
    )
    return BarChart(
        title=reader.text("picture.title", topic=topic.names[language]),
        subtitle=reader.text("picture.subtitle", day=reader.short_day(status.at)),
        bars=bars,
    )


def picture_message(
    status: TopicStatus, topic: Topic, changes: Sequence[PhaseChange], png: bytes | None, *, language: ReaderLanguage
) -> Message:
    """The picture with a sentence that says the same; only the sentence where nothing can be drawn."""
    reader = translator(language)
    words = " ".join([_sentence(status, topic, reader), *_steps(changes, topic, reader)])
    picture = None if png is None else Picture(png, words, f"{topic.id}.png")
    back = ((button(reader, "status", f"status {topic.id}"),),)
    return Message(language, (say(words),), buttons=back, picture=picture)


def _steps(changes: Sequence[PhaseChange], topic: Topic, reader: Translator) -> Iterator[str]:
    """The marks in words."""
    steps = [
        reader.text(
            "picture.step",
            day=reader.short_day(change.date),
            phase=wording.phase("phase", change.phase, topic, reader),
        )
        for change in changes
    ]
    if steps:
        yield reader.text("picture.steps", steps=reader.text("format.semicolon").join(steps))


def _sentence(status: TopicStatus, topic: Topic, reader: Translator) -> str:
    days, name = status.trend.days, topic.names[reader.language]
    if not days or status.trend.direction is Direction.TOO_FEW:
        return reader.text("picture.too-few", topic=name)
    busiest = max(days, key=lambda day: day.stories)
    week, before = sum(day.stories for day in days[-7:]), sum(day.stories for day in days[:-7])
    return reader.count(
        "picture.sentence",
        week,
        topic=name,
        before=reader.number(before),
        day=reader.short_day(busiest.date),
        most=reader.number(busiest.stories),
    )
