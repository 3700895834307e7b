"""One kind of quotation marks a language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.text import words
from bot.editorial.typography import typeset


@pytest.mark.parametrize(
    ("language", "written", "set_"),
    [
        ("fr", 'Il lance un "appel" au port.', "Il lance un «\u00a0appel\u00a0» au port."),
        ("fr", "Il lance un «appel» au port.", "Il lance un «\u00a0appel\u00a0» au port."),
        ("fr", "Il lance un « appel » au port.", "Il lance un «\u00a0appel\u00a0» au port."),
        ("fr", "Il lance un “appel” au port.", "Il lance un «\u00a0appel\u00a0» au port."),
        ("fr", "« Le “port” rouvre »", "«\u00a0Le “port” rouvre\u00a0»"),
        ("en", 'He calls it "over".', "He calls it “over”."),
        ("en", "He calls it “over”.", "He calls it “over”."),
        ("en", "It's the port's quay.", "It's the port's quay."),
        ("uk", 'Він каже "так".', 'Він каже "так".'),
        ("fr", 'Un "titre sans fin', 'Un "titre sans fin'),
        ("fr", 'Rien entre "" ces marques.', 'Rien entre "" ces marques.'),
    ],
)
def test_quotations_stand_between_their_languages_marks(language: str, written: str, set_: str) -> None:
    assert typeset(written, language) == set_


@given(st.text(alphabet='ab «»“”„"\n.', max_size=60), st.sampled_from(["fr", "en", "ru"]))
def test_no_word_is_changed_and_setting_twice_changes_nothing(text: str, language: str) -> None:
    once = typeset(text, language)
    assert words(once) == words(text)
    assert typeset(once, language) == once
