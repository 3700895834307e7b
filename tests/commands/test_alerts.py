"""Breaking news and quiet hours: off until asked for, turned on and off by command and by button."""

from __future__ import annotations

from datetime import time

import pytest

from bot.adapters.console import HERE
from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.quiet import QuietHours
from tests.commands.conftest import Ask
from tests.commands.talk import actions, lines, said, words


async def wanted(store: SqlStore) -> bool:
    async with store.read() as unit:
        chat = await unit.chats.find(HERE)
        return chat is not None and await unit.alerts.wanted(chat.id)


async def quiet(store: SqlStore) -> QuietHours | None:
    async with store.read() as unit:
        chat = await unit.chats.find(HERE)
        assert chat is not None
        return chat.quiet


@pytest.mark.parametrize(
    ("language", "off", "on", "no_siren"),
    [
        ("fr", "n’arrivent pas ici", "arrivent ici", "Je ne suis pas une alerte aérienne"),
        ("en", "does not come here", "comes here", "not an air-raid warning"),
    ],
)
async def test_it_is_off_until_asked_for_and_says_that_it_is_no_siren(
    ask: Ask, store: SqlStore, language: str, off: str, on: str, no_siren: str
) -> None:
    before = await words(ask, "/alerts", language=language)
    assert off in before
    assert no_siren in before
    assert not await wanted(store)
    after = await words(ask, "/alerts on", language=language)
    assert on in after
    assert no_siren in after
    assert await wanted(store)
    assert off in await words(ask, "/alerts off", language=language)
    assert not await wanted(store)


async def test_its_buttons_turn_it_on_and_off_there_and_in_the_settings(ask: Ask, store: SqlStore) -> None:
    for screen in ("/alerts", "/settings"):
        (on,) = [action for action in actions(await said(ask, screen)) if action.endswith("alerts on")]
        await ask(f"/{on}")
        assert await wanted(store)
        (off,) = [action for action in actions(await said(ask, screen)) if action.endswith("alerts off")]
        await ask(f"/{off}")
        assert not await wanted(store)


async def test_the_settings_say_so(ask: Ask) -> None:
    assert lines(await said(ask, "/settings"))[-2:] == ["Dernière minute : non", "Heures calmes : aucune"]
    for line in ("/settings alertes on", "/settings calme 22h-7h"):
        await ask(line)
    assert lines(await said(ask, "/settings"))[-2:] == [
        "Dernière minute : oui, deux par jour au plus",
        "Heures calmes : de 22 h à 7 h",
    ]
    await ask("/settings language en")
    assert lines(await said(ask, "/settings"))[-2:] == [
        "Breaking news: yes, two a day at most",
        "Quiet hours: 22:00 to 07:00",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "22h30-7h",
        "22h30 7h",
        "de 22h30 à 7h",
        "from 10:30 pm to 7 am",
        "22:30 - 07:00",
        "entre 22h30 et 7h",
        "22.30–7h",
    ],
)
async def test_quiet_hours_are_written_as_people_write_them(ask: Ask, store: SqlStore, typed: str) -> None:
    await ask(f"/settings quiet {typed}")
    assert await quiet(store) == QuietHours(time(22, 30), time(7))
    await ask("/settings quiet off")
    assert await quiet(store) is None


async def test_quiet_hours_are_one_tap_away(ask: Ask, store: SqlStore) -> None:
    offered = [action for action in actions(await said(ask, "/settings quiet")) if action.startswith("settings quiet")]
    assert "settings quiet 22:00-7:00" in offered
    for action in offered:
        await ask(f"/{action}")
        assert await quiet(store) is not None
    assert "settings quiet off" in actions(await said(ask, "/settings quiet"))


@pytest.mark.parametrize("typed", ["22h", "8h-8h", "la nuit", "22h-7h-9h", "25h-7h", "22h Dakar"])
async def test_what_is_no_span_changes_nothing(ask: Ask, store: SqlStore, typed: str) -> None:
    await ask("/settings quiet 23h-6h")
    assert f"« {typed} »" in await words(ask, f"/settings quiet {typed}")
    assert await quiet(store) == QuietHours(time(23), time(6))


@pytest.mark.parametrize("line", ["/alerts peut-être", "/settings alerts peut-être"])
async def test_what_is_neither_on_nor_off_changes_nothing(ask: Ask, store: SqlStore, line: str) -> None:
    assert "Écrivez oui ou non, pas « peut-être »." in await words(ask, line)
    assert not await wanted(store)


async def test_in_a_group_its_moderators_decide(ask: Ask) -> None:
    group = ChatAddress("console", "-5")
    answer = await words(ask, "/alerts on", chat=group, kind=ChatKind.GROUP, moderator=False)
    assert answer.startswith("Seuls les modérateurs")
