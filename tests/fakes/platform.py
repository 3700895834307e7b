"""A chat platform that does as it is told, and remembers what it was sent."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import timedelta

from bot.adapters.console import ConsoleRenderer
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.message import RenderedPart
from bot.ports import Dispatch
from tests.patience import PATIENCE


class FakePlatform:
    """Fulfils ``ports.Platform``; ``results`` are given one a call, then everything is sent.

    While ``open`` is not set, calls are begun and not answered.
    """

    def __init__(
        self, name: str = "console", *results: SendResult | Exception, nonce_memory: timedelta | None = timedelta(0)
    ) -> None:
        self.name = name
        self.nonce_memory = nonce_memory
        self.renderer = ConsoleRenderer()
        self.results = deque(results)
        self.sent: list[tuple[ChatAddress, str]] = []
        self.edits: list[tuple[str, str]] = []
        self.nonces: list[str] = []
        self.connected = True
        self.open = asyncio.Event()
        self.open.set()
        self._changed = asyncio.Condition()

    def repeatable_for(self, address: ChatAddress) -> timedelta | None:
        """As told when it was made."""
        return self.nonce_memory

    async def check(self) -> None:
        """Always there."""

    async def serve(self, dispatch: Dispatch) -> None:
        """Nobody writes."""

    async def send(self, address: ChatAddress, part: RenderedPart, nonce: str) -> SendResult:
        """The next scripted result."""
        self.nonces.append(nonce)
        await self._tell()
        await self.open.wait()
        result = self.results.popleft() if self.results else SendResult(SendOutcome.SENT, message_id=nonce)
        if isinstance(result, Exception):
            raise result
        if result.outcome is SendOutcome.SENT:
            self.sent.append((address, str(part.payload["text"])))
            await self._tell()
        return result

    async def edit(self, address: ChatAddress, message_id: str, part: RenderedPart) -> SendResult:
        """Always possible."""
        self.edits.append((message_id, str(part.payload["text"])))
        return SendResult(SendOutcome.SENT, message_id=message_id)

    async def until_called(self, times: int) -> None:
        """Wait until so many sends were begun."""
        await self._until(lambda: len(self.nonces) >= times)

    async def until_sent(self, times: int) -> None:
        """Wait until so many messages arrived."""
        await self._until(lambda: len(self.sent) >= times)

    async def _until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(condition)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
