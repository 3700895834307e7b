"""Which methods, parameters and types the Bot API has: the published description where it is there, else ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PUBLISHED = Path(__file__).resolve().parents[4] / "shared" / "specs" / "telegram-bot-api.json"


class BadParameter(Exception):
    """A call the Bot API would refuse. Its text is the description after ``Bad Request:``."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent with a call."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of a method or a field of an object."""

    types: tuple[str, ...]
    required: bool


Fields = dict[str, Field]


@dataclass(frozen=True, slots=True)
class Schema:
    """Methods and types by name."""

    methods: dict[str, Fields]
    types: dict[str, Fields]

    def check_call(self, method: str, raw: dict[str, str], uploads: dict[str, Upload]) -> dict[str, Any]:
        """A call's arguments as Python values. Raises BadParameter."""
        fields = self.methods[method]
        given = {name: self._argument(fields.get(name), name, value) for name, value in raw.items()}
        for name, upload in uploads.items():
            if name in fields and "InputFile" in fields[name].types:
                given[name] = upload
            elif f"attach://{name}" not in json.dumps(given, default=str):
                raise BadParameter(f"file {name} is not used by {method}")
        self._require(fields, given, method)
        return given

    def _argument(self, field: Field | None, name: str, raw: str) -> Any:
        if field is None:
            raise BadParameter(f"unknown parameter {name}")
        if "String" in field.types and "Integer" not in field.types:
            return raw
        try:
            value = json.loads(raw)
        except ValueError:
            value = raw
        self._check(field.types, value, name)
        return value

    def _check(self, types: tuple[str, ...], value: Any, where: str) -> None:
        problems = []
        for kind in types:
            try:
                self._check_one(kind, value, where)
            except BadParameter as problem:
                problems.append(str(problem))
            else:
                return
        raise BadParameter("; ".join(problems))

    def _check_one(self, kind: str, value: Any, where: str) -> None:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                raise BadParameter(f"{where} is no array")
            for number, item in enumerate(value):
                self._check((kind.removeprefix("Array of "),), item, f"{where}[{number}]")
        elif kind in _PLAIN:
            if not isinstance(value, _PLAIN[kind]) or (kind != "Boolean" and isinstance(value, bool)):
                raise BadParameter(f"{where} is no {kind}: {value!r}")
        elif not isinstance(value, dict):
            raise BadParameter(f"{where} is no {kind}: {value!r}")
        elif kind in self.types:
            self._check_object(kind, value, where)

    def _check_object(self, kind: str, value: dict[str, Any], where: str) -> None:
        fields = self.types[kind]
        for name, item in value.items():
            if name not in fields:
                raise BadParameter(f"{where} has an unknown field {name}")
            self._check(fields[name].types, item, f"{where}.{name}")
        self._require(fields, value, where)

    @staticmethod
    def _require(fields: Fields, given: dict[str, Any], where: str) -> None:
        missing = [name for name, field in fields.items() if field.required and name not in given]
        if missing:
            raise BadParameter(f"{where} lacks {', '.join(missing)}")


_PLAIN: dict[str, Any] = {"String": str, "Integer": int, "Float": (int, float), "Boolean": bool}


@cache
def schema() -> Schema:
    """The best description at hand."""
    return published() if PUBLISHED.exists() else built_in()


def published() -> Schema:
    """Telegram's own list of methods and types, as a JSON file."""
    book = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    methods = {name: _published_fields(entry) for name, entry in book["methods"].items()}
    types = {name: _published_fields(entry) for name, entry in book["types"].items() if entry.get("fields")}
    return Schema(methods, types)


def _published_fields(entry: dict[str, Any]) -> Fields:
    return {field["name"]: Field(tuple(field["types"]), field["required"]) for field in entry.get("fields", ())}


def built_in() -> Schema:
    """What this project uses of the Bot API; a test compares it with the published one."""
    return Schema(
        {name: _fields(line) for name, line in METHODS.items()}, {name: _fields(line) for name, line in TYPES.items()}
    )


def _fields(line: str) -> Fields:
    """Read ``name:Type|Type!``, an exclamation mark for required, underscores for the spaces of a type."""
    fields = {}
    for entry in line.split():
        name, _, types = entry.partition(":")
        fields[name] = Field(tuple(types.rstrip("!").replace("_", " ").split("|")), entry.endswith("!"))
    return fields


METHODS = {
    "getMe": "",
    "getUpdates": "offset:Integer limit:Integer timeout:Integer allowed_updates:Array_of_String",
    "deleteWebhook": "drop_pending_updates:Boolean",
    "sendMessage": (
        "chat_id:Integer|String! message_thread_id:Integer text:String! parse_mode:String "
        "link_preview_options:LinkPreviewOptions disable_notification:Boolean reply_parameters:ReplyParameters "
        "reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply"
    ),
    "sendPhoto": (
        "chat_id:Integer|String! message_thread_id:Integer photo:InputFile|String! caption:String parse_mode:String "
        "disable_notification:Boolean reply_parameters:ReplyParameters "
        "reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply"
    ),
    "sendChatAction": "chat_id:Integer|String! message_thread_id:Integer action:String!",
    "editMessageText": (
        "chat_id:Integer|String message_id:Integer text:String parse_mode:String "
        "link_preview_options:LinkPreviewOptions reply_markup:InlineKeyboardMarkup"
    ),
    "editMessageMedia": (
        "chat_id:Integer|String message_id:Integer media:InputMedia! reply_markup:InlineKeyboardMarkup"
    ),
    "answerCallbackQuery": ("callback_query_id:String! text:String show_alert:Boolean url:String cache_time:Integer"),
    "setMyCommands": "commands:Array_of_BotCommand! scope:BotCommandScope language_code:String",
    "getMyCommands": "scope:BotCommandScope language_code:String",
    "setMyDescription": "description:String language_code:String",
    "getMyDescription": "language_code:String",
    "setMyShortDescription": "short_description:String language_code:String",
    "getMyShortDescription": "language_code:String",
    "getChat": "chat_id:Integer|String!",
    "getChatMember": "chat_id:Integer|String! user_id:Integer!",
    "getChatAdministrators": "chat_id:Integer|String!",
}

TYPES = {
    "InlineKeyboardMarkup": "inline_keyboard:Array_of_Array_of_InlineKeyboardButton!",
    "ReplyKeyboardMarkup": "keyboard:Array_of_Array_of_KeyboardButton!",
    "ReplyKeyboardRemove": "remove_keyboard:Boolean!",
    "ForceReply": "force_reply:Boolean!",
    "InlineKeyboardButton": "text:String! url:String callback_data:String",
    "LinkPreviewOptions": "is_disabled:Boolean url:String",
    "BotCommand": "command:String! description:String!",
    "ReplyParameters": "message_id:Integer! chat_id:Integer|String allow_sending_without_reply:Boolean",
}
