"""A thin client for model servers: one POST, with the manners that makes bearable for both sides.

No SDK: they take seconds and a hundred megabytes to load. The key is in no log, no ``repr`` and no error.
"""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import aiohttp
import structlog
from pydantic import SecretStr

from bot.adapters.web.headers import retry_after
from bot.adapters.writers.breaker import Breaker
from bot.adapters.writers.wires import Answer, AnthropicWire, OpenAiWire, Prompt, Wire
from bot.domain.errors import ModelError
from bot.ports import Clock

log = structlog.get_logger(__name__)

MAX_BYTES = 256 * 1024
"""Of a reply. A story's is some 2 KB."""
CALL_SECONDS = 30.0
CONNECT_SECONDS = 5.0
TRIES = 3
PAUSES = (0.5, 2.0)
"""Seconds before a call is repeated, up to twice as long so that callers don't come back together."""
_REFUSED = frozenset({400, 404, 422})
"""What a server answers that doesn't know a dialect."""
_UNAUTHORISED = frozenset({401, 403})


@dataclass(slots=True)
class ModelClient:
    """Speaks to one model on one server."""

    wire: Wire
    base_url: str
    model: str
    clock: Clock
    user_agent: str
    key: SecretStr | None = field(default=None, repr=False)
    breaker: Breaker = field(default_factory=Breaker)
    _dialect: int = field(default=0, init=False)
    _session: aiohttp.ClientSession | None = field(default=None, init=False, repr=False)

    async def __aenter__(self) -> Self:
        """Ready to ask."""
        timeout = aiohttp.ClientTimeout(total=CALL_SECONDS, connect=CONNECT_SECONDS)
        self._session = aiohttp.ClientSession(timeout=timeout, trust_env=False, cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()

    @property
    def available(self) -> bool:
        """Whether it makes sense to ask now."""
        return self.breaker.allows(self.clock.now())

    async def ask(self, prompt: Prompt) -> Answer:
        """The model's answer. Raises ModelError; whoever asks decides how long to wait at all."""
        if not self.available:
            raise ModelError("model-resting")
        try:
            answer = await self._persist(prompt)
        except ModelError as error:
            wait = error.arguments.get("wait")
            self.breaker.failed(self.clock.now(), timedelta(seconds=float(wait)) if wait else None)
            log.info("model failed", error=error.key, status=error.arguments.get("status"))
            raise
        except asyncio.CancelledError:
            # Whoever asked has no time left: as good as no answer.
            self.breaker.failed(self.clock.now())
            raise
        self.breaker.succeeded()
        return answer

    async def _persist(self, prompt: Prompt) -> Answer:
        """Ask again after a pause where that may help."""
        for attempt in range(TRIES):
            try:
                return await self._in_some_dialect(prompt)
            except ModelError as error:
                wait = float(error.arguments.get("wait") or 0)
                pause = PAUSES[min(attempt, len(PAUSES) - 1)] * (1 + random.random())  # noqa: S311 - no secret
                if attempt == TRIES - 1 or not error.arguments.get("passing") or wait > CALL_SECONDS:
                    raise
                await self.clock.sleep(max(wait, pause))
        raise ModelError("model-failed")  # pragma: no cover - the loop returns or raises

    async def _in_some_dialect(self, prompt: Prompt) -> Answer:
        while True:
            try:
                return await self._ask_once(prompt)
            except ModelError as error:
                if error.arguments.get("status") not in _REFUSED or self._dialect + 1 >= self.wire.dialects:
                    raise
                self._dialect += 1
                log.info("model server knows less", dialect=self._dialect)

    async def _ask_once(self, prompt: Prompt) -> Answer:
        assert self._session is not None, "use it with async with"
        key = self.key.get_secret_value() if self.key else None
        headers = {"User-Agent": self.user_agent, "Accept": "application/json", **self.wire.headers(key)}
        body = self.wire.body(prompt, self.model, self._dialect)
        url = f"{self.base_url}{self.wire.path}"
        try:
            async with self._session.post(url, json=body, headers=headers, allow_redirects=False) as response:
                if response.status != 200:
                    raise self._refusal(response)
                return self.wire.answer(json.loads(await _capped(response)))
        except (aiohttp.ClientError, OSError):
            raise ModelError("model-unreachable", passing=1) from None
        except TimeoutError:
            raise ModelError("model-slow") from None
        except (ValueError, RecursionError):
            raise ModelError("model-unreadable") from None

    def _refusal(self, response: aiohttp.ClientResponse) -> ModelError:
        status = response.status
        if status in _UNAUTHORISED:
            return ModelError("model-unauthorised", status=status)
        if status == 429 or status >= 500:
            wait = retry_after(response.headers, self.clock.now())
            return ModelError("model-busy", status=status, passing=1, wait=wait)
        return ModelError("model-refused", status=status)


async def _capped(response: aiohttp.ClientResponse) -> bytes:
    """The body. Raises ValueError where it is larger than any answer."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(16 * 1024):
        body += chunk
        if len(body) > MAX_BYTES:
            raise ValueError("too large")
    return bytes(body)


def wire_of(provider: str) -> tuple[Wire, str]:
    """The wire of a provider, and where its own servers are."""
    if provider == "anthropic":
        return AnthropicWire(), "https://api.anthropic.com"
    return OpenAiWire(), "https://api.openai.com"


def root_of(url: str) -> str:
    """A server's root, whether the operator wrote it with ``/v1`` or without."""
    return url.rstrip("/").removesuffix("/v1")


def is_outside(url: str) -> bool:
    """Whether a server runs on another machine, as far as its address tells."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost" and not host.endswith(".localhost")
