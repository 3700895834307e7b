"""What a moderator reads after a change, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.audit import Change
from bot.domain.feed import Feed
from bot.domain.language import ReaderLanguage
from bot.domain.message import Button, Message
from bot.domain.moderation import Verb
from bot.i18n import Translator, translator
from bot.views.clip import clipped
from bot.views.parts import button, say

LABEL = 40
MOST_CHOICES = 8
"""Buttons of feeds: more are found by name."""


def changed_message(change: Change, language: ReaderLanguage, *, bot_moderator: bool = False) -> Message:
    """What was done, and a button that takes it back."""
    reader = translator(language)
    rows: list[tuple[Button, ...]] = []
    if change.can_be_undone:
        rows.append((button(reader, "undo", f"undo {change.id}"),))
    if change.verb is Verb.ADD and bot_moderator and not change.after.public:
        rows.append((button(reader, "promote", f"promotefeed {change.feed_id}"),))
    words = reader.text(_key(change), name=change.name)
    return Message(language, (say(words),), buttons=tuple(rows), private=True, replaces=True)


def which_message(verb: str, feeds: Sequence[Feed], language: ReaderLanguage) -> Message:
    """Which feed is meant? One button each, and how to say it."""
    reader = translator(language)
    if not feeds:
        return Message(language, (say(reader.text("feed.none-to-choose")),), private=True)
    rows = tuple(_choice(feed, verb) for feed in feeds[:MOST_CHOICES])
    words = [say(reader.text("feed.which", verb=verb))]
    if len(feeds) > MOST_CHOICES:
        words.append(say(reader.count("feed.more-to-choose", len(feeds) - MOST_CHOICES, verb=verb)))
    return Message(language, tuple(words), buttons=rows, private=True)


def claimed_message(language: ReaderLanguage) -> Message:
    """You are a bot moderator now."""
    return Message(language, (say(translator(language).text("claim.done")),), private=True)


def how_to_claim_message(language: ReaderLanguage) -> Message:
    """How to claim."""
    return Message(language, (say(translator(language).text("claim.how")),), private=True)


def confirm_undo_message(change: Change, words: str, language: ReaderLanguage) -> Message:
    """Somebody else made the last change: is it to be taken back?"""
    reader = translator(language)
    question = reader.text("undo.someone-elses", change=words)
    return Message(language, (say(question),), buttons=((button(reader, "undo", f"undo {change.id}"),),), private=True)


def nothing_to_undo_message(language: ReaderLanguage) -> Message:
    """No change is left to take back."""
    return Message(language, (say(translator(language).text("undo.nothing")),), private=True)


def _choice(feed: Feed, verb: str) -> tuple[Button, ...]:
    return (Button(f"{feed.id} · {clipped(feed.name, LABEL)}", f"{verb} {feed.id}"),)


def _key(change: Change) -> str:
    if change.verb is Verb.ADD and change.after.public:
        return "change.done.add-everyone"
    return f"change.done.{change.verb}"


def change_words(change: Change, reader: Translator) -> str:
    """One change in the log: ``« X » ajoutée``."""
    return reader.text(f"change.log.{change.verb}", name=change.name)
