"""Buttons that speak of another chat than the one they stand in: a channel's settings in a private chat. Pure.

The chat's id is part of what a press brings back. Anybody can forge one, so that the presser's rights in that chat are
asked for at every press.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable
from dataclasses import replace

from bot.adapters.telegram.render import LASTING
from bot.domain.message import RenderedPart

DATA_LIMIT = 64
"""Bytes of a button's data (Bot API)."""
_MARK = ">"
_ID_BYTES = 7
"""Telegram's ids have at most 52 bits and a sign."""
_LETTERS = 10
"""Of such an id in base 64."""


def aim(parts: Iterable[RenderedPart], chat: int) -> tuple[RenderedPart, ...]:
    """The same parts, every button asking for ``chat``. A button whose action leaves no room for that is left out."""
    return tuple(_aimed(part, chat) for part in parts)


def aimed_at(action: str) -> tuple[int | None, str]:
    """(the chat an action is for, the action itself); None: for the chat it was pressed in."""
    if not action.startswith(_MARK):
        return None, action
    sealed, rest = action[1 : 1 + _LETTERS], action[1 + _LETTERS :]
    try:
        return int.from_bytes(urlsafe_b64decode(sealed + "=="), signed=True), rest
    except (Error, ValueError):
        return None, "help"


def _aimed(part: RenderedPart, chat: int) -> RenderedPart:
    markup = part.payload.get("reply_markup")
    if not isinstance(markup, dict):
        return part
    mark = _MARK + urlsafe_b64encode(chat.to_bytes(_ID_BYTES, signed=True)).decode().rstrip("=")
    rows = [[_button(button, mark) for button in row] for row in markup["inline_keyboard"]]
    fitting = [[button for button in row if len(button["callback_data"].encode()) <= DATA_LIMIT] for row in rows]
    return replace(part, payload=part.payload | {"reply_markup": {"inline_keyboard": [row for row in fitting if row]}})


def _button(button: dict[str, str], mark: str) -> dict[str, str]:
    data = button["callback_data"]
    lasting = LASTING if data.startswith(LASTING) else ""
    return button | {"callback_data": lasting + mark + data.removeprefix(LASTING)}
