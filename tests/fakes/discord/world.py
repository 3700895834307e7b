"""What exists on the fake Discord: servers, channels, messages, people's answers, and their JSON."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.fakes.discord.rules import EPHEMERAL, walk

APPLICATION = 1100
BOT_USER = {"id": str(APPLICATION), "username": "Depeche", "discriminator": "0", "avatar": None, "bot": True}
MANAGE_GUILD = 1 << 5
VIEW_CHANNEL, SEND_MESSAGES, SEND_IN_THREADS = 1 << 10, 1 << 11, 1 << 38
REQUIRE_TAG = 1 << 4
TEXT, DIRECT, ANNOUNCEMENT, THREAD, FORUM = 0, 1, 5, 11, 15
_DISCORD_EPOCH = 1_420_070_400_000
_places = count(1)


def snowflake() -> int:
    """A new id that says when it was made, as Discord's do."""
    return (int(time.time() * 1000) - _DISCORD_EPOCH << 22) | (next(_places) % (1 << 22))


@dataclass(slots=True)
class Channel:
    """A channel, thread or direct message."""

    id: int
    guild_id: int | None
    name: str
    type: int = TEXT
    parent_id: int | None = None
    recipient: int | None = None
    silenced: bool = False
    """We may not write there."""
    locked: bool = False
    """For a thread."""
    archived: bool = False
    """The same; who writes there opens it."""
    muted: bool = False
    """Our roles don't let us write in the server."""
    tags: dict[int, str] = field(default_factory=dict)
    """A forum's."""
    wants_tag: bool = True
    """A post without one is refused, where there are some."""

    def payload(self) -> dict[str, Any]:
        """As in gateway events."""
        if self.type == DIRECT:
            return {"id": str(self.id), "type": DIRECT, "recipients": [person(self.recipient or 0)], "flags": 0}
        base = {
            "id": str(self.id),
            "guild_id": str(self.guild_id),
            "type": self.type,
            "name": self.name,
            "parent_id": None if self.parent_id is None else str(self.parent_id),
            "flags": 0,
            "last_message_id": None,
            "rate_limit_per_user": 0,
        }
        if self.type == THREAD:
            settings = {"archived": self.archived, "auto_archive_duration": 1440, "locked": self.locked}
            moment = {"archive_timestamp": "2026-01-01T00:00:00+00:00"}
            return base | {"thread_metadata": settings | moment, "owner_id": str(APPLICATION), "message_count": 0,
                           "member_count": 1}  # fmt: skip
        silence = {"id": str(self.guild_id), "type": 0, "allow": "0", "deny": str(SEND_MESSAGES)}
        tags = [{"id": str(tag), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
                for tag, name in self.tags.items()]  # fmt: skip
        return base | {
            "position": 0,
            "permission_overwrites": [silence] if self.silenced else [],
            "topic": None,
            "nsfw": False,
            "available_tags": tags,
            "flags": REQUIRE_TAG if self.tags and self.wants_tag else 0,
        }


@dataclass(slots=True)
class GuildRole:
    """A role of a server."""

    id: int
    name: str
    mentionable: bool = False
    permissions: int = 0

    def payload(self) -> dict[str, Any]:
        """As in ``GUILD_CREATE``."""
        return {"id": str(self.id), "name": self.name, "permissions": str(self.permissions), "position": 0, "color": 0,
                "colors": {"primary_color": 0}, "hoist": False, "managed": False, "mentionable": self.mentionable,
                "flags": 0}  # fmt: skip


@dataclass(slots=True)
class Guild:
    """A server."""

    id: int
    name: str
    locale: str = "fr"
    channels: list[Channel] = field(default_factory=list)
    roles: list[GuildRole] = field(default_factory=list)
    mute: bool = False
    """The role everybody has does not let write."""
    our_roles: list[int] = field(default_factory=list)

    @property
    def everyone(self) -> GuildRole:
        """The role everybody has."""
        writing = 0 if self.mute else SEND_MESSAGES | SEND_IN_THREADS
        return GuildRole(self.id, "@everyone", permissions=VIEW_CHANNEL | writing)

    def payload(self) -> dict[str, Any]:
        """As in ``GUILD_CREATE``."""
        threads = [one.payload() for one in self.channels if one.type == THREAD and not one.archived]
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": "1",
            "preferred_locale": self.locale,
            "roles": [role.payload() for role in (self.everyone, *self.roles)],
            "emojis": [],
            "features": [],
            "channels": [channel.payload() for channel in self.channels if channel.type != THREAD],
            "threads": threads,
            "members": [member(BOT_USER, self.our_roles)],
            "member_count": 2,
        }


@dataclass(slots=True)
class Sent:
    """A message the bot wrote."""

    id: int
    channel_id: int
    payload: dict[str, Any]
    nonce: str | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    published: bool = False
    private: bool = False
    """Only its asker sees it."""
    tags: list[str] = field(default_factory=list)
    """Names of the tags of the post it opened."""

    @property
    def text(self) -> str:
        """Everything a reader reads, a text a line."""
        texts = [part["content"] for part in walk(self.payload) if part["type"] == 10]
        return "\n".join([self.payload.get("content") or "", *texts]).strip()

    @property
    def buttons(self) -> list[Mapping[str, Any]]:
        """Its buttons in reading order."""
        return [part for part in walk(self.payload) if part["type"] == 2]

    def received(self) -> dict[str, Any]:
        """As Discord shows it to a bot."""
        return {
            "id": str(self.id),
            "channel_id": str(self.channel_id),
            "author": BOT_USER,
            "content": self.payload.get("content") or "",
            "timestamp": "2026-01-01T00:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": self.payload.get("embeds", []),
            "components": [_received(component) for component in self.payload.get("components", ())],
            "flags": self.payload.get("flags", 0) | EPHEMERAL * self.private,
            "pinned": False,
            "type": 0,
        }


def _received(component: Mapping[str, Any]) -> dict[str, Any]:
    """A component as Discord stores it: with an id, its media hosted."""
    stored = {"id": next(_places), **component}
    if "components" in component:
        stored["components"] = [_received(nested) for nested in component["components"]]
    if "items" in component:
        stored["items"] = [{**item, "media": _hosted(item["media"]["url"])} for item in component["items"]]
    return stored


def _hosted(url: str) -> dict[str, Any]:
    hosted = url.replace("attachment://", "https://cdn.example/attachments/")
    return {"url": hosted, "proxy_url": hosted, "width": 1, "height": 1, "content_type": "image/png"}


@dataclass(slots=True)
class Answer:
    """What a person sees happen after a command or a press."""

    interaction: int
    token: str
    channel: Channel
    asked: float
    """``time.monotonic()`` of the event."""
    lifetime: float = 900.0
    """Seconds its token is good for."""
    deferred_after: float | None = None
    private: bool = False
    messages: list[Sent] = field(default_factory=list)
    withdrawn: bool = False
    choices: list[tuple[str, str]] | None = None
    pressed: Sent | None = None
    """The message whose button was pressed."""
    in_place: bool = False
    """It changes that message, or stands below it."""

    @property
    def done(self) -> bool:
        """The person is no longer waiting."""
        return bool(self.messages) or self.withdrawn or self.choices is not None

    @property
    def expired(self) -> bool:
        """Its token is no longer good."""
        return time.monotonic() - self.asked > self.lifetime

    @property
    def text(self) -> str:
        """All its parts' words."""
        return "\n".join(message.text for message in self.messages)

    @property
    def buttons(self) -> list[Mapping[str, Any]]:
        """Its parts' buttons."""
        return [button for message in self.messages for button in message.buttons]

    @property
    def files(self) -> dict[str, bytes]:
        """What its parts carry."""
        return {name: content for message in self.messages for name, content in message.files.items()}

    def hide(self, flags: int) -> None:
        """Remember whether only the person sees it."""
        self.private = bool(flags & EPHEMERAL)


def person(number: int) -> dict[str, Any]:
    """A person's user object."""
    return {"id": str(number), "username": f"person{number}", "discriminator": "0", "avatar": None}


def member(user: dict[str, Any], roles: Sequence[int] = ()) -> dict[str, Any]:
    """A user in a server."""
    joined = "2026-01-01T00:00:00+00:00"
    return {
        "user": user,
        "roles": [str(role) for role in roles],
        "joined_at": joined,
        "deaf": False,
        "mute": False,
        "flags": 0,
    }
