"""A first briefing from real feeds: what polling, importing and briefing cost, all processes together.

Reads the recorded feeds and the archive beside the checkout (``../shared/data``); says so where they are missing.
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import psutil

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
FOLDERS = ("netcomsn", "fr_press_raw_2025-02-10", "real_news")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; gives ``host:port``."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


def measured(words: list[str], environment: dict[str, str], folder: Path) -> tuple[float, float, float, str]:
    """Run the bot once: wall seconds, CPU seconds, peak MB of all its processes together, standard output."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "bot", *words]
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.DEVNULL)
        peak = 0.0
        cpu: dict[int, float] = {}
        while process.poll() is None:
            memory, spent = _usage(process.pid)
            peak = max(peak, memory)
            cpu.update(spent)
            time.sleep(0.02)
        output.seek(0)
        return time.perf_counter() - started, sum(cpu.values()), peak, output.read()


def _usage(pid: int) -> tuple[float, dict[int, float]]:
    """Memory (MB, what is shared counted once) and CPU seconds of a process and its children."""
    memory, spent = 0.0, {}
    try:
        main = psutil.Process(pid)
        for one in [main, *main.children(recursive=True)]:
            memory += one.memory_full_info().pss / 1e6
            times = one.cpu_times()
            spent[one.pid] = times.user + times.system
    except psutil.Error:
        pass
    return memory, spent


def main() -> None:
    """Print the table."""
    if not DATA.is_dir():
        print("needs the recorded feeds in ../shared/data")
        return
    print(f"{'step':<34}{'wall s':>8}{'CPU s':>8}{'MB':>8}  what")
    with tempfile.TemporaryDirectory() as name, served(DATA / "feeds") as address:
        folder = Path(name)
        kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        settings = {"PYTHONPATH": str(ROOT), "FETCH_ALLOW": address, "LOG_LEVEL": "ERROR", "BOT_LANGUAGE": "en"}
        environment = kept | settings
        paths = sorted(path for part in FOLDERS for path in (DATA / "feeds" / part).glob("*.xml"))
        urls = [f"http://{address}/{quote(str(path.relative_to(DATA / 'feeds')))}" for path in paths]
        (folder / "feeds.yaml").write_text("feeds:\n" + "".join(f"  - url: {url}\n" for url in urls), encoding="utf-8")
        _show(f"poll {len(urls)} recorded feeds", ["poll", "--once"], environment, folder)
        at = ["--at", "2025-02-10T20:00:00Z"]
        _show("brief on them", ["brief", "--lang", "fr", *at, "--hours", "72", "--format", "json"], environment, folder)
        environment["DATABASE_URL"] = "sqlite:///archive.db"
        _show("import 2,203 articles", ["import", str(DATA / "articles/fr_2025-02-01_13.jsonl")], environment, folder)
        at = ["--at", "2025-02-12T18:00:00Z"]
        _show("brief on the archive", ["brief", *at, "--format", "json"], environment, folder)


def _show(step: str, words: list[str], environment: dict[str, str], folder: Path) -> None:
    wall, cpu, memory, output = measured(words, environment, folder)
    last = output.strip().splitlines()[-1] if output.strip() else ""
    if last.startswith("{"):
        last = f"{len(json.loads(last)['points'])} points"
    print(f"{step:<34}{wall:>8.1f}{cpu:>8.1f}{memory:>8.0f}  {last}")


if __name__ == "__main__":
    main()
