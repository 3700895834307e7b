"""What became of an article, in words a moderator can act on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.article import Relevance, Verdict
from bot.domain.language import ReaderLanguage
from bot.domain.masking import masked
from bot.domain.message import Block, Heading, Link, Listing, Message, Span, Text
from bot.domain.trace import Unread, Why
from bot.editorial import topics
from bot.i18n import Translator, translator
from bot.views.clip import clipped
from bot.views.parts import quoted, say

LONGEST_TITLE = 120
_SUBJECTS = "why.subject."


def why_message(found: Why, *, language: ReaderLanguage, zone: str, now: datetime) -> Message:
    """Where it came from, what was decided and why, where its story stands, and whether it was told."""
    reader, trace = translator(language), found.trace
    title = clipped(trace.title, LONGEST_TITLE)
    heading: Span = Link(title, trace.url) if trace.url else Text(title)
    blocks: list[Block] = [Heading((heading,)), say(_read(found, reader, zone, now)), say(_verdict(found, reader))]
    if trace.relevance is not None and (reasons := tuple(_reasons(trace.relevance, reader))):
        blocks.append(Listing(tuple((Text(reason),) for reason in reasons)))
    blocks += [say(words) for words in _story(found, reader, zone, now)]
    return Message(language, tuple(blocks), private=True)


def unread_message(found: Unread, asked: str, language: ReaderLanguage) -> Message:
    """It was never read; the site may be followed all the same."""
    reader = translator(language)
    words = [say(reader.text("why.unread", asked=quoted(clipped(masked(asked), LONGEST_TITLE), reader)))]
    if found.feeds:
        words.append(say(reader.text("why.site-followed", feeds=reader.both([feed.name for feed in found.feeds]))))
    return Message(language, tuple(words), private=True)


def how_to_ask_message(language: ReaderLanguage) -> Message:
    """How to ask."""
    return Message(language, (say(translator(language).text("why.how")),), private=True)


def _read(found: Why, reader: Translator, zone: str, now: datetime) -> str:
    trace = found.trace
    names = reader.both([feed.name for feed in trace.feeds])
    published, known = (reader.when(moment, now, zone) for moment in (trace.published, trace.known_at))
    return reader.text("why.read", feeds=names, published=published, known=known)


def _verdict(found: Why, reader: Translator) -> str:
    relevance = found.trace.relevance
    if relevance is None:
        return reader.text("why.not-judged")
    return reader.text(f"why.verdict.{relevance.verdict}", score=reader.number(relevance.score))


def _story(found: Why, reader: Translator, zone: str, now: datetime) -> Iterator[str]:
    trace = found.trace
    if trace.relevance is None or trace.relevance.verdict is not Verdict.YES:
        return
    named = {topic.id: topic.names[reader.language] for topic in topics.topics()}
    if about := [named[topic] for topic in trace.topics if topic in named]:
        yield reader.text("why.topics", topics=reader.both(about))
    yield reader.text("why.no-place") if found.place is None else reader.text("why.place", place=found.place)
    if found.told_at is None:
        yield reader.text("why.not-told")
    else:
        key = "why.told-itself" if found.itself_told else "why.told-story"
        yield reader.text(key, when=reader.when(found.told_at, now, zone))


def _reasons(relevance: Relevance, reader: Translator) -> Iterator[str]:
    """``title:kyiv`` → ``dans le titre : « kyiv »``. A code nobody worded yet is shown as it is."""
    for reason in relevance.reasons:
        kind, _, words = reason.partition(":")
        if kind.startswith("-"):
            subject = _SUBJECTS + kind[1:]
            named = reader.text(subject) if reader.knows(subject) else kind[1:]
            yield reader.text("why.reason.against", subject=named, words=quoted(words, reader))
        elif reader.knows(f"why.reason.{kind}"):
            yield reader.text(f"why.reason.{kind}", words=quoted(words.replace("+", " + "), reader), counts=words)
        else:
            yield reason
