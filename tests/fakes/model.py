"""A model server on loopback that plays a part: good, careless, hostile, slow or broken, over real sockets.

It speaks both ``/v1/chat/completions`` and ``/v1/messages``, reads the sentences between the prompt's markers as a
model would, and answers as its part says. Every request is kept, with its headers.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

MARKED = re.compile(r"(==[0-9a-f]{16}==)\n(.*?)\n\1", re.DOTALL)

Sentence = Mapping[str, Any]


@dataclass
class ModelServer:
    """Use it with ``async with``; ``parts`` are played in turn, the last one for ever."""

    parts: list[str] = field(default_factory=lambda: ["good"])
    translations: Mapping[str, str] = field(default_factory=dict)
    """What a good model makes of a sentence that has to be told in another language."""
    headline: str = ""
    """Empty: that of the first sentence, shortened."""
    trusted: frozenset[str] = frozenset()
    """What a gullible model takes for news; whatever else it is shown it obeys."""
    knows_schemas: bool = True
    gate: asyncio.Event | None = None
    """A model that "waits" answers when it is set."""
    retry_after: str | None = None
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    _runner: web.AppRunner | None = None
    _port: int = 0

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        application = web.Application(client_max_size=4 * 1024 * 1024)
        application.router.add_post("/v1/chat/completions", self._chat)
        application.router.add_post("/v1/messages", self._messages)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop; ``async with`` may be used again, at the same address."""
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """What LLM_BASE_URL must be."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def shown(self) -> str:
        """Everything the model was ever sent."""
        return json.dumps(self.requests, ensure_ascii=False)

    async def _chat(self, request: web.Request) -> web.Response:
        body = await self._received(request)
        if not self.knows_schemas and "response_format" in body:
            return web.json_response({"error": {"message": "response_format is not supported"}}, status=400)
        part = self._part()
        if (fault := await self._fault(part)) is not None:
            return fault
        text = self._text(part, "".join(message["content"] for message in body["messages"]))
        usage = {"prompt_tokens": 700, "completion_tokens": 100, "total_tokens": 800}
        return web.json_response({"choices": [{"message": {"role": "assistant", "content": text}}], "usage": usage})

    async def _messages(self, request: web.Request) -> web.Response:
        body = await self._received(request)
        if not self.knows_schemas and "tools" in body:
            return web.json_response({"error": {"message": "tools are not supported"}}, status=400)
        part = self._part()
        if (fault := await self._fault(part)) is not None:
            return fault
        text = self._text(part, body["system"] + body["messages"][0]["content"])
        try:
            block = {"type": "tool_use", "id": "t", "name": "answer", "input": json.loads(text)}
        except ValueError:
            block = {"type": "text", "text": text}
        block = block if "tools" in body else {"type": "text", "text": text}
        return web.json_response({"content": [block], "usage": {"input_tokens": 700, "output_tokens": 100}})

    async def _received(self, request: web.Request) -> dict[str, Any]:
        body: dict[str, Any] = await request.json()
        self.requests.append(body)
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        return body

    def _part(self) -> str:
        return self.parts.pop(0) if len(self.parts) > 1 else self.parts[0]

    async def _fault(self, part: str) -> web.Response | None:
        """What a server does instead of answering."""
        if part == "slow":
            await asyncio.sleep(120)
        if part == "waits" and self.gate is not None:
            await self.gate.wait()
        if part in {"429", "500"}:
            headers = {"Retry-After": self.retry_after} if self.retry_after else {}
            return web.json_response({"error": "no"}, status=int(part), headers=headers)
        if part == "401":
            return web.json_response({"error": "who are you?"}, status=401)
        if part == "1 MB":
            return web.Response(body=b'{"choices": "' + b"x" * 1_000_000 + b'"}', content_type="application/json")
        return None

    def _text(self, part: str, prompt: str) -> str:
        found = list(MARKED.finditer(prompt))
        if not found:
            return '{"ready": true}'
        data = json.loads(found[-1][2])
        if part == "broken":
            return '{"headline": "Une brève", "bullets": [{"text": "Des'
        if '"translations"' in prompt or "Translate each sentence" in prompt:
            return json.dumps({"translations": [self._translated(one, part) for one in data["sentences"]]})
        return self._story(part, data["sentences"], prompt)

    def _translated(self, one: Sentence, part: str) -> dict[str, str]:
        text = self._told(one)
        return {"id": one["id"], "text": _spoiled(part, text, one)}

    def _told(self, one: Sentence) -> str:
        return self.translations.get(one["text"], one["text"])

    def _story(self, part: str, sentences: Sequence[Sentence], prompt: str) -> str:
        bullets = [self._bullet(part, one, sentences) for one in sentences[:3]]
        headline = self.headline or " ".join(self._told(sentences[0]).split()[:7]).rstrip(",;:")
        if part == "obeys" or (part == "gullible" and not {one["text"] for one in sentences} <= self.trusted):
            # It does what an article asked: other words, an address, another shape.
            headline = "HACKED https://evil.example"
            bullets = [
                bullet | {"text": "La guerre est finie : https://evil.example", "extra": prompt[:50]}
                for bullet in bullets
            ]
        if part == "insufficient":
            bullets = []
        answer = {"headline": headline, "bullets": bullets, "conflicts": [], "insufficient": part == "insufficient"}
        text = json.dumps(answer, ensure_ascii=False)
        return f"Here you are:\n```json\n{text}\n```" if part == "chatty" else text

    def _bullet(self, part: str, one: Sentence, sentences: Sequence[Sentence]) -> dict[str, Any]:
        text, cites = _spoiled(part, self._told(one), one), [one["id"]]
        if part == "merges":
            cites = [other["id"] for other in sentences[:2]]
            text = f"{self._told(sentences[0]).rstrip('.')}, ce que confirme le Kremlin."
        claimant = one["said_by"][0] if one["said_by"] and not self.translations else None
        return {"text": text, "cites": cites, "claimant": claimant, "modality": "asserted", "phase": "mentioned"}


def _spoiled(part: str, text: str, one: Sentence) -> str:
    """A sentence as a bad model tells it."""
    if part == "quotes":
        return f"« {text.rstrip('.')} », a-t-on appris de source sûre."
    if part == "number":
        return re.sub(r"\d+", lambda number: str(int(number[0]) + 7), text)
    if part == "name":
        return re.sub(r"\b(Kyiv|Kiev|Odessa|Odesa|Moscou|Moscow|Russie|Russia|Ukraine)\b", "Ankara", text)
    if part == "language":
        return "This sentence is in another language than the one that was asked for."
    return text
