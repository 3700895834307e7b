"""Telegram forgets nothing that has not been carried out, and tells of nothing for ever."""

from __future__ import annotations

import asyncio

from bot.adapters.telegram.platform import TelegramPlatform
from bot.domain.message import Message
from bot.ports.talking import Request
from tests.adapters.telegram.conftest import Newsroom, says
from tests.fakes.telegram import FakeTelegram


class Slow(Newsroom):
    """Answers when it is allowed to."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.open = asyncio.Event(), asyncio.Event()
        self.answer = self._slowly

    async def _slowly(self, request: Request) -> Message | None:
        if request.text == "slow":
            self.begun.set()
            await self.open.wait()
        return says(request.text)


async def stop(serving: asyncio.Task[None]) -> None:
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


def confirmed(fake: FakeTelegram) -> object:
    """The update from which on Telegram was asked last."""
    return [call.arguments for call in fake.calls if call.method == "getUpdates"][-1].get("offset")


async def test_what_is_being_answered_is_not_confirmed_and_keeps_nobody_else_waiting(
    fake: FakeTelegram, platform: TelegramPlatform
) -> None:
    newsroom = Slow()
    serving = asyncio.create_task(platform.serve(newsroom))
    first = await fake.private("/status slow")
    await newsroom.begun.wait()
    other = fake.person("en", "Ben")
    for number in range(3):
        await fake.private(f"/status {number}", person=other)
        assert (await fake.next_message(other.chat)).text == str(number)
    assert confirmed(fake) in {None, first}
    newsroom.open.set()
    await fake.next_message(fake.person().chat)
    await fake.until_all_taken()
    assert [request.text for request in newsroom.asked] == ["slow", "0", "1", "2"]
    await stop(serving)


async def test_an_update_whose_answer_crashes_is_confirmed_all_the_same(
    fake: FakeTelegram, platform: TelegramPlatform
) -> None:
    async def crash(_request: Request) -> Message | None:
        raise RuntimeError

    newsroom = Newsroom()
    newsroom.answer = crash
    serving = asyncio.create_task(platform.serve(newsroom))
    await fake.private("/status")
    await fake.until_all_taken()
    assert len(newsroom.asked) == 1
    await stop(serving)


async def test_what_was_broken_off_is_carried_out_by_the_next_listener(
    fake: FakeTelegram, platform: TelegramPlatform
) -> None:
    broken = Slow()

    async def break_off(_request: Request) -> Message | None:
        broken.begun.set()
        raise asyncio.CancelledError

    broken.answer = break_off
    serving = asyncio.create_task(platform.serve(broken))
    await fake.private("/status again")
    await broken.begun.wait()
    await stop(serving)
    newsroom = Newsroom()
    serving = asyncio.create_task(platform.serve(newsroom))
    assert (await fake.next_message(fake.person().chat)).text == "status: again"
    await stop(serving)
