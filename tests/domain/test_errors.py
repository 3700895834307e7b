"""Errors: a tree that is drawn, and sentences for every leaf."""

from __future__ import annotations

import pickle
import re

import pytest

from bot.domain import errors
from bot.domain.errors import DepecheError, HttpStatus, TooLarge


def tree(kind: type[DepecheError]) -> list[type[DepecheError]]:
    return [kind, *(leaf for child in kind.__subclasses__() for leaf in tree(child))]


def test_the_docstring_draws_every_error_and_no_other() -> None:
    drawn = set(re.findall(r"^[ │├└─]*([A-Z]\w+)", errors.__doc__ or "", re.MULTILINE))
    assert {kind.__name__ for kind in tree(DepecheError) if kind.__module__ == errors.__name__} <= drawn


@pytest.mark.parametrize("error", [TooLarge(url="https://a.example", limit=5), HttpStatus(url="u", status=503)])
def test_an_error_crosses_a_process_boundary_whole(error: DepecheError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), copy.key, copy.arguments) == (type(error), error.key, error.arguments)


def test_an_error_prints_its_key_and_arguments_for_logs() -> None:
    assert str(TooLarge(url="https://a.example", limit=5)) == "too-large url='https://a.example' limit=5"
