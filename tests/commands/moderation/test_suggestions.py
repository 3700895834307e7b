"""``/suggestfeed``: members ask, moderators decide, members hear of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.message import plain
from tests.commands.moderation.conftest import GROUP, OTHER_GROUP, WAR, Followed, Publish, Someone, buttons
from tests.fakes.clock import FakeClock
from tests.fakes.web import WebServer


class Outbox:
    """What chats are sent unasked."""

    def __init__(self, store: SqlStore, clock: FakeClock) -> None:
        self._store = store
        self._clock = clock

    async def __call__(self) -> list[tuple[str, str]]:
        """(chat, text) of what is sent now, one delivery a chat."""
        now = self._clock.now()
        async with self._store.write() as unit:
            claimed = await unit.deliveries.claim("test", ["console"], now, now + timedelta(seconds=15), 10)
            for part in claimed:
                await unit.deliveries.settle(part, SendResult(SendOutcome.SENT, "1"), now, None)
        return [(part.address.chat, str(part.part.payload["text"])) for part in claimed]


@pytest.fixture
def outbox(store: SqlStore, clock: FakeClock) -> Outbox:
    return Outbox(store, clock)


async def test_a_members_suggestion_goes_to_the_moderators_as_a_card_and_is_added_at_a_tap(
    admin: Someone, member: Someone, site: WebServer, publish: Publish, followed: Followed, outbox: Outbox
) -> None:
    publish("/feed", *WAR)
    thanks = await member.words(f"/suggestfeed {site.url('/feed')}")
    assert thanks.startswith("Merci. J’ai transmis La Gazette du port aux modérateurs de cette conversation")
    ((chat, card),) = await outbox()
    assert chat == GROUP.chat
    assert "Source proposée par un membre" in card
    assert "[1] Accepter   [2] Refuser" in card
    assert await followed(GROUP) == ()
    waiting = await admin("/suggestions")
    assert "La Gazette du port" in plain(waiting)
    done = await admin.press(waiting, "Accepter")
    assert "Ajoutée pour cette conversation" in plain(done)
    assert [feed.name for feed in await followed(GROUP)] == ["La Gazette du port"]
    assert await admin.words("/suggestions") == "Aucune proposition n’attend."


@pytest.mark.parametrize(
    ("language", "decision", "heard"),
    [
        ("fr", "Accepter", "Proposition acceptée\u00a0: La Gazette du port est maintenant une source."),
        ("en", "Refuse", "Suggestion declined by the moderators: La Gazette du port."),
    ],
)
async def test_the_member_hears_in_the_chats_language_what_was_decided(
    admin: Someone, site: WebServer, publish: Publish, outbox: Outbox, language: str, decision: str, heard: str
) -> None:
    publish("/feed", *WAR)
    speaking = admin.having(language=language)
    await speaking(f"/language {language}")
    await speaking.having(person="member", moderator=False)(f"/suggestfeed {site.url('/feed')}")
    await outbox()
    await speaking.press(await speaking("/suggestions"), decision)
    assert await outbox() == [(GROUP.chat, heard)]


async def test_a_suggestion_is_refused_with_its_answer(
    admin: Someone, member: Someone, site: WebServer, publish: Publish, followed: Followed
) -> None:
    publish("/feed", *WAR)
    await member(f"/suggestfeed {site.url('/feed')}")
    card = await admin("/suggestions")
    refused = await admin.press(card, "Refuser")
    assert plain(refused) == "Refusée\u00a0: La Gazette du port. La personne qui l’a proposée est prévenue."
    assert "a déjà sa réponse" in plain(await admin.press(card, "Accepter"))
    assert await followed(GROUP) == ()


async def test_two_moderators_decide_once(admin: Someone, member: Someone, site: WebServer, publish: Publish) -> None:
    publish("/feed", *WAR)
    await member(f"/suggestfeed {site.url('/feed')}")
    card = await admin("/suggestions")
    second = admin.having(person="second")
    answers = await asyncio.gather(admin.press(card, "Accepter"), second.press(card, "Refuser"))
    assert sum("a déjà sa réponse" in plain(answer) for answer in answers) == 1


async def test_one_suggestion_a_day_a_person(
    member: Someone, site: WebServer, publish: Publish, clock: FakeClock
) -> None:
    publish("/a", *WAR, name="La Gazette")
    publish("/b", *WAR, name="Le Courrier", home="https://courrier.example")
    await member(f"/suggestfeed {site.url('/a')}")
    again = await member.words(f"/suggestfeed {site.url('/b')}")
    assert again == "Vous avez déjà proposé une source aujourd’hui. Réessayez demain."
    elsewhere = member.having(chat=OTHER_GROUP)
    assert "Vous avez déjà proposé" in await elsewhere.words(f"/suggestfeed {site.url('/b')}")
    neighbour = member.having(person="neighbour", language="en")
    assert "La Gazette is suggested already" in await neighbour.words(f"/suggestfeed {site.url('/a')}")
    clock.pass_by(days=1, minutes=1)
    publish("/b", *WAR, name="Le Courrier", home="https://courrier.example")
    assert "J’ai transmis Le Courrier" in await member.words(f"/suggestfeed {site.url('/b')}")


async def test_a_suggestion_that_fails_costs_nothing(member: Someone, site: WebServer, publish: Publish) -> None:
    assert "l’erreur 404" in await member.words(f"/suggestfeed {site.url('/none')}")
    assert "Donnez l’adresse" in await member.words("/suggestfeed")
    publish("/feed", *WAR)
    assert "J’ai transmis" in await member.words(f"/suggestfeed {site.url('/feed')}")


async def test_what_is_followed_need_not_be_suggested(
    admin: Someone, member: Someone, site: WebServer, publish: Publish
) -> None:
    publish("/feed", *WAR)
    await admin.press(await admin(f"/addfeed {site.url('/feed')}"), "Ajouter")
    assert "est déjà une source de cette conversation" in await member.words(f"/suggestfeed {site.url('/feed')}")


async def test_a_member_can_not_decide(
    admin: Someone, member: Someone, site: WebServer, publish: Publish, followed: Followed
) -> None:
    publish("/feed", *WAR)
    await member(f"/suggestfeed {site.url('/feed')}")
    card = await admin("/suggestions")
    assert "Seuls les modérateurs" in plain(await member.press(card, "Accepter"))
    other = admin.having(chat=OTHER_GROUP)
    assert "Aucune proposition n°" in plain(await other.press(card, "Accepter"))
    assert await followed(GROUP) == ()


async def test_a_suggestion_made_in_private_is_for_everyone_and_the_bots_moderators_decide(
    admin: Someone, bot_moderator: Someone, site: WebServer, publish: Publish, followed: Followed, outbox: Outbox
) -> None:
    publish("/feed", *WAR)
    await bot_moderator("/feeds")  # from now on they have a chat in which they can be told
    reader = admin.having(chat=ChatAddress("console", "reader"), kind=ChatKind.PRIVATE, person="reader")
    assert "aux modérateurs du robot" in await reader.words(f"/suggestfeed {site.url('/feed')}")
    ((chat, card),) = await outbox()
    assert chat == bot_moderator.chat.chat
    assert "Source proposée pour tout le monde" in card
    assert await admin.words("/suggestions") == "Aucune proposition n’attend."
    waiting = await bot_moderator("/suggestions")
    number = next(iter(buttons(waiting).values())).action
    assert "Seuls les modérateurs du robot" in await reader.words(f"/{number}")
    assert "Ajoutée pour tout le monde" in plain(await bot_moderator.press(waiting, "Accepter"))
    assert [feed.public for feed in await followed(GROUP)] == [True]
    assert [text for chat, text in await outbox() if chat == reader.chat.chat] == [
        "Proposition acceptée\u00a0: La Gazette du port est maintenant une source."
    ]


async def test_a_sanctioned_outlet_is_not_approved_by_a_chats_moderator(
    admin: Someone, member: Someone, site: WebServer, publish: Publish, followed: Followed
) -> None:
    publish("/feed", *WAR, links=[f"https://sputnikglobe.com/{number}" for number in range(3)])
    await member(f"/suggestfeed {site.url('/feed')}")
    card = await admin("/suggestions")
    assert "sanctions de l’Union européenne" in plain(card)
    assert "seul un modérateur du robot" in plain(await admin.press(card, "Accepter"))
    assert await followed(GROUP) == ()
    assert "Refusée" in plain(await admin.press(card, "Refuser"))


@pytest.mark.parametrize("typed", ["approve", "explode 1", "approve x"])
async def test_a_decision_that_is_none_is_not_understood(admin: Someone, typed: str) -> None:
    assert "Je ne comprends pas" in await admin.words(f"/suggestions {typed}")
    assert "Aucune proposition n°" in await admin.words("/suggestions refuse 99")


async def test_a_secret_in_a_suggested_address_is_shown_to_nobody(
    admin: Someone, member: Someone, site: WebServer, publish: Publish, outbox: Outbox
) -> None:
    path = "/feed?token=s3cr3t-s3cr3t"
    publish(path, *WAR)
    shown = [await member.words(f"/suggestfeed {site.url(path)}"), *(text for _, text in await outbox())]
    shown += [plain(card := await admin("/suggestions")), plain(await admin.press(card, "Refuser"))]
    shown += [text for _, text in await outbox()]
    assert len(shown) == 5
    assert not [text for text in shown if "s3cr3t" in text]
