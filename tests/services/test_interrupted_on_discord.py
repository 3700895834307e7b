"""Discord tells an interaction once: whoever asked while the bot was ended is told so by the next one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select

from bot.adapters.discord import client, platform
from bot.adapters.discord.platform import DiscordPlatform
from bot.adapters.sql.schema import unanswered
from bot.adapters.sql.store import SqlStore
from bot.domain.language import reader_language
from bot.domain.message import Button, Message, Paragraph, Text
from bot.ports import CommandDescription, Request
from bot.services.answering import Answering
from bot.services.once import CarriedOut, OnceStore
from tests.fakes import suggest
from tests.fakes.clock import FakeClock
from tests.fakes.discord import Channel, FakeDiscord, Guild

COMMANDS = (CommandDescription("forget", {"fr": "Tout oublier", "en": "Forget everything"}),)
UNDONE = "J’ai été interrompu avant d’avoir pu le faire\N{NO-BREAK SPACE}: rien n’a changé. Refaites votre demande."
DONE = "This is done, but I was interrupted before I could answer. Ask again to see how things stand."


@dataclass
class Bot:
    """Carries out what it is asked, as one that writes once; the first time it may hang before or after that."""

    store: SqlStore
    clock: FakeClock
    discord: FakeDiscord
    hangs: str = ""
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def dispatch(self, request: Request) -> Message | None:
        once = OnceStore(self.store, self.clock, "discord", request.update_id)
        if self.hangs == "before":
            await self._hang()
        async with once.write():
            pass
        if self.hangs == "after":
            await self._hang()
        language = reader_language(request.client_language)
        return Message(language, (Paragraph((Text("done"),)),), ((Button("again", "forget"),),), replaces=True)

    async def _hang(self) -> None:
        self.begun.set()
        await asyncio.Event().wait()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Connected, until its end cuts short whatever it is doing."""
        served = DiscordPlatform(
            self.discord.token,
            commands=COMMANDS,
            suggest=suggest.nothing,
            clock=self.clock,
            api_url=self.discord.api_url,
            gateway_url=self.discord.gateway_url,
            in_place=frozenset({"forget"}),
            book=Answering(self.store, self.clock, "discord"),
        )
        serving = asyncio.create_task(served.serve(self.dispatch))
        await self.discord.until(lambda: self.discord.gateway.connected and self.discord.rest.commands)
        try:
            yield
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving


@pytest.fixture(autouse=True)
def _ends_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "SETTLING", 0.05)
    monkeypatch.setattr(platform, "FAREWELL", 0.05)


@pytest.fixture
def bot(store: SqlStore, clock: FakeClock, discord: FakeDiscord) -> Bot:
    return Bot(store, clock, discord)


@pytest.fixture
def place(discord: FakeDiscord) -> tuple[Guild, Channel]:
    guild = discord.add_guild()
    return guild, discord.add_channel(guild)


async def noted(store: SqlStore) -> int:
    async with store._database.reading() as connection:
        return int(await connection.scalar(select(func.count()).select_from(unanswered)) or 0)


@pytest.mark.parametrize(("hangs", "locale", "told"), [("before", "fr", UNDONE), ("after", "en-GB", DONE)])
async def test_who_asked_is_told_what_became_of_it_in_the_place_of_the_answer(
    bot: Bot, place: tuple[Guild, Channel], hangs: str, locale: str, told: str
) -> None:
    bot.hangs = hangs
    async with bot.running():
        answer = await bot.discord.slash(*place, "forget", locale=locale, wait=False)
        await bot.begun.wait()
    assert not answer.done
    bot.hangs = ""
    async with bot.running():
        await bot.discord.until(lambda: answer.done)
        assert (await bot.discord.slash(*place, "forget")).text == "done"
    assert [message.text for message in answer.messages] == [told]
    assert answer.private
    assert await noted(bot.store) == 0


async def test_a_card_that_was_pressed_stays_and_the_words_stand_below_it(
    bot: Bot, place: tuple[Guild, Channel]
) -> None:
    async with bot.running():
        card = (await bot.discord.slash(*place, "forget")).messages[0]
        bot.hangs = "before"
        pressed = await bot.discord.press(place[0], card, "again", wait=False)
        await bot.begun.wait()
    bot.hangs = ""
    async with bot.running():
        await bot.discord.until(lambda: pressed.messages)
    assert [message.text for message in pressed.messages] == [UNDONE]
    assert card.text == "done"


async def test_who_was_answered_is_told_nothing_more(bot: Bot, place: tuple[Guild, Channel]) -> None:
    async with bot.running():
        answer = await bot.discord.slash(*place, "forget")
    async with bot.running():
        await bot.discord.slash(*place, "forget")
    assert [message.text for message in answer.messages] == ["done"]
    assert await noted(bot.store) == 0


async def test_after_a_quarter_of_an_hour_nobody_is_reached_and_nothing_is_kept(
    bot: Bot, place: tuple[Guild, Channel], clock: FakeClock
) -> None:
    bot.hangs = "before"
    async with bot.running():
        answer = await bot.discord.slash(*place, "forget", wait=False)
        await bot.begun.wait()
    clock.pass_by(minutes=16)
    bot.hangs = ""
    async with bot.running():
        await bot.discord.slash(*place, "forget")
    assert not answer.done
    assert await noted(bot.store) == 0


async def test_what_was_said_not_to_be_done_is_not_done_by_a_process_that_only_stood_still(
    bot: Bot, place: tuple[Guild, Channel]
) -> None:
    bot.hangs = "before"
    async with bot.running():
        answer = await bot.discord.slash(*place, "forget", wait=False)
        await bot.begun.wait()
    bot.hangs = ""
    async with bot.running():
        await bot.discord.until(lambda: answer.done)
    late = OnceStore(bot.store, bot.clock, "discord", f"discord:{answer.interaction}")
    with pytest.raises(CarriedOut):
        await late.finish()
