"""Reading answers in tests."""

from __future__ import annotations

from bot.domain.message import Listing, Message, plain
from tests.commands.conftest import Ask


async def words(ask: Ask, line: str, **how: object) -> str:
    """The answer's bare words, with plain spaces."""
    return spaced(plain(await said(ask, line, **how)))


async def said(ask: Ask, line: str, **how: object) -> Message:
    """The answer, which there must be."""
    answer = await ask(line, **how)
    assert answer is not None
    return answer


def actions(message: Message) -> list[str]:
    """What its buttons ask for, in reading order."""
    return [button.action for row in message.buttons for button in row]


def labels(message: Message) -> list[str]:
    """What its buttons say, with plain spaces."""
    return [spaced(button.label) for row in message.buttons for button in row]


def lines(message: Message) -> list[str]:
    """The items of its lists."""
    listings = [block for block in message.blocks if isinstance(block, Listing)]
    return [spaced("".join(span.text for span in item)) for listing in listings for item in listing.items]


def spaced(text: str) -> str:
    """French no-break spaces as plain ones: catalogue tests look after them."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
