"""The fake itself: started on a free port, with people who type and press."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from typing import Any, Self

from aiohttp import web

from tests.fakes.discord.faults import Fault
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.rest import Rest
from tests.fakes.discord.world import (
    ANNOUNCEMENT,
    APPLICATION,
    BOT_USER,
    DIRECT,
    FORUM,
    SEND_MESSAGES,
    TEXT,
    THREAD,
    Answer,
    Channel,
    Guild,
    GuildRole,
    Sent,
    member,
    person,
    snowflake,
)
from tests.patience import PATIENCE

CHANNEL_OPTION = 7


class FakeDiscord:
    """A Discord of one bot, over real sockets."""

    def __init__(self) -> None:
        self.token = f"fake.{secrets.token_hex(8)}"
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.rest = Rest(self.token, self.channels)
        self.gateway = Gateway(self.token, self.guilds)
        self._runner: web.AppRunner | None = None
        self.api_url = ""
        """For DISCORD_API_URL."""
        self.gateway_url = ""
        """For DISCORD_GATEWAY_URL."""

    # --- Life ---

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.add_routes([web.get("/gateway", self.gateway.handle), *self.rest.routes()])
        self._runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.api_url = f"http://127.0.0.1:{port}/api/v10"
        self.gateway_url = self.gateway.url = self.rest.gateway_url = f"ws://127.0.0.1:{port}/gateway"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    # --- The world ---

    def add_guild(self, name: str = "Rédaction", locale: str = "fr", *, invited: bool = True) -> Guild:
        """A server the bot was invited to before it connects; one it was not, ``invite`` lets it in later."""
        guild = Guild(snowflake(), name, locale)
        if invited:
            self.guilds[guild.id] = guild
        return guild

    def add_channel(self, guild: Guild, name: str = "infos", type: int = TEXT) -> Channel:  # noqa: A002  # Discord's word
        """A channel; ``type`` may be ``ANNOUNCEMENT`` or ``FORUM``."""
        channel = Channel(snowflake(), guild.id, name, type)
        guild.channels.append(channel)
        self.channels[channel.id] = channel
        return channel

    def add_announcements(self, guild: Guild, name: str = "annonces") -> Channel:
        """A channel others can follow."""
        return self.add_channel(guild, name, ANNOUNCEMENT)

    def add_forum(self, guild: Guild, name: str = "forum", tags: tuple[str, ...] = ()) -> Channel:
        """A channel of posts, which nobody can write in directly."""
        forum = self.add_channel(guild, name, FORUM)
        forum.tags = {snowflake(): tag for tag in tags}
        return forum

    def add_role(self, guild: Guild, name: str, *, mentionable: bool = True, permissions: int = 0) -> GuildRole:
        """A role of a server."""
        role = GuildRole(snowflake(), name, mentionable, permissions)
        guild.roles.append(role)
        return role

    def add_thread(self, parent: Channel, name: str = "fil") -> Channel:
        """A thread, or a forum's post."""
        assert parent.guild_id is not None
        thread = Channel(snowflake(), parent.guild_id, name, THREAD, parent_id=parent.id)
        self.guilds[parent.guild_id].channels.append(thread)
        self.channels[thread.id] = thread
        return thread

    def open_direct(self, recipient: int = 501) -> Channel:
        """A person's direct messages with the bot."""
        channel = Channel(snowflake(), None, "", DIRECT, recipient=recipient)
        self.channels[channel.id] = channel
        return channel

    async def invite(self, guild: Guild) -> None:
        """The bot joins, or joins again."""
        self.guilds[guild.id] = guild
        self.channels |= {channel.id: channel for channel in guild.channels}
        await self.gateway.tell("GUILD_CREATE", guild.payload())

    async def remove(self, guild: Guild) -> None:
        """The bot is removed from a server: its channels are unknown from then on."""
        del self.guilds[guild.id]
        for channel in guild.channels:
            self.channels.pop(channel.id, None)
        await self.gateway.tell("GUILD_DELETE", {"id": str(guild.id)})

    async def delete_channel(self, channel: Channel) -> None:
        """A channel or thread is deleted."""
        del self.channels[channel.id]
        self.guilds[channel.guild_id or 0].channels.remove(channel)
        kind = "THREAD_DELETE" if channel.type == THREAD else "CHANNEL_DELETE"
        await self.gateway.tell(kind, channel.payload())

    async def change(
        self, channel: Channel, *, silenced: bool = False, locked: bool = False, archived: bool = False
    ) -> None:
        """A channel's permissions or a thread's lock change, or it is archived."""
        channel.silenced, channel.locked, channel.archived = silenced, locked, archived
        kind = "THREAD_UPDATE" if channel.type == THREAD else "CHANNEL_UPDATE"
        await self.gateway.tell(kind, channel.payload())

    async def mute(self, guild: Guild, *, mute: bool = True) -> None:
        """The role everybody has may write no more, or again."""
        guild.mute = mute
        self._settle_rights(guild)
        await self.gateway.tell("GUILD_ROLE_UPDATE", {"guild_id": str(guild.id), "role": guild.everyone.payload()})

    async def give_role(self, guild: Guild, *roles: GuildRole) -> None:
        """These are the bot's roles from now on."""
        guild.our_roles = [role.id for role in roles]
        self._settle_rights(guild)
        told = member(BOT_USER, guild.our_roles) | {"guild_id": str(guild.id)}
        await self.gateway.tell("GUILD_MEMBER_UPDATE", told)

    def _settle_rights(self, guild: Guild) -> None:
        ours = [role for role in guild.roles if role.id in guild.our_roles]
        for channel in guild.channels:
            channel.muted = guild.mute and not any(role.permissions & SEND_MESSAGES for role in ours)

    def spoil(self, fault: Fault) -> None:
        """Let the next calls that match go wrong."""
        self.rest.faults.append(fault)

    # --- What happened ---

    @property
    def violations(self) -> list[str]:
        """What the bot sent that Discord would have refused. A test ends with none."""
        return self.rest.violations

    def messages(self, channel: Channel) -> list[Sent]:
        """What stands in a channel for everyone."""
        return [message for message in self.rest.sent if message.channel_id == channel.id]

    async def until(self, happened: Callable[[], object], what: str = "it", seconds: float = PATIENCE) -> None:
        """Wait for something; fail the test when it does not come."""
        async with asyncio.timeout(seconds):
            while not happened():  # noqa: ASYNC110  # any condition of a test's, of this process or another's
                await asyncio.sleep(0.005)

    async def connected(self, times: int = 1) -> None:
        """Wait until the bot has identified that many times and shown its commands."""
        await self.until(lambda: self.gateway.identified >= times and self.gateway.connected and self.rest.commands)

    # --- People ---

    async def slash(
        self,
        guild: Guild | None,
        channel: Channel,
        command: str,
        /,
        *,
        locale: str = "fr",
        permissions: int = 0,
        by: int = 501,
        roles: Sequence[int] = (),
        lifetime: float = 900.0,
        wait: bool = True,
        **options: str,
    ) -> Answer:
        """A person picks a command and fills in its options. Returns when it is answered (unless not ``wait``)."""
        await self.connected()
        data = self._command(command, list(options.items()))
        answer = self._expect(channel, lifetime)
        await self._tell(guild, answer, 2, data, locale, permissions, by, roles=roles)
        if wait:
            await self.until(lambda: answer.done)
        return answer

    async def typing(
        self,
        guild: Guild | None,
        channel: Channel,
        command: str,
        option: str,
        text: str,
        /,
        *,
        locale: str = "fr",
        by: int = 501,
        **others: str,
    ) -> list[tuple[str, str]]:
        """A person is filling in an option, beside others. Returns what is suggested: (label, value) pairs."""
        await self.connected()
        data = self._command(command, [(option, text), *others.items()])
        data["options"][0]["focused"] = True
        answer = self._expect(channel, 900.0)
        await self._tell(guild, answer, 4, data, locale, 0, by)
        await self.until(lambda: answer.done)
        assert answer.choices is not None
        return answer.choices

    async def press(
        self,
        guild: Guild | None,
        message: Sent,
        label: str,
        *,
        locale: str = "fr",
        permissions: int = 0,
        by: int = 501,
        roles: Sequence[int] = (),
        wait: bool = True,
    ) -> Answer:
        """A person presses the button of that label. Returns when it is answered (unless not ``wait``)."""
        await self.until(lambda: self.gateway.connected)
        button = next(button for button in message.buttons if button["label"] == label)
        answer = self._expect(self.channels[message.channel_id], 900.0)
        answer.pressed = message
        data = {"custom_id": button["custom_id"], "component_type": 2}
        await self._tell(guild, answer, 3, data, locale, permissions, by, message.received(), roles=roles)
        if wait:
            await self.until(lambda: answer.done)
        return answer

    def _command(self, name: str, options: list[tuple[str, str]]) -> dict[str, Any]:
        """A command as it was registered: what is not registered nobody can pick."""
        known = next((command for command in self.rest.commands if command["name"] == name), None)
        assert known is not None, f"/{name} was never registered"
        names = {option["name"] for option in known["options"]}
        assert names >= {option for option, _ in options}, f"/{name} has only {names}"
        types = {option["name"]: option["type"] for option in known["options"]}
        given = [{"name": option, "type": types[option], "value": value} for option, value in options]
        picked = [self.channels[int(value)] for option, value in options if types[option] == CHANNEL_OPTION]
        return {
            "id": known["id"],
            "name": name,
            "type": 1,
            "options": given,
            "resolved": {"channels": {str(channel.id): channel.payload() for channel in picked}},
        }

    def _expect(self, channel: Channel, lifetime: float) -> Answer:
        answer = Answer(snowflake(), secrets.token_hex(16), channel, time.monotonic(), lifetime)
        self.rest.answers[answer.token] = answer
        return answer

    async def _tell(
        self,
        guild: Guild | None,
        answer: Answer,
        kind: int,
        data: dict[str, Any],
        locale: str,
        permissions: int,
        by: int,
        message: dict[str, Any] | None = None,
        *,
        roles: Sequence[int] = (),
    ) -> None:
        event: dict[str, Any] = {
            "id": str(answer.interaction),
            "application_id": str(APPLICATION),
            "type": kind,
            "token": answer.token,
            "version": 1,
            "data": data,
            "channel_id": str(answer.channel.id),
            "channel": answer.channel.payload(),
            "locale": locale,
            "app_permissions": "0",
            "attachment_size_limit": 10_485_760,
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 1 if guild is None else 0,
        }
        if guild is None:
            event["user"] = person(by)
        else:
            asker = member(person(by), roles) | {"permissions": str(permissions)}
            event |= {"guild_id": str(guild.id), "guild_locale": guild.locale, "member": asker}
        if message is not None:
            event["message"] = message
        await self.gateway.tell("INTERACTION_CREATE", event)
