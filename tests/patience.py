"""How long a test waits for what must come."""

from __future__ import annotations

PATIENCE = 180.0
"""Seconds, far more than a busy machine needs: it costs nothing while all is well, and a test that gives up too early
says that something is broken which isn't."""
