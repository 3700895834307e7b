"""How messages to and from a parser process are parted."""

from __future__ import annotations

import struct

FRAME = struct.Struct(">I")
"""The length in bytes of what follows."""
