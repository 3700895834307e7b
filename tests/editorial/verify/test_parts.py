"""Who does what to whom: names that exchange their parts are found, in the other language too."""

from __future__ import annotations

import pytest

from bot.domain.language import ReaderLanguage
from bot.editorial.verify.parts import exchanged
from bot.editorial.verify.reading import read

FAITHFUL = (
    ("La Russie a attaqué l’Ukraine dans la nuit.", "Ukraine was attacked by Russia overnight."),
    ("La Russie a attaqué l’Ukraine dans la nuit.", "Russia attacked Ukraine overnight."),
    ("Une frappe russe a touché Kharkiv mardi.", "Kharkiv was hit by a Russian strike on Tuesday."),
    ("L’Allemagne livrera 14 chars à l’Ukraine.", "Ukraine will receive 14 tanks from Germany."),
    ("L’Allemagne livrera 14 chars à l’Ukraine.", "Germany will send 14 tanks to Ukraine."),
    ("Selon Kyiv, la Russie a visé Odessa.", "Russia targeted Odesa, Kyiv says."),
    ("Kyiv affirme que la Russie a visé Odessa.", "According to Kyiv, Odesa was targeted by Russia."),
    ("À Bruxelles, Volodymyr Zelensky a rencontré Mark Rutte.", "Mark Rutte met Volodymyr Zelensky in Brussels."),
    ("La Russie n’a rien reçu, a déclaré Dmitri Peskov.", "Dmitry Peskov said Russia had received nothing."),
    ("La trêve est en vigueur, ont annoncé Kyiv et Moscou.", "Kyiv and Moscow announced that the truce is in force."),
    ("Washington a suspendu son aide à l’Ukraine.", "Aid to Ukraine has been suspended by Washington."),
    ("Des drones lancés par la Russie sont tombés en Pologne.", "Drones that Russia launched fell in Poland."),
)
WRONG = (
    ("L’Allemagne livrera 14 chars à l’Ukraine.", "Ukraine will send 14 tanks to Germany."),
    ("Selon Kyiv, la Russie a visé Odessa.", "According to Russia, Kyiv targeted Odesa."),
    ("Selon Kyiv, des missiles ont été tirés sur Odessa.", "According to Odesa, missiles were fired at Kyiv."),
    (
        "L’Union européenne adopte des sanctions contre la Russie.",
        "Russia adopts sanctions against the European Union.",
    ),
    ("Donald Trump a parlé à Vladimir Poutine.", "Vladimir Putin spoke to Donald Trump."),
    ("Le Danemark dépensera plus, a déclaré Mette Frederiksen.", "Mette Frederiksen will spend more, Denmark said."),
)


def both(one: str, other: str) -> bool:
    """Whichever is the line."""
    languages: tuple[ReaderLanguage, ReaderLanguage] = ("fr", "en")
    french, english = (read(text, language) for text, language in zip((one, other), languages, strict=True))
    assert exchanged(french, english) is exchanged(english, french)
    return exchanged(french, english)


@pytest.mark.parametrize(("french", "english"), FAITHFUL)
def test_what_is_told_from_the_other_end_is_the_same(french: str, english: str) -> None:
    assert not both(french, english)


@pytest.mark.parametrize(("french", "english"), WRONG)
def test_names_that_exchange_their_parts_are_found(french: str, english: str) -> None:
    assert both(french, english)
