"""Breaking news as it interrupts its reader, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.adapters.console import as_text
from bot.adapters.discord.render import DiscordRenderer
from bot.adapters.telegram.render import TelegramRenderer
from bot.domain.alert import AlertKind, Occasion
from bot.domain.briefing import Badge, Citation, Method, Point
from bot.domain.claim import Phase
from bot.domain.feed import Ownership
from bot.domain.language import READER_LANGUAGES, ArticleLanguage, ReaderLanguage
from bot.domain.message import Message, plain
from bot.domain.status import Direction, Latest, Strength, TopicStatus, Trend
from bot.editorial import topics
from bot.views.alert import alerts_message, phase_message, story_message

AT = datetime(2025, 2, 10, 21, 0, tzinfo=UTC)
PAPER = Citation("a1", "Teranga Monde", "https://teranga.example/a1", "fr", Ownership.INDEPENDENT)
RADIO = Citation("a2", "Radio Large", "https://large.example/a2", "fr", Ownership.PUBLIC)
LATEST = Latest("Le cessez-le-feu est entré en vigueur à minuit.", AT - timedelta(minutes=9), "fr", ("a1", "a2"), ())
STATUS = TopicStatus(
    topic="ceasefire", at=AT, phase=Phase.IN_FORCE, strength=Strength.MEDIUM, since=AT - timedelta(hours=1),
    followed_since=AT - timedelta(days=9), newest_at=AT, last_change=AT, according_to=(), partial=(), latest=LATEST,
    positions=(), contested=(), figures=(), timeline=(), trend=Trend((), Direction.FLAT), sources=(PAPER, RADIO),
    independent_sources=2, articles=2, cited=(PAPER, RADIO),
)  # fmt: skip
CHANGE = Occasion(AlertKind.PHASE, "ceasefire", AT, "ceasefire", Phase.TALKS, Phase.IN_FORCE)


def point(quoted: ArticleLanguage | None = None) -> Point:
    text = "Les pompiers ont lutté toute la nuit contre l’incendie."
    return Point("s1", "Odessa : un terminal touché", text, (Badge.NEW,), ("a1", "a2"), (PAPER, RADIO), (), AT, quoted)


def phase(language: ReaderLanguage) -> Message:
    topic = topics.topic("ceasefire")
    assert topic is not None
    return phase_message(STATUS, topic, CHANGE, language=language, zone="Africa/Dakar")


def story(language: ReaderLanguage) -> Message:
    told = point(None if language == "fr" else "fr")
    return story_message(told, 5, language=language, zone="Africa/Dakar", now=AT)


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_a_changed_topic_reads_as_written(language: ReaderLanguage, snapshot: SnapshotAssertion) -> None:
    assert as_text(phase(language)) == snapshot


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_a_story_of_many_sources_reads_as_written(language: ReaderLanguage, snapshot: SnapshotAssertion) -> None:
    assert as_text(story(language)) == snapshot


@pytest.mark.parametrize("language", READER_LANGUAGES)
@pytest.mark.parametrize("on", [True, False])
def test_turning_it_on_and_off_reads_as_written(
    language: ReaderLanguage, on: bool, snapshot: SnapshotAssertion
) -> None:
    assert as_text(alerts_message(None, language, on=on)) == snapshot


@pytest.mark.parametrize("language", READER_LANGUAGES)
@pytest.mark.parametrize("made", [phase, story])
def test_an_alert_is_one_short_message_that_sounds_and_is_marked(made: object, language: ReaderLanguage) -> None:
    message: Message = made(language)  # type: ignore[operator]  # one of the two above
    assert message.breaking
    assert message.lasting, "a press on its buttons does not take its place"
    assert not message.silent
    assert len(plain(message)) < 700
    assert "alerts off" in [button.action for row in message.buttons for button in row]
    for renderer in (TelegramRenderer(), DiscordRenderer()):
        assert len(renderer.render(message)) == 1


def test_words_of_a_model_are_said_to_be_a_models() -> None:
    told = replace(point(), method=Method.MODEL)
    words = plain(story_message(told, 5, language="fr", zone="Africa/Dakar", now=AT))
    assert "rédigé par IA" in words
    assert "rédigé par IA" not in plain(story("fr"))


def test_what_nobody_says_is_not_told() -> None:
    topic = topics.topic("ceasefire")
    assert topic is not None
    bare = replace(STATUS, latest=None)
    assert "Dernière information" not in plain(phase_message(bare, topic, CHANGE, language="fr", zone="Africa/Dakar"))
