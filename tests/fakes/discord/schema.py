"""Discord's own OpenAPI description as a second opinion, where the checkout has it beside it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # publishes no types

SPECIFICATION = Path(__file__).parents[4] / "shared" / "specs" / "discord-openapi.json"


@cache
def _components() -> dict[str, Any] | None:
    if not SPECIFICATION.exists():
        return None
    components: dict[str, Any] = json.loads(SPECIFICATION.read_text(encoding="utf-8"))["components"]
    return components


@cache
def _validator(name: str, many: bool) -> Draft202012Validator | None:
    components = _components()
    if components is None:
        return None
    reference = {"$ref": f"#/components/schemas/{name}"}
    schema = {"type": "array", "items": reference} if many else reference
    return Draft202012Validator({**schema, "components": components})


def schema_problems(name: str, payload: object, *, many: bool = False) -> list[str]:
    """Where ``payload`` (``many``: each of its items) breaks the schema ``name``; nothing when there is no file."""
    validator = _validator(name, many)
    if validator is None:
        return []
    return [f"{name} {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(payload)]
