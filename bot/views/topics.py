"""The topics: to ask about, and to keep briefings to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language import ReaderLanguage
from bot.domain.message import Button, Message
from bot.domain.topic import Topic
from bot.i18n import translator
from bot.views.parts import button, say
from bot.views.schedule import rows

IN_A_ROW = 2


def topics_message(topics: Sequence[Topic], language: ReaderLanguage) -> Message:
    """Every topic, a button each that says where it stands."""
    reader = translator(language)
    buttons = [Button(topic.names[language], f"status {topic.id}") for topic in topics]
    return Message(
        language,
        (say(reader.text("topics.ask")),),
        buttons=(*rows(buttons, IN_A_ROW), (button(reader, "choose-topics", "settings topics"),)),
        private=True,
    )


def followed_message(followed: Sequence[Topic], language: ReaderLanguage) -> Message:
    """What the briefings keep to from now on."""
    reader = translator(language)
    if followed:
        words = reader.text("topics.followed", topics=reader.both([topic.names[language] for topic in followed]))
    else:
        words = reader.text("topics.everything")
    return Message(
        language, (say(words),), buttons=((button(reader, "choose-topics", "settings topics"),),), private=True
    )


def nothing_to_follow_message(language: ReaderLanguage) -> Message:
    """Topics belong to briefings, and there are none here."""
    reader = translator(language)
    morning = button(reader, "subscribe-morning", "start 8:00")
    return Message(language, (say(reader.text("topics.no-briefing")),), buttons=((morning,),), private=True)


def which_topic_message(verb: str, query: str, topics: Sequence[Topic], language: ReaderLanguage) -> Message:
    """To follow or not (``verb``): the nearest topics to what was typed, or all where nothing was."""
    reader = translator(language)
    buttons = [Button(topic.names[language], f"{verb} {topic.id}") for topic in topics]
    everything = ((button(reader, "all-topics", "unfollow all"),),) if verb == "unfollow" else ()
    words = reader.text("topics.unknown", query=query) if query else reader.text(f"topics.which-{verb}")
    return Message(language, (say(words),), buttons=(*rows(buttons, IN_A_ROW), *everything), private=True)
