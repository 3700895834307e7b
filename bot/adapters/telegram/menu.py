"""The command menus Telegram shows: per language, and one for administrators of groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllChatAdministrators, BotCommandScopeDefault

from bot.adapters.telegram.cut import shorten
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.ports.talking import CommandDescription

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_DESCRIPTION_LIMIT = 256


@dataclass(frozen=True, slots=True)
class Menu:
    """One list of commands as Telegram keeps it."""

    commands: tuple[BotCommand, ...]
    scope: BotCommandScope
    language_code: str | None
    """None: for everybody whose language has no list of its own."""


def menus(commands: Sequence[CommandDescription], default_language: ReaderLanguage) -> tuple[Menu, ...]:
    """Every menu we keep up. Pure."""
    short = [command for command in commands if command.in_menu and _NAME.fullmatch(command.verb)]
    everyone = [command for command in short if not command.for_moderators]
    languages: tuple[ReaderLanguage | None, ...] = (None, *READER_LANGUAGES)
    return tuple(
        Menu(tuple(_entry(command, language or default_language) for command in listed), scope, language)
        for scope, listed in ((BotCommandScopeDefault(), everyone), (BotCommandScopeAllChatAdministrators(), short))
        for language in languages
    )


async def publish(bot: Bot, wanted: Sequence[Menu]) -> int:
    """Set the menus that differ from what Telegram has; how many. Raises TelegramError."""
    changed = 0
    for menu in wanted:
        if await bot.get_my_commands(menu.scope, menu.language_code) != menu.commands:
            await bot.set_my_commands(menu.commands, menu.scope, menu.language_code)
            changed += 1
    return changed


def _entry(command: CommandDescription, language: ReaderLanguage) -> BotCommand:
    return BotCommand(command.verb, shorten(command.descriptions[language], _DESCRIPTION_LIMIT))
