"""Everyone has a lane; nobody has two."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.adapters.telegram.lanes import AT_ONCE, WAITING_ALL, WAITING_EACH, Lanes


def job(done: list[str], name: str, gate: asyncio.Event | None = None) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        if gate is not None:
            await gate.wait()
        done.append(name)

    return run


async def test_a_lane_is_in_order_and_the_others_go_on() -> None:
    lanes, gate = Lanes(), asyncio.Event()
    done: list[str] = []
    for name in ("slow", "after"):
        lanes.offer("awa", job(done, name, gate))
    lanes.offer("ben", job(done, "quick"))

    await asyncio.sleep(0.01)
    assert done == ["quick"]
    gate.set()
    await lanes.close(1)
    assert done == ["quick", "slow", "after"]


async def test_a_lane_takes_only_so_many() -> None:
    lanes, gate = Lanes(), asyncio.Event()
    done: list[str] = []
    lanes.offer("awa", job(done, "first", gate))
    await asyncio.sleep(0)

    taken = [lanes.offer("awa", job(done, str(number))) for number in range(WAITING_EACH + 3)]

    assert taken == [True] * WAITING_EACH + [False] * 3
    assert lanes.offer("ben", job(done, "ben"))
    gate.set()
    await lanes.close(1)
    assert len(done) == WAITING_EACH + 2


async def test_there_is_no_room_while_very_many_wait() -> None:
    lanes, gate = Lanes(), asyncio.Event()
    done: list[str] = []
    for number in range(AT_ONCE + WAITING_ALL):
        lanes.offer(str(number), job(done, "x", gate))

    await asyncio.sleep(0)
    room = asyncio.create_task(lanes.room())
    await asyncio.sleep(0)
    assert not room.done()
    gate.set()
    await asyncio.wait_for(room, 1)
    await lanes.close(1)


async def test_a_failing_job_does_not_end_its_lane() -> None:
    async def fail() -> None:
        raise ValueError

    lanes = Lanes()
    done: list[str] = []
    lanes.offer("awa", fail)
    lanes.offer("awa", job(done, "after"))
    await lanes.close(1)

    assert done == ["after"]


async def test_what_is_too_late_at_the_end_is_stopped() -> None:
    lanes = Lanes()
    done: list[str] = []
    lanes.offer("awa", job(done, "never", asyncio.Event()))

    await asyncio.wait_for(lanes.close(0.01), 1)

    assert done == []
