"""Reading documents in a process that can be killed, so that none of them stalls or takes down the bot.

A subprocess of our own rather than a process pool: pools re-execute ``__main__`` in each worker, poll for results
from several threads and unpickle whatever a worker sends. Here the event loop waits on a pipe, and answers are JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import PIPE, Process
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import bot
from bot.adapters.clock import SystemClock
from bot.adapters.web.frame import FRAME
from bot.adapters.web.mask import masked
from bot.domain.article import Entry, ParsedFeed
from bot.domain.errors import BrokenFeed, EmptyBody, NotAFeed, ParseError, ParserKilled
from bot.ports import Clock, Fetched, PageLinks, PageText

JOB_SECONDS = 10.0
"""Wall time for one document, with the 0.1 s a new worker takes to start."""
CPU_SECONDS = 6
"""CPU time for one document. An ordinary feed takes 0.02, the largest we know 0.5."""
MAX_ANSWER = 32 * 1024 * 1024
"""Bytes. 200 entries of the longest texts stay below it."""

_ROOT = str(Path(bot.__file__).resolve().parent.parent)
_ERRORS: dict[str, type[ParseError]] = {kind.key: kind for kind in (EmptyBody, NotAFeed, BrokenFeed, ParserKilled)}


class FeedParser:
    """Fulfils ``ports.Parser``. Workers start with the first documents and end with ``close``.

    ``workers`` bounds how many documents are read at once, and costs about 30 MB each.
    """

    def __init__(
        self,
        *,
        workers: int = 1,
        job_seconds: float = JOB_SECONDS,
        cpu_seconds: int = CPU_SECONDS,
        clock: Clock | None = None,
    ) -> None:
        self._clock = clock or SystemClock()
        self._job_seconds = job_seconds
        self._cpu_seconds = cpu_seconds
        self._free = asyncio.Semaphore(workers)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()

    async def __aenter__(self) -> Self:
        """Nothing starts yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    async def parse(self, document: Fetched, *, seen_at: datetime) -> ParsedFeed:
        """Read a document. Raises EmptyBody, NotAFeed, BrokenFeed or ParserKilled.

        No date is later than ``seen_at``, or than the present where ``seen_at`` is a past day that is replayed: what
        was published in between must stay recognisable as such.
        """
        url = masked(document.url)
        if not document.body or document.body.isspace():
            raise EmptyBody(url=url)
        answer = await self._ask("feed", document, latest=max(seen_at, self._clock.now()).isoformat())
        if "error" in answer:
            raise _ERRORS[answer["error"]](url=url)
        return feed_of(answer["feed"])

    async def page_text(self, document: Fetched) -> PageText:
        """The text of an article's page; none where it is reserved, broken or not to be found."""
        answer = await self._ask("article", document)
        return PageText(answer.get("text"), answer.get("reserved", False))

    async def links(self, page: Fetched) -> PageLinks:
        """The feeds a web page names; none where it is broken."""
        answer = await self._ask("links", page)
        return PageLinks(tuple(answer.get("feeds", ())), answer.get("wordpress", False))

    async def _ask(self, kind: str, document: Fetched, **more: str) -> dict[str, Any]:
        """A worker's answer; ``kind`` is one of its ``JOBS``."""
        address = {"kind": kind, "url": document.final_url, "content_type": document.content_type}
        job = json.dumps({**address, **more, "cpu_seconds": self._cpu_seconds}).encode() + b"\n"
        async with self._free:
            return await self._answer(job + (document.body or b""))

    async def close(self) -> None:
        """End every worker, those at work too."""
        for worker in tuple(self._all):
            await self._end(worker)
        self._idle.clear()

    async def _answer(self, job: bytes) -> dict[str, Any]:
        worker = self._rested() or await self._start()
        healthy = False
        try:
            answer = await worker.ask(job, self._job_seconds)
            healthy = not answer.pop("retiring") and answer.get("error") != ParserKilled.key
        except (TimeoutError, OSError, EOFError, ValueError):
            return {"error": ParserKilled.key}
        finally:
            if healthy:
                self._idle.append(worker)
            else:
                await asyncio.shield(self._end(worker))
        return answer

    def _rested(self) -> _Worker | None:
        """A worker with nothing to do, unless something ended it meanwhile."""
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            self._all.discard(worker)
        return None

    async def _start(self) -> _Worker:
        worker = await _Worker.start()
        self._all.add(worker)
        return worker

    async def _end(self, worker: _Worker) -> None:
        await worker.kill()
        self._all.discard(worker)


class _Worker:
    """One worker process."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def start(cls) -> _Worker:
        """Its environment holds the way to our package and nothing else: no token can leak into a parser."""
        command = (sys.executable, "-P", "-m", "bot.adapters.web.parse_worker")
        environment = {"PYTHONPATH": _ROOT, "LC_ALL": "C.UTF-8"}
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=environment, limit=2**20)
        return cls(process)

    @property
    def alive(self) -> bool:
        """Whether it still runs, as far as we heard."""
        return self._process.returncode is None

    async def ask(self, job: bytes, seconds: float) -> dict[str, Any]:
        """One job's answer. Raises TimeoutError, EOFError or OSError where none comes; ValueError where it is none."""
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None
        assert answers is not None
        async with asyncio.timeout(seconds):
            requests.write(FRAME.pack(len(job)) + job)
            await requests.drain()
            (length,) = FRAME.unpack(await answers.readexactly(FRAME.size))
            if length > MAX_ANSWER:
                raise ValueError(length)
            answer = json.loads(await answers.readexactly(length))
        assert isinstance(answer, dict)
        return answer

    async def kill(self) -> None:
        """End it now, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()


def feed_of(values: dict[str, Any]) -> ParsedFeed:
    """The feed a worker wrote down."""
    entries = tuple(
        Entry(guid, title, url, summary, text, published and datetime.fromisoformat(published), language)
        for guid, title, url, summary, text, published, language in values["entries"]
    )
    skips = {name: tuple(values[name]) for name in ("skipped_hours", "skipped_days")}
    return ParsedFeed(**{**values, "entries": entries, **skips})
