"""``/status ceasefire``: where a topic stands. A bare ``/status`` is the ceasefire."""

from __future__ import annotations

from bot.commands.command import Command, Context, Option
from bot.commands.search import listed, look_up
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.topic import CEASEFIRE
from bot.editorial import topics
from bot.ports import Scope
from bot.views.other_language import with_other_language
from bot.views.status import status_message, unknown_message


def _topics(typed: str, language: ReaderLanguage) -> list[tuple[str, str]]:
    wanted = typed.strip().lower()
    named = [(topic.names[language], topic.id) for topic in topics.topics()]
    return [pair for pair in named if wanted in pair[0].lower()] or named


async def answer(context: Context) -> Message:
    """The state of the topic meant; of other words the articles that have them, else the nearest topics."""
    asked = context.options.get("topic", CEASEFIRE)
    match = topics.find(asked)
    if match.topic is None:
        found = listed(context, asked, await look_up(context, asked))
        return found or unknown_message(asked, match.suggestions, context.language)
    scope = Scope(chat_id=context.chat.id, known_by=context.now)
    status = await context.services.status.told(match.topic.id, scope, context.now, context.language)
    message = status_message(status, match.topic, language=context.language, zone=context.zone)
    return with_other_language(message, f"status {match.topic.id}")


COMMAND = Command(
    "status",
    answer,
    options=(Option("topic", suggestions=_topics),),
    in_menu=True,
    aliases={"fr": ("statut",)},
)
