"""Discord's interactions as requests. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.adapters.discord.render import LASTING, READ
from bot.adapters.discord.server import view_of
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.language import ReaderLanguage, reader_language
from bot.ports import Request


@dataclass(frozen=True, slots=True)
class Typing:
    """An option a person is filling in."""

    verb: str
    option: str
    text: str
    language: ReaderLanguage
    beside: Mapping[str, str]
    """What the other options hold so far."""


def command_request(interaction: discord.Interaction[Any]) -> Request:
    """A slash command: its options by name."""
    data = _data(interaction)
    options = {str(option["name"]): str(option["value"]) for option in data.get("options", ())}
    return _request(interaction, command=str(data["name"]), options=options)


def press_request(interaction: discord.Interaction[Any], action: str) -> Request:
    """A pressed button: its action, as if typed."""
    command, _, text = action.partition(" ")
    if command != READ:
        return _request(interaction, command=command, text=text.strip())
    language, _, rest = text.partition(" ")
    return replace(press_request(interaction, rest), client_language=language, for_asker_alone=True)


def stays(interaction: discord.Interaction[Any]) -> bool:
    """Whether the message whose button was pressed is to stay as it is."""
    mark = str(_data(interaction).get("custom_id", "")).split(":")[1:2]
    return bool(mark) and mark[0].endswith(LASTING)


def typing(interaction: discord.Interaction[Any], default: ReaderLanguage) -> Typing | None:
    """What is being typed in which option; None when nothing is."""
    data = _data(interaction)
    for option in data.get("options", ()):
        if option.get("focused"):
            language = reader_language(interaction.locale.value, default)
            beside = {str(other["name"]): str(other.get("value", "")) for other in data["options"]}
            return Typing(str(data["name"]), str(option["name"]), str(option.get("value", "")), language, beside)
    return None


def in_private(interaction: discord.Interaction[Any]) -> bool:
    """Between the person and the bot alone."""
    return interaction.guild_id is None


def _request(
    interaction: discord.Interaction[Any], *, command: str, text: str = "", options: Mapping[str, str] | None = None
) -> Request:
    private = in_private(interaction)
    return Request(
        chat=address(interaction),
        chat_kind=ChatKind.PRIVATE if private else ChatKind.GROUP,
        person=str(interaction.user.id),
        is_moderator=private or _manages(interaction.permissions),
        client_language=interaction.locale.value,
        command=command,
        text=text,
        options=options,
        update_id=update_id(interaction),
        for_asker_alone=not private,
        server=view_of(interaction),
    )


def address(interaction: discord.Interaction[Any]) -> ChatAddress:
    """Where it was asked. A thread or forum post is a channel of its own on Discord, so ``thread`` stays empty."""
    if interaction.channel is None:
        raise ValueError("an interaction of a kind of channel this discord.py does not know")
    return ChatAddress("discord", str(interaction.channel.id))


def update_id(interaction: discord.Interaction[Any]) -> str:
    """What it is called among all platforms' updates."""
    return f"discord:{interaction.id}"


def _manages(permissions: discord.Permissions) -> bool:
    """What a command's own default permission hints at, checked by us: servers can override the hint."""
    return permissions.manage_guild or permissions.administrator


def _data(interaction: discord.Interaction[Any]) -> Mapping[str, Any]:
    return interaction.data or {}
