"""Suggestions: the card moderators decide by, and what members hear."""

from __future__ import annotations

from datetime import datetime

from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.offer import Suggestion, SuggestionState
from bot.i18n import translator
from bot.views.candidate import candidate_blocks
from bot.views.parts import button, say


def suggestion_message(
    suggestion: Suggestion, *, language: ReaderLanguage, zone: str, now: datetime, waiting: int = 1
) -> Message:
    """The card, with Approve and Refuse; ``waiting``: how many there are to decide, this one among them."""
    reader = translator(language)
    kind = "suggestion.for-everyone" if suggestion.for_everyone else "suggestion.for-here"
    blocks = (say(reader.text(kind), bold=True), *candidate_blocks(suggestion.candidate, reader, zone, now))
    if waiting > 1:
        blocks = (*blocks, say(reader.count("suggestion.others", waiting - 1)))
    number = suggestion.id
    decide = (
        button(reader, "approve", f"suggestions approve {number}"),
        button(reader, "refuse", f"suggestions refuse {number}"),
    )
    return Message(language, blocks, buttons=(decide,), private=True, silent=True)


def passed_on_message(suggestion: Suggestion, language: ReaderLanguage) -> Message:
    """To the member: it is with the moderators."""
    key = "suggestion.passed-on-bot" if suggestion.for_everyone else "suggestion.passed-on"
    words = translator(language).text(key, name=suggestion.candidate.name)
    return Message(language, (say(words),), private=True)


def answered_message(suggestion: Suggestion, language: ReaderLanguage) -> Message:
    """To the member: what the moderators decided."""
    approved = suggestion.state is SuggestionState.APPROVED
    key = "suggestion.approved" if approved else "suggestion.refused"
    words = translator(language).text(key, name=suggestion.candidate.name)
    return Message(language, (say(words),), silent=True)


def refused_message(suggestion: Suggestion, language: ReaderLanguage) -> Message:
    """To the moderator: it was not added, and the member is told."""
    words = translator(language).text("suggestion.refused-done", name=suggestion.candidate.name)
    return Message(language, (say(words),), private=True, replaces=True)


def none_waiting_message(language: ReaderLanguage) -> Message:
    """There is nothing to decide."""
    return Message(language, (say(translator(language).text("suggestion.none")),), private=True)


def how_to_suggest_message(language: ReaderLanguage) -> Message:
    """How to ask."""
    return Message(language, (say(translator(language).text("suggestion.how")),), private=True)
