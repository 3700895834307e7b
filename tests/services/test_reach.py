"""An operator hears of a platform that is not there, and not of every moment's outage."""

from __future__ import annotations

from bot.services.reach import LOST_AFTER, Reach
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform


async def test_a_platform_is_lost_after_minutes_out_of_reach_and_found_at_once(clock: FakeClock) -> None:
    telegram, discord = FakePlatform("telegram"), FakePlatform("discord")
    reach = Reach(clock, {"telegram": telegram, "discord": discord})
    telegram.connected = False
    clock.time += LOST_AFTER
    await reach.look()
    assert reach.lost() == ()
    clock.pass_by(seconds=1)
    await reach.look()
    assert reach.lost() == ("telegram",)
    telegram.connected = True
    await reach.look()
    assert reach.lost() == ()


async def test_a_platform_that_refuses_us_is_lost_at_once(clock: FakeClock) -> None:
    reach = Reach(clock, {"discord": FakePlatform("discord")})
    reach.refuse("discord")
    assert reach.lost() == ("discord",)


async def test_a_process_that_stands_by_misses_nothing(clock: FakeClock) -> None:
    away = FakePlatform("discord")
    away.connected = False
    reach = Reach(clock, {"discord": away}, ours=lambda _: False)
    clock.time += LOST_AFTER * 2
    await reach.look()
    assert reach.lost() == ()
