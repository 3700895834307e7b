"""A third platform: a terminal. No token, no network, the same commands."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TextIO

from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.message import Block, Button, Footer, Heading, Link, Listing, Message, Quotation, RenderedPart, Span
from bot.ports import Dispatch, Request

NAME = "console"
HERE = ChatAddress(NAME, "terminal")
_LEAVE = {"/quit", "/exit", "/q"}


class ConsoleRenderer:
    """Plain text: links are numbered, their addresses stand below. Pure."""

    def render(self, message: Message) -> tuple[RenderedPart, ...]:
        """One part: a terminal has no limits."""
        return (RenderedPart({"text": as_text(message), "actions": [button.action for button in _buttons(message)]}),)


def as_text(message: Message) -> str:
    """A message as a terminal shows it."""
    links: list[str] = []
    lines = [_line(block, links) for block in message.blocks]
    buttons = [f"[{number}] {button.label}" for number, button in enumerate(_buttons(message), 1)]
    addresses = [f"  ({number}) {url}" for number, url in enumerate(links, 1)]
    sections = ["\n\n".join(lines), "\n".join(addresses), "   ".join(buttons)]
    return "\n\n".join(section for section in sections if section)


def _line(block: Block, links: list[str]) -> str:
    if isinstance(block, Listing):
        return "\n".join("• " + _words(item, links) for item in block.items)
    words = _words(block.spans, links)
    if isinstance(block, Heading):
        return f"{words}\n{'─' * min(len(words), 72)}"
    if isinstance(block, Quotation):
        return "\n".join("  │ " + line for line in words.split("\n"))
    return f"— {words}" if isinstance(block, Footer) else words


def _words(spans: tuple[Span, ...], links: list[str]) -> str:
    return "".join(_span(span, links) for span in spans)


def _span(span: Span, links: list[str]) -> str:
    if not isinstance(span, Link):
        return span.text
    if span.url not in links:
        links.append(span.url)
    return f"{span.text} ({links.index(span.url) + 1})"


def _buttons(message: Message) -> list[Button]:
    return [button for row in message.buttons for button in row]


@dataclass(slots=True)
class ConsolePlatform:
    """Reads lines, prints answers. A number presses a button of the last answer."""

    prompt: str
    language: str | None = None
    source: TextIO = field(default_factory=lambda: sys.stdin)
    write: Callable[[str], object] = print
    _actions: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """``console``."""
        return NAME

    @property
    def renderer(self) -> ConsoleRenderer:
        """How a terminal writes."""
        return ConsoleRenderer()

    def repeatable_for(self, address: ChatAddress) -> timedelta:  # noqa: ARG002 - the port's
        """What was printed is printed."""
        return timedelta(0)

    @property
    def connected(self) -> bool:
        """A terminal is always there."""
        return True

    async def check(self) -> None:
        """A terminal is always there."""

    async def serve(self, dispatch: Dispatch) -> None:
        """Answer lines until the input ends or the person leaves."""
        loop = asyncio.get_running_loop()
        while True:
            if self.source.isatty():
                sys.stdout.write(self.prompt)
                sys.stdout.flush()
            line = await loop.run_in_executor(None, self.source.readline)
            if not line or line.strip() in _LEAVE:
                return
            if line.strip():
                await self._answer(dispatch, line.strip())

    async def _answer(self, dispatch: Dispatch, line: str) -> None:
        message = await dispatch(self._request(line))
        if message is not None:
            await self._show(self.renderer.render(message)[0])

    def _request(self, line: str) -> Request:
        if line.isdecimal() and 0 < int(line) <= len(self._actions):
            line = "/" + self._actions[int(line) - 1]
        command, _, text = line.removeprefix("/").partition(" ") if line.startswith("/") else ("search", "", line)
        return Request(
            chat=HERE,
            chat_kind=ChatKind.PRIVATE,
            person="terminal",
            is_moderator=True,
            client_language=self.language,
            command=command,
            text=text,
        )

    async def _show(self, part: RenderedPart) -> None:
        actions = part.payload.get("actions")
        self._actions = [str(action) for action in actions] if isinstance(actions, list) else []
        self.write(f"\n{part.payload['text']}\n")

    async def send(self, address: ChatAddress, part: RenderedPart, nonce: str) -> SendResult:  # noqa: ARG002 - the port's
        """Print a briefing; a terminal always takes it."""
        await self._show(part)
        return SendResult(SendOutcome.SENT, message_id=nonce)

    async def edit(self, address: ChatAddress, message_id: str, part: RenderedPart) -> SendResult:  # noqa: ARG002
        """A terminal can't take words back: print the new ones."""
        await self._show(part)
        return SendResult(SendOutcome.SENT, message_id=message_id)
