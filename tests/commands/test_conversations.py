"""People and the bot, a line each."""

from __future__ import annotations

import pytest

from bot.adapters.console import HERE
from bot.adapters.sql.store import SqlStore
from bot.adapters.telegram.inbound import HINTS
from bot.commands.registry import Registry
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.message import plain
from bot.ports import Request
from tests.commands.conftest import Ask

NAMES_OF_THE_CEASEFIRE = ("/status", "/status ceasefire", "/statut trêve", "/status cessez le feu", "/status ceasfire")


async def words(ask: Ask, line: str, **how: object) -> str:
    """The answer's bare words."""
    answer = await ask(line, **how)
    assert answer is not None
    return plain(answer)


async def test_help_says_what_this_platform_alone_can_do(registry: Registry) -> None:
    for language, said in (("fr", "écrivez simplement quelques mots"), ("en", "just write a few words")):
        request = Request(HERE, ChatKind.PRIVATE, "7", True, language, "help", hints=HINTS)
        message = await registry.dispatch(request)
        assert message is not None
        assert said in plain(message)
        assert "/alerts" in plain(message)
        assert "/subscribe @" in plain(message)


async def test_help_names_the_commands_in_the_persons_own_language(ask: Ask) -> None:
    assert "Recevoir le point chaque jour" in await words(ask, "/help", language="fr-SN")
    assert "Get the briefing every day" in await words(ask, "/aide", language="en-GB")


async def test_a_client_that_speaks_neither_language_is_answered_in_the_bots(ask: Ask) -> None:
    assert "Ce que je sais faire" in await words(ask, "/help", language="wo")


async def test_the_first_words_say_what_it_is_and_what_it_is_not(ask: Ask) -> None:
    answer = await ask("/start")
    assert answer is not None
    assert "cinq minutes par jour" in plain(answer)
    assert "alerte aérienne" in plain(answer)
    assert [button.action for button in answer.buttons[0]] == ["start 8:00"]


@pytest.mark.usefixtures("news")
async def test_a_briefing_has_the_war_and_nothing_else_with_its_sources(ask: Ask) -> None:
    french = await words(ask, "/brief")
    assert "prisonniers" in french
    assert "Le Quai" in french
    assert "The Harbour Post" in french
    assert "Lions" not in french
    assert "prisoners" in await words(ask, "/brief", language="en")


@pytest.mark.usefixtures("news")
async def test_a_briefing_of_the_last_hour_leaves_out_what_is_older(ask: Ask) -> None:
    assert "prisonniers" not in await words(ask, "/brief 1", language="en")


@pytest.mark.parametrize("hours", ["0", "200", "many", "-5", "1.5"])
async def test_hours_out_of_range_are_refused_in_words(ask: Ask, hours: str) -> None:
    assert "entre 1 et 168" in await words(ask, f"/brief {hours}")


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    "line", ["/status", "/status ceasefire", "/statut trêve", "/status cessez le feu", "/status ceasfire"]
)
async def test_a_topic_is_understood_by_any_name_and_the_ceasefire_is_meant_by_none(ask: Ask, line: str) -> None:
    answer = await words(ask, line)
    assert answer.startswith("Cessez-le-feu")
    assert "Peskov" in answer


async def test_an_unknown_topic_is_answered_with_the_nearest_ones(ask: Ask) -> None:
    answer = await ask("/status prisonnié", language="fr")
    assert answer is not None
    assert "Prisonniers" in plain(answer) or "prisoners" in {
        b.action.partition(" ")[2] for row in answer.buttons for b in row
    }


async def test_subscribing_says_the_time_the_city_and_when_the_first_one_comes(ask: Ask) -> None:
    assert await words(ask, "/subscribe 8h Dakar") == (
        "C’est noté\u00a0: le point chaque jour à 8\u00a0h (Dakar). Prochain envoi\u00a0: demain, 8\u00a0h."
    )
    assert "You already get the briefing every day at 08:00 (Dakar)." in await words(
        ask, "/subscribe 8:00 Dakar", language="en"
    )
    assert "Vos points\u00a0: 8\u00a0h (Dakar)." in await words(ask, "/abonner")


async def test_a_later_time_today_comes_today(ask: Ask) -> None:
    assert "The next one: 19:30." in await words(ask, "/subscribe 7:30 pm London", language="en")


async def test_named_options_do_the_same_as_typed_ones(ask: Ask) -> None:
    answer = await words(ask, "/subscribe", options={"time": "7:30 pm", "zone": "Europe/London"}, language="en")
    assert "19:30 (London)" in answer


@pytest.mark.parametrize(
    ("line", "said"),
    [("/subscribe soon", "« soon »"), ("/subscribe 25:00", "« 25:00 »"), ("/subscribe 8h Atlantis", "« Atlantis »")],
)
async def test_what_is_not_understood_is_quoted_back_with_examples(ask: Ask, line: str, said: str) -> None:
    answer = (await words(ask, line)).replace("\u00a0", " ")
    assert said in answer
    assert "Dakar" in answer or "7h30" in answer


async def test_unsubscribing_is_said_whether_or_not_there_was_anything(ask: Ask) -> None:
    assert "pas d’abonnement" in await words(ask, "/unsubscribe")
    await ask("/subscribe 8h Dakar")
    assert "C’est fait" in await words(ask, "/desabonner")
    assert "pas d’abonnement" in await words(ask, "/unsubscribe")


async def test_a_chosen_language_wins_over_the_clients_and_is_kept(ask: Ask) -> None:
    assert await words(ask, "/language en", language="fr") == "I will answer you in English from now on."
    assert "What I can do" in await words(ask, "/help", language="fr")
    assert await words(ask, "/langue français") == "Je vous réponds maintenant en français."


async def test_a_language_it_does_not_speak_is_refused(ask: Ask) -> None:
    assert "« wolof »" in (await words(ask, "/language wolof")).replace("\u00a0", " ")


@pytest.mark.usefixtures("news")
async def test_sources_are_listed_with_how_they_are_doing(ask: Ask) -> None:
    answer = await words(ask, "/sources", language="en")
    assert "2 sources followed" in answer
    assert "Le Quai · French · imported archive" in answer


async def test_without_sources_a_briefing_says_so(ask: Ask) -> None:
    assert "Aucune source suivie" in await words(ask, "/brief")


@pytest.mark.parametrize("line", ["/subscribe 8h Dakar", "/unsubscribe", "/language en"])
async def test_a_member_of_a_group_may_not_change_its_settings(ask: Ask, store: SqlStore, line: str) -> None:
    group = ChatAddress("console", "-5")
    answer = await words(ask, line, chat=group, kind=ChatKind.GROUP, moderator=False)
    assert answer == "Seuls les modérateurs de cette conversation peuvent faire cela. Demandez à l’un d’eux."
    async with store.read() as unit:
        chat = await unit.chats.find(group)
        assert chat is not None
        assert (chat.language, await unit.subscriptions.of(chat.id)) == (None, ())


async def test_an_unknown_command_is_answered_in_private_and_ignored_in_a_group(ask: Ask) -> None:
    assert "/dance" in await words(ask, "/dance")
    assert await ask("/dance", kind=ChatKind.GROUP) is None


async def test_an_update_delivered_twice_is_answered_once(ask: Ask) -> None:
    assert await ask("/help", update="telegram:1") is not None
    assert await ask("/help", update="telegram:1") is None


async def test_no_answer_mixes_languages(ask: Ask) -> None:
    for line in ("/help", "/start", "/about", "/privacy", "/sources", "/unsubscribe", "/subscribe", "/brief"):
        assert not {"the", "your", "with"} & set((await words(ask, line)).split()), line
        english = set((await words(ask, line, language="en", chat=ChatAddress("console", "en"))).split())
        assert not {"le", "vous", "avec"} & english, line
