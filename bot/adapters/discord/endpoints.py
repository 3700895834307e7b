"""Another server in Discord's place: a test's, or a proxy in the operator's network."""

from __future__ import annotations

from typing import Any

import aiohttp
from discord.http import HTTPClient, Route


def redirect(http: HTTPClient, *, api_url: str | None, gateway_url: str | None) -> None:
    """Point one client's REST calls at ``api_url`` (whole base, with ``/api/v10``) and its gateway at ``gateway_url``.

    discord.py has no such option. Its class attributes (``Route.BASE``, ``DEFAULT_GATEWAY``) would change every
    client of the process; this changes one. None leaves Discord's own address.
    """
    if api_url is not None:
        _redirect_rest(http, api_url.rstrip("/"))
    if gateway_url is not None:
        _redirect_gateway(http, gateway_url)


def _redirect_rest(http: HTTPClient, base: str) -> None:
    call = http.request

    async def request(route: Route, **arguments: Any) -> Any:
        if route.url.startswith(Route.BASE):  # A route that is used twice has been redirected.
            route.url = base + route.url.removeprefix(Route.BASE)
        return await call(route, **arguments)

    http.request = request  # type: ignore[method-assign]  # one instance only: see redirect


def _redirect_gateway(http: HTTPClient, gateway_url: str) -> None:
    connect = http.ws_connect

    async def ws_connect(url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        _, _, query = url.partition("?")
        return await connect(f"{gateway_url}?{query}", compress=compress)

    http.ws_connect = ws_connect  # type: ignore[method-assign]  # one instance only: see redirect
