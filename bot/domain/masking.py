"""Addresses that may be logged and shown: secrets in them are masked. Pure."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_USERINFO = re.compile(r"(?<=://)[^/?#]*@")
_SECRET = re.compile(
    r"([?&;](?:[^=&;#]*(?:token|secret|passw|pwd|auth|sign|session|credential)[^=&;#]*|(?:[^=&;#]*[_-])?(?:key|sig|sid)|apikey|pass)=)"
    r"[^&;#]*",
    re.IGNORECASE,
)

_LONG_KEY = re.compile(r"(?<=/)(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{24,}(?=[/?#.]|$)")
"""A part of a path that is no word: private feeds have such addresses."""


def masked(url: str) -> str:
    """The address without its user, password, token-like query values and long keys in its path, on one line.

    >>> masked("https://me:secret@example.org/feed?id=3&api_key=abc")
    'https://***@example.org/feed?id=3&api_key=***'
    """
    return _LONG_KEY.sub("***", _SECRET.sub(r"\1***", _USERINFO.sub("***@", _CONTROLS.sub("", url))))
