"""The process that reads documents: started by ``parse.FeedParser``, spoken to over its standard streams.

One job is a frame (four bytes of length, then a JSON header, a newline and the document's bytes); so is its answer
(JSON). It holds nothing worth stealing and can reach nothing: its environment is empty, it may open no socket, start
no program and write no file, and its memory and each job's CPU time are limited. It ends when its input does.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from bot.adapters.web.document import parsed
from bot.adapters.web.frame import FRAME
from bot.adapters.web.page import links_of
from bot.adapters.web.page_text import is_reserved, text_of
from bot.domain.article import ParsedFeed
from bot.domain.errors import ParseError

MAX_MEMORY = 400 * 1024 * 1024
"""Bytes of address space; an idle worker takes about 40 MiB of it."""
RETIRING_SIZE = 44 * 1024 * 1024
"""Bytes in memory beyond which a fresh worker takes over, since Python gives little back. A fresh one has 29 MiB."""
EXTRACTOR_SIZE = 24 * 1024 * 1024
"""Bytes on top, once a page has needed trafilatura: what it takes is no reason to retire."""

_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "ctypes.")


def main() -> None:
    """Answer jobs until the input ends."""
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _confine()
    while (job := _frame(jobs)) is not None:
        header, _, body = job.partition(b"\n")
        asked = json.loads(header)
        _allow_cpu(asked["cpu_seconds"])
        answer = _answer(asked, body)
        answer["retiring"] = _resident() > RETIRING_SIZE + ("trafilatura" in sys.modules) * EXTRACTOR_SIZE
        written = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        answers.write(FRAME.pack(len(written)) + written)
        answers.flush()


def _confine() -> None:
    """Give up what reading a document does not need. The parent's signals are the parent's business."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    logging.disable()  # what libraries think of a document is no news of ours, and its words are not for our log
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


def _allow_cpu(seconds: int) -> None:
    """CPU time is counted over the process's life, so each job moves the limit on."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))


def _resident() -> int:
    """Bytes in memory now; 0 where the system does not tell. Not ``ru_maxrss``: Linux hands the parent's down."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def _frame(stream: BinaryIO) -> bytes | None:
    head = stream.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    (length,) = FRAME.unpack(head)
    return stream.read(length)


def _answer(asked: dict[str, Any], body: bytes) -> dict[str, Any]:
    try:
        return JOBS[asked["kind"]](asked, body)
    except ParseError as error:
        return {"error": error.key}
    except MemoryError:
        return {"error": "parser-killed"}
    except Exception as error:  # whatever a hostile document breaks in a library: it is a broken feed
        return {"error": "broken-feed", "reason": type(error).__name__}


def _feed(asked: dict[str, Any], body: bytes) -> dict[str, Any]:
    latest = datetime.fromisoformat(asked["latest"])
    return {"feed": _plain_values(parsed(body, asked["url"], asked["content_type"], latest))}


def _article(asked: dict[str, Any], body: bytes) -> dict[str, Any]:
    text = text_of(body, asked["content_type"])
    return {"text": text, "reserved": text is None and is_reserved(body, asked["content_type"])}


def _links(asked: dict[str, Any], body: bytes) -> dict[str, Any]:
    feeds, wordpress = links_of(body, asked["url"], asked["content_type"])
    return {"feeds": feeds, "wordpress": wordpress}


JOBS: dict[str, Callable[[dict[str, Any], bytes], dict[str, Any]]] = {
    "feed": _feed,
    "article": _article,
    "links": _links,
}
"""What it can be asked for."""


def _plain_values(feed: ParsedFeed) -> dict[str, Any]:
    """What JSON can carry; ``parse.feed_of`` reads it back."""
    values = {name: getattr(feed, name) for name in ParsedFeed.__slots__}
    values["entries"] = [
        [
            entry.guid,
            entry.title,
            entry.url,
            entry.summary,
            entry.text,
            entry.published and entry.published.isoformat(),
            entry.language,
        ]
        for entry in feed.entries
    ]
    return values


if __name__ == "__main__":
    main()
