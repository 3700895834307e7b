"""``/claim``: the first moderator of the bot."""

from __future__ import annotations

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind
from bot.services.moderators import Moderators
from tests.commands.moderation.conftest import Someone
from tests.fakes.clock import FakeClock


@pytest.fixture
def moderators(store: SqlStore, clock: FakeClock) -> Moderators:
    return Moderators(store, clock)


@pytest.fixture
def someone(admin: Someone) -> Someone:
    return admin.having(chat=ChatAddress("console", "mine"), kind=ChatKind.PRIVATE, person="someone")


async def test_whoever_has_the_code_moderates_everyones_sources_and_the_code_is_used_up(
    someone: Someone, moderators: Moderators, admin: Someone
) -> None:
    code = await moderators.open_claim()
    assert code is not None
    assert "Seuls les modérateurs du robot" in await someone.words("/promotefeed 1")
    typed = code.lower().replace("-", " ")
    assert "Vous modérez maintenant" in await someone.words(f"/claim {typed}")
    assert "n’est pas (ou plus) une source ici" in await someone.words("/promotefeed 1")
    neighbour = someone.having(person="neighbour", chat=ChatAddress("console", "theirs"))
    assert "n’est pas, ou plus, le bon" in await neighbour.words(f"/claim {code}")
    assert "Seuls les modérateurs du robot" in await neighbour.words("/promotefeed 1")
    assert await moderators.open_claim() is None


async def test_a_code_is_not_taken_where_others_read_it(admin: Someone, moderators: Moderators) -> None:
    code = await moderators.open_claim()
    assert await admin.words(f"/claim {code}") == "Ici, d’autres liraient le code. Écrivez-moi en privé."
    assert "Seuls les modérateurs du robot" in await admin.words("/promotefeed 1")


async def test_only_the_newest_code_counts(someone: Someone, moderators: Moderators) -> None:
    first, second = await moderators.open_claim(), await moderators.open_claim()
    assert first != second
    assert "n’est pas, ou plus, le bon" in await someone.words(f"/claim {first}")
    assert "You now moderate" in await someone.having(language="en").words(f"/claim {second}")


@pytest.mark.parametrize("typed", ["", "-", "AAAA-AAAA-AAAA"])
async def test_a_wrong_code_is_refused(someone: Someone, moderators: Moderators, typed: str) -> None:
    await moderators.open_claim()
    assert "code" in await someone.words(f"/claim {typed}")
    assert "Seuls les modérateurs du robot" in await someone.words("/promotefeed 1")


async def test_no_code_is_made_where_the_settings_name_a_moderator(store: SqlStore, clock: FakeClock) -> None:
    named = Moderators(store, clock, frozenset({("telegram", "7")}))
    assert await named.open_claim() is None
    at_the_terminal = Moderators(store, clock, frozenset({("console", "terminal")}))
    assert await at_the_terminal.open_claim() is not None
