"""Both catalogues say the same things, with the same blanks to fill."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import bot
from bot.domain.errors import DepecheError, ModelError
from bot.domain.language import READER_LANGUAGES
from bot.i18n.catalogue import catalogue
from tests.domain.test_errors import tree

FRENCH, ENGLISH = catalogue("fr").sentences, catalogue("en").sentences


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_both_catalogues_have_the_same_keys() -> None:
    assert set(FRENCH) == set(ENGLISH)


@pytest.mark.parametrize("key", sorted(FRENCH))
def test_a_sentence_has_the_same_placeholders_in_both_languages(key: str) -> None:
    # The singular may say "un" instead of {count}, and a clock may be written with or without a leading zero.
    free = {"count", "hour", "padded_hour"}
    french = set.union(*map(blanks, FRENCH[key])) - free
    english = set.union(*map(blanks, ENGLISH[key])) - free
    assert french == english


@pytest.mark.parametrize("key", sorted(FRENCH))
def test_a_sentence_with_plural_forms_has_them_in_both_languages(key: str) -> None:
    assert len(FRENCH[key]) == len(ENGLISH[key])


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_no_sentence_is_left_empty(language: str) -> None:
    sentences = FRENCH if language == "fr" else ENGLISH
    assert not [key for key, forms in sentences.items() if not all(form.strip() for form in forms)]


def test_french_high_punctuation_never_starts_a_line() -> None:
    loose = re.compile(r" [:;?!»%]|« |n° ")
    assert not [key for key, forms in FRENCH.items() if any(loose.search(form) for form in forms)]


def test_french_spaces_are_as_printers_set_them() -> None:
    wide = re.compile("\u00a0[;?!]|\u202f[:»%]|«\u202f")
    assert not [key for key, forms in FRENCH.items() if any(wide.search(form) for form in forms)]


def test_nothing_is_shouted_and_apostrophes_are_typographic() -> None:
    everything = [(key, form) for sentences in (FRENCH, ENGLISH) for key, forms in sentences.items() for form in forms]
    assert not [key for key, form in everything if "!" in form]
    assert not [key for key, form in everything if re.search(r"\w'\w", form) and "pip install" not in form]


@pytest.mark.parametrize("kind", tree(DepecheError), ids=lambda kind: kind.__name__)
def test_every_error_has_its_sentence(kind: type[DepecheError]) -> None:
    assert f"error.{kind.key}" in FRENCH


def raised_keys() -> Iterator[str]:
    """Every key that is given to an error where it is made. A model's failures are counted, not worded."""
    worded = {kind.__name__ for kind in tree(DepecheError) if not issubclass(kind, ModelError)}
    for file in Path(bot.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in worded:
                for part in (part for given in node.args[:1] for part in ast.walk(given)):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value


def test_every_key_that_is_raised_has_its_sentence() -> None:
    """Without one, people read that something failed and that they should try again."""
    keys = set(raised_keys())
    assert "two-orders" in keys
    assert [key for key in sorted(keys) if f"error.{key}" not in FRENCH] == []
