"""The fake over real HTTP: parses calls as Telegram does, validates them, plays scripted faults."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.methods import BotApi, Refusal
from tests.fakes.telegram.schema import BadParameter, Upload, schema
from tests.fakes.telegram.state import Call

LARGEST_REQUEST = 50 * 1024 * 1024


class HttpServer:
    """Serves one bot's token on a free loopback port."""

    def __init__(self, api: BotApi, token: str) -> None:
        self._api = api
        self._token = token
        self._faults: list[tuple[str, Fault]] = []
        self._runner: web.AppRunner | None = None
        self.url = ""
        self.calls: list[Call] = []
        self.violations: list[str] = []
        """Calls the real server would refuse because they are malformed. A test that expects none checks this."""

    async def start(self, port: int = 0) -> None:
        """Listen."""
        application = web.Application(client_max_size=LARGEST_REQUEST)
        application.router.add_route("*", "/bot{token}/{method}", self._serve)
        # A bot that hangs up stops its long poll: without cancellation it would take the next updates with it.
        self._runner = web.AppRunner(application, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close every connection and the port."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def script(self, method: str, *faults: Fault) -> None:
        """The next calls of ``method`` meet these faults, in order."""
        self._faults.extend((method, fault) for fault in faults)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self._token:
            return _refused(Refusal(401, "Unauthorized"))
        fault = self._next_fault(method)
        try:
            answer = await self._carry_out(request, method) if fault is None or fault.accept else None
        except Refusal as refusal:
            return _refused(refusal)
        if fault is not None:
            return await _misfortune(request, fault)
        return web.json_response({"ok": True, "result": answer})

    def _next_fault(self, method: str) -> Fault | None:
        for number, (wanted, fault) in enumerate(self._faults):
            if wanted == method:
                del self._faults[number]
                return fault
        return None

    async def _carry_out(self, request: web.Request, method: str) -> Any:
        handler = self._api.handler(method)
        if handler is None or method not in schema().methods:
            self.violations.append(f"{method} is not played here")
            raise Refusal(404, "Not Found")
        raw, uploads = await _arguments(request)
        try:
            arguments = schema().check_call(method, raw, uploads)
        except BadParameter as problem:
            self.violations.append(f"{method}: {problem}")
            raise Refusal(400, f"Bad Request: {problem}") from None
        self.calls.append(Call(method, arguments))
        await self._api.tell()
        try:
            return await handler(arguments | uploads)
        except BadParameter as problem:
            self._judge(method, str(problem))
            raise Refusal(400, f"Bad Request: {problem}") from None
        finally:
            await self._api.tell()

    def _judge(self, method: str, problem: str) -> None:
        """Some refusals are the world's doing, the others are the bot's mistake."""
        if not any(words in problem for words in NOBODYS_MISTAKE):
            self.violations.append(f"{method}: {problem}")


NOBODYS_MISTAKE = (
    "chat not found",
    "user not found",
    "thread not found",
    "message to edit not found",
    "there is no text in the message to edit",
    "message is not modified",
    "need administrator rights",
    "member list is inaccessible",
    "query is too old",
)


async def _arguments(request: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
    raw: dict[str, str] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            if part.filename is None:
                raw[part.name] = await part.text()
            else:
                uploads[part.name] = Upload(part.filename, bytes(await part.read()))
    else:
        posted = await request.post()
        raw |= {name: value for name, value in posted.items() if isinstance(value, str)}
    return raw, uploads


async def _misfortune(request: web.Request, fault: Fault) -> web.StreamResponse:
    await asyncio.sleep(fault.seconds)
    if fault.drop:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    if fault.body is not None:
        return web.Response(status=fault.status, body=fault.body)
    return _refused(Refusal(fault.status, fault.description, fault.parameters))


def _refused(refusal: Refusal) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.parameters is not None:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.status)
