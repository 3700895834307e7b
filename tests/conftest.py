"""Options of the whole suite."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much chaos, and which."""
    parser.addoption("--chaos-long", action="store_true", help="1,500 deliveries and 50 kills instead of 300 and 10")
    parser.addoption("--chaos-seed", type=int, default=None, help="the same chaos again")
