"""An edition's own time, asked for again by the button under it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.commands.registry import Registry
from bot.domain.briefing import Window
from bot.domain.message import plain
from bot.ports import Scope
from bot.services.brief import Wanted
from bot.views.other_language import edition_action
from tests.commands.conftest import Ask
from tests.commands.press import publish
from tests.commands.talk import said, spaced, words
from tests.fakes.clock import FakeClock


@pytest.mark.usefixtures("news")
async def test_a_window_is_told_as_it_was_whatever_came_since(
    ask: Ask, registry: Registry, store: SqlStore, clock: FakeClock
) -> None:
    start, end = clock.now() - timedelta(hours=24), clock.now()
    briefing = await registry.services.briefer.write(Wanted("fr", "Europe/Paris", end, start, Scope(known_by=end)))
    assert briefing.window == Window(start, end)
    clock.pass_by(hours=5)
    await publish(store, clock, ("Le Quai", "fr", "Guerre en Ukraine : le port d’Odessa bombardé, trois blessés", 0))
    again = spaced(plain(await said(ask, f"/{edition_action(briefing)}", language="en")))
    assert "swap 84 prisoners" in again
    assert "Odessa" not in again
    assert "Odessa" in await words(ask, "/brief")


@pytest.mark.parametrize(
    "typed", ["1773140400-1773140400", "1773144000-1773140400", "1773100000-1999999999", "1000000000-1773144000"]
)
async def test_no_other_time_can_be_asked_for(ask: Ask, typed: str) -> None:
    assert "n’est pas un nombre d’heures" in await words(ask, f"/brief {typed}")
