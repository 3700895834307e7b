"""Wires: what two kinds of model servers want to be sent, and what they answer. Pure.

OpenAI's ``/v1/chat/completions``, which Mistral, Ollama, vLLM and llama.cpp speak too, and Anthropic's
``/v1/messages``. Servers differ in what they know of it: each wire has several dialects, the fullest first; a server
that refuses one (400, 404, 422) is spoken to in the next.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

ANTHROPIC_VERSION = "2023-06-01"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request: who the model is, what it is given, and the shape of its answer."""

    system: str
    user: str
    schema: Mapping[str, Any]
    """JSON Schema of the answer."""
    most_tokens: int
    """Of the answer."""

    @property
    def cost(self) -> int:
        """Tokens it takes at most: three characters a token is little for French and English."""
        characters = len(self.system) + len(self.user) + len(json.dumps(self.schema))
        return characters // 3 + self.most_tokens


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    text: str
    """JSON, as far as the model kept to it."""
    tokens: int | None
    """Asked and answered; None where the server doesn't say."""


class Wire(Protocol):
    """One kind of server."""

    path: str
    dialects: int
    """How many ways of asking there are."""

    def headers(self, key: str | None) -> dict[str, str]:
        """What identifies us."""
        ...

    def body(self, prompt: Prompt, model: str, dialect: int) -> dict[str, Any]:
        """The request."""
        ...

    def answer(self, reply: Any) -> Answer:
        """The model's words. Raises ValueError for a reply that has none."""
        ...


class OpenAiWire:
    """``/v1/chat/completions``."""

    path = "/v1/chat/completions"
    dialects = 4

    def headers(self, key: str | None) -> dict[str, str]:
        """A bearer token; servers of one's own need none."""
        return {"Authorization": f"Bearer {key}"} if key else {}

    def body(self, prompt: Prompt, model: str, dialect: int) -> dict[str, Any]:
        """With a schema, then without; each first as most servers want it, then as OpenAI's newer models do."""
        body: dict[str, Any] = {
            "model": model,
            "messages": [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
        }
        if dialect % 2 == 0:
            body |= {"max_tokens": prompt.most_tokens, "temperature": 0}
        else:
            body["max_completion_tokens"] = prompt.most_tokens
        if dialect < self.dialects // 2:
            schema = {"name": "answer", "strict": True, "schema": prompt.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        return body

    def answer(self, reply: Any) -> Answer:
        """See the protocol."""
        try:
            text = reply["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            raise ValueError("no message") from None
        if not isinstance(text, str):
            raise ValueError("no text")
        return Answer(text, _tokens(reply, "total_tokens"))


class AnthropicWire:
    """``/v1/messages``; the answer's shape is that of a tool the model has to use."""

    path = "/v1/messages"
    dialects = 2

    def headers(self, key: str | None) -> dict[str, str]:
        """The key in a header of its own."""
        return {"anthropic-version": ANTHROPIC_VERSION} | ({"x-api-key": key} if key else {})

    def body(self, prompt: Prompt, model: str, dialect: int) -> dict[str, Any]:
        """With the tool, then as plain words."""
        body: dict[str, Any] = {
            "model": model,
            "max_tokens": prompt.most_tokens,
            "system": prompt.system,
            "messages": [{"role": "user", "content": prompt.user}],
        }
        if dialect == 0:
            tool = {"name": "answer", "description": "Hands in the answer.", "input_schema": prompt.schema}
            body |= {"tools": [tool], "tool_choice": {"type": "tool", "name": "answer"}}
        return body

    def answer(self, reply: Any) -> Answer:
        """See the protocol."""
        try:
            blocks = [block for block in reply["content"] if block["type"] in {"tool_use", "text"}]
            first = min(blocks, key=lambda block: block["type"] != "tool_use")
            text = json.dumps(first["input"]) if first["type"] == "tool_use" else first["text"]
        except (KeyError, TypeError, ValueError):
            raise ValueError("no content") from None
        if not isinstance(text, str):
            raise ValueError("no text")
        return Answer(text, _tokens(reply, "input_tokens", "output_tokens"))


def _tokens(reply: Any, *names: str) -> int | None:
    usage = reply.get("usage") if isinstance(reply, dict) else None
    counts = [usage.get(name) for name in names] if isinstance(usage, dict) else []
    known = [count for count in counts if isinstance(count, int) and not isinstance(count, bool) and count >= 0]
    return sum(known) if known and len(known) == len(names) else None
