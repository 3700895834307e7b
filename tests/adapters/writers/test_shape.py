"""Shapes: whatever a model says is read strictly, and no address comes out of it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.writers.shape import clean_line, draft_of, translations_of
from bot.domain.claim import Modality, Phase

LINE = {"text": "Une phrase.", "cites": ["s1"], "claimant": None, "modality": "asserted", "phase": "talks"}
STORY = {"headline": "Titre.", "bullets": [LINE], "conflicts": [["s1", "s2"]], "insufficient": False}


@pytest.mark.parametrize("around", ["{}", "```json\n{}\n```", "Voici :\n{}\nVoilà.", "```\n{}\n```"])
def test_the_object_is_found_in_what_is_said_around_it(around: str) -> None:
    draft = draft_of(around.replace("{}", json.dumps(STORY)))
    (bullet,) = draft.bullets
    assert (draft.headline, bullet.text, bullet.cites) == ("Titre", "Une phrase.", ("s1",))
    assert (bullet.modality, bullet.phase) == (Modality.ASSERTED, Phase.TALKS)
    assert draft.conflicts == (("s1", "s2"),)


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{", '{"bullets": 3}', '{"bullets": [{"text": 3, "cites": []}]}', "x" * 5_000,
        json.dumps(STORY | {"bullets": [LINE] * 50}), json.dumps(STORY | {"bullets": [LINE | {"text": "x" * 5_000}]}),
        "[" * 100_000,
    ],
)  # fmt: skip
def test_another_shape_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        draft_of(text)
    with pytest.raises(ValueError, match=r".*"):
        translations_of(text)


def test_words_that_are_not_ours_are_left_out() -> None:
    draft = draft_of(json.dumps(STORY | {"bullets": [LINE | {"phase": "victory", "modality": "sure", "link": "x"}]}))
    assert (draft.bullets[0].phase, draft.bullets[0].modality) == (None, None)


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("Voir https://evil.example/x?y#z ici.", "Voir ici."),
        ("Voir [le site](https://evil.example) ici.", "Voir le site ici."),
        ("Écrivez à www.evil.example maintenant", "Écrivez à maintenant"),
        ("Cliquez t.me/evil et evil.com/abc.", "Cliquez et"),
        ("<b>Gras</b> et <a href='javascript:alert(1)'>lien</a>", "Gras et lien"),
        ("**Gras** `code` # titre", "Gras code titre"),
        ("Caché\u200b et re\u202etourné<!-- non -->", "Caché et retourné"),
        ("Le Monde.fr et M. Macron, 3.5 km.", "Le et M. Macron, 3.5 km."),
        ("Suivez @depeche_officiel", "Suivez"),
    ],
)
def test_no_address_and_no_markup_stays(line: str, clean: str) -> None:
    assert clean_line(line) == clean


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_and_leaves_no_scheme(text: str) -> None:
    once = clean_line(text)
    assert not re.search(r"[a-z]://\S", once)
    assert clean_line(once) == once
