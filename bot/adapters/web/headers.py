"""What servers say in headers about time, freshness and their rights. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.domain.feed import Validators

LONGEST_SECONDS = 30 * 24 * 3600
"""Whoever asks for more has mistaken the unit."""

OPT_OUTS = frozenset({"noai", "noimageai", "nosnippet", "none", "max-snippet:0"})
"""Words of an X-Robots-Tag header or a robots meta tag under which no text may be taken."""

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NOT_CACHED = re.compile(r"\b(?:no-cache|no-store)\b", re.IGNORECASE)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that Retry-After asks to wait, whether it says seconds or a date; None where it says nothing readable."""
    written = headers.get("Retry-After", "").strip()
    if written.isascii() and written.isdigit():
        return float(min(int(written[:12]), LONGEST_SECONDS))
    moment = _date(written)
    if moment is None:
        return None
    return min(max((moment - (_date(headers.get("Date", "")) or now)).total_seconds(), 0.0), LONGEST_SECONDS)


def fresh_seconds(headers: Mapping[str, str], now: datetime) -> int:
    """How long the answer stays fresh (RFC 9111, 4.2): max-age before Expires, less Age; 0: nothing said."""
    control = headers.get("Cache-Control", "")
    if _NOT_CACHED.search(control):
        return 0
    max_age = _MAX_AGE.search(control)
    if max_age:
        lifetime = int(max_age[1])
    else:
        expires = _date(headers.get("Expires", ""))
        if expires is None:
            return 0
        lifetime = int((expires - (_date(headers.get("Date", "")) or now)).total_seconds())
    return min(max(lifetime - _age(headers), 0), LONGEST_SECONDS)


def validators(headers: Mapping[str, str], sent: Validators) -> Validators:
    """What to send next time, byte for byte; an unchanged answer (304) that names none keeps those sent."""
    etag, modified = _kept(headers.get("ETag")), _kept(headers.get("Last-Modified"))
    return Validators(etag, modified) if etag or modified else sent


def conditions(known: Validators) -> dict[str, str]:
    """The headers that ask "has it changed?"."""
    asked = {"If-None-Match": _kept(known.etag), "If-Modified-Since": _kept(known.last_modified)}
    return {name: value for name, value in asked.items() if value}


def reserves(headers: Mapping[str, str]) -> bool:
    """Whether the server keeps its content from text mining or from AI (headers' names in any case)."""
    return headers.get("TDM-Reservation", "").strip() == "1" or opts_out(headers.get("X-Robots-Tag", ""))


def opts_out(directives: str) -> bool:
    """Whether robots directives do so. ``max-snippet: 0`` is one word; ``depeche: noai`` names us first."""
    joined = re.sub(r"\s{0,9}:\s{0,9}", ":", directives.lower())
    return bool(OPT_OUTS & {word.removeprefix("depeche:") for word in re.split(r"[\s,]+", joined)})


def _kept(value: str | None) -> str | None:
    """A header value that can be stored and sent back as it came; None otherwise."""
    if not value or len(value) > 1_000 or not value.isprintable():
        return None
    return value


def _age(headers: Mapping[str, str]) -> int:
    age = headers.get("Age", "")
    return int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0


def _date(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
