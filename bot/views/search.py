"""What a search found: titles one can open, with outlet and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.briefing import Citation
from bot.domain.language import ReaderLanguage
from bot.domain.message import Button, Heading, Link, Listing, Message, Span, Text
from bot.domain.story import SourcedArticle
from bot.domain.topic import Topic
from bot.i18n import Translator, translator
from bot.views.clip import clipped
from bot.views.parts import button, name_of, quoted, say

LONGEST_QUERY = 60
LONGEST_TITLE = 120


def found_message(
    query: str,
    articles: Sequence[SourcedArticle],
    topic: Topic | None,
    *,
    language: ReaderLanguage,
    zone: str,
    now: datetime,
) -> Message:
    """The articles, and a way to where the matter stands where the words are a topic's name."""
    reader = translator(language)
    title = reader.count("search.title", len(articles), query=_said(query, reader))
    items = tuple(tuple(article_line(article, reader, zone, now)) for article in articles)
    buttons = ((status_button(topic, reader),),) if topic is not None else ()
    return Message(language, (Heading((Text(title),)), Listing(items)), buttons=buttons, private=True)


def nothing_message(query: str, nearest: Sequence[Topic], language: ReaderLanguage) -> Message:
    """Nothing with these words: topics to try instead, a button each."""
    reader = translator(language)
    buttons = tuple((status_button(topic, reader),) for topic in nearest)
    words = reader.text("search.nothing", query=_said(query, reader))
    return Message(
        language,
        (say(words), say(reader.text("search.try"))),
        buttons=(*buttons, (button(reader, "help", "help"),)),
        private=True,
    )


def which_words_message(language: ReaderLanguage) -> Message:
    """How to ask."""
    return Message(language, (say(translator(language).text("search.how")),), private=True)


def status_button(topic: Topic, reader: Translator) -> Button:
    """``Où en est : Cessez-le-feu``."""
    return Button(reader.text("button.status-of", topic=topic.names[reader.language]), f"status {topic.id}")


def article_line(sourced: SourcedArticle, reader: Translator, zone: str, now: datetime) -> Iterator[Span]:
    """``Title — Outlet, date``; a title in another language is quoted and labelled."""
    article, source = sourced.article, sourced.source
    title = clipped(article.title, LONGEST_TITLE)
    foreign = article.language != reader.language
    words = quoted(title, reader) if foreign else title
    yield Link(words, article.url) if article.url else Text(words)
    if foreign:
        yield Text(" " + reader.text("search.foreign", language=reader.text(f"language.in.{article.language}")))
    citation = Citation(article.id, source.name, article.url, article.language, source.ownership)
    yield Text(f" — {name_of(citation, reader)}, {_day(article.published, reader, zone, now)}")


def _day(at: datetime, reader: Translator, zone: str, now: datetime) -> str:
    """As one says it; with its year where that is another one."""
    year = at.astimezone(ZoneInfo(zone)).year
    if year == now.astimezone(ZoneInfo(zone)).year:
        return reader.when(at, now, zone)
    return reader.text("format.day-of-year", day=reader.short_day(at, zone), year=year)


def _said(query: str, reader: Translator) -> str:
    return quoted(clipped(query, LONGEST_QUERY), reader)
