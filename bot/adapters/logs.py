"""Logs: one line an event, on standard error, without a token, a chat or a person in it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Literal

import structlog

_SECRETS = re.compile(
    r"(?P<telegram>/bot\d+:[\w-]+|\b\d{6,}:[\w-]{30,})"
    r"|(?P<discord>\b[\w-]{24,28}\.[\w-]{6}\.[\w-]{27,})"
    r"|(?P<userinfo>(?<=://)[^/@\s]+@)"
)
_IDENTIFIER = re.compile(r"(?<![0-9A-Za-z])-?\d{6,}(?![0-9A-Za-z])")
"""Chats' and people's ids have more digits than any count, limit or port that we log."""

_TOO_TALKATIVE = {
    "apscheduler": logging.ERROR,  # warns of every tick that takes longer than ten seconds
    "sqlalchemy.pool": logging.CRITICAL,  # a traceback for each connection that a server's end has closed already
}


def configure(form: Literal["console", "json"], level: str) -> None:
    """Send everything, the libraries' warnings too, through one redacting chain.

    The libraries say no more than that: their lower levels name addresses with tokens, and rows of the database.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        _redact,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
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
    logging.basicConfig(handlers=[handler], level=max(logging.WARNING, logging.getLevelName(level)), force=True)
    logging.getLogger("bot").setLevel(level)
    for library, from_level in _TOO_TALKATIVE.items():
        logging.getLogger(library).setLevel(from_level)


def crashed() -> None:
    """Log the exception being handled, at DEBUG: a traceback tells little to anyone but who mends the bot."""
    structlog.get_logger(__name__).debug("crashed", exc_info=True)


def redacted(text: str) -> str:
    """A text without bot tokens, without the user part of addresses, and without chats' and people's ids."""
    return _IDENTIFIER.sub("(id)", _SECRETS.sub("***", text))


def _redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if not name.startswith("_"):  # structlog's own
            event[name] = _clean(value)
    return event


def _clean(value: object) -> object:
    """Numbers are counts and keys of ours; whatever else is logged is text in the end."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return {redacted(str(name)): _clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(one) for one in value]
    return redacted(str(value))
