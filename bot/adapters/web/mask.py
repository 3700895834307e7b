"""Addresses that may be logged and shown: secrets in them are masked."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_USERINFO = re.compile(r"(?<=://)[^/?#]*@")
_SECRET = re.compile(
    r"([?&;](?:[^=&;#]*(?:token|secret|passw|pwd|auth|sign|session|credential)[^=&;#]*|(?:[^=&;#]*[_-])?(?:key|sig|sid)|apikey|pass)=)"
    r"[^&;#]*",
    re.IGNORECASE,
)


def masked(url: str) -> str:
    """The address without its user, password and token-like query values, on one line.

    >>> masked("https://me:secret@example.org/feed?id=3&api_key=abc")
    'https://***@example.org/feed?id=3&api_key=***'
    """
    return _SECRET.sub(r"\1***", _USERINFO.sub("***@", _CONTROLS.sub("", url)))
