"""Buttons that say what they do: an answer sent years ago still works, whatever was restarted since."""

from __future__ import annotations

import re
from typing import Any, Protocol, Self

import discord

from bot.adapters.discord.inbound import press_request
from bot.adapters.discord.render import CUSTOM_ID_PREFIX, LASTING
from bot.ports import Request


class Answering(Protocol):
    """A client that answers requests."""

    async def answer(self, interaction: discord.Interaction[Any], request: Request) -> None:
        """Defer, ask, complete."""
        ...


class ActionButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]],
    template=rf"{CUSTOM_ID_PREFIX}:\d+{LASTING}?:(?P<action>.+)",
):
    """Any button of ours: its ``custom_id`` holds the action, so nothing else has to be remembered."""

    def __init__(self, custom_id: str, action: str) -> None:
        super().__init__(discord.ui.Button(custom_id=custom_id))
        self._action = action

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003  # discord.py passes it
        item: discord.ui.Item[Any],  # noqa: ARG003  # discord.py passes it
        match: re.Match[str],
        /,
    ) -> Self:
        """What discord.py calls for a press whose ``custom_id`` matches."""
        return cls(match.string, match["action"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer as if the action had been typed."""
        client: Answering = interaction.client
        await client.answer(interaction, press_request(interaction, self._action))
