"""Which encoding a document really has, whatever it and its server claim. Pure."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_SERVED = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What publishers mean when they name the smaller set."""

_FEW_BROKEN = 0.02
"""Share of broken sequences among the characters beyond ASCII up to which a document still counts as UTF-8."""


def decoded(body: bytes, content_type: str) -> str:
    """The document's text.

    What reads as UTF-8 is UTF-8: no other encoding's text does so by chance. Else a byte order mark, the server's
    word, the document's own, and at last Windows-1252, which every byte string fits.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    try:
        return body.decode("utf-8-sig") if b"\x00" not in body[:4] else body.decode(_sixteen_bits(body), "replace")
    except UnicodeDecodeError:
        return _legacy(body, content_type)


def _sixteen_bits(body: bytes) -> str:
    """UTF-16 without a mark: its zero bytes give it away."""
    return "utf-16-be" if body[:1] == b"\x00" else "utf-16-le"


def _legacy(body: bytes, content_type: str) -> str:
    served, written = _SERVED.search(content_type), _DECLARED.search(body[:1_000])
    claims = [served[1] if served else "", written[1].decode("ascii") if written else ""]
    for claim in claims:
        name = _known(claim)
        if name and name != "utf-8":
            return body.decode(name, "replace")
    mended = body.decode("utf-8", "replace")
    beyond = sum(1 for char in mended if char > "\x7f")
    if mended.count("�") <= _FEW_BROKEN * beyond:
        return mended
    return body.decode("cp1252", "replace")


def _known(name: str) -> str:
    """Python's name for an encoding, widened to its superset; empty where it is none that makes text of bytes."""
    try:
        found = codecs.lookup(name).name if name else ""
        b"".decode(found or "ascii")
    except (LookupError, UnicodeError):
        return ""
    return _SUPERSETS.get(found, found)
