"""The pack is read once, whole, and in UTF-8."""

from __future__ import annotations

import pytest

from bot.editorial.pack import json_data, yaml_data
from tests.cost import cpu_seconds


def test_yaml_keeps_accents_and_structure() -> None:
    pack = yaml_data("stopwords.yaml")
    assert set(pack) == {"fr", "en", "uk", "ru"}
    assert "était" in pack["fr"].split()


def test_json_keeps_accents_and_structure() -> None:
    assert any("crimée" in line for line in json_data("vocabulary.json")["places"])


def test_a_file_is_read_once_a_process() -> None:
    assert yaml_data("stopwords.yaml") is yaml_data("stopwords.yaml")
    assert json_data("vocabulary.json") is json_data("vocabulary.json")


def test_a_missing_file_is_said_to_be_missing() -> None:
    with pytest.raises(FileNotFoundError):
        yaml_data("no-such-file.yaml")


@pytest.mark.parametrize("name", ["stopwords.yaml", "language.yaml", "relevance.yaml"])
def test_no_yaml_file_of_the_newsroom_s_first_step_slows_the_start(name: str) -> None:
    yaml_data("stopwords.yaml")
    assert cpu_seconds(lambda: yaml_data.__wrapped__(name)) < 0.2
