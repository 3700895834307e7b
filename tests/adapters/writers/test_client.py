"""The thin client: patient with servers, and never longer, louder or more talkative than it should be."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.adapters.writers.breaker import Breaker
from bot.adapters.writers.client import ModelClient, is_outside, root_of
from bot.adapters.writers.prompt import STORY_SCHEMA
from bot.adapters.writers.wires import AnthropicWire, OpenAiWire, Prompt
from bot.domain.errors import ModelError
from tests.adapters.writers.desk import KEY
from tests.fakes.clock import START, FakeClock
from tests.fakes.model import ModelServer

SENTENCES = '{"sentences": [{"id": "s1", "text": "Une phrase.", "said_by": []}]}'
PROMPT = Prompt("system", f"==0123456789abcdef==\n{SENTENCES}\n==0123456789abcdef==", STORY_SCHEMA, 100)


@asynccontextmanager
async def client(
    server: ModelServer, provider: str = "openai", clock: FakeClock | None = None
) -> AsyncIterator[ModelClient]:
    """A client of the server."""
    wire = AnthropicWire() if provider == "anthropic" else OpenAiWire()
    async with ModelClient(wire, server.url, "m", clock or FakeClock(), "Depeche/test", SecretStr(KEY)) as made:
        yield made


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
async def test_what_was_used_is_what_the_server_counted(server: ModelServer, provider: str) -> None:
    async with client(server, provider) as made:
        answer = await made.ask(PROMPT)
    assert answer.tokens == 800
    assert "Une phrase" in answer.text


@pytest.mark.parametrize(("provider", "field"), [("openai", "response_format"), ("anthropic", "tools")])
async def test_a_server_that_knows_no_schema_is_asked_without_from_then_on(
    server: ModelServer, provider: str, field: str
) -> None:
    server.knows_schemas = False
    async with client(server, provider) as made:
        await made.ask(PROMPT)
        refused = len(server.requests)
        await made.ask(PROMPT)
    assert field in server.requests[0]
    assert field not in server.requests[-1]
    assert len(server.requests) == refused + 1


async def test_a_busy_server_is_asked_again_after_the_pause_it_asks_for(server: ModelServer) -> None:
    server.parts, server.retry_after = ["429", "good"], "7"
    clock = FakeClock()
    async with client(server, clock=clock) as made:
        await made.ask(PROMPT)
    assert clock.now() - START >= timedelta(seconds=7)
    assert len(server.requests) == 2


async def test_one_that_asks_for_an_hour_is_left_alone(server: ModelServer) -> None:
    server.parts, server.retry_after = ["429"], "3600"
    clock = FakeClock()
    async with client(server, clock=clock) as made:
        for _ in range(3):
            with pytest.raises(ModelError):
                await made.ask(PROMPT)
    assert len(server.requests) == 1


@pytest.mark.parametrize("part", ["401", "1 MB"])
async def test_what_asking_again_would_not_mend_is_not_asked_again(server: ModelServer, part: str) -> None:
    server.parts = [part]
    async with client(server) as made:
        with pytest.raises(ModelError) as raised:
            await made.ask(PROMPT)
        shown = repr(made) + str(raised.value) + repr(raised.value)
    assert len(server.requests) == 1
    assert KEY not in shown


async def test_nobody_at_the_address_is_one_clear_error() -> None:
    async with ModelServer() as gone:
        pass
    async with client(gone) as made:
        with pytest.raises(ModelError) as raised:
            await made.ask(PROMPT)
    assert raised.value.key == "model-unreachable"


def test_the_breaker_rests_longer_each_time_and_forgets_at_a_success() -> None:
    breaker, now = Breaker(), START
    rests = []
    for _ in range(12):
        while breaker.allows(now):
            breaker.failed(now)
        assert breaker.until is not None
        rests.append(breaker.until - now)
        now = breaker.until
    assert rests[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(rests) == timedelta(minutes=15)
    breaker.succeeded()
    assert breaker.allows(now)


@pytest.mark.parametrize(
    ("url", "outside"),
    [
        ("http://127.0.0.1:11434", False),
        ("http://localhost:8000/v1", False),
        ("http://[::1]:80", False),
        ("https://api.openai.com", True),
        ("http://192.168.1.7:11434", True),
        ("http://localhost.example.org", True),
    ],
)
def test_only_the_machine_itself_is_inside(url: str, outside: bool) -> None:
    assert is_outside(url) is outside


def test_an_address_is_the_same_with_v1_and_without() -> None:
    assert root_of("http://127.0.0.1:11434/v1/") == root_of("http://127.0.0.1:11434") == "http://127.0.0.1:11434"
