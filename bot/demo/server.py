"""Serves the sample feeds on loopback, dated as if they had been written today."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from threading import Thread

_AGO = re.compile(r"\{\{(?P<form>rfc|iso):(?P<hours>\d+)h\}\}")


def dated(template: str, now: datetime, root: str) -> str:
    """A feed's template with its moments filled in: ``{{rfc:3h}}`` is three hours before ``now``."""

    def moment(found: re.Match[str]) -> str:
        at = now - timedelta(hours=int(found["hours"]))
        return format_datetime(at) if found["form"] == "rfc" else at.isoformat(timespec="seconds")

    return _AGO.sub(moment, template).replace("{{root}}", root)


def sample(name: str) -> str:
    """The template of one sample file."""
    return resources.files("bot.demo").joinpath("feeds", name).read_text(encoding="utf-8")


@contextlib.contextmanager
def serving(now: datetime) -> Iterator[str]:
    """Serve the samples on a free port of 127.0.0.1; gives ``host:port``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                body = dated(sample(self.path.rsplit("/", 1)[-1]), now, f"http://{address}").encode()
            except (FileNotFoundError, IsADirectoryError):
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet: the demonstration speaks for itself."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address = f"127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
