"""Asking a running bot how it is."""

from __future__ import annotations

import asyncio
import re
import socket
from dataclasses import dataclass

import aiohttp

from tests.patience import PATIENCE


@dataclass(frozen=True, slots=True)
class Ops:
    """The bot's address for its operator."""

    port: int

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def get(self, page: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(f"http://{self.address}/{page}") as answer:
            return answer.status, await answer.text()

    async def until(self, page: str, *, status: int = 200, words: str = "") -> str:
        """Ask until it answers so."""
        said = ""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    try:
                        found, said = await self.get(page)
                    except aiohttp.ClientConnectionError:
                        found = 0  # it has not begun to listen
                    if found == status and re.search(words, said):
                        return said
                    await asyncio.sleep(0.2)
        except TimeoutError:
            raise AssertionError(f"/{page} did not say {words!r} with {status}; the last answer:\n{said}") from None


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
