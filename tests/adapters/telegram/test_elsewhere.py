"""A channel is set up in its administrator's private chat; rights are asked for at every act."""

from __future__ import annotations

import pytest

from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.message import Button, Message, Paragraph, Text
from bot.ports.talking import Request
from tests.adapters.telegram.conftest import Newsroom, QuickClock, says
from tests.fakes.telegram import FakeTelegram, faults


@pytest.fixture
def settings(newsroom: Newsroom) -> Newsroom:
    """Answers with a button, in place where it can."""

    async def answer(request: Request) -> Message:
        if request.obstacle:
            return says(f"{request.obstacle}: {request.text}")
        words = Paragraph((Text(f"{request.command} {request.text}"),))
        return Message("fr", (words,), ((Button("7 h", "forget 7:00"),),), private=True, replaces=True)

    newsroom.answer = answer
    return newsroom


def to(channel: int) -> ChatAddress:
    return ChatAddress("telegram", str(channel))


async def test_who_makes_us_administrator_of_a_channel_is_asked_how_to_set_it_up_in_private(
    fake: FakeTelegram, settings: Newsroom
) -> None:
    awa = fake.person("fr")
    await fake.private("/forget", person=awa)
    await fake.next_message(awa.chat)
    channel = fake.channel(admins=[awa], bot_is_admin=False)
    await fake.membership(channel, "administrator", by=awa)

    offer = await fake.next_message(awa.chat)
    await fake.press(offer, "7 h", awa)
    await fake.until(lambda: offer.edits == 1, "the answer in its place")

    assert offer.text == "La Vigie\nforget 7:00"
    assert fake.sent(channel) == [], "the channel's readers see nothing of it"
    asked = settings.asked[1:]
    assert [(request.command, request.text) for request in asked] == [("start", ""), ("forget", "7:00")]
    assert {request.chat for request in asked} == {to(channel)}
    assert {request.chat_kind for request in asked} == {ChatKind.CHANNEL}
    assert all(request.is_moderator and request.for_asker_alone and request.person == str(awa.id) for request in asked)


@pytest.mark.parametrize("name", ["@lavigie", "https://t.me/lavigie", "t.me/lavigie"])
async def test_a_public_channel_is_set_up_by_its_name(fake: FakeTelegram, settings: Newsroom, name: str) -> None:
    awa = fake.person("fr")
    channel = fake.channel(admins=[awa], username="lavigie")
    await fake.private(f"/forget {name} 8h Dakar", person=awa)

    assert (await fake.next_message(awa.chat)).text == "La Vigie\nforget 8h Dakar"
    assert (settings.asked[0].chat, settings.asked[0].text) == (to(channel), "8h Dakar")


async def test_a_private_channel_is_set_up_by_its_number(fake: FakeTelegram, settings: Newsroom) -> None:
    awa = fake.person("fr")
    channel = fake.channel(admins=[awa])
    await fake.private(f"/forget {channel}", person=awa)

    assert (await fake.next_message(awa.chat)).text == "La Vigie\nforget"


async def test_a_command_that_changes_no_chat_takes_a_name_for_words(fake: FakeTelegram, newsroom: Newsroom) -> None:
    await fake.private("/status @lavigie")

    assert (await fake.next_message(fake.person().chat)).text == "status: @lavigie"


@pytest.mark.parametrize(
    ("admin", "ours", "obstacle"),
    [
        (False, True, "channel-not-yours: La Vigie"),
        (True, False, "channel-not-ours: La Vigie"),
        (False, False, "channel-not-ours: La Vigie"),
    ],
)
async def test_who_may_not_is_told_what_to_do(
    fake: FakeTelegram, settings: Newsroom, admin: bool, ours: bool, obstacle: str
) -> None:
    awa = fake.person("fr")
    fake.channel(admins=[awa] if admin else [], bot_is_admin=ours, username="lavigie")
    await fake.private("/forget @lavigie", person=awa)

    assert (await fake.next_message(awa.chat)).text == obstacle
    assert settings.asked[0].chat == to(awa.chat), "nothing is asked of a channel that is not theirs"


async def test_a_channel_nobody_knows_and_a_network_that_fails_are_answered(
    fake: FakeTelegram, settings: Newsroom
) -> None:
    await fake.private("/forget @nowhere_at_all")
    assert (await fake.next_message(fake.person().chat)).text == "channel-unknown: @nowhere_at_all"

    fake.channel(admins=[fake.person()], username="lavigie")
    fake.script("getChat", faults.bad_gateway())
    await fake.private("/forget @lavigie")
    assert (await fake.next_message(fake.person().chat)).text.startswith("unexpected")


async def test_an_old_button_is_worth_no_more_than_its_pressers_rights_are_now(
    fake: FakeTelegram, settings: Newsroom, clock: QuickClock
) -> None:
    awa = fake.person("fr")
    channel = fake.channel(admins=[awa], username="lavigie")
    await fake.private("/forget @lavigie", person=awa)
    card = await fake.next_message(awa.chat)
    fake.api.chats[channel].admins.clear()
    await clock.sleep(61)
    await fake.press(card, "7 h", awa)

    assert (await fake.next_message(awa.chat)).text == "channel-not-yours: La Vigie"


async def test_who_never_wrote_to_us_can_not_be_told_and_nothing_breaks(fake: FakeTelegram, settings: Newsroom) -> None:
    stranger, awa = fake.person("en", "Stranger"), fake.person("fr")
    channel = fake.channel(admins=[stranger], bot_is_admin=False)
    await fake.membership(channel, "administrator", by=stranger)
    await fake.private("/forget", person=awa)

    assert (await fake.next_message(awa.chat)).text == "forget"
    assert fake.sent(channel) == []


async def test_an_administrator_without_the_right_to_post_is_told_which_right_is_missing(
    fake: FakeTelegram, settings: Newsroom
) -> None:
    awa = fake.person("fr")
    await fake.private("/forget", person=awa)
    await fake.next_message(awa.chat)
    channel = fake.channel(admins=[awa], bot_is_admin=False)
    await fake.membership(channel, "administrator", by=awa, posts=False)

    assert (await fake.next_message(awa.chat)).text == "channel-not-ours: La Vigie"


async def test_a_private_channels_name_is_not_told_to_who_guesses_its_number(
    fake: FakeTelegram, settings: Newsroom
) -> None:
    channel = fake.channel(admins=[fake.person("fr", "Owner")])
    await fake.private(f"/forget {channel}", person=fake.person("fr"))

    assert (await fake.next_message(fake.person("fr").chat)).text == f"channel-unknown: {channel}"
