"""The commands as Discord's own interface shows them, and whether it already does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.language import ReaderLanguage
from bot.ports import CommandDescription, OptionDescription, OptionKind

DESCRIPTION_LIMIT = 100
SUGGESTION_LIMIT = 25
CHOICE_LIMIT = 100
"""Longest label and longest value of a suggestion."""

_LOCALES: Mapping[str, ReaderLanguage] = {"en-GB": "en", "en-US": "en", "fr": "fr"}
_STRING = 3
_TYPES = {OptionKind.TEXT: _STRING, OptionKind.TAG: _STRING, OptionKind.CHAT: 7, OptionKind.ROLE: 8}
_CHATS = (0, 2, 5, 10, 11, 12, 13, 15)
"""Channels one can write in: text, voice, announcements and threads of all kinds, stages, forums; no categories."""
_MANAGE_GUILD = 1 << 5
_IN_GUILDS, _IN_DIRECT_MESSAGES = 0, 1
_INSTALLED_IN_GUILDS = 0
_KEPT = {
    "name",
    "description",
    "description_localizations",
    "options",
    "type",
    "required",
    "autocomplete",
    "channel_types",
    "choices",
    "value",
    "name_localizations",
    "default_member_permissions",
    "contexts",
    "integration_types",
}

Definition = dict[str, Any]


def definitions(commands: Sequence[CommandDescription]) -> list[Definition]:
    """The JSON of a bulk overwrite. Names are the same in every language, as on the other platforms."""
    return [_definition(command) for command in commands]


def _definition(command: CommandDescription) -> Definition:
    definition: Definition = {
        "name": command.verb,
        **_described(command.descriptions),
        "options": [_option(option) for option in sorted(command.options, key=lambda option: not option.required)],
        "contexts": [_IN_GUILDS] if command.in_servers else [_IN_GUILDS, _IN_DIRECT_MESSAGES],
        "integration_types": [_INSTALLED_IN_GUILDS],
    }
    if command.for_moderators:
        definition["default_member_permissions"] = _MANAGE_GUILD
    return definition


def _option(option: OptionDescription) -> Definition:
    definition: Definition = {
        "type": _TYPES[option.kind],
        "name": option.name,
        **_described(option.descriptions),
        "required": option.required,
    }
    if _TYPES[option.kind] == _STRING:
        definition["autocomplete"] = option.suggested or option.kind is OptionKind.TAG
    if option.kind is OptionKind.CHAT:
        definition["channel_types"] = [*_CHATS]
    if option.choices:
        definition["choices"] = [_choice(value, labels) for value, labels in option.choices]
    return definition


def _choice(value: str, labels: Mapping[ReaderLanguage, str]) -> Definition:
    localised = {locale: labels[language] for locale, language in _LOCALES.items()}
    return {"name": labels["en"], "name_localizations": localised, "value": value}


def _described(descriptions: Mapping[ReaderLanguage, str]) -> Definition:
    """English for every locale without its own: Discord has about thirty."""
    localised = {locale: descriptions[language] for locale, language in _LOCALES.items()}
    return {"description": descriptions["en"], "description_localizations": localised}


def choices(suggestions: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Suggestions Discord accepts: at most 25; a value is never cut, it would be another one."""
    fitting = [(label[:CHOICE_LIMIT], value) for label, value in suggestions if label and len(value) <= CHOICE_LIMIT]
    return fitting[:SUGGESTION_LIMIT]


def tagged_options(commands: Sequence[CommandDescription]) -> frozenset[tuple[str, str]]:
    """(verb, option) of every option that takes a forum's tag: Discord alone knows which there are."""
    return frozenset(
        (command.verb, option.name)
        for command in commands
        for option in command.options
        if option.kind is OptionKind.TAG
    )


def matching_tags(tags: Sequence[tuple[str, str]], text: str) -> list[tuple[str, str]]:
    """(name, id) pairs of a forum's tags with what is typed in their name."""
    return [(name, tag) for tag, name in tags if text.casefold() in name.casefold()]


def fingerprint(commands: Sequence[Mapping[str, Any]]) -> str:
    """A hash of what matters in definitions, ours or fetched: the same for both when nothing has changed."""
    normal = sorted((_normal(command) for command in commands), key=lambda command: str(command["name"]))
    return hashlib.sha256(json.dumps(normal, sort_keys=True).encode()).hexdigest()


def _normal(definition: Mapping[str, Any]) -> Definition:
    """Without what Discord adds, and without what it leaves out because it is the default."""
    normal = {key: value for key, value in definition.items() if key in _KEPT and value}
    if "default_member_permissions" in normal:
        normal["default_member_permissions"] = str(normal["default_member_permissions"])
    for key in ("contexts", "integration_types", "channel_types"):
        normal[key] = sorted(normal.get(key, ()))
    normal["choices"] = [_normal(choice) for choice in normal.get("choices", ())]
    normal["options"] = [_normal(option) for option in normal.get("options", ())]
    if normal.get("type") == 1:
        del normal["type"]
    return normal
