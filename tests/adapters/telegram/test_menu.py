"""The menus people see."""

from __future__ import annotations

from bot.adapters.telegram.menu import menus
from bot.adapters.telegram.platform import TelegramPlatform
from tests.adapters.telegram.conftest import COMMANDS, Newsroom
from tests.fakes.telegram import FakeTelegram


def verbs(fake: FakeTelegram, scope: str, language: str) -> list[str]:
    return [command["command"] for command in fake.api.menus[scope, language]]


async def test_everyone_has_the_short_menu_and_administrators_theirs(fake: FakeTelegram, newsroom: Newsroom) -> None:
    await fake.until_called("setMyCommands", 6)

    for language in ("", "fr", "en"):
        assert verbs(fake, "default", language) == ["brief", "status"]
        assert verbs(fake, "all_chat_administrators", language) == ["brief", "status", "addfeed"]


async def test_each_language_has_its_own_words(fake: FakeTelegram, newsroom: Newsroom) -> None:
    await fake.until_called("setMyCommands", 6)

    first = {language: fake.api.menus["default", language][0]["description"] for language in ("", "fr", "en")}
    assert first == {"": "Le point du jour", "fr": "Le point du jour", "en": "Today's briefing"}


async def test_a_menu_that_is_right_is_left_alone(fake: FakeTelegram, platform: TelegramPlatform) -> None:
    wanted = menus(COMMANDS, "fr")
    fake.api.menus = {
        (menu.scope.type, menu.language_code or ""): [command.to_dict() for command in menu.commands] for menu in wanted
    }
    fake.api.menus["default", "en"] = []

    changed = await platform.publish_menus()

    assert (changed, fake.called("setMyCommands")) == (1, 1)
    assert verbs(fake, "default", "en") == ["brief", "status"]
