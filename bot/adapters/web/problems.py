"""aiohttp's errors → ours."""

from __future__ import annotations

import ssl

import aiohttp

from bot.adapters.web.mask import masked
from bot.domain.errors import AddressRefused, FetchError, FetchTimedOut, TooManyRedirects, Unreachable

VENDOR_ERRORS = (aiohttp.ClientError, TimeoutError, OSError, ValueError)
"""Everything a request may raise besides our own errors. ValueError: addresses and headers that can't be sent."""


def translated(error: Exception, url: str, seconds: float) -> FetchError:
    """The error of ours that says the same. ``reason`` is for logs, and names no address."""
    shown, reason = masked(url), type(error).__name__
    match error:
        case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError():
            return AddressRefused(url=shown)
        case aiohttp.TooManyRedirects():
            return TooManyRedirects(url=shown, limit=0)
        case TimeoutError():
            return FetchTimedOut(url=shown, seconds=seconds)
        case aiohttp.ClientConnectorDNSError():
            return Unreachable(url=shown, reason="name")
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return Unreachable(url=shown, reason="certificate")
        case aiohttp.ClientError() | OSError():
            return Unreachable(url=shown, reason=reason)
        case _:
            return AddressRefused(url=shown)
