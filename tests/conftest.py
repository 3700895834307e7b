"""Options of the whole suite."""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings

settings.register_profile("anywhere", deadline=None)
settings.load_profile("anywhere")
"""What a test proves does not depend on how busy the machine is."""


def pytest_collection_finish() -> None:
    """Thousands of collected tests need no looking through for garbage again and again: half a second each time."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much chaos, and which."""
    parser.addoption("--chaos-long", action="store_true", help="1,500 deliveries and 50 kills instead of 300 and 10")
    parser.addoption("--chaos-seed", type=int, default=None, help="the same chaos again")
