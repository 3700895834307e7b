"""What a call to Telegram comes to, over real connections that misbehave."""

from __future__ import annotations

import logging

import pytest

from bot.adapters.telegram import platform as platform_module
from bot.adapters.telegram.platform import TelegramPlatform
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome
from bot.domain.message import Button, Message, Picture, RenderedPart
from tests.adapters.telegram.conftest import QuickClock, says
from tests.fakes import suggest
from tests.fakes.telegram import FakeTelegram, faults
from tests.fakes.telegram.faults import Fault

OUTCOMES: list[tuple[Fault, SendOutcome, int]] = [
    (faults.flood(3), SendOutcome.RETRY, 0),
    (faults.flood(None), SendOutcome.RETRY, 0),
    (faults.forbidden(), SendOutcome.CHAT_GONE, 0),
    (faults.bad_request("chat not found"), SendOutcome.CHAT_GONE, 0),
    (faults.bad_request("can't parse entities"), SendOutcome.REFUSED, 0),
    (faults.migrated(-1_000_000_000_777), SendOutcome.MOVED, 0),
    (faults.conflict(), SendOutcome.RETRY, 0),
    (faults.unauthorized(), SendOutcome.STOP, 0),
    (faults.bad_gateway(), SendOutcome.AMBIGUOUS, 0),
    (faults.accepted(faults.bad_gateway()), SendOutcome.AMBIGUOUS, 1),
    (faults.dropped(), SendOutcome.AMBIGUOUS, 0),
    (faults.accepted(faults.dropped()), SendOutcome.AMBIGUOUS, 1),
    (faults.accepted(faults.garbage()), SendOutcome.AMBIGUOUS, 1),
    (faults.refused_with_200(), SendOutcome.AMBIGUOUS, 0),
]


@pytest.fixture
def here(fake: FakeTelegram) -> ChatAddress:
    return ChatAddress("telegram", str(fake.group()))


def part_of(platform: TelegramPlatform, message: Message) -> RenderedPart:
    (part,) = platform.renderer.render(message)
    return part


@pytest.mark.parametrize(("fault", "outcome", "arrived"), OUTCOMES)
async def test_one_call_has_one_outcome_and_is_not_repeated(
    fake: FakeTelegram, platform: TelegramPlatform, here: ChatAddress, fault: Fault, outcome: SendOutcome, arrived: int
) -> None:
    fake.script("sendMessage", fault)

    result = await platform.send(here, part_of(platform, says("bonjour")), "n1")

    assert result.outcome is outcome
    assert len(fake.sent(int(here.chat))) == arrived


async def test_silence_after_a_message_leaves_a_doubt(
    fake: FakeTelegram, here: ChatAddress, clock: QuickClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform_module, "CALL_SECONDS", 0.1)
    hasty = TelegramPlatform(fake.token, commands=(), suggest=suggest.nothing, api_url=fake.url, clock=clock)
    fake.script("sendMessage", faults.accepted(faults.silence(1)))

    result = await hasty.send(here, part_of(hasty, says("bonjour")), "n1")
    await hasty.close()

    assert result.outcome is SendOutcome.AMBIGUOUS
    assert len(fake.sent(int(here.chat))) == 1


async def test_a_sent_part_has_telegrams_message_id(
    fake: FakeTelegram, platform: TelegramPlatform, here: ChatAddress
) -> None:
    result = await platform.send(here, part_of(platform, says("<b> & co")), "n1")

    (sent,) = fake.sent(int(here.chat))
    assert (result.outcome, result.message_id) == (SendOutcome.SENT, str(sent.message_id))
    assert sent.text == "<b> & co"


async def test_no_server_at_all_is_worth_another_try(fake: FakeTelegram, platform: TelegramPlatform) -> None:
    await fake.stop()

    result = await platform.send(ChatAddress("telegram", "5"), part_of(platform, says("bonjour")), "n1")

    assert result.outcome is SendOutcome.RETRY


async def test_a_platform_that_stopped_sends_nothing_and_says_so(platform: TelegramPlatform, here: ChatAddress) -> None:
    await platform.close()

    assert (await platform.send(here, part_of(platform, says("bonjour")), "n1")).outcome is SendOutcome.RETRY


async def test_a_group_that_became_a_supergroup_tells_its_new_address(
    fake: FakeTelegram, platform: TelegramPlatform
) -> None:
    group = fake.group(basic=True)
    new = await fake.migrate(group, announce=False)

    result = await platform.send(ChatAddress("telegram", str(group)), part_of(platform, says("bonjour")), "n1")

    assert result.moved_to == ChatAddress("telegram", str(new))


async def test_a_closed_topic_is_gone_and_its_group_is_not(fake: FakeTelegram, platform: TelegramPlatform) -> None:
    group = fake.group(forum=True, topics=[7])
    part = part_of(platform, says("bonjour"))

    gone = await platform.send(ChatAddress("telegram", str(group), "8"), part, "n1")
    sent = await platform.send(ChatAddress("telegram", str(group), "7"), part, "n2")

    assert (gone.outcome, sent.outcome) == (SendOutcome.CHAT_GONE, SendOutcome.SENT)


async def test_an_edit_replaces_words_and_buttons(
    fake: FakeTelegram, platform: TelegramPlatform, here: ChatAddress
) -> None:
    first = await platform.send(here, part_of(platform, says("Première lecture…")), "n1")
    assert first.message_id is not None
    better = Message("fr", says("Neuf sources lues.").blocks, buttons=((Button("Détails", "details"),),), silent=True)

    results = [await platform.edit(here, first.message_id, part_of(platform, better)) for _ in range(2)]

    (message,) = fake.sent(int(here.chat))
    assert [result.outcome for result in results] == [SendOutcome.SENT] * 2
    assert (message.text, message.labels, message.edits) == ("Neuf sources lues.", ["Détails"], 1)


async def test_an_edit_replaces_a_picture(fake: FakeTelegram, platform: TelegramPlatform, here: ChatAddress) -> None:
    def picture(png: bytes, words: str) -> RenderedPart:
        return part_of(platform, Message("fr", (), picture=Picture(png, words)))

    first = await platform.send(here, picture(b"\x89PNG 1", "Trois jours."), "n1")
    assert first.message_id is not None
    result = await platform.edit(here, first.message_id, picture(b"\x89PNG 2", "Quatre jours."))

    (message,) = fake.sent(int(here.chat))
    assert result.outcome is SendOutcome.SENT
    assert (message.photo, message.text) == (b"\x89PNG 2", "Quatre jours.")


async def test_a_message_that_is_no_more_can_not_be_edited(platform: TelegramPlatform, here: ChatAddress) -> None:
    result = await platform.edit(here, "404", part_of(platform, says("trop tard")))

    assert result.outcome is SendOutcome.REFUSED


async def test_the_token_is_in_no_log_and_no_representation(
    fake: FakeTelegram, platform: TelegramPlatform, here: ChatAddress, caplog: pytest.LogCaptureFixture
) -> None:
    fake.script("sendMessage", faults.bad_gateway(), faults.garbage())
    with caplog.at_level(logging.INFO):
        results = [await platform.send(here, part_of(platform, says("bonjour")), "n") for _ in range(3)]

    secret = fake.token.partition(":")[2]
    assert secret not in caplog.text + repr(platform) + str(results)
