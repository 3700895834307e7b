"""The fake's gateway: hello, identify, ready, heartbeats, resume, lost sessions."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.discord.world import APPLICATION, BOT_USER, Guild

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACKNOWLEDGED = 0, 1, 2, 6, 7, 9, 10, 11
AUTHENTICATION_FAILED = 4004
PRIVILEGED_INTENTS = (1 << 1) | (1 << 8) | (1 << 15)


@dataclass(slots=True)
class Session:
    """What a bot has been told since it identified; told again when it resumes."""

    id: str
    events: list[dict[str, Any]] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None

    async def tell(self, kind: str, data: object) -> None:
        """Send an event, or keep it for the resume."""
        event = {"op": DISPATCH, "t": kind, "s": len(self.events) + 1, "d": data}
        self.events.append(event)
        if self.socket is not None and not self.socket.closed:
            await self.socket.send_str(json.dumps(event))


class Gateway:
    """Any number of connections, one after another or at once."""

    def __init__(self, token: str, guilds: dict[int, Guild]) -> None:
        self.token = token
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.identified = 0
        self.resumed = 0
        self.intents = 0
        self.refuse_with: int | None = None
        """A close code every identify is answered with."""
        self.hesitation = 0.0
        """Seconds between READY and the servers."""
        self._guilds = guilds

    @property
    def connected(self) -> list[Session]:
        """Sessions with an open socket."""
        return [session for session in self.sessions.values() if session.socket and not session.socket.closed]

    async def tell(self, kind: str, data: object) -> None:
        """An event for every living session."""
        for session in self.sessions.values():
            await session.tell(kind, data)

    # --- Mishaps ---

    async def drop(self) -> None:
        """Cut every socket without a close frame; the sessions live on."""
        for session in self.connected:
            assert session.socket is not None
            transport = session.socket._req.transport if session.socket._req else None  # the server side has no port
            if transport is not None:
                transport.close()
            session.socket = None

    async def ask_to_reconnect(self) -> None:
        """Opcode 7."""
        for session in self.connected:
            assert session.socket is not None
            await session.socket.send_str(json.dumps({"op": RECONNECT, "d": None}))

    async def lose_sessions(self) -> None:
        """Opcode 9: everything must begin anew."""
        lost, self.sessions = self.connected, {}
        for session in lost:
            assert session.socket is not None
            await session.socket.send_str(json.dumps({"op": INVALID, "d": False}))

    # --- Protocol ---

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from hello to its end."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await _say(socket, HELLO, {"heartbeat_interval": 41250})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._hear(socket, json.loads(frame.data))
        return socket

    async def _hear(self, socket: web.WebSocketResponse, message: dict[str, Any]) -> None:
        match message["op"]:
            case 1:
                await _say(socket, ACKNOWLEDGED, None)
            case 2:
                await self._identify(socket, message["d"])
            case 6:
                await self._resume(socket, message["d"])

    async def _identify(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> None:
        self.identified += 1
        self.intents = data["intents"]
        if self.refuse_with is not None:
            await socket.close(code=self.refuse_with)
            return
        if data["token"] != self.token or self.intents & PRIVILEGED_INTENTS:
            await socket.close(code=AUTHENTICATION_FAILED if data["token"] != self.token else 4014)
            return
        session = Session(secrets.token_hex(8), socket=socket)
        self.sessions[session.id] = session
        await session.tell("READY", self._ready(session, data.get("shard", [0, 1])))
        await asyncio.sleep(self.hesitation)
        for guild in self._guilds.values():
            await session.tell("GUILD_CREATE", guild.payload() | {"unavailable": False})

    def _ready(self, session: Session, shard: list[int]) -> dict[str, Any]:
        return {
            "v": 10,
            "user": BOT_USER,
            "guilds": [{"id": str(guild), "unavailable": True} for guild in self._guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": shard,
            "application": {"id": str(APPLICATION), "flags": 0},
        }

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self.token:
            await _say(socket, INVALID, False)
            return
        self.resumed += 1
        session.socket = socket
        for event in session.events[data["seq"] :]:
            await socket.send_str(json.dumps(event))
        await session.tell("RESUMED", {})


async def _say(socket: web.WebSocketResponse, operation: int, data: object) -> None:
    await socket.send_str(json.dumps({"op": operation, "d": data}))
