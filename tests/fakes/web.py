"""A web server on loopback that plays a script: feeds, redirects, refusals and faults, over real sockets.

Routes are answered by what ``WebServer.script`` holds for their path; every request is recorded with its headers.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Self

_TLS = b"\x16"
RSS = "application/rss+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    at: float
    """The event loop's clock."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send back."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = RSS
    delay: float = 0.0
    """Seconds before the first byte."""
    drip: float = 0.0
    """Seconds between two bytes of the body."""
    cut: int | None = None
    """Close the connection after so many bytes of the body."""
    stream: Callable[[], AsyncIterator[bytes]] | None = None
    """A body too large to hold, sent until the client leaves."""


Script = Answer | Callable[[Asked], Answer]


class WebServer:
    """Use it with ``async with``; ``url("/feed")`` is an address on it."""

    def __init__(self, script: Mapping[str, Script] | None = None) -> None:
        self.script: dict[str, Script] = dict(script or {})
        self.requests: list[Asked] = []
        self.connections = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop, and cut what is still open."""
        assert self._server is not None
        self._server.close()
        for writer in tuple(self._open):
            writer.transport.abort()
        await asyncio.sleep(0)

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @property
    def allowed(self) -> frozenset[tuple[str, int]]:
        """What FETCH_ALLOW must hold for it to be read."""
        return frozenset({("127.0.0.1", self.port), ("localhost", self.port)})

    def url(self, path: str = "/feed") -> str:
        """An address on this server."""
        return f"http://127.0.0.1:{self.port}{path}"

    def asked(self, path: str) -> list[Asked]:
        """The requests for one path, in order."""
        return [request for request in self.requests if request.path == path]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while await self._exchange(reader, writer):
                pass
        self._open.discard(writer)
        writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        first = await reader.readexactly(1)
        if first == _TLS:  # it speaks plain HTTP only, and hangs up on whoever tries more
            return False
        head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *fields = head.rstrip("\r\n").split("\r\n")
        named = (entry.partition(":") for entry in fields)
        headers = {name.strip().lower(): value.strip() for name, _, value in named}
        asked = Asked(line.split(" ")[1], headers, asyncio.get_running_loop().time())
        self.requests.append(asked)
        script = self.script.get(asked.path, Answer(status=404))
        return await _send(writer, script if isinstance(script, Answer) else script(asked))


async def _send(writer: asyncio.StreamWriter, answer: Answer) -> bool:
    """Send an answer; whether the connection can serve another request."""
    await asyncio.sleep(answer.delay)
    whole = answer.stream is None
    head = {"Content-Type": answer.content_type, "Connection": "keep-alive" if whole else "close"}
    if whole and answer.status != HTTPStatus.NOT_MODIFIED:
        head["Content-Length"] = str(len(answer.body))
    lines = [f"HTTP/1.1 {answer.status} {_phrase(answer.status)}"]
    lines += [f"{name}: {value}" for name, value in (head | dict(answer.headers)).items()]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("utf-8"))
    if answer.stream is not None:
        async for piece in answer.stream():
            writer.write(piece)
            await writer.drain()
        return False
    await _send_body(writer, answer)
    return answer.cut is None


async def _send_body(writer: asyncio.StreamWriter, answer: Answer) -> None:
    body = answer.body[: answer.cut]
    if not answer.drip:
        writer.write(body)
        await writer.drain()
        return
    for byte in body:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(answer.drip)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def feed(*titles: str, site: str = "https://journal.test", extra: str = "") -> bytes:
    """A small RSS document, one item a title; ``extra`` goes into the channel."""
    items = "".join(
        f"<item><title>{title}</title><link>{site}/{number}</link><guid>{site}/{number}</guid>"
        f"<pubDate>Mon, 10 Feb 2025 09:0{number % 10}:00 +0000</pubDate><description>{title}.</description></item>"
        for number, title in enumerate(titles)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>Le Journal</title><link>{site}</link><language>fr-FR</language>{extra}{items}</channel></rss>"
    ).encode()


def serving(body: bytes, *, etag: str | None = None, modified: str | None = None) -> Callable[[Asked], Answer]:
    """A well-behaved server: 304 to whoever sends back its validators."""
    headers = {name: value for name, value in (("ETag", etag), ("Last-Modified", modified)) if value is not None}

    def answer(asked: Asked) -> Answer:
        known = (etag and asked.headers.get("if-none-match") == etag) or (
            modified and asked.headers.get("if-modified-since") == modified
        )
        return Answer(status=304, headers=headers) if known else Answer(body, headers=headers)

    return answer


def zipped(body: bytes) -> Answer:
    """An answer in gzip."""
    return Answer(gzip.compress(body), headers={"Content-Encoding": "gzip"})


def bomb(megabytes: int) -> Answer:
    """A small gzip answer that grows to so many MiB of zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    block = bytes(1024 * 1024)
    body = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    return Answer(body, headers={"Content-Encoding": "gzip"})


def moved(to: str, status: int = 301) -> Answer:
    """A redirect."""
    return Answer(status=status, headers={"Location": to})
