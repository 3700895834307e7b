"""An answer only its asker sees, and the button with which a moderator shows it to everyone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.domain.chat import ChatKind
from bot.domain.language import ReaderLanguage
from bot.domain.message import ACTION_LIMIT, Button, Message
from bot.ports import Request

SHARE = "discord-share"
"""Verb of the button's action; the command to show follows it. It never leaves this adapter."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Which answers can be shown to a whole channel. Made where the bot is put together; empty: none."""

    labels: Mapping[ReaderLanguage, str] = field(default_factory=dict)
    verbs: frozenset[str] = frozenset()
    """Commands that only read: showing is asking again, in the server's language."""


def with_share_button(message: Message, request: Request, sharing: Sharing) -> Message:
    """The message, for a moderator with a further button."""
    if request.command not in sharing.verbs or not request.is_moderator or request.chat_kind is ChatKind.PRIVATE:
        return message
    words = request.text if request.options is None else " ".join(request.options.values())
    action = f"{SHARE} {request.command} {words}".strip()
    if len(action.encode()) > ACTION_LIMIT:
        return message
    return replace(message, buttons=(*message.buttons, (Button(sharing.labels[message.language], action),)))


def shared_request(request: Request, sharing: Sharing) -> Request | None:
    """What a press of that button asks for, for everyone; None when it is another button or not theirs to press."""
    command, _, text = request.text.partition(" ")
    if request.command != SHARE or not request.is_moderator or command not in sharing.verbs:
        return None
    return replace(request, command=command, text=text, client_language=None, for_asker_alone=False)
