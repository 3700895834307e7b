"""Answering: who asked something that we were killed over is told so, where the platform would never tell it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.chat import PlatformName
from bot.domain.message import Message
from bot.ports import Clock, Store, Unanswered
from bot.views.again import interrupted_message

WAY_BACK = timedelta(minutes=15)
"""As long as Discord takes an answer (its documentation of interactions)."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Fulfils ``AnswerBook`` for one platform."""

    store: Store
    clock: Clock
    platform: PlatformName

    async def note(self, request: Unanswered) -> None:
        """See the port."""
        async with self.store.write() as unit:
            await unit.unanswered.add(self.platform, request, self.clock.now())

    async def settle(self, update_id: str) -> None:
        """See the port."""
        async with self.store.write() as unit:
            await unit.unanswered.remove(self.platform, update_id)

    async def interrupted(self) -> Sequence[tuple[Unanswered, Message]]:
        """See the port. What is said not to have been done is never done later: a process that only stood still finds
        it marked as carried out.
        """
        now, told = self.clock.now(), []
        async with self.store.write() as unit:
            for request in await unit.unanswered.take(self.platform, now - WAY_BACK):
                undone = await unit.chats.carried_out(self.platform, request.update_id, now)
                told.append((request, interrupted_message(request.language, undone=undone)))
        return told
