"""People talk to the bot through a Bot API server."""

from __future__ import annotations

import asyncio

import pytest

from bot.adapters.telegram.lanes import WAITING_EACH
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.message import Button, Message, Paragraph, Picture, Text
from bot.ports.talking import Request
from tests.adapters.telegram.conftest import Newsroom, QuickClock, says
from tests.fakes.telegram import FakeTelegram, faults


def briefs_are_held(newsroom: Newsroom) -> asyncio.Event:
    """Every ``/brief`` waits until the event is set; whatever else is asked is answered at once, with its command."""
    released = asyncio.Event()

    async def answer(request: Request) -> Message:
        if request.command == "brief":
            await released.wait()
        return says(request.command)

    newsroom.answer = answer
    return released


async def test_a_command_in_a_private_chat_is_answered_there(fake: FakeTelegram, newsroom: Newsroom) -> None:
    update = await fake.private("/status ceasefire", language="en")

    awa = fake.person("en")
    answer = await fake.next_message(awa.chat)

    assert answer.text == "status: ceasefire"
    assert newsroom.asked == [
        Request(
            chat=ChatAddress("telegram", str(awa.id)),
            chat_kind=ChatKind.PRIVATE,
            person=str(awa.id),
            is_moderator=True,
            client_language="en",
            command="status",
            text="ceasefire",
            update_id=f"telegram:{update}",
        )
    ]


async def test_a_button_asks_what_it_says_and_its_clock_stops(fake: FakeTelegram, newsroom: Newsroom) -> None:
    async def answer(request: Request) -> Message:
        button = Button("Cessez-le-feu", "status ceasefire")
        return Message("fr", (Paragraph((Text(request.command),)),), buttons=((button,),))

    newsroom.answer = answer
    await fake.private("/brief")
    briefing = await fake.next_message(fake.person().chat)
    query = await fake.press(briefing, "Cessez-le-feu")

    assert (await fake.next_message(fake.person().chat)).text == "status"
    assert "url" not in await fake.until_answered(query)
    assert (newsroom.asked[1].command, newsroom.asked[1].text) == ("status", "ceasefire")


async def test_a_picture_follows_its_words(fake: FakeTelegram, newsroom: Newsroom) -> None:
    async def answer(request: Request) -> Message:
        return Message("fr", (Paragraph((Text("La semaine"),)),), picture=Picture(b"\x89PNG", "Trois jours calmes."))

    newsroom.answer = answer
    await fake.private("/status")
    words, picture = [await fake.next_message(fake.person().chat) for _ in range(2)]

    assert (words.text, words.photo) == ("La semaine", None)
    assert (picture.text, picture.photo) == ("Trois jours calmes.", b"\x89PNG")
    assert picture.silent


async def test_nothing_is_said_where_the_request_was_answered_before(fake: FakeTelegram, newsroom: Newsroom) -> None:
    async def answer(request: Request) -> Message | None:
        return None if request.command == "brief" else says("encore")

    newsroom.answer = answer
    await fake.private("/brief")
    await fake.private("/status")

    assert (await fake.next_message(fake.person().chat)).text == "encore"


async def test_one_persons_slow_request_does_not_keep_the_others_waiting(
    fake: FakeTelegram, newsroom: Newsroom
) -> None:
    released = briefs_are_held(newsroom)
    slow, quick = fake.person("fr", "Awa"), fake.person("en", "Ben")
    await fake.private("/brief", person=slow)
    await fake.private("/status", person=slow)
    await fake.private("/status", person=quick)

    assert (await fake.next_message(quick.chat)).text == "status"
    assert fake.sent(slow.chat) == []
    released.set()
    assert [(await fake.next_message(slow.chat)).text for _ in range(2)] == ["brief", "status"]


async def test_a_crashing_answer_is_no_end(fake: FakeTelegram, newsroom: Newsroom) -> None:
    async def answer(request: Request) -> Message:
        if request.command == "brief":
            raise RuntimeError("it broke")
        return says("encore là")

    newsroom.answer = answer
    await fake.private("/brief")
    await fake.private("/status")

    assert (await fake.next_message(fake.person().chat)).text == "encore là"


async def test_administrators_of_a_group_are_moderators_and_others_are_not(
    fake: FakeTelegram, newsroom: Newsroom
) -> None:
    chief, member = fake.person("fr", "Chef"), fake.person("en", "Member")
    group = fake.group(admins=[chief], members=[member])
    for person in (chief, member, chief):
        await fake.group_message(group, "/status", person)
        await fake.next_message(group)

    assert [request.is_moderator for request in newsroom.asked] == [True, False, True]
    assert [request.chat_kind for request in newsroom.asked] == [ChatKind.GROUP] * 3
    assert fake.called("getChatMember") == 2, "an answer is remembered for a minute"


async def test_an_answer_in_a_topic_stays_in_it_and_points_to_its_question(
    fake: FakeTelegram, newsroom: Newsroom
) -> None:
    member = fake.person()
    forum = fake.group(members=[member], forum=True, topics=[77])
    await fake.group_message(forum, "/status", member, thread=77)

    answer = await fake.next_message(forum)

    assert (answer.thread, answer.reply_to) == (77, 1)
    assert newsroom.asked[0].chat == ChatAddress("telegram", str(forum), "77")


async def test_a_button_under_a_channels_post_opens_the_private_chat(fake: FakeTelegram, newsroom: Newsroom) -> None:
    async def answer(request: Request) -> Message:
        button = Button("Cessez-le-feu", "status ceasefire")
        return Message("fr", (Paragraph((Text(request.command),)),), buttons=((button,),))

    newsroom.answer = answer
    channel = fake.channel()
    await fake.channel_post(channel, "/brief")
    post = await fake.next_message(channel)
    reader = fake.person("en", "Reader")
    opened = await fake.until_answered(await fake.press(post, "Cessez-le-feu", reader))
    await fake.private(f"/start {opened['url'].partition('?start=')[2]}", person=reader)

    assert (await fake.next_message(reader.chat)).text == "status"
    assert len(fake.sent(channel)) == 1, "the channel's other readers are not disturbed"
    assert newsroom.asked[0].is_moderator
    assert (newsroom.asked[1].command, newsroom.asked[1].text) == ("status", "ceasefire")


async def test_whoever_waits_sees_that_an_answer_is_being_written(fake: FakeTelegram, newsroom: Newsroom) -> None:
    async def answer(request: Request) -> Message:
        await fake.until_called("sendChatAction", 2)
        return says("voilà")

    newsroom.answer = answer
    await fake.private("/brief")

    assert (await fake.next_message(fake.person().chat)).text == "voilà"


async def test_an_answer_that_surely_did_not_arrive_is_sent_again(
    fake: FakeTelegram, newsroom: Newsroom, clock: QuickClock
) -> None:
    fake.script("sendMessage", faults.flood(4), faults.flood(None))
    await fake.private("/status")

    assert (await fake.next_message(fake.person().chat)).text == "status:"
    assert 4 in clock.slept


async def test_an_answer_that_may_have_arrived_is_not_sent_twice(fake: FakeTelegram, newsroom: Newsroom) -> None:
    fake.script("sendMessage", faults.accepted(faults.bad_gateway()))
    await fake.private("/status un")
    await fake.private("/status deux")

    assert [(await fake.next_message(fake.person().chat)).text for _ in range(2)] == ["status: un", "status: deux"]


async def test_a_button_pressed_many_times_is_answered_a_few_times_and_holds_nobody_up(
    fake: FakeTelegram, newsroom: Newsroom
) -> None:
    released = briefs_are_held(newsroom)
    awa, ben = fake.person("fr"), fake.person("en")
    for _ in range(20):
        await fake.private("/brief", person=awa)
    await fake.private("/status", person=ben)
    await fake.next_message(ben.chat)
    released.set()
    await fake.private("/status", person=ben)
    await fake.next_message(ben.chat)

    assert 1 <= sum(request.command == "brief" for request in newsroom.asked) <= 1 + WAITING_EACH


async def test_many_answers_in_one_chat_keep_to_its_pace(
    fake: FakeTelegram, newsroom: Newsroom, clock: QuickClock
) -> None:
    for number in range(6):
        await fake.private(f"/status {number}")
        await fake.next_message(fake.person().chat)

    assert [message.text for message in fake.sent(fake.person().chat)] == [f"status: {number}" for number in range(6)]
    assert any(1 < pause <= 3 for pause in clock.slept), "the fourth within three seconds waits"


@pytest.mark.parametrize("first", ["words", "picture"])
async def test_settings_change_in_place_where_telegram_can(fake: FakeTelegram, newsroom: Newsroom, first: str) -> None:
    async def answer(request: Request) -> Message:
        blocks = (Paragraph((Text(f"Langue : {request.text or 'français'}"),)),)
        buttons = ((Button("English", "settings English"),),)
        picture = Picture(b"\x89PNG", "Un dessin.") if first == "picture" and not request.text else None
        return Message("fr", () if picture else blocks, buttons, picture, replaces=True)

    newsroom.answer = answer
    await fake.private("/settings")
    settings = await fake.next_message(fake.person().chat)
    await fake.until_answered(await fake.press(settings, "English"))
    await fake.private("/settings")
    await fake.next_message(fake.person().chat)

    texts = [message.text for message in fake.sent(fake.person().chat)]
    if first == "words":
        assert texts == ["Langue : English", "Langue : français"]
    else:
        assert texts[:2] == ["Un dessin.", "Langue : English"]


async def test_an_edition_stays_when_its_buttons_are_pressed(fake: FakeTelegram, newsroom: Newsroom) -> None:
    async def answer(request: Request) -> Message:
        buttons = ((Button("Réglages", "settings"),),)
        words = (Paragraph((Text(request.command),)),)
        return Message("fr", words, buttons, lasting=request.command == "brief", replaces=request.command != "brief")

    newsroom.answer = answer
    await fake.private("/brief")
    edition = await fake.next_message(fake.person().chat)
    await fake.press(edition, "Réglages")
    settings = await fake.next_message(fake.person().chat)
    await fake.press(settings, "Réglages")
    await fake.until_called("editMessageText")

    assert [message.text for message in fake.sent(fake.person().chat)] == ["brief", "settings"]
    assert newsroom.asked[1].command == "settings"


async def test_a_picture_whose_words_say_the_same_comes_alone(fake: FakeTelegram, newsroom: Newsroom) -> None:
    async def answer(_: Request) -> Message:
        words = "Trois jours calmes."
        return Message("fr", (Paragraph((Text(words),)),), picture=Picture(b"\x89PNG", words))

    newsroom.answer = answer
    await fake.private("/picture")
    picture = await fake.next_message(fake.person().chat)

    assert (picture.text, picture.photo, picture.silent) == ("Trois jours calmes.", b"\x89PNG", False)


async def test_a_refused_press_in_a_group_is_told_to_the_presser_alone(fake: FakeTelegram, newsroom: Newsroom) -> None:
    async def answer(request: Request) -> Message:
        if request.command == "settings" and not request.is_moderator:
            return Message("fr", (Paragraph((Text("Seuls les modérateurs."),)),), private=True)
        return Message("fr", (Paragraph((Text("Réglages"),)),), ((Button("Heure", "settings"),),))

    newsroom.answer = answer
    chief, member = fake.person("fr", "Chef"), fake.person("fr", "Membre")
    group = fake.group(admins=[chief], members=[member])
    await fake.group_message(group, "/brief", member)
    card = await fake.next_message(group)
    refused = await fake.until_answered(await fake.press(card, "Heure", member))
    allowed = await fake.until_answered(await fake.press(card, "Heure", chief))

    assert (refused["text"], refused["show_alert"]) == ("Seuls les modérateurs.", True)
    assert "text" not in allowed
    await fake.next_message(group)
    assert len(fake.sent(group)) == 2, "the group read nothing of the refusal"


async def test_a_slow_answers_button_stops_its_clock_before(fake: FakeTelegram, newsroom: Newsroom) -> None:
    released = asyncio.Event()

    async def answer(request: Request) -> Message:
        if request.command == "forget":
            await released.wait()
        return Message("fr", (Paragraph((Text(request.command),)),), ((Button("Oui", "forget"),),), private=True)

    newsroom.answer = answer
    chief = fake.person("fr", "Chef")
    group = fake.group(admins=[chief])
    await fake.group_message(group, "/brief", chief)
    query = await fake.press(await fake.next_message(group), "Oui", chief)
    acknowledged = await fake.until_answered(query)
    released.set()

    assert "text" not in acknowledged
    assert (await fake.next_message(group)).text == "forget"


async def test_the_same_question_points_to_its_earlier_answer(fake: FakeTelegram, newsroom: Newsroom) -> None:
    async def answer(request: Request) -> Message:
        first = newsroom.asked[0].update_id
        return Message("fr", (Paragraph((Text("réponse"),)),), points_to="" if request.update_id == first else first)

    newsroom.answer = answer
    member = fake.person()
    group = fake.group(members=[member])
    await fake.group_message(group, "/status", member)
    answered = await fake.next_message(group)
    await fake.group_message(group, "/status", member)

    assert (await fake.next_message(group)).reply_to == answered.message_id


async def test_who_writes_too_fast_is_told_so_once(fake: FakeTelegram, newsroom: Newsroom, clock: QuickClock) -> None:
    released = asyncio.Event()

    async def answer(request: Request) -> Message:
        if request.obstacle:
            return says(request.obstacle)
        await released.wait()
        return says(request.text)

    newsroom.answer = answer
    for number in range(WAITING_EACH + 6):
        await fake.private(f"/status {number}")
    excuse = await fake.next_message(fake.person().chat)
    released.set()
    rest = [(await fake.next_message(fake.person().chat)).text for _ in range(WAITING_EACH)]

    assert excuse.text == "too-fast"
    assert "too-fast" not in rest
