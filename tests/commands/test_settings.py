"""Settings: shown, changed in place, and typed."""

from __future__ import annotations

import pytest

from bot.adapters.console import HERE
from bot.adapters.discord.render import DiscordRenderer
from bot.adapters.sql.store import SqlStore
from bot.adapters.telegram.render import TelegramRenderer
from bot.commands.registry import Registry
from bot.domain.briefing import Length
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.message import ACTION_LIMIT, Message
from bot.domain.subscription import Subscription
from bot.ports import Renderer, Request
from tests.commands.conftest import Ask
from tests.commands.talk import actions, labels, lines, said, words

GROUP = ChatAddress("console", "-5")


@pytest.fixture
async def order(ask: Ask) -> None:
    """A daily briefing at eight in Dakar."""
    await ask("/subscribe 8h Dakar")


async def only(store: SqlStore) -> Subscription:
    async with store.read() as unit:
        chat = await unit.chats.find(HERE)
        assert chat is not None
        (subscription,) = await unit.subscriptions.of(chat.id)
    return subscription


@pytest.mark.usefixtures("order")
async def test_everything_that_was_chosen_is_shown(ask: Ask) -> None:
    assert lines(await said(ask, "/settings")) == [
        "Langue : français",
        "Ville : Dakar, où il est 12 h",
        "Le point : 8 h (Dakar) ; prochain : demain, 8 h",
        "Longueur : court, une ou deux phrases par nouvelle",
        "Arrivée : avec son",
        "Sujets : tous",
        "Dernière minute : non",
        "Heures calmes : aucune",
    ]
    await ask("/settings language en")
    assert lines(await said(ask, "/reglages")) == [
        "Language: English",
        "City: Dakar, where it is 12:00",
        "Briefing: 08:00 (Dakar); next: tomorrow, 08:00",
        "Length: short, one or two sentences a story",
        "Arrives: with a sound",
        "Topics: all",
        "Breaking news: no",
        "Quiet hours: none",
    ]


@pytest.mark.usefixtures("order")
@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("/settings length full", "Longueur : complet"),
        ("/settings length titres", "Longueur : les titres seulement"),
        ("/settings silent on", "Arrivée : sans son"),
        ("/settings silent off", "Arrivée : avec son"),
        ("/settings length titres seulement", "Longueur : les titres seulement"),
        ("/settings son non", "Arrivée : sans son"),
        ("/settings sans son", "Arrivée : sans son"),
        ("/settings quiet 10h du soir à 7h du matin", "Heures calmes : de 22 h à 7 h"),
        ("/settings sound on", "Arrivée : avec son"),
        ("/settings heures calmes 22h-7h", "Heures calmes : de 22 h à 7 h"),
        ("/settings dernière minute oui", "Dernière minute : oui, deux par jour au plus"),
        ("/settings time 19h", "Le point : 19 h (Dakar) ; prochain : 19 h"),
        ("/settings heure 8h, 19h30", "Le point : 8 h et 19 h 30 (Dakar) ; prochain : 19 h 30"),
        ("/settings zone Tokyo", "Le point : 8 h (Tokyo) ; prochain : demain, 8 h"),
        ("/settings ville Paris", "Ville : Paris, où il est 13 h"),
        ("/settings langue français", "Langue : français"),
    ],
)
async def test_a_change_is_made_and_shown_in_place(ask: Ask, line: str, shown: str) -> None:
    settings = await said(ask, line)
    assert settings.replaces
    assert shown in lines(settings)
    assert shown in lines(await said(ask, "/settings"))


@pytest.mark.usefixtures("order")
async def test_every_button_is_a_command_that_can_be_typed(ask: Ask) -> None:
    screens = {"settings"}
    seen: dict[str, Message] = {}
    while screens - set(seen):
        action = min(screens - set(seen))
        seen[action] = await said(ask, f"/{action}")
        screens |= {pressed for pressed in actions(seen[action]) if not pressed.endswith("stop")}
    assert len(seen) > 40
    assert all(len(action.encode()) <= ACTION_LIMIT for action in seen)
    in_place = [action for action in seen if action.startswith("settings")]
    assert all(seen[action].replaces and seen[action].private for action in in_place)


@pytest.mark.usefixtures("order")
@pytest.mark.parametrize("renderer", [TelegramRenderer(), DiscordRenderer()], ids=["telegram", "discord"])
@pytest.mark.parametrize(
    "line",
    ["/settings", "/settings zone", "/settings topics", "/settings time", "/start 8:00 more", "/topics", "/follow"],
)
async def test_a_screen_is_one_message_so_that_it_can_change_in_place(ask: Ask, renderer: Renderer, line: str) -> None:
    await ask("/settings zone Sydney")
    await ask("/settings follow ceasefire")
    assert len(renderer.render(await said(ask, line))) == 1


@pytest.mark.usefixtures("order")
async def test_the_present_choice_is_marked_and_said(ask: Ask) -> None:
    settings = await said(ask, "/settings length headlines")
    assert labels(settings)[3:6] == ["✓ Titres", "Court", "Complet"]
    assert "✓ 8 h" in labels(await said(ask, "/settings time"))


@pytest.mark.usefixtures("order")
async def test_what_is_chosen_is_what_is_kept(ask: Ask, store: SqlStore) -> None:
    for line in ("length headlines", "silent on", "follow prisonniers", "follow drones", "unfollow prisoners"):
        await ask(f"/settings {line}")
    kept = await only(store)
    assert (kept.length, kept.silent, kept.topics) == (Length.HEADLINES, True, ("drones-strikes",))


@pytest.mark.usefixtures("order")
async def test_one_time_takes_the_place_of_every_order(ask: Ask, store: SqlStore) -> None:
    await ask("/subscribe 10h dimanche Paris")
    await ask("/settings time 7:00")
    kept = await only(store)
    assert [wall.hour for wall in kept.schedule.times] == [7]


@pytest.mark.usefixtures("order")
async def test_stopping_leaves_the_way_back(ask: Ask, store: SqlStore) -> None:
    settings = await said(ask, "/settings stop")
    assert lines(settings)[2] == "Aucun point prévu."
    assert actions(settings)[0] == "start 8:00 Africa/Dakar"
    await ask("/" + actions(settings)[0])
    assert (await only(store)).schedule.zone == "Africa/Dakar"


async def test_without_briefings_there_is_less_to_set(ask: Ask) -> None:
    settings = await said(ask, "/settings")
    assert lines(settings)[:3] == ["Langue : français", "Ville : Paris, où il est 13 h", "Aucun point prévu."]
    assert actions(settings)[:3] == ["start 8:00", "settings zone", "settings language en"]
    assert lines(await said(ask, "/settings topics")) == lines(settings)
    assert lines(await said(ask, "/settings time 7h")) == lines(settings)


@pytest.mark.usefixtures("order")
@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/settings couleur bleu", "« couleur »"),
        ("/settings length énorme", "« énorme » n’est pas une longueur"),
        ("/settings time bientôt", "l’heure « bientôt »"),
        ("/settings time 8h Dakar", "« 8h Dakar »"),
        ("/settings zone Atlantis", "« Atlantis »"),
        ("/settings language wolof", "« wolof »"),
        ("/settings silent peut-être", "« peut-être »"),
        ("/settings son peut-être", "« peut-être »"),
        ("/settings jours bientôt", "« bientôt »"),
        ("/settings follow zzz", "« zzz »"),
        ("/settings time 1h 2h 3h 4h 5h 6h 7h", "6 points par jour au plus"),
    ],
)
async def test_what_is_not_understood_changes_nothing(ask: Ask, store: SqlStore, line: str, answer: str) -> None:
    before = await only(store)
    assert answer in await words(ask, line)
    assert await only(store) == before


async def test_days_are_those_of_the_only_order_and_of_several_one_has_to_be_named(ask: Ask) -> None:
    assert "Aucun point prévu." in await words(ask, "/settings jours lundi")
    await ask("/subscribe 8h Dakar")
    await ask("/settings jours sauf dimanche")
    assert "Jours : du lundi au samedi" in await words(ask, "/settings jours")
    await ask("/subscribe 19h dimanche")
    assert "/settings 8:00 jours en semaine" in await words(ask, "/settings jours lundi")
    assert "Jours : le lundi" in await words(ask, "/settings 8h jours lundi")


@pytest.mark.parametrize("line", ["/settings", "/settings language en", "/follow prisonniers", "/forget yes"])
async def test_only_a_groups_moderators_see_and_change_its_settings(ask: Ask, line: str) -> None:
    answer = await words(ask, line, chat=GROUP, kind=ChatKind.GROUP, moderator=False)
    assert answer.startswith("Seuls les modérateurs")


async def test_where_only_the_asker_reads_it_words_are_theirs_and_settings_the_chats(registry: Registry) -> None:
    async def ask_alone(text: str) -> Message:
        request = Request(GROUP, ChatKind.GROUP, "7", True, "fr", "settings", text, for_asker_alone=True)
        answer = await registry.dispatch(request)
        assert answer is not None
        return answer

    await ask_alone("language en")
    settings = await ask_alone("")
    assert lines(settings)[0] == "Langue : anglais"
    assert "settings language fr" in actions(settings)
