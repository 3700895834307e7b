"""Ordering briefings: several times, some days, and taking them back."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from bot.adapters.console import HERE
from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.schedule import next_slot
from bot.domain.subscription import EVERY_DAY, Subscription
from tests.commands.conftest import Ask
from tests.commands.talk import actions, labels, said, words
from tests.fakes.clock import FakeClock

WORKING = frozenset(range(5))


async def orders(store: SqlStore, address: ChatAddress = HERE) -> tuple[Subscription, ...]:
    async with store.read() as unit:
        chat = await unit.chats.find(address)
        return await unit.subscriptions.of(chat.id) if chat else ()


async def schedules(store: SqlStore) -> list[tuple[tuple[int, ...], str, frozenset[int]]]:
    """(hours, zone, days) of each subscription."""
    found = [one.schedule for one in await orders(store)]
    return [(tuple(wall.hour for wall in schedule.times), schedule.zone, schedule.days) for schedule in found]


async def test_several_times_are_one_order_of_which_the_next_comes_first(ask: Ask, store: SqlStore) -> None:
    assert await words(ask, "/subscribe 8h, 19h30 Dakar") == (
        "C’est noté : le point chaque jour à 8 h et 19 h 30 (Dakar). Prochain envoi : 19 h 30."
    )
    (order,) = await orders(store)
    assert order.schedule.times == (time(8), time(19, 30))
    assert order.next_slot.at == datetime(2026, 3, 10, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "language", "said_so"),
    [
        ("/subscribe 8h en semaine Dakar", "fr", "du lundi au vendredi à 8 h (Dakar). Prochain envoi : demain, 8 h."),
        ("/subscribe 7:30 pm weekdays London", "en", "Monday to Friday at 19:30 (London). The next one: 19:30."),
        ("/abonner 8h dimanche Dakar", "fr", "le dimanche à 8 h (Dakar). Prochain envoi : 15 mars, 8 h."),
        ("/subscribe 9:00 weekends Dakar", "en", "at weekends at 09:00 (Dakar). The next one: 14 March, 09:00."),
    ],
)
async def test_days_are_understood_and_said_back(ask: Ask, line: str, language: str, said_so: str) -> None:
    assert said_so in await words(ask, line, language=language)


async def test_a_further_time_joins_the_order_it_belongs_to(ask: Ask, store: SqlStore) -> None:
    await ask("/subscribe 8h Dakar")
    assert "à 8 h et 19 h (Dakar)" in await words(ask, "/subscribe 19h Dakar")
    assert await schedules(store) == [((8, 19), "Africa/Dakar", EVERY_DAY)]
    assert await words(ask, "/subscribe 19h Dakar") == "Vous recevez déjà le point chaque jour à 8 h et 19 h (Dakar)."


async def test_other_days_are_an_order_of_their_own_and_named_beside_it(ask: Ask, store: SqlStore) -> None:
    await ask("/subscribe 8h en semaine Dakar")
    answer = await words(ask, "/subscribe 10h le week-end Dakar")
    assert "Vous recevez aussi : 8 h (Dakar), du lundi au vendredi." in answer
    assert len(await orders(store)) == 2
    assert "Vos points : 8 h (Dakar), du lundi au vendredi ; 10 h (Dakar), le week-end." in await words(
        ask, "/subscribe"
    )


async def test_the_same_time_on_fewer_days_takes_the_place_of_every_day(ask: Ask, store: SqlStore) -> None:
    await ask("/subscribe 8h, 19h Dakar")
    await ask("/subscribe 8h en semaine Dakar")
    assert await schedules(store) == [((19,), "Africa/Dakar", EVERY_DAY), ((8,), "Africa/Dakar", WORKING)]
    await ask("/subscribe 8h, 19h Dakar")
    assert await schedules(store) == [((8, 19), "Africa/Dakar", EVERY_DAY)]


async def test_a_new_order_has_the_length_and_topics_of_the_first(ask: Ask, store: SqlStore) -> None:
    await ask("/subscribe 8h Dakar")
    for line in ("/settings length full", "/settings silent on", "/follow prisonniers"):
        await ask(line)
    await ask("/subscribe 10h dimanche Dakar")
    first, second = await orders(store)
    assert (second.length, second.silent, second.topics) == (first.length, True, ("prisoners",))


async def test_a_guessed_city_is_one_tap_from_the_right_one(ask: Ask, store: SqlStore) -> None:
    answer = await said(ask, "/subscribe 8h")
    assert "(Paris)" in await words(ask, "/subscribe 8h", chat=ChatAddress("console", "2"))
    assert labels(answer)[:2] == ["Dakar 12 h", "Kyiv 14 h"]
    await ask("/" + actions(answer)[0])
    assert await schedules(store) == [((8,), "Africa/Dakar", EVERY_DAY)]
    assert "settings zone" not in " ".join(actions(await said(ask, "/subscribe 9h")))


async def test_a_city_alone_is_asked_for_its_time(ask: Ask, store: SqlStore) -> None:
    answer = await said(ask, "/subscribe Dakar")
    assert await words(ask, "/subscribe Dakar") == "À quelle heure, à Dakar ?"
    assert "subscribe 8:00 Africa/Dakar" in actions(answer)
    assert await orders(store) == ()


async def test_who_has_none_is_offered_times(ask: Ask) -> None:
    assert "start 8:00" in actions(await said(ask, "/subscribe"))
    await ask("/settings zone Dakar")
    assert "start 8:00 Africa/Dakar" in actions(await said(ask, "/subscribe"))


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/subscribe 8h, 25h Dakar", "Je ne comprends pas l’heure « 25h Dakar »."),
        ("/subscribe 8h en semaine et 10h le week-end", "« le week-end » est de trop"),
        ("/subscribe en semaine", "Je ne comprends pas l’heure « en semaine »."),
        ("/subscribe 8 19 Dakar", "Je ne comprends pas l’heure « 19 Dakar »."),
        ("/subscribe 8h Paris, 19h Dakar", "Je ne lis qu’une ville à la fois : « Paris, Dakar » en fait plusieurs."),
        ("/subscribe 1h, 2h, 3h, 4h, 5h, 6h, 7h", "6 points par jour au plus"),
    ],
)
async def test_what_is_in_doubt_is_asked_and_nothing_is_ordered(
    ask: Ask, store: SqlStore, line: str, answer: str
) -> None:
    assert answer in await words(ask, line)
    assert await orders(store) == ()


async def test_a_chat_can_not_order_more_than_six_a_day(ask: Ask, store: SqlStore) -> None:
    await ask("/subscribe 6h, 7h, 8h, 9h, 10h, 11h Dakar")
    assert "6 briefings a day at most" in await words(ask, "/subscribe 12h Dakar", language="en")
    assert await schedules(store) == [((6, 7, 8, 9, 10, 11), "Africa/Dakar", EVERY_DAY)]


@pytest.mark.parametrize(
    "options",
    [{"time": "8h, 19h", "zone": "Dakar"}, {"time": "8h et 19h", "zone": "Africa/Dakar"}, {"time": "8h, 19h Dakar"}],
)
async def test_named_options_are_read_alike(ask: Ask, store: SqlStore, options: dict[str, str]) -> None:
    await ask("/subscribe", options=options)
    assert await schedules(store) == [((8, 19), "Africa/Dakar", EVERY_DAY)]


async def test_a_time_that_is_none_is_refused_beside_a_good_city(ask: Ask) -> None:
    assert "« bientôt »" in await words(ask, "/subscribe", options={"time": "bientôt", "zone": "Dakar"})


# --- Stopping ---


async def test_one_time_can_be_stopped_alone(ask: Ask, store: SqlStore) -> None:
    await ask("/subscribe 8h, 19h Dakar")
    assert await words(ask, "/unsubscribe 8h") == "C’est fait. Il vous reste : 19 h (Dakar)."
    assert await words(ask, "/unsubscribe 8h") == "Vous n’avez pas de point à 8 h."
    assert "plus de point" in await words(ask, "/desabonner 19h")
    assert await orders(store) == ()


async def test_what_is_no_time_stops_nothing(ask: Ask, store: SqlStore) -> None:
    await ask("/subscribe 8h Dakar")
    assert "« demain »" in await words(ask, "/unsubscribe demain")
    assert len(await orders(store)) == 1


async def test_who_stops_is_offered_to_begin_again(ask: Ask) -> None:
    await ask("/subscribe 8h Dakar")
    assert actions(await said(ask, "/stop", language="en")) == ["start 8:00"]


async def test_a_briefing_told_today_does_not_come_twice_after_a_change(
    ask: Ask, store: SqlStore, clock: FakeClock
) -> None:
    await ask("/subscribe 13h Dakar")
    (order,) = await orders(store)
    clock.pass_by(hours=2)
    async with store.write() as unit:
        following = next_slot(order.schedule, clock.now(), last=order.next_slot)
        await unit.subscriptions.advance(order.id, order.next_slot, following)
    await ask("/settings time 19h")
    (changed,) = await orders(store)
    assert changed.next_slot.at == datetime(2026, 3, 11, 19, tzinfo=UTC)


async def test_a_group_is_subscribed_in_its_own_language_whoever_asks(ask: Ask, store: SqlStore) -> None:
    group = ChatAddress("console", "-5")
    await ask("/language en", chat=group, kind=ChatKind.GROUP)
    await ask("/subscribe 8h Dakar", chat=group, kind=ChatKind.GROUP, language="fr")
    assert [one.language for one in await orders(store, group)] == ["en"]
