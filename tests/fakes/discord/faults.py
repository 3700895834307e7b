"""What can go wrong on purpose."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from aiohttp import web


@dataclass(slots=True)
class Fault:
    """What happens to the next calls whose ``METHOD /path`` contains ``call``, instead of the usual answer."""

    call: str
    status: int = 0
    """0: the connection is dropped without an answer; 200: the usual answer, but late."""
    code: int = 0
    message: str = ""
    accepted: bool = False
    """The call takes effect first: only its answer goes wrong."""
    retry_after: float | None = None
    """For 429, in seconds."""
    whole_bot: bool = False
    """For 429: the global limit."""
    by_cloudflare: bool = False
    """Answered by the proxy in front: plain text, no ``Via``."""
    garbage: bool = False
    """Answered with a good status and a page nobody asked for."""
    delay: float = 0.0
    """Seconds before the answer."""
    times: int = 1
    headers: dict[str, str] = field(default_factory=dict)

    def matches(self, request: web.Request) -> bool:
        """Whether this is the call to spoil."""
        return self.times > 0 and self.call in call_of(request)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The faulty answer."""
        if self.garbage:
            return web.Response(text="<html>Welcome</html>", content_type="text/html")
        if self.status == 0:
            return await drop(request)
        if self.by_cloudflare:
            return web.Response(status=self.status, text="error code: 1015", headers=self.headers)
        headers = {"Via": "1.1 google", **self.headers}
        body: dict[str, object] = {"message": self.message or f"{self.status}: fault", "code": self.code}
        if self.retry_after is not None:
            body |= {"retry_after": self.retry_after, "global": self.whole_bot}
            headers["Retry-After"] = str(self.retry_after)
        return json_response(body, self.status, headers)


def call_of(request: web.Request) -> str:
    """``METHOD /path`` without the base."""
    return f"{request.method} {request.path.removeprefix('/api/v10')}"


async def drop(request: web.Request) -> web.StreamResponse:
    """Cut the connection without a word."""
    assert request.transport is not None
    request.transport.close()
    await asyncio.sleep(0)
    return web.Response()


def json_response(body: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON as Discord sends it: discord.py wants the content type without a charset."""
    response = web.json_response(body, status=status, headers=headers)
    response.headers["Content-Type"] = "application/json"
    return response
