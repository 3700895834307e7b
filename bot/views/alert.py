"""Breaking news as it interrupts its reader, and the answer to whoever turns it on or off."""

from __future__ import annotations

from datetime import datetime

from bot.domain.alert import Occasion
from bot.domain.briefing import Method, Point
from bot.domain.claim import Phase
from bot.domain.language import ReaderLanguage
from bot.domain.message import Block, Footer, Heading, Message, Text
from bot.domain.quiet import QuietHours
from bot.domain.status import TopicStatus
from bot.domain.topic import Topic
from bot.i18n import Translator, translator
from bot.views import wording
from bot.views.briefing import point_blocks
from bot.views.parts import button, say
from bot.views.schedule import Rows, wall
from bot.views.search import status_button
from bot.views.status import gist
from bot.views.story import detail_rows


def phase_message(
    status: TopicStatus, topic: Topic, occasion: Occasion, *, language: ReaderLanguage, zone: str
) -> Message:
    """A topic is in another phase: which one, carried by what, and the newest thing said."""
    reader = translator(language)
    before = wording.phase("phase", occasion.before or Phase.UNKNOWN, topic, reader)
    changed = reader.text("alert.changed", topic=topic.names[language], before=before)
    blocks = (say(changed), *gist(status, topic, language=language, zone=zone))
    return _alert(reader, blocks, ((status_button(topic, reader),),), status.at, zone)


def story_message(point: Point, independent: int, *, language: ReaderLanguage, zone: str, now: datetime) -> Message:
    """A story that many independent sources tell."""
    reader = translator(language)
    told = [*point_blocks(point, reader), say(reader.count("alert.sources", independent))]
    if point.method is not Method.EXTRACTIVE:
        told.append(Footer((Text(reader.text(f"footer.method.{point.method}")),)))
    return _alert(reader, tuple(told), detail_rows([point], reader), now, zone)


def _alert(reader: Translator, blocks: tuple[Block, ...], rows: Rows, now: datetime, zone: str) -> Message:
    """With its title, and the words without which nobody should be alerted to a war."""
    title = reader.text("alert.title", clock=reader.clock(now, zone), city=reader.city(zone))
    off = (button(reader, "alerts-off", "alerts off"),)
    return Message(
        reader.language,
        (Heading((Text(title),)), *blocks, Footer((Text(reader.text("alert.footer")),))),
        buttons=(*rows, off),
        breaking=True,
        lasting=True,
    )


def alerts_message(quiet: QuietHours | None, language: ReaderLanguage, *, on: bool) -> Message:
    """Whether breaking news comes here, what it is, and the way to change it."""
    reader = translator(language)
    blocks = [say(reader.text("alerts.on" if on else "alerts.off")), say(reader.text("alerts.what"))]
    if on:
        blocks.append(say(quiet_line(quiet, reader)))
    blocks.append(say(reader.text("start.not-an-alert")))
    switch = button(reader, "alerts-off", "alerts off") if on else button(reader, "alerts-on", "alerts on")
    quiet_button = button(reader, "quiet", "settings quiet")
    return Message(
        language,
        tuple(blocks),
        buttons=((switch, quiet_button), (button(reader, "settings", "settings"),)),
        private=True,
    )


def quiet_line(quiet: QuietHours | None, reader: Translator) -> str:
    """``Heures calmes : de 22 h à 7 h``."""
    if quiet is None:
        return reader.text("settings.no-quiet")
    return reader.text("settings.quiet", start=wall(quiet.start, reader), end=wall(quiet.end, reader))
