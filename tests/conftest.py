"""Options of the whole suite."""

from __future__ import annotations

import gc
import os
from itertools import chain

import pytest
from hypothesis import settings

settings.register_profile("anywhere", deadline=None)
settings.load_profile("anywhere")
"""What a test proves does not depend on how busy the machine is."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that mostly wait for a running bot are spread between those that keep a processor busy.

    Workers get a run of tests each: all in a row, they would wait one after another at the end of somebody's.
    """
    waiting = [item for item in items if _mostly_waits(item)]
    others = [item for item in items if not _mostly_waits(item)]
    if "PYTEST_XDIST_WORKER" in os.environ and waiting:
        share = len(others) // len(waiting)
        heads = [[item, *others[at * share : (at + 1) * share]] for at, item in enumerate(waiting)]
        items[:] = [*chain.from_iterable(heads), *others[share * len(waiting) :]]


def _mostly_waits(item: pytest.Item) -> bool:
    return item.path.parent.name in {"end_to_end", "chaos"}


def pytest_collection_finish() -> None:
    """Thousands of collected tests need no looking through for garbage again and again: half a second each time."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much chaos, and which."""
    parser.addoption("--chaos-long", action="store_true", help="1,500 deliveries and 50 kills instead of 300 and 10")
    parser.addoption("--chaos-seed", type=int, default=None, help="the same chaos again")
