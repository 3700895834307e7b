"""One story's details: every article of it one can open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.briefing import Briefing, Point
from bot.domain.language import ReaderLanguage
from bot.domain.message import Button, Heading, Listing, Message, Text
from bot.domain.story import SourcedArticle
from bot.domain.topic import Topic
from bot.i18n import Translator, translator
from bot.views.clip import clipped
from bot.views.parts import button, quoted, say
from bot.views.schedule import Rows
from bot.views.search import article_line, status_button

LONGEST_LABEL = 40
"""Characters of a headline on a button: what a phone shows of it."""
MOST_DETAILS = 5


def story_message(
    story_id: str,
    headline: str,
    articles: Sequence[SourcedArticle],
    left_out: int,
    topics: Sequence[Topic],
    *,
    language: ReaderLanguage,
    zone: str,
    now: datetime,
) -> Message:
    """Who reported it and when, and where its topics stand; ``left_out``: how many articles are not shown."""
    reader = translator(language)
    items = tuple(tuple(article_line(article, reader, zone, now)) for article in articles)
    more = (say(reader.count("story.more", left_out)),) if left_out else ()
    return Message(
        language,
        (Heading((Text(clipped(headline, 120)),)), Listing(items), *more),
        buttons=(
            *((status_button(topic, reader),) for topic in topics),
            (button(reader, "report", f"report {story_id}"),),
        ),
        private=True,
        lasting=True,
    )


def gone_message(language: ReaderLanguage) -> Message:
    """Its articles are no longer kept, or were never this chat's to see."""
    return Message(language, (say(translator(language).text("story.gone")),), private=True)


def detail_rows(points: Sequence[Point], reader: Translator) -> Rows:
    """A button a story, to put under a briefing: its details by its headline, in the order they are told there."""
    told = sorted(points, key=lambda point: point.quoted_language is not None)
    return tuple((Button(_label(point, reader), f"story {point.story_id}"),) for point in told[:MOST_DETAILS])


def _label(point: Point, reader: Translator) -> str:
    headline = clipped(point.headline, LONGEST_LABEL)
    if point.quoted_language is not None:
        headline = quoted(headline, reader)
    return reader.text("button.details", headline=headline)


def with_details(message: Message, briefing: Briefing, other_hours: Sequence[int] = ()) -> Message:
    """A briefing's message with its stories' details, and other windows, under it."""
    reader = translator(briefing.language)
    windows = tuple(Button(reader.count("button.brief-days", hours // 24), f"brief {hours}") for hours in other_hours)
    extra = (windows,) if windows and briefing.coverage.feeds_total else ()
    return replace(message, buttons=(*detail_rows(briefing.points, reader), *message.buttons, *extra))


def with_missed(message: Message) -> Message:
    """A briefing's message with what is new since the chat's last one a tap away."""
    reader = translator(message.language)
    return replace(message, buttons=(*message.buttons, (Button(reader.text("button.brief-last"), "brief last"),)))
