"""Kept briefings: an edition as the ledger keeps it, so that it can be written again where it was wrong."""

from __future__ import annotations

import json

import structlog
from pydantic import TypeAdapter, ValidationError

from bot.domain.briefing import Briefing

log = structlog.get_logger(__name__)

_BRIEFING = TypeAdapter(Briefing)


def written(briefing: Briefing) -> str:
    """A briefing as JSON. ``window.from`` stands apart too: the ledger asks where an edition started."""
    whole = _BRIEFING.dump_python(briefing, mode="json")
    start = whole["window"]["start"]
    return json.dumps({"window": {"from": start}, "briefing": whole}, ensure_ascii=False)


def read(text: str) -> Briefing | None:
    """The briefing that was kept; None where an older bot kept it in another way."""
    try:
        return _BRIEFING.validate_python(json.loads(text)["briefing"], strict=False)
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        log.warning("kept briefing not read", error=type(error).__name__)
        return None
