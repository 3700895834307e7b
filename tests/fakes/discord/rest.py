"""The fake's REST API: what a news bot calls, and nothing else."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.discord.faults import Fault, call_of, json_response
from tests.fakes.discord.rules import EPHEMERAL, command_problems, message_problems, suggestion_problems
from tests.fakes.discord.schema import schema_problems
from tests.fakes.discord.world import (
    ANNOUNCEMENT,
    APPLICATION,
    BOT_USER,
    FORUM,
    THREAD,
    Answer,
    Channel,
    Sent,
    person,
    snowflake,
)

DEADLINE = 3.0
"""Seconds for the first answer to an interaction."""
INVALID_FORM, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_INTERACTION = 50035, 10003, 10008, 10062
MISSING_PERMISSIONS = 50013
ACKNOWLEDGED, BAD_TOKEN, NOT_A_TEXT_CHANNEL, UNKNOWN_WEBHOOK = 40060, 50027, 50008, 10015


class Refused(Exception):
    """The call is answered with an error."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass(slots=True)
class Rest:
    """Routes and what they remember. ``violations`` is what the bot sent that Discord would not take."""

    token: str
    channels: dict[int, Channel]
    gateway_url: str = ""
    sent: list[Sent] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    commands: list[dict[str, Any]] = field(default_factory=list)
    overwrites: int = 0
    calls: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    nonces: dict[tuple[int, str], Sent] = field(default_factory=dict)

    def routes(self) -> list[web.RouteDef]:
        """Every route, all through ``_guarded``."""
        table = {
            "GET /users/@me": self._me,
            "GET /oauth2/applications/@me": self._application,
            "GET /gateway/bot": self._gateway,
            f"GET /applications/{APPLICATION}/commands": self._list_commands,
            f"PUT /applications/{APPLICATION}/commands": self._overwrite_commands,
            "POST /channels/{channel}/messages": self._create,
            "PATCH /channels/{channel}/messages/{message}": self._edit,
            "POST /channels/{channel}/messages/{message}/crosspost": self._publish,
            "POST /channels/{channel}/threads": self._post,
            "POST /interactions/{interaction}/{token}/callback": self._callback,
            f"PATCH /webhooks/{APPLICATION}/{{token}}/messages/@original": self._complete,
            f"DELETE /webhooks/{APPLICATION}/{{token}}/messages/@original": self._withdraw,
            f"POST /webhooks/{APPLICATION}/{{token}}": self._follow_up,
        }
        routes = []
        for name, handler in table.items():
            method, path = name.split(" ")
            routes.append(web.route(method, "/api/v10" + path, self._guarded(handler)))
        return [*routes, web.route("*", "/{rest:.*}", self._guarded(self._unknown))]

    def _guarded(self, handler: Any) -> Any:
        async def handle(request: web.Request) -> web.StreamResponse:
            self.calls.append(call_of(request))
            fault = next((fault for fault in self.faults if fault.matches(request)), None)
            if fault is None:
                return await self._answer(handler, request)
            fault.times -= 1
            await asyncio.sleep(fault.delay)
            usual = await self._answer(handler, request) if fault.accepted or fault.status == 200 else None
            return usual if usual is not None and fault.status == 200 else await fault.answer(request)

        return handle

    async def _answer(self, handler: Any, request: web.Request) -> web.StreamResponse:
        try:
            if "/interactions/" not in request.path and request.headers.get("Authorization") != f"Bot {self.token}":
                raise Refused(401, 0, "401: Unauthorized")
            body = await handler(request)
        except Refused as refusal:
            return json_response(
                {"message": refusal.message, "code": refusal.code}, refusal.status, {"Via": "1.1 google"}
            )
        except Exception as error:
            self.violations.append(f"{call_of(request)} could not be read: {error!r}")
            raise
        return web.Response(status=204) if body is None else json_response(body)

    async def _unknown(self, request: web.Request) -> None:
        self.violations.append(f"no such route: {request.method} {request.path}")
        raise Refused(404, 0, "404: Not Found")

    # --- Who we are ---

    async def _me(self, request: web.Request) -> object:
        return BOT_USER

    async def _application(self, request: web.Request) -> object:
        return {"id": str(APPLICATION), "name": "Depeche", "description": "", "icon": None, "bot_public": True,
                "bot_require_code_grant": False, "owner": person(1), "verify_key": "", "flags": 0}  # fmt: skip

    async def _gateway(self, request: web.Request) -> object:
        limit = {"total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1}
        return {"url": self.gateway_url, "shards": 1, "session_start_limit": limit}

    # --- Commands ---

    async def _list_commands(self, request: web.Request) -> object:
        return self.commands

    async def _overwrite_commands(self, request: web.Request) -> object:
        commands = await request.json()
        self._check(
            command_problems(commands) + schema_problems("ApplicationCommandUpdateRequest", commands, many=True)
        )
        self.overwrites += 1
        self.commands = [_stored(command) for command in commands]
        return self.commands

    # --- Messages ---

    async def _create(self, request: web.Request) -> object:
        channel = self._channel(request)
        if channel.type == FORUM:
            raise Refused(400, NOT_A_TEXT_CHANNEL, "Cannot send messages in a non-text channel")
        payload, files = await _read(request)
        self._check(message_problems(payload, list(files)) + schema_problems("MessageCreateRequest", payload))
        nonce = payload.get("nonce")
        if nonce is not None and payload.get("enforce_nonce") and (channel.id, nonce) in self.nonces:
            return self.nonces[channel.id, nonce].received()
        message = Sent(snowflake(), channel.id, payload, nonce, files)
        self.sent.append(message)
        if nonce is not None:
            self.nonces[channel.id, nonce] = message
        return message.received()

    async def _edit(self, request: web.Request) -> object:
        message = self._message(request)
        payload, files = await _read(request)
        self._check(
            message_problems(payload, list(files), edit=True) + schema_problems("MessageEditRequestPartial", payload)
        )
        message.payload, message.files = payload, files
        return message.received()

    async def _post(self, request: web.Request) -> object:
        forum = self._channel(request)
        payload, files = await _read(request)
        message, tags = payload["message"], payload.get("applied_tags", [])
        problems = schema_problems("CreateForumThreadRequest", payload) + message_problems(message, list(files))
        if not 1 <= len(payload["name"]) <= 100 or not set(map(int, tags)) <= set(forum.tags):
            problems.append(f"a post called {payload['name']!r} with tags {tags}")
        if forum.type != FORUM or (forum.tags and forum.wants_tag and not tags):
            problems.append("not a forum, or a forum that wants a tag")
        self._check(problems)
        post = Channel(snowflake(), forum.guild_id, payload["name"], THREAD, parent_id=forum.id)
        self.channels[post.id] = post
        names = [forum.tags[int(tag)] for tag in tags]
        self.sent.append(Sent(post.id, post.id, message, files=files, tags=names))
        return post.payload() | {"message": self.sent[-1].received()}

    async def _publish(self, request: web.Request) -> object:
        if self._channel(request).type != ANNOUNCEMENT:
            raise Refused(400, 50024, "Cannot execute action on this channel type")
        message = self._message(request)
        published = [sent for sent in self.sent if sent.published and sent.channel_id == message.channel_id]
        if len(published) >= 10:
            self.violations.append("more than ten publications of a channel in an hour")
        message.published = True
        return message.received()

    def _channel(self, request: web.Request) -> Channel:
        channel = self.channels.get(int(request.match_info["channel"]))
        if channel is None:
            raise Refused(404, UNKNOWN_CHANNEL, "Unknown Channel")
        if channel.silenced or channel.locked or channel.muted:
            raise Refused(403, MISSING_PERMISSIONS, "Missing Permissions")
        return channel

    def _message(self, request: web.Request) -> Sent:
        wanted = int(request.match_info["message"])
        found = next((message for message in self.sent if message.id == wanted), None)
        if found is None:
            raise Refused(404, UNKNOWN_MESSAGE, "Unknown Message")
        return found

    # --- Interactions ---

    async def _callback(self, request: web.Request) -> object:
        answer = self.answers.get(request.match_info["token"])
        elapsed = time.monotonic() - answer.asked if answer else 0.0
        if answer is None or str(answer.interaction) != request.match_info["interaction"] or elapsed > DEADLINE:
            raise Refused(404, UNKNOWN_INTERACTION, "Unknown interaction")
        if answer.deferred_after is not None or answer.done:
            raise Refused(400, ACKNOWLEDGED, "Interaction has already been acknowledged.")
        payload = await request.json()
        data = payload.get("data") or {}
        if payload["type"] == 8:
            problems = schema_problems("ApplicationCommandAutocompleteCallbackRequest", payload)
            self._check(problems + suggestion_problems(data["choices"]))
            answer.choices = [(choice["name"], choice["value"]) for choice in data["choices"]]
        elif payload["type"] == 6:
            self._check(schema_problems("UpdateMessageInteractionCallbackRequest", payload))
            if answer.pressed is None:
                self.violations.append("nothing was pressed, so nothing can be changed in place")
            else:
                answer.in_place, answer.private, answer.deferred_after = True, answer.pressed.private, elapsed
        else:
            self._check(schema_problems("CreateMessageInteractionCallbackRequest", payload))
            answer.deferred_after = elapsed
            answer.hide(data.get("flags", 0))
        return None

    async def _complete(self, request: web.Request) -> object:
        answer = self._answered(request)
        payload, files = await _read(request)
        problems = schema_problems("IncomingWebhookUpdateRequestPartial", payload)
        self._check(message_problems(payload, list(files), edit=True) + problems)
        message = Sent(snowflake(), answer.channel.id, payload, files=files, private=answer.private)
        if answer.in_place and answer.pressed is not None:
            answer.pressed.payload, answer.pressed.files, message = payload, files, answer.pressed
        answer.messages[:1] = [message]
        return message.received()

    async def _withdraw(self, request: web.Request) -> object:
        answer = self._answered(request)
        if answer.in_place:
            self.violations.append("a card that was pressed is taken away")
        answer.withdrawn = True
        return None

    async def _follow_up(self, request: web.Request) -> object:
        answer = self._answered(request)
        payload, files = await _read(request)
        self._check(message_problems(payload, list(files)) + schema_problems("IncomingWebhookRequestPartial", payload))
        if bool(payload.get("flags", 0) & EPHEMERAL) != answer.private:
            self.violations.append("a part of an answer that others see, or the other way round")
        message = Sent(snowflake(), answer.channel.id, payload, files=files, private=answer.private)
        answer.messages.append(message)
        return message.received()

    def _answered(self, request: web.Request) -> Answer:
        answer = self.answers.get(request.match_info["token"])
        if answer is None or answer.deferred_after is None:
            raise Refused(404, UNKNOWN_WEBHOOK, "Unknown Webhook")
        if answer.expired:
            raise Refused(401, BAD_TOKEN, "Invalid Webhook Token")
        return answer

    def _check(self, problems: Sequence[str]) -> None:
        if problems:
            self.violations.extend(problems)
            raise Refused(400, INVALID_FORM, f"Invalid Form Body: {problems}")


def _stored(command: Mapping[str, Any]) -> dict[str, Any]:
    """As Discord gives it back: with ids, permissions as text, defaults left out of options."""
    permissions = command.get("default_member_permissions")
    options = [
        {key: value for key, value in option.items() if value is not False} for option in command.get("options", ())
    ]
    return {
        **command,
        "id": str(snowflake()),
        "application_id": str(APPLICATION),
        "version": str(snowflake()),
        "type": 1,
        "nsfw": False,
        "default_member_permissions": None if permissions is None else str(permissions),
        "options": options,
    }


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    """A JSON body, or a form with ``payload_json`` and files."""
    if not request.content_type.startswith("multipart/"):
        return await request.json(), {}
    form = await request.post()
    files = {
        field.filename: field.file.read() for name, field in form.items() if isinstance(field, web.FileField) and name
    }
    return json.loads(str(form["payload_json"])), files
