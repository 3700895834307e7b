"""``/setup``: one chat of a server, set up at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.adapters.sql.store import SqlStore
from bot.commands.registry import Registry
from bot.domain.chat import Chat, ChatAddress, ChatKind
from bot.domain.message import Message, plain
from bot.domain.server import Posting, Server
from bot.domain.subscription import Subscription
from bot.ports import Request
from tests.commands.conftest import Ask
from tests.commands.talk import actions, labels, lines, spaced
from tests.fakes.server import PLATFORM, FakeServer

HERE = ChatAddress(PLATFORM, "10")


@pytest.fixture
def server() -> FakeServer:
    """Two channels, a forum and two roles."""
    made = FakeServer()
    made.add_place("10", "accueil")
    made.add_place("20", "infos")
    made.add_place("30", "forum", tags=(("301", "Point"), ("302", "Autre")))
    made.add_role("7", "Rédaction")
    made.add_role("8", "Alertes")
    return made


class People:
    """Those who ask in that server."""

    def __init__(self, registry: Registry, server: FakeServer) -> None:
        self._registry, self._server = registry, server

    async def ask(
        self, command: str, *, manages: bool = True, roles: tuple[str, ...] = (), client: str = "fr", **options: str
    ) -> Message:
        """A command with named options."""
        view = replace(self._server, asker_roles=frozenset(roles))
        request = Request(
            HERE, ChatKind.GROUP, "7", manages, client, command, options=options, for_asker_alone=True, server=view
        )
        answer = await self._registry.dispatch(request)
        assert answer is not None
        return answer

    async def press(self, action: str, **who: object) -> Message:
        """A button's words."""
        command, _, text = action.partition(" ")
        view = replace(self._server)
        request = Request(HERE, ChatKind.GROUP, "7", True, "fr", command, text, for_asker_alone=True, server=view)
        answer = await self._registry.dispatch(request)
        assert answer is not None
        return answer


@pytest.fixture
def people(registry: Registry, server: FakeServer) -> People:
    return People(registry, server)


async def kept(store: SqlStore, chat: str) -> tuple[Chat, tuple[Subscription, ...], Posting]:
    """What is stored of a channel."""
    async with store.read() as unit:
        found = await unit.chats.find(ChatAddress(PLATFORM, chat))
        assert found is not None
        return found, await unit.subscriptions.of(found.id), await unit.servers.posting(found.id)


async def test_everything_is_set_at_once_for_another_channel(people: People, store: SqlStore) -> None:
    card = await people.ask(
        "setup", channel="20", language="en", zone="Dakar", time="8h, 19h30", moderators="7", alerts="8"
    )
    assert spaced(plain(card)).startswith("Réglages de #infos")
    assert lines(card)[0] == "Langue : anglais"
    assert "Le point : 8 h et 19 h 30 (Dakar) ; prochain : 19 h 30" in lines(card)
    assert "Arrivée : sans son" in lines(card)
    assert "Décident : @Rédaction et ceux qui gèrent le serveur" in lines(card)
    assert "Dernière minute : oui, en mentionnant @Alertes" in lines(card)
    chat, (subscription,), posting = await kept(store, "20")
    assert (chat.language, chat.zone, subscription.language, subscription.silent) == ("en", "Africa/Dakar", "en", True)
    assert subscription.schedule.times == (time(8), time(19, 30))
    assert posting == Posting(alert_role="8")
    async with store.read() as unit:
        assert await unit.servers.get(PLATFORM, "1") == Server(PLATFORM, "1", "7", "en", "Africa/Dakar")


async def test_bare_it_shows_this_channel_and_offers_times(people: People, store: SqlStore) -> None:
    card = await people.ask("setup", language="en")
    assert spaced(plain(card)).startswith("Réglages de #accueil")
    assert "À quelle heure envoyer le point, chaque jour ?" in spaced(plain(card))
    assert (card.replaces, card.private) == (True, True)
    eight = next(action for action in actions(card) if action == "setup 10 time 8:00")
    done = await people.press(eight)
    assert "Le point : 8 h (Paris) ; prochain : demain, 8 h" in lines(done)
    _, (subscription,), _ = await kept(store, "10")
    assert subscription.language == "en"


async def test_a_place_in_the_time_is_the_zone_and_days_are_kept(people: People, store: SqlStore) -> None:
    await people.ask("setup", channel="20", time="7h")
    card = await people.ask("setup", channel="20", time="9h en semaine à Dakar")
    assert any("9 h (Dakar), du lundi au vendredi" in line for line in lines(card))
    _, (subscription,), _ = await kept(store, "20")
    assert subscription.schedule.times == (time(9),)
    assert subscription.schedule.days == frozenset(range(5))


async def test_a_city_is_chosen_by_its_clock(people: People, store: SqlStore) -> None:
    await people.ask("setup", channel="20", time="8h")
    cities = await people.press("setup 20 zone ?")
    assert "Quelle heure est-il pour #infos ?" in spaced(plain(cities))
    assert any(label.startswith("Dakar") for label in labels(cities))
    assert actions(cities)[-1] == "setup 20"
    await people.press("setup 20 zone Africa/Dakar")
    chat, (subscription,), _ = await kept(store, "20")
    assert (chat.zone, subscription.schedule.zone) == ("Africa/Dakar", "Africa/Dakar")


async def test_every_choice_is_taken_back_by_a_button(people: People, store: SqlStore) -> None:
    card = await people.ask("setup", channel="20", time="8h", moderators="7", alerts="8")
    assert {"Arrêter", "Retirer le rôle qui décide", "Ne plus mentionner"} <= set(labels(card))
    for action in ("setup 20 moderators none", "setup 20 alerts none", "setup 20 time none"):
        assert action in actions(card)
        card = await people.press(action) if "time" not in action else card
    last = await people.press("setup 20 time none")
    assert "Aucun point prévu." in lines(last)
    _, subscriptions, posting = await kept(store, "20")
    assert (subscriptions, posting) == ((), Posting())


async def test_choosing_whom_to_tell_asks_for_breaking_news_and_either_can_be_taken_back(
    people: People, store: SqlStore
) -> None:
    plain_card = await people.ask("setup", channel="20", time="8h")
    assert "Dernière minute : non" in lines(plain_card)
    assert "setup 20 alerts on" in actions(plain_card)
    await people.ask("setup", channel="20", alerts="8")
    quiet = await people.press("setup 20 alerts none")
    assert "Dernière minute : oui, sans mentionner personne" in lines(quiet)
    off = await people.press("setup 20 alerts off")
    assert "Dernière minute : non" in lines(off)
    chat, _, posting = await kept(store, "20")
    async with store.read() as unit:
        assert not await unit.alerts.wanted(chat.id)
    assert posting == Posting()


async def test_the_first_language_is_the_servers_and_another_channels_is_its_own(
    people: People, store: SqlStore
) -> None:
    await people.ask("setup", channel="20", language="fr")
    await people.ask("setup", channel="10", language="en")
    async with store.read() as unit:
        assert (await unit.servers.get(PLATFORM, "1")).language == "fr"
    await people.ask("setup", channel="20", language="en")
    async with store.read() as unit:
        assert (await unit.servers.get(PLATFORM, "1")).language == "en"


async def test_a_channel_that_chose_nothing_speaks_its_servers_language(people: People, store: SqlStore) -> None:
    await people.ask("setup", channel="20", language="en", zone="Dakar")
    await people.ask("subscribe", time="8h")
    _, (subscription,), _ = await kept(store, "10")
    assert (subscription.language, subscription.schedule.zone, subscription.silent) == ("en", "Africa/Dakar", True)


# --- Forums ---


async def test_a_forums_tag_is_chosen_by_name_or_id_and_shown(people: People, store: SqlStore) -> None:
    card = await people.ask("setup", channel="30", tag="point")
    assert "Étiquette : Point" in lines(card)
    assert (await kept(store, "30"))[2] == Posting(tag="301")
    card = await people.ask("setup", channel="30", tag="302")
    assert "Étiquette : Autre" in lines(card)
    assert "Étiquette : aucune" in lines(await people.ask("setup", channel="30", tag="none"))


async def test_a_tag_where_there_is_none_is_refused(people: People) -> None:
    assert "n’a pas l’étiquette" in spaced(plain(await people.ask("setup", channel="30", tag="Sport")))
    assert "#infos n’est pas un forum" in spaced(plain(await people.ask("setup", channel="20", tag="Point")))


# --- What stands in the way is said at once ---


async def test_what_a_moderator_has_to_mend_is_said(people: People, server: FakeServer) -> None:
    server.add_place("40", "muet", writable=False, published=True)
    server.add_role("9", "Discrets", ringable=False)
    words = spaced(plain(await people.ask("setup", channel="40", time="8h", alerts="9", moderators="7")))
    assert "Je ne peux pas écrire dans #muet." in words
    assert "@Discrets ne sera pas prévenu" in words
    assert "dix par heure au plus" in words
    assert "Pour que @Rédaction voie les commandes" in words


# --- Who may ---


async def test_a_member_may_not_and_who_has_the_configured_role_may(people: People) -> None:
    refused = await people.ask("setup", manages=False, roles=("7",), time="8h")
    assert "Seuls les modérateurs" in spaced(plain(refused))
    await people.ask("setup", moderators="7")
    card = await people.ask("setup", manages=False, roles=("7",), time="8h")
    assert "Le point : 8 h (Paris) ; prochain : demain, 8 h" in lines(card)
    assert "Seuls les modérateurs" in spaced(plain(await people.ask("setup", manages=False, roles=("8",))))


async def test_the_role_opens_every_moderators_command_and_closes_with_it(people: People) -> None:
    await people.ask("setup", moderators="7")
    allowed = await people.ask("feeds", manages=False, roles=("7",))
    assert "Seuls les modérateurs" not in spaced(plain(allowed))
    await people.ask("setup", moderators="none")
    refused = await people.ask("settings", manages=False, roles=("7",))
    assert "Seuls les modérateurs" in spaced(plain(refused))


async def test_only_who_manages_the_server_says_who_else_decides(people: People) -> None:
    await people.ask("setup", moderators="7")
    refused = await people.ask("setup", manages=False, roles=("7",), moderators="8")
    assert "Seul quelqu’un qui gère le serveur" in spaced(plain(refused))


@pytest.mark.parametrize("option", ["moderators", "alerts"])
async def test_the_role_of_everyone_is_never_taken(people: People, option: str) -> None:
    refused = await people.ask("setup", **{option: "1"})  # type: ignore[arg-type]  # names of options
    assert "Ce rôle est celui de tout le monde" in spaced(plain(refused))


async def test_a_server_stored_with_everyones_role_still_admits_nobody(people: People, store: SqlStore) -> None:
    async with store.write() as unit:
        await unit.servers.save(Server(PLATFORM, "1", moderator_role="1"))
    refused = await people.ask("settings", manages=False, roles=("1",))
    assert "Seuls les modérateurs" in spaced(plain(refused))


# --- Bad input changes nothing ---


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"time": "bientôt"}, "Je ne comprends pas l’heure"),
        ({"time": "1h 2h 3h 4h 5h 6h 7h"}, "C’est trop"),
        ({"time": "8h Atlantide"}, "Je ne comprends pas l’heure"),
        ({"zone": "Atlantide"}, "Je ne connais pas"),
        ({"language": "wolof"}, "Je réponds en français"),
        ({"moderators": "404"}, "Ce rôle n’existe plus"),
        ({"channel": "404"}, "Je ne vois pas ce salon"),
    ],
)
async def test_what_cannot_be_done_is_said_and_leaves_all_as_it_was(
    people: People, store: SqlStore, options: dict[str, str], words: str
) -> None:
    answer = await people.ask("setup", **{"channel": "20", "alerts": "8", **options})  # type: ignore[arg-type]  # names of options
    assert words in spaced(plain(answer))
    async with store.read() as unit:
        assert await unit.servers.get(PLATFORM, "1") == Server(PLATFORM, "1")
        chat = await unit.chats.find(ChatAddress(PLATFORM, "20"))
    assert chat is None


async def test_where_chats_stand_alone_it_shows_the_settings(ask: Ask) -> None:
    answer = await ask("/setup 10 time 8:00")
    assert answer is not None
    assert spaced(plain(answer)).startswith("Réglages\n")


async def test_in_english_the_card_is_english(people: People) -> None:
    await people.ask("setup", channel="20", time="8:00", alerts="8")
    card = await people.ask("setup", client="en-GB", channel="20")
    assert spaced(plain(card)).startswith("Settings of #infos")
    assert "Breaking news: yes, mentioning @Alertes" in lines(card)
    assert "Mention nobody" in labels(card)
