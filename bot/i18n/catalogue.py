"""Reads the gettext catalogues as they are written: the .po files are what runs."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from babel.messages.pofile import read_po

from bot.domain.language import ReaderLanguage


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language's sentences by key. A key with plural forms has one sentence a form."""

    language: ReaderLanguage
    sentences: Mapping[str, tuple[str, ...]]
    form_of: Callable[[int], int]
    """A count → the place of its plural form."""


@cache
def catalogue(language: ReaderLanguage) -> Catalogue:
    """The catalogue of a language, read once."""
    file = resources.files("bot.i18n").joinpath(f"catalogues/{language}/LC_MESSAGES/depeche.po")
    with file.open("rb") as stream:
        entries = read_po(stream, locale=language, abort_invalid=True)
    sentences: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if not entry.id:
            continue
        key = entry.id if isinstance(entry.id, str) else entry.id[0]
        sentences[key] = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
    return Catalogue(language, sentences, gettext.c2py(entries.plural_expr))
