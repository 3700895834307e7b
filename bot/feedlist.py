"""feeds.yaml ⇄ feeds. Every error names line, entry and key; comments survive every rewrite.

Shape: a mapping whose last key is ``feeds``, a list of mappings; only ``url`` is required.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from bot.domain.errors import FeedListError
from bot.domain.feed import FeedSpec, Ownership
from bot.domain.language import ARTICLE_LANGUAGES

KEYS = tuple(field.name for field in fields(FeedSpec))
_LANGUAGES = tuple(language for language in ARTICLE_LANGUAGES if language != "other")


@dataclass(frozen=True, slots=True)
class FeedList:
    """What a file says: the entries that can be used, and one problem for each that can't."""

    specs: tuple[FeedSpec, ...]
    problems: tuple[FeedListError, ...]


def read(path: Path) -> FeedList:
    """Read a feed list. Raise FeedListError where the file as a whole can't be used."""
    return parse(_text(path), path.name)


def parse(text: str, file: str = "feeds.yaml") -> FeedList:
    """Read a feed list's text. An entry that is wrong is left out and reported; the others stand."""
    entries = _entries(_document(text, file), file)
    specs: dict[str, FeedSpec] = {}
    problems: list[FeedListError] = []
    for number, entry in enumerate(entries, 1):
        line = entries.lc.item(number - 1)[0] + 1
        try:
            spec = _spec(entry, {"file": file, "line": line, "entry": number})
            if spec.url in specs:
                raise FeedListError("feed-list-twice", file=file, line=line, entry=number, field="url", value=spec.url)
            specs[spec.url] = spec
        except FeedListError as problem:
            problems.append(problem)
    return FeedList(tuple(specs.values()), tuple(problems))


def render(text: str, specs: tuple[FeedSpec, ...]) -> str:
    """The file's text with exactly these feeds, its comments and the order of kept entries kept."""
    document = _document(text, "feeds.yaml") if text.strip() else CommentedMap({"feeds": CommentedSeq()})
    old = _entries(document, "feeds.yaml")
    wanted = {spec.url: spec for spec in specs}
    for index in reversed(range(len(old))):
        spec = wanted.pop(old[index].get("url"), None)
        if spec is None:
            del old[index]
        else:
            _update(old[index], spec)
    old.extend(CommentedMap(_mapping(spec)) for spec in specs if spec.url in wanted)
    return _dumped(document)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise FeedListError("feed-list-missing", file=str(path), line=0, entry=0, field="") from None
    except (OSError, UnicodeDecodeError):
        raise FeedListError("feed-list-unreadable", file=str(path), line=0, entry=0, field="") from None


def _document(text: str, file: str) -> Any:
    try:
        return YAML(typ="rt").load(text)
    except (YAMLError, ValueError, RecursionError) as problem:
        # Control characters, impossible dates and endless nesting are not YAML either.
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise FeedListError("feed-list-syntax", file=file, line=line, entry=0, field="") from None


def _entries(document: Any, file: str) -> CommentedSeq:
    entries = document.get("feeds") if isinstance(document, Mapping) else None
    if isinstance(entries, CommentedSeq):
        return entries
    raise FeedListError("feed-list-shape", file=file, line=1, entry=0, field="feeds")


def _spec(entry: Any, place: dict[str, Any]) -> FeedSpec:
    if not isinstance(entry, CommentedMap):
        raise FeedListError("feed-list-entry", **place, field="")
    values: dict[str, Any] = {}
    for key, value in entry.items():
        here = {**place, "line": entry.lc.key(key)[0] + 1, "field": str(key)}
        if key not in KEYS:
            raise FeedListError("feed-list-unknown-key", **here, nearest=_nearest(str(key)))
        if value is not None:
            values[key] = _value(key, value, here)
    if "url" not in values:
        raise FeedListError("feed-list-url-missing", **place, field="url")
    return FeedSpec(**values)


def _nearest(key: str) -> str:
    return (difflib.get_close_matches(key, KEYS, n=1) or [", ".join(KEYS)])[0]


def _value(key: str, value: Any, here: dict[str, Any]) -> Any:
    if key in {"dedicated", "full_text"}:
        return _checked(value, isinstance(value, bool), "true, false", here)
    text = str(value).strip()
    if key == "url":
        address = urlsplit(text)
        return _checked(text, address.scheme in {"http", "https"} and bool(address.hostname), "https://…", here)
    if key == "language":
        return _checked(text, text in _LANGUAGES, ", ".join(_LANGUAGES), here)
    if key == "country":
        return _checked(text.upper(), len(text) == 2 and text.isascii() and text.isalpha(), "SN, FR, UA…", here)
    if key == "ownership":
        return Ownership(_checked(text, text in set(Ownership), ", ".join(Ownership), here))
    return _checked(text, bool(text), "…", here)


def _checked(value: Any, right: bool, expected: str, here: dict[str, Any]) -> Any:
    if not right:
        raise FeedListError("feed-list-value", **here, value=str(value), expected=expected)
    return value


def _mapping(spec: FeedSpec) -> dict[str, Any]:
    values = {key: getattr(spec, key) for key in KEYS}
    return {key: str(value) if isinstance(value, Ownership) else value for key, value in values.items() if value}


def _update(entry: CommentedMap, spec: FeedSpec) -> None:
    values = _mapping(spec)
    for key in KEYS:
        if key in values and entry.get(key) != values[key]:
            entry[key] = values[key]
        elif key not in values and entry.get(key):
            del entry[key]


def _dumped(document: Any) -> str:
    import io

    yaml = YAML(typ="rt")
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 120
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()
