"""What people read of the bot before they have written to it."""

from __future__ import annotations

from bot.adapters.telegram.platform import TelegramPlatform
from bot.adapters.telegram.profile import LONG_LIMIT, SHORT_LIMIT
from bot.domain.language import READER_LANGUAGES
from bot.views.onboarding import introduction
from tests.adapters.telegram.conftest import COMMANDS, QuickClock
from tests.fakes import suggest
from tests.fakes.telegram import FakeTelegram


def introduced(fake: FakeTelegram, clock: QuickClock) -> TelegramPlatform:
    return TelegramPlatform(
        fake.token,
        commands=COMMANDS,
        suggest=suggest.nothing,
        api_url=fake.url,
        clock=clock,
        about={code: introduction(code) for code in READER_LANGUAGES},
    )


async def test_an_empty_chat_and_a_profile_speak_each_persons_language(fake: FakeTelegram, clock: QuickClock) -> None:
    platform = introduced(fake, clock)
    await platform.publish_menus()
    await platform.close()

    told = fake.api.descriptions
    assert set(told) == {(name, code) for name in ("description", "short_description") for code in ("", "fr", "en")}
    assert told["description", ""] == told["description", "fr"]
    assert "alerte aérienne" in told["description", "fr"]
    assert "air-raid warning" in told["description", "en"]
    assert told["short_description", "en"].startswith("Five minutes a day")


async def test_a_text_that_is_right_is_left_alone(fake: FakeTelegram, clock: QuickClock) -> None:
    platform = introduced(fake, clock)
    first, second = await platform.publish_menus(), await platform.publish_menus()
    await platform.close()

    assert (first > 0, second) == (True, 0)


def test_nothing_of_it_has_to_be_cut() -> None:
    for language in READER_LANGUAGES:
        short, long = introduction(language)
        assert len(short) <= SHORT_LIMIT
        assert len(long) <= LONG_LIMIT
