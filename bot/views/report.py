"""Reports of errors: how readers make them, the card moderators decide by, and what readers hear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.language import ReaderLanguage
from bot.domain.message import Block, Button, Link, Listing, Message, Paragraph, Quotation, Span, Text
from bot.domain.report import Report, SourceSaid
from bot.i18n import translator
from bot.views.clip import clipped
from bot.views.parts import button, quoted, say

LONGEST_LABEL = 40
LONGEST_SENTENCE = 240


@dataclass(frozen=True, slots=True)
class Card:
    """A report with what there is to judge it by."""

    report: Report
    said: tuple[SourceSaid, ...]
    people: int
    """How many reported it."""
    others: int = 0
    """How many other reports wait."""


def which_point_message(points: Sequence[tuple[str, str]], language: ReaderLanguage) -> Message:
    """Which point is wrong? One button each: (story id, headline)."""
    reader = translator(language)
    if not points:
        return Message(language, (say(reader.text("report.no-points")),), private=True)
    rows = tuple((Button(clipped(headline, LONGEST_LABEL), f"report {story}"),) for story, headline in points)
    return Message(language, (say(reader.text("report.which")),), buttons=rows, private=True)


def sure_message(story_id: str, headline: str, text: str, language: ReaderLanguage) -> Message:
    """The point once more, and the button that sends the report."""
    reader = translator(language)
    blocks: list[Block] = [say(headline, bold=True)]
    if text:
        blocks.append(say(text))
    blocks.append(say(reader.text("report.sure")))
    send = button(reader, "report-send", f"report {story_id} send")
    return Message(language, tuple(blocks), buttons=((send,),), private=True, replaces=True)


def thanks_message(report: Report, language: ReaderLanguage) -> Message:
    """To the reader: it is with the moderators."""
    key = "report.thanks-bot" if report.for_everyone else "report.thanks"
    return Message(language, (say(translator(language).text(key)),), private=True, replaces=True)


def card_message(card: Card, language: ReaderLanguage, *, answer: bool = False) -> Message:
    """What the point says, what its sources say, and three ways to decide."""
    reader, report = translator(language), card.report
    title = "report.card-everyone" if report.for_everyone else "report.card"
    blocks: list[Block] = [
        say(reader.text(title), bold=True),
        say(reader.count("report.people", card.people)),
        Paragraph((Text(report.headline, bold=True),)),
    ]
    if report.text:
        blocks.append(Quotation((Text(report.text),)))
    if card.said:
        blocks += [say(reader.text("report.sources-say")), Listing(tuple(_said(one, language) for one in card.said))]
    else:
        blocks.append(say(reader.text("report.no-sources")))
    if card.others:
        blocks.append(say(reader.count("report.others", card.others)))
    number = report.id
    rows = (
        (button(reader, "report-hide", f"reports hide {number}"),),
        (button(reader, "report-correct", f"reports correct {number}"),),
        (button(reader, "report-dismiss", f"reports dismiss {number}"),),
    )
    return Message(language, tuple(blocks), buttons=rows, private=True, silent=True, replaces=answer)


def _said(said: SourceSaid, language: ReaderLanguage) -> tuple[Span, ...]:
    reader = translator(language)
    outlet: Span = Link(said.outlet, said.url) if said.url else Text(said.outlet)
    return (outlet, Text(reader.text("report.colon")), Text(quoted(clipped(said.sentence, LONGEST_SENTENCE), reader)))


def closed_message(report: Report, language: ReaderLanguage) -> Message:
    """In the place of the card, for the moderators who did not decide."""
    reader = translator(language)
    words = reader.text(f"report.closed.{report.state}", headline=report.headline)
    return Message(language, (say(words),), private=True, silent=True)


def heard_message(report: Report, language: ReaderLanguage) -> Message:
    """To whoever reported it: what was decided."""
    reader = translator(language)
    words = reader.text(f"report.heard.{report.state}", headline=quoted(report.headline, reader))
    return Message(language, (say(words),), silent=True)


def how_to_correct_message(report: Report, language: ReaderLanguage) -> Message:
    """How to say what is right, with an example that can be copied."""
    reader = translator(language)
    words = reader.text("report.how-to-correct", number=report.id, headline=quoted(report.headline, reader))
    return Message(language, (say(words),), private=True)


def none_waiting_message(language: ReaderLanguage) -> Message:
    """There is nothing to decide."""
    return Message(language, (say(translator(language).text("report.none")),), private=True)
