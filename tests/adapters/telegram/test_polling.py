"""Listening goes on whatever happens, and stops where only a person can help."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import structlog

from bot.adapters.telegram.platform import TelegramPlatform
from bot.adapters.telegram.polling import ALLOWED_UPDATES
from bot.domain.errors import PlatformRefused, PlatformUnavailable
from tests.adapters.telegram.conftest import COMMANDS, Newsroom, QuickClock
from tests.fakes import suggest
from tests.fakes.telegram import FakeTelegram, faults
from tests.fakes.telegram.faults import Fault


async def test_updates_are_asked_for_by_kind_and_confirmed(fake: FakeTelegram, newsroom: Newsroom) -> None:
    await fake.private("/status")
    await fake.next_message(fake.person().chat)
    await fake.until_all_taken()

    polls = [call.arguments for call in fake.calls if call.method == "getUpdates"]
    assert polls[0]["allowed_updates"] == list(ALLOWED_UPDATES)
    assert polls[-1]["offset"] == 900_002


@pytest.mark.parametrize(
    "fault",
    [
        faults.conflict(),
        faults.bad_gateway(),
        faults.flood(7),
        faults.flood(None),
        faults.dropped(),
        faults.garbage(),
        faults.refused_with_200(),
        faults.accepted(faults.dropped()),
    ],
    ids=lambda fault: f"{fault.status} {fault.description[:20]} {fault.body!r:.20} {fault.drop}",
)
async def test_a_mishap_delays_and_loses_nothing(
    fake: FakeTelegram, platform: TelegramPlatform, clock: QuickClock, fault: Fault
) -> None:
    fake.script("getUpdates", fault, fault)
    await fake.private("/status ceasefire")
    newsroom = Newsroom()
    serving = asyncio.create_task(platform.serve(newsroom))
    await fake.next_message(fake.person().chat)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)

    assert [request.text for request in newsroom.asked] == ["ceasefire"]
    assert max(clock.slept) >= (7 if "after 7" in fault.description else 2)


async def test_pauses_grow_and_end_at_a_minute(
    fake: FakeTelegram, platform: TelegramPlatform, clock: QuickClock
) -> None:
    fake.script("getMe", *[faults.bad_gateway()] * 9)
    serving = asyncio.create_task(platform.serve(Newsroom()))
    await fake.until_called("getUpdates")
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)

    assert clock.slept[:9] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
async def test_a_token_that_is_not_accepted_needs_a_person(
    fake: FakeTelegram, platform: TelegramPlatform, method: str
) -> None:
    fake.script(method, faults.unauthorized())

    with pytest.raises(PlatformRefused) as refused:
        await platform.serve(Newsroom())

    assert fake.token.partition(":")[2] not in repr(refused.value) + repr(refused.value.__cause__)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.unauthorized(), PlatformRefused),
        (faults.bad_gateway(), PlatformUnavailable),
        (faults.dropped(), PlatformUnavailable),
        (faults.refused_with_200(), PlatformUnavailable),
    ],
)
async def test_a_check_says_who_has_to_act(
    fake: FakeTelegram, platform: TelegramPlatform, fault: Fault, error: type[Exception]
) -> None:
    fake.script("getMe", fault)

    with pytest.raises(error) as raised:
        await platform.check()

    assert fake.token.partition(":")[2] not in repr(raised.value)


async def test_a_check_asks_who_we_are_and_nothing_else(fake: FakeTelegram, platform: TelegramPlatform) -> None:
    await platform.check()

    assert [call.method for call in fake.calls] == ["getMe"]


async def test_a_second_listener_is_told_and_both_live(fake: FakeTelegram, newsroom: Newsroom) -> None:
    other = TelegramPlatform(
        fake.token, commands=COMMANDS, suggest=suggest.nothing, api_url=fake.url, clock=QuickClock()
    )
    with structlog.testing.capture_logs() as logs:
        serving = asyncio.create_task(other.serve(newsroom))
        await fake.until_called("getUpdates", 4)
        await fake.private("/status")
        await fake.next_message(fake.person().chat)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)

    assert any("another program" in entry["event"] for entry in logs)


async def test_an_update_the_library_can_not_read_is_skipped(fake: FakeTelegram, newsroom: Newsroom) -> None:
    await fake.api.push("message", {"message_id": "no chat and no date"})
    await fake.private("/status après")

    assert (await fake.next_message(fake.person().chat)).text == "status: après"


async def test_an_answer_under_way_is_finished_when_we_stop(fake: FakeTelegram, platform: TelegramPlatform) -> None:
    newsroom = Newsroom()
    begun = asyncio.Event()
    echo = newsroom.answer

    async def slowly(request: object) -> object:
        begun.set()
        await asyncio.sleep(0.05)
        return await echo(newsroom.asked[0])

    newsroom.answer = slowly  # type: ignore[assignment]  # the test's own stub takes anything
    serving = asyncio.create_task(platform.serve(newsroom))
    await fake.private("/status fin")
    await begun.wait()
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)

    assert [message.text for message in fake.sent(fake.person().chat)] == ["status: fin"]


async def test_a_platform_can_serve_again_after_it_was_stopped(fake: FakeTelegram, platform: TelegramPlatform) -> None:
    for number in range(2):
        serving = asyncio.create_task(platform.serve(Newsroom()))
        await fake.private(f"/status {number}")
        assert (await fake.next_message(fake.person().chat)).text == f"status: {number}"
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


@pytest.fixture
async def logs() -> AsyncIterator[list[dict[str, object]]]:
    with structlog.testing.capture_logs() as captured:
        yield captured  # type: ignore[misc]  # structlog calls its entries MutableMapping


async def test_no_log_holds_a_secret_a_chat_or_a_persons_words(
    fake: FakeTelegram, platform: TelegramPlatform, logs: list[dict[str, object]]
) -> None:
    async def crash(request: object) -> None:
        raise RuntimeError(f"{fake.token} {fake.person().id} secret words")

    fake.script("getUpdates", faults.bad_gateway())
    newsroom = Newsroom()
    newsroom.answer = crash
    serving = asyncio.create_task(platform.serve(newsroom))
    await fake.private("/status secret words")
    await fake.until_all_taken()
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)

    written = repr(logs)
    assert "telegram request failed" in written
    assert "test_polling.py:" in written
    for private in (fake.token, fake.token.partition(":")[2], str(fake.person().id), "secret words"):
        assert private not in written


async def test_it_is_known_whether_telegram_is_there(fake: FakeTelegram, platform: TelegramPlatform) -> None:
    def is_there() -> bool:
        return platform.connected

    assert not is_there()
    serving = asyncio.create_task(platform.serve(Newsroom()))
    await fake.private("/status")
    await fake.next_message(fake.person().chat)
    assert is_there()
    fake.script("getUpdates", *[faults.dropped()] * 1000)
    await fake.private("/status")
    async with asyncio.timeout(5):
        while is_there():  # noqa: ASYNC110 - the platform tells nobody
            await asyncio.sleep(0.01)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
