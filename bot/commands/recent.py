"""What was just answered in a group, so that the same question points to the answer instead of filling the group."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.commands.command import Context
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.language import ReaderLanguage
from bot.domain.topic import CEASEFIRE
from bot.editorial import topics

REMEMBERED = timedelta(minutes=10)
VERBS = frozenset({"picture", "status", "story", "topics"})
"""Questions whose answer is long and the same for everyone: thirty members press the same button under an edition."""
Question = tuple[ChatAddress, ReaderLanguage, str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer a group has."""

    at: datetime
    update_id: str
    """Of the request it answered."""


@dataclass(slots=True)
class Recent:
    """When a question was last answered in a group. In memory: after a restart it is answered again."""

    _answered: dict[Question, Answered] = field(default_factory=dict)

    def answered(self, verb: str, context: Context) -> Answered | None:
        """When the group got this answer; None where it is no longer near, or was never given to all of it."""
        question = _question(verb, context)
        known = self._answered.get(question) if question else None
        return known if known is not None and context.now - known.at < REMEMBERED else None

    def note(self, verb: str, context: Context) -> None:
        """It is being answered now. What is no longer near is forgotten."""
        question = _question(verb, context)
        if question is not None:
            self._answered[question] = Answered(context.now, context.request.update_id)
        far = [known for known, answered in self._answered.items() if context.now - answered.at >= REMEMBERED]
        for known in far:
            del self._answered[known]


def _question(verb: str, context: Context) -> Question | None:
    request = context.request
    if verb not in VERBS or request.chat_kind is not ChatKind.GROUP or request.for_asker_alone:
        return None
    asked = context.options.get("id") or context.options.get("topic", CEASEFIRE)
    return request.chat, context.language, verb, _meant(asked)


def _meant(asked: str) -> str:
    """One topic by any of its names is one question."""
    topic = topics.find(asked).topic
    return topic.id if topic else asked.casefold()
