"""Logs: one line an event, on standard error, without a token, a chat or a person in it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

_SECRETS = re.compile(
    r"(?P<telegram>/bot\d+:[\w-]+|\b\d{6,}:[\w-]{30,})"
    r"|(?P<discord>\b[\w-]{24,28}\.[\w-]{6}\.[\w-]{27,})"
    r"|(?P<userinfo>(?<=://)[^/@\s]+@)"
)
_QUIET = ("httpx", "httpcore", "apscheduler", "discord", "telegram", "aiosqlite", "asyncio", "alembic")
"""Loggers whose INFO lines name addresses with tokens, or say nothing a person needs."""


def configure(form: Literal["console", "json"], level: str) -> None:
    """Send everything, the libraries' records too, through one redacting chain."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redact,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=shared))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))


def crashed() -> None:
    """Log the exception being handled, at DEBUG: a traceback tells little to anyone but who mends the bot."""
    structlog.get_logger(__name__).debug("crashed", exc_info=True)


def redacted(text: str) -> str:
    """A text without bot tokens and without the user part of addresses."""
    return _SECRETS.sub("***", text)


def _redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = redacted(value)
    return event
