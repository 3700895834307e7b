"""Once: what somebody asks for takes effect once, however often the platform tells of it and wherever we are killed.

The mark that an update has been carried out is committed with its effect: in the first unit of work that its command
writes. Found there already, nothing of that unit is written. A command that writes more than once, as one change, does
it ``together``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.domain.chat import PlatformName
from bot.ports import Clock, Store, UnitOfWork


class CarriedOut(Exception):
    """The update has taken effect elsewhere, or before."""


@dataclass(slots=True)
class OnceStore:
    """Fulfils ``Store`` for one update's command."""

    store: Store
    clock: Clock
    platform: PlatformName
    update_id: str
    """Empty: every time is the first."""
    marked: bool = False
    """It is on record that the update has been carried out."""

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        """See the port. Raises CarriedOut, and writes nothing, where the update was carried out elsewhere."""
        async with self.store.write() as unit:
            yield unit
            if not self.marked and not await self._mark(unit):
                raise CarriedOut
        self.marked = True

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """See the port."""
        async with self.store.read() as unit:
            yield unit

    async def close(self) -> None:
        """Nothing: the store is not ours."""

    async def finish(self) -> None:
        """There was nothing to write, or a refusal: done all the same. Raises CarriedOut."""
        if not self.marked and self.update_id:
            async with self.write():
                pass

    async def _mark(self, unit: UnitOfWork) -> bool:
        return not self.update_id or await unit.chats.carried_out(self.platform, self.update_id, self.clock.now())


@asynccontextmanager
async def together(store: Store) -> AsyncIterator[Store]:
    """A store whose units of work are all one, committed at the end of the block. For changes, not for waiting."""
    async with store.write() as unit:
        yield _OneUnit(unit)


@dataclass(frozen=True, slots=True)
class _OneUnit:
    unit: UnitOfWork

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        yield self.unit

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        yield self.unit

    async def close(self) -> None:
        """Nothing: the block's end is the end."""
