"""What becomes of the bot in a chat is told, once and for the right chat."""

from __future__ import annotations

import pytest

from bot.domain.chat import ChatAddress, ChatKind
from bot.ports.talking import ChatChange, ChatEvent
from tests.adapters.telegram.conftest import Chronicle, Newsroom
from tests.fakes.telegram import FakeTelegram


def address(chat: int) -> ChatAddress:
    return ChatAddress("telegram", str(chat))


async def settled(fake: FakeTelegram, newsroom: Newsroom) -> None:
    """Everything before a last question has been dealt with: its answer is there."""
    asker = fake.person(name="Last")
    await fake.private("/status", person=asker)
    await fake.next_message(asker.chat)


async def test_being_blocked_and_unblocked_is_told(
    fake: FakeTelegram, newsroom: Newsroom, chronicle: Chronicle
) -> None:
    awa = fake.person()
    await fake.membership(awa.chat, "kicked", awa)
    await fake.membership(awa.chat, "member", awa)
    await settled(fake, newsroom)

    assert chronicle == [
        ChatEvent(address(awa.chat), ChatKind.PRIVATE, change, str(awa.id))
        for change in (ChatChange.GONE, ChatChange.BACK)
    ]
    assert fake.sent(awa.chat) == [], "whoever comes back presses start"


async def test_being_added_to_a_group_is_a_start_by_who_added_us(
    fake: FakeTelegram, newsroom: Newsroom, chronicle: Chronicle
) -> None:
    chief = fake.person("en")
    group = fake.group(admins=[chief])
    await fake.membership(group, "left", chief)
    await fake.membership(group, "member", chief)
    await fake.next_message(group)

    (request,) = newsroom.asked
    assert (request.command, request.client_language, request.is_moderator) == ("start", "en", True)
    assert [event.change for event in chronicle] == [ChatChange.GONE, ChatChange.BACK]


async def test_being_promoted_is_no_news(fake: FakeTelegram, newsroom: Newsroom, chronicle: Chronicle) -> None:
    chief = fake.person()
    group = fake.group(admins=[chief])
    await fake.membership(group, "administrator", chief)
    await settled(fake, newsroom)

    assert (chronicle, fake.sent(group)) == ([], [])


@pytest.mark.parametrize(("status", "change"), [("administrator", [ChatChange.BACK]), ("member", [])])
async def test_a_channel_is_ours_to_post_in_once_we_administer_it(
    fake: FakeTelegram, newsroom: Newsroom, chronicle: Chronicle, status: str, change: list[ChatChange]
) -> None:
    chief = fake.person()
    channel = fake.channel(admins=[chief], bot_is_admin=False)
    await fake.membership(channel, status, chief)
    await settled(fake, newsroom)

    assert [event.change for event in chronicle] == change
    assert fake.sent(channel) == []


async def test_a_group_that_becomes_a_supergroup_moved_and_is_not_greeted_again(
    fake: FakeTelegram, newsroom: Newsroom, chronicle: Chronicle
) -> None:
    group = fake.group(basic=True)
    supergroup = await fake.migrate(group)
    await settled(fake, newsroom)

    moved = ChatEvent(address(group), ChatKind.GROUP, ChatChange.MOVED, moved_to=address(supergroup))
    assert set(chronicle) == {moved}
    assert fake.sent(supergroup) == []


async def test_an_answer_follows_a_group_that_moved(fake: FakeTelegram, newsroom: Newsroom) -> None:
    member = fake.person()
    group = fake.group(basic=True, members=[member])
    await fake.group_message(group, "/status", member)
    supergroup = await fake.migrate(group, announce=False)

    answers = fake.sent(group) or [await fake.next_message(supergroup)]
    assert [answer.text for answer in answers] == ["status:"]


async def test_a_group_that_moved_threw_us_out_and_took_us_back_is_greeted(
    fake: FakeTelegram, newsroom: Newsroom, chronicle: Chronicle
) -> None:
    chief = fake.person()
    supergroup = await fake.migrate(fake.group(admins=[chief], basic=True))
    await settled(fake, newsroom)
    chronicle.clear()
    await fake.membership(supergroup, "kicked", chief)
    await fake.membership(supergroup, "member", chief)
    await fake.next_message(supergroup)

    assert [event.change for event in chronicle] == [ChatChange.GONE, ChatChange.BACK]
