"""Every benchmark, one after the other: ``python -m tests.bench``, or some of them: ``python -m tests.bench poll``."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import tests.bench


def main(wanted: list[str]) -> None:
    """Run each ``bench_…`` module's ``main``."""
    names = [found.name for found in pkgutil.iter_modules(tests.bench.__path__) if found.name.startswith("bench_")]
    for name in names:
        if wanted and name.removeprefix("bench_") not in wanted:
            continue
        module = importlib.import_module(f"tests.bench.{name}")
        print(f"\n== {name.removeprefix('bench_')}: {(module.__doc__ or '').splitlines()[0]}\n", flush=True)
        module.main()


if __name__ == "__main__":
    main(sys.argv[1:])
