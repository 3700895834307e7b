"""For platforms whose tests type nothing half."""

from __future__ import annotations


async def nothing(*_: object) -> tuple[tuple[str, str], ...]:
    """Fulfils ``ports.Suggest``."""
    return ()
