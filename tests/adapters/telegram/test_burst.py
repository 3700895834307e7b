"""Who types a thousand commands waits for themselves: briefings go out as if nobody had typed anything."""

from __future__ import annotations

import asyncio

from bot.adapters.telegram.platform import TelegramPlatform
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome
from tests.adapters.telegram.conftest import Newsroom, says
from tests.fakes.telegram import ChatState, FakeTelegram

COMMANDS = 1000
READERS = 60
FIRST_READER = 82_000_000
A_FEW = 10
"""Answers among the briefings: what one person's chat may get while they are sent."""


async def test_a_thousand_commands_from_one_person_delay_no_briefing(
    platform: TelegramPlatform, fake: FakeTelegram, newsroom: Newsroom
) -> None:
    awa = fake.person("fr")
    readers = range(FIRST_READER, FIRST_READER + READERS)
    fake.api.chats |= {reader: ChatState(reader, "private") for reader in readers}
    for number in range(COMMANDS):
        await fake.private(f"/status {number}", person=awa)
    await fake.until(lambda: bool(fake.sent(awa.chat)), "the first answer")

    (part,) = platform.renderer.render(says("Le point du jour."))
    sent = await asyncio.gather(
        *(platform.send(ChatAddress("telegram", str(reader)), part, str(reader)) for reader in readers)
    )
    assert {result.outcome for result in sent} == {SendOutcome.SENT}
    arrived = [call.arguments["chat_id"] for call in fake.calls if call.method == "sendMessage"]
    last = max(place for place, chat in enumerate(arrived) if chat in readers)
    assert arrived[:last].count(awa.chat) <= A_FEW
    assert len(newsroom.asked) < COMMANDS / 10
