"""The coverage of a topic as a picture, and as a sentence that says the same."""

from __future__ import annotations

from datetime import date

from bot.domain.chart import Bar, BarChart
from bot.domain.claim import Phase
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message, Picture
from bot.domain.status import Direction, TopicStatus
from bot.domain.topic import Topic
from bot.i18n import Translator, translator
from bot.views import wording
from bot.views.parts import button, say


def coverage_chart(status: TopicStatus, topic: Topic, language: ReaderLanguage) -> BarChart:
    """Stories a day over the two weeks of the trend; the day of the present state is marked."""
    reader = translator(language)
    marks = _marks(status, topic, reader)
    bars = tuple(
        Bar(f"{day.date.day}/{day.date.month}", day.stories, marks.get(day.date, "")) for day in status.trend.days
    )
    return BarChart(
        title=reader.text("picture.title", topic=topic.names[language]),
        subtitle=reader.text("picture.subtitle", day=reader.short_day(status.at)),
        bars=bars,
    )


def picture_message(status: TopicStatus, topic: Topic, png: bytes | None, *, language: ReaderLanguage) -> Message:
    """The picture with its sentence; only the sentence where nothing can be drawn."""
    reader = translator(language)
    words = _sentence(status, topic, reader)
    picture = None if png is None else Picture(png, words, f"{topic.id}.png")
    back = ((button(reader, "status", f"status {topic.id}"),),)
    return Message(language, (say(words),), buttons=back, picture=picture)


def _marks(status: TopicStatus, topic: Topic, reader: Translator) -> dict[date, str]:
    if status.since is None or status.phase is Phase.MENTIONED:
        return {}
    return {status.since.date(): wording.phase("phase", status.phase, topic, reader)}


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
