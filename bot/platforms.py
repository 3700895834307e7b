"""Platforms: how every one writes, and those the operator has a token for. Vendors' packages load with their tokens."""

from __future__ import annotations

from functools import partial

from bot.adapters.sql.store import SqlStore
from bot.commands.registry import Registry
from bot.domain.language import READER_LANGUAGES
from bot.i18n import translator
from bot.ports import Clock, Platform, Renderer
from bot.services.answering import Answering
from bot.services.chats import ChatBook
from bot.services.servers import admit
from bot.settings import Settings
from bot.views.onboarding import introduction

SHOWN_TO_ALL = frozenset({"brief", "status", "search"})
"""Answers that a moderator may show to a whole Discord channel: they only read."""
CHANGED_IN_PLACE = frozenset(
    {"settings", "setup", "start", "forget", "sources", "feeds", "audit", "undo", "addfeed", "suggestions", "reports"}
)
"""Cards whose buttons change them, on Discord: it has to be told before there is an answer."""


def renderers() -> dict[str, Renderer]:
    """How every platform writes, connected or not: pure, and without its vendor's package."""
    from bot.adapters.console import ConsoleRenderer
    from bot.adapters.discord.render import DiscordRenderer
    from bot.adapters.telegram.render import TelegramRenderer

    return {"console": ConsoleRenderer(), "telegram": TelegramRenderer(), "discord": DiscordRenderer()}


def connected(settings: Settings, store: SqlStore, clock: Clock, registry: Registry) -> dict[str, Platform]:
    """The platforms that have a token. A new platform is one folder under adapters/ and one line here."""
    tokens, descriptions, suggest = settings.token_of, registry.descriptions(), registry.suggest
    book = ChatBook(store)
    platforms: dict[str, Platform] = {}
    if "telegram" in tokens:
        from bot.adapters.telegram.platform import TelegramPlatform

        platforms["telegram"] = TelegramPlatform(
            tokens["telegram"],
            commands=descriptions,
            suggest=suggest,
            api_url=settings.telegram_api_url,
            clock=clock,
            events=book.note,
            default_language=settings.bot_language,
            about={code: introduction(code) for code in READER_LANGUAGES},
        )
    if "discord" in tokens:
        from bot.adapters.discord.platform import DiscordPlatform
        from bot.adapters.discord.sharing import Sharing

        platforms["discord"] = DiscordPlatform(
            tokens["discord"],
            commands=descriptions,
            suggest=suggest,
            api_url=settings.discord_api_url,
            gateway_url=settings.discord_gateway_url,
            clock=clock,
            events=book.note,
            servers=book,
            admit=partial(admit, store),
            in_place=CHANGED_IN_PLACE,
            book=Answering(store, clock, "discord"),
            sharing=Sharing({code: translator(code).text("button.share") for code in READER_LANGUAGES}, SHOWN_TO_ALL),
            default_language=settings.bot_language,
        )
    return platforms
