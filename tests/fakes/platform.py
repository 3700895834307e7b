"""A chat platform that does as it is told, and remembers what it was sent."""

from __future__ import annotations

from collections import deque
from datetime import timedelta

from bot.adapters.console import ConsoleRenderer
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.message import RenderedPart
from bot.ports import Dispatch


class FakePlatform:
    """Fulfils ``ports.Platform``; ``results`` are given one a call, then everything is sent."""

    def __init__(
        self, name: str = "console", *results: SendResult, nonce_memory: timedelta | None = timedelta(0)
    ) -> None:
        self.name = name
        self.nonce_memory = nonce_memory
        self.renderer = ConsoleRenderer()
        self.results = deque(results)
        self.sent: list[tuple[ChatAddress, str]] = []
        self.nonces: list[str] = []

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
        result = self.results.popleft() if self.results else SendResult(SendOutcome.SENT, message_id=nonce)
        if result.outcome is SendOutcome.SENT:
            self.sent.append((address, str(part.payload["text"])))
        return result

    async def edit(self, address: ChatAddress, message_id: str, part: RenderedPart) -> SendResult:
        """Always possible."""
        return SendResult(SendOutcome.SENT, message_id=message_id)
