"""A Discord on loopback: REST and gateway over real sockets, strict about everything it is sent.

A person's whole path, for tests that run the real discord.py or a whole ``bot run`` against it::

    async with FakeDiscord() as discord:
        guild = discord.add_guild("Rédaction")
        channel = discord.add_channel(guild, "infos")
        # … start a bot with discord.api_url, discord.gateway_url and discord.token …
        answer = await discord.slash(guild, channel, "status", topic="ceasefire", locale="fr")
        assert answer.private
        assert "cessez-le-feu" in answer.text
"""

from tests.fakes.discord.faults import Fault
from tests.fakes.discord.server import FakeDiscord
from tests.fakes.discord.world import MANAGE_GUILD, Answer, Channel, Guild, Sent

__all__ = ["MANAGE_GUILD", "Answer", "Channel", "FakeDiscord", "Fault", "Guild", "Sent"]
