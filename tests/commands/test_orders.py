"""A chat's orders for briefings, seen and changed one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.adapters.console import HERE
from bot.adapters.discord.render import DiscordRenderer
from bot.adapters.sql.store import SqlStore
from bot.adapters.telegram.render import TelegramRenderer
from bot.domain.briefing import Length
from bot.domain.chat import ChatAddress
from bot.domain.message import ACTION_LIMIT
from bot.domain.subscription import EVERY_DAY, Subscription
from tests.commands.conftest import Ask
from tests.commands.press import publish
from tests.commands.talk import actions, labels, lines, said, words
from tests.fakes.clock import FakeClock

WORKING = frozenset(range(5))


async def orders(store: SqlStore, address: ChatAddress = HERE) -> tuple[Subscription, ...]:
    async with store.read() as unit:
        chat = await unit.chats.find(address)
        return await unit.subscriptions.of(chat.id) if chat else ()


@pytest.fixture
async def two(ask: Ask, store: SqlStore) -> tuple[Subscription, ...]:
    """Eight on working days, ten at weekends."""
    await ask("/subscribe 8h en semaine Dakar")
    await ask("/subscribe 10h le week-end Dakar")
    return await orders(store)


async def test_each_order_is_seen_with_all_it_is(ask: Ask, two: tuple[Subscription, ...]) -> None:
    every = await said(ask, "/settings orders")
    assert lines(every) == ["8 h (Dakar), du lundi au vendredi", "10 h (Dakar), le week-end"]
    assert actions(every) == [f"settings order {two[0].id}", f"settings order {two[1].id}", "settings"]
    assert lines(await said(ask, f"/settings order {two[0].id}")) == [
        "Jours : du lundi au vendredi",
        "Prochain envoi : demain, 8 h",
        "Langue : français",
        "Longueur : court, une ou deux phrases par nouvelle",
        "Arrivée : avec son",
        "Sujets : tous",
    ]
    await ask("/settings language en")
    assert lines(await said(ask, f"/settings order {two[1].id}"))[:2] == [
        "Days: at weekends",
        "The next one: 14 March, 10:00",
    ]


@pytest.mark.parametrize("address", ["/settings order {id}", "/settings 8h"])
async def test_a_change_to_one_order_leaves_the_other_alone(
    ask: Ask, store: SqlStore, two: tuple[Subscription, ...], address: str
) -> None:
    one = address.format(id=two[0].id)
    for change in (
        "length titres",
        "sans son",
        "language en",
        "days mardi et jeudi",
        "follow prisonniers",
        "time 7h30",
    ):
        answer = await said(ask, f"{one} {change}")
        assert answer.replaces
        one = one.replace("8h", "7h30") if change.startswith("time") else one
    changed, other = await orders(store)
    assert other == two[1]
    assert (changed.length, changed.silent, changed.language) == (Length.HEADLINES, True, "en")
    assert (changed.schedule.days, changed.topics) == (frozenset({1, 3}), ("prisoners",))
    assert [str(wall) for wall in changed.schedule.times] == ["07:30:00"]
    assert lines(await said(ask, "/settings orders"))[0] == (
        "7 h 30 (Dakar), le mardi et le jeudi · anglais · titres · sans son · 1 sujet"
    )
    assert "Le reste dépend du point : voir « Mes points »" in lines(await said(ask, "/settings"))


async def test_one_of_several_times_is_set_apart_when_it_alone_is_changed(ask: Ask, store: SqlStore) -> None:
    await ask("/subscribe 8h, 19h Dakar")
    await ask("/settings 19h")
    assert len(await orders(store)) == 1
    await ask("/settings 19h length full")
    morning, evening = await orders(store)
    assert [[wall.hour for wall in one.schedule.times] for one in (morning, evening)] == [[8], [19]]
    assert (morning.length, evening.length) == (Length.SHORT, Length.FULL)
    assert (morning.schedule.days, evening.next_slot.at.hour) == (EVERY_DAY, 19)


async def test_a_time_that_another_order_had_on_the_same_days_is_this_ones(ask: Ask, store: SqlStore) -> None:
    await ask("/subscribe 8h Dakar")
    await ask("/subscribe 10h en semaine Dakar")
    first, second = await orders(store)
    await ask(f"/settings order {second.id} time 8h")
    assert [one.id for one in await orders(store)] == [second.id]
    assert first.id != second.id


async def test_every_button_of_every_order_is_a_command_that_can_be_typed(
    ask: Ask, two: tuple[Subscription, ...]
) -> None:
    screens, seen = {"settings orders"}, set[str]()
    while screens - seen:
        action = min(screens - seen)
        seen.add(action)
        answer = await said(ask, f"/{action}")
        assert answer.replaces
        assert all(len(renderer.render(answer)) == 1 for renderer in (TelegramRenderer(), DiscordRenderer()))
        screens |= {
            one for one in actions(answer) if one.startswith(f"settings order {two[0].id}") and "stop" not in one
        }
    assert len(seen) > 30
    assert all(len(action.encode()) <= ACTION_LIMIT for action in seen)


async def test_one_order_is_stopped_and_after_the_last_there_is_none(
    ask: Ask, store: SqlStore, two: tuple[Subscription, ...]
) -> None:
    left = await said(ask, f"/settings order {two[0].id} stop")
    assert lines(left) == ["10 h (Dakar), le week-end"]
    assert "Aucun point prévu." in lines(await said(ask, f"/settings order {two[1].id} stop"))
    assert await orders(store) == ()


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/settings order 999999 length full", "Ce point n’existe plus."),
        ("/settings order", "Ce point n’existe plus."),
        ("/settings 9h length full", "Vous n’avez pas de point à 9h."),
        ("/settings 8h couleur bleu", "« couleur »"),
        ("/settings 8h days bientôt", "« bientôt »"),
        ("/settings 8h time 8h Dakar", "« 8h Dakar »"),
        ("/settings 8h zone Atlantis", "« Atlantis »"),
        ("/settings 8h time 1h 2h 3h 4h 5h 6h", "6 points par jour au plus"),
    ],
)
async def test_what_is_not_understood_changes_no_order(ask: Ask, store: SqlStore, line: str, answer: str) -> None:
    before = await orders(store)
    assert answer in await words(ask, line)
    assert await orders(store) == before


async def test_nobody_reaches_another_chats_orders(ask: Ask, store: SqlStore, two: tuple[Subscription, ...]) -> None:
    stranger = ChatAddress("console", "2")
    for change in ("", " length full", " stop"):
        assert "n’existe plus" in await words(ask, f"/settings order {two[0].id}{change}", chat=stranger)
    assert await orders(store) == two


@pytest.mark.usefixtures("news")
async def test_what_is_new_since_the_last_briefing_is_one_tap_away(ask: Ask, store: SqlStore, clock: FakeClock) -> None:
    assert "brief last" not in actions(await said(ask, "/brief"))
    await ask("/start 8:00 Africa/Dakar")
    clock.pass_by(hours=3)
    await publish(store, clock, ("Le Quai", "fr", "Ukraine : un terminal céréalier touché à Odessa", 0.05))
    assert "Depuis mon dernier point" in labels(await said(ask, "/brief"))
    for line in ("/brief last", "/point dernier", "/brief last"):
        missed = await words(ask, line)
        assert "Depuis votre dernier point (12 h) : un sujet nouveau." in missed
        assert "terminal céréalier" in missed
        assert "prisonniers" not in missed


async def test_without_any_briefing_before_it_is_the_last_day(ask: Ask, clock: FakeClock) -> None:
    clock.time += timedelta(hours=1)
    assert await words(ask, "/brief last") == await words(ask, "/brief 24")


async def test_one_of_two_briefings_is_changed_and_stopped_in_english(ask: Ask, store: SqlStore) -> None:
    assert "Done" in await words(ask, "/subscribe 8:00, 7:30 pm Dakar", language="en")
    evening = await said(ask, "/settings 19:30 length headlines", language="en")
    assert lines(evening)[2:5] == ["Language: English", "Length: headlines only", "Arrives: with a sound"]
    assert lines(await said(ask, "/settings orders", language="en")) == ["08:00 (Dakar)", "19:30 (Dakar) · headlines"]
    assert "You have no briefing at 9am." in await words(ask, "/settings 9am silent on", language="en")
    (stop,) = [action for action in actions(evening) if action.endswith("stop")]
    assert lines(await said(ask, f"/{stop}", language="en")) == ["08:00 (Dakar)"]


async def test_where_briefings_differ_no_length_is_marked_as_everyones(ask: Ask) -> None:
    await ask("/subscribe 8h, 19h Dakar")
    assert "✓ Court" in labels(await said(ask, "/settings"))
    await ask("/settings 19h length full")
    assert not [label for label in labels(await said(ask, "/settings")) if "✓" in label]
