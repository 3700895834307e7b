"""How large a message, its caption and its keyboard may be."""

from __future__ import annotations

from typing import Any

from tests.fakes.telegram.html import Marked, read_html, utf16_length
from tests.fakes.telegram.schema import BadParameter, Upload
from tests.fakes.telegram.state import SentButton

Arguments = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_DATA_LIMIT = 64
CALLBACK_ANSWER_LIMIT = 200
MOST_BUTTONS = 100
MOST_ENTITIES = 100
MOST_COMMANDS = 100
PHOTO_LIMIT = 10 * 1024 * 1024


def marked_of(arguments: Arguments, name: str, limit: int, complaint: str) -> Marked:
    """The words and marks of an argument. Raises BadParameter."""
    raw = arguments.get(name, "")
    mode = arguments.get("parse_mode")
    if mode not in (None, "HTML"):
        raise BadParameter(f"this project writes HTML, not {mode}")
    marked = read_html(raw) if mode else Marked(raw.strip(), ())
    if utf16_length(marked.text) > limit:
        raise BadParameter(complaint)
    if len(marked.entities) > MOST_ENTITIES:
        raise BadParameter("more than 100 entities: Telegram would drop some silently")
    return marked


def keyboard_of(arguments: Arguments) -> tuple[tuple[SentButton, ...], ...]:
    """The buttons of a call. Raises BadParameter."""
    rows = arguments.get("reply_markup", {}).get("inline_keyboard", [])
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise BadParameter("reply markup is too long")
    return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(button: dict[str, Any]) -> SentButton:
    data = button.get("callback_data", "")
    if not button["text"].strip():
        raise BadParameter("inline keyboard button text must be non-empty")
    if not 1 <= len(data.encode()) <= CALLBACK_DATA_LIMIT:
        raise BadParameter("BUTTON_DATA_INVALID")
    return SentButton(button["text"], data)


def photo_of(photo: object) -> bytes:
    """The bytes of an uploaded photo. Raises BadParameter."""
    if not isinstance(photo, Upload) or not photo.content:
        raise BadParameter("there is no photo in the request")
    if len(photo.content) > PHOTO_LIMIT:
        raise BadParameter("PHOTO_TOO_BIG")
    return photo.content
