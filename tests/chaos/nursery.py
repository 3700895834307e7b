"""Starts senders: a process that has loaded everything forks one for each line of orders, and says how it ended.

A sender is a real process with the real deliverer, store and platform adapter; forking it takes milliseconds where
starting Python anew takes seconds, so that a test can afford to kill many.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import traceback
from dataclasses import asdict, dataclass

from sqlalchemy import func, select

from bot.adapters.discord import client
from bot.adapters.discord.platform import DiscordPlatform
from bot.adapters.sql.schema import parts
from bot.adapters.sql.store import SqlStore
from bot.adapters.telegram.platform import TelegramPlatform
from bot.domain.delivery import PartState
from bot.domain.message import Message
from bot.ports import Platform, Request
from bot.services.deliver import Deliverer
from bot.services.holding import RENEWAL_SECONDS
from tests.fakes import suggest
from tests.fakes.clock import RacingClock

LONGEST_LIFE = 300
"""Seconds after which a sender nobody waits for any more ends by itself."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a sender is to do."""

    database: str
    platform: str
    token: str
    api_url: str
    gateway_url: str
    started: float
    factor: float


def main() -> None:
    """Fork a sender for each line; answer with its id, then with how it ended."""
    for line in sys.stdin:
        orders = Orders(**json.loads(line))
        child = os.fork()
        if child == 0:
            _live(orders)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def written(orders: Orders) -> bytes:
    """Orders as a line."""
    return json.dumps(asdict(orders)).encode() + b"\n"


def _live(orders: Orders) -> None:
    signal.alarm(LONGEST_LIFE)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # its logs are no answers to orders
    code = 1
    try:
        asyncio.run(_send_everything(orders))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


async def _send_everything(orders: Orders) -> None:
    """Until nothing waits and nothing is on its way."""
    clock = RacingClock(orders.started, orders.factor)
    platform = _platform(orders, clock)
    store = await SqlStore.open(orders.database)
    serving = asyncio.create_task(platform.serve(_nobody))
    deliverer = Deliverer(
        store,
        clock,
        {platform.name: platform},
        f"sender:{os.getpid()}",
        renewal_seconds=RENEWAL_SECONDS / orders.factor,
    )
    while await _open_parts(store):
        await deliverer.turn()
        await clock.sleep(1)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    await store.close()


def _platform(orders: Orders, clock: RacingClock) -> Platform:
    if orders.platform == "telegram":
        return TelegramPlatform(orders.token, commands=(), suggest=suggest.nothing, api_url=orders.api_url, clock=clock)
    client.SETTLING = 0.02  # the fake tells of all its servers at once
    return DiscordPlatform(
        orders.token,
        commands=(),
        suggest=suggest.nothing,
        api_url=orders.api_url,
        gateway_url=orders.gateway_url,
        clock=clock,
    )


async def _open_parts(store: SqlStore) -> int:
    count = select(func.count()).where(parts.c.state.in_([PartState.PENDING, PartState.SENDING]))
    async with store._database.reading() as connection:
        return int(await connection.scalar(count) or 0)


async def _nobody(_request: Request) -> Message | None:
    return None


if __name__ == "__main__":
    main()
