"""HTML → plain text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.adapters.web.plain import MAX_MARKUP, plain, plain_line, shortened
from bot.adapters.web.tails import without_tail
from tests.cost import cpu_seconds


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Une <b>trêve</b>.</p><p>Un <a href='x'>accord</a>.</p>", "Une trêve.\nUn accord."),
        ("<p>Une\n   ligne\n\n coupée</p>", "Une ligne coupée"),
        ("Un<br>deux<br/>trois<BR />", "Un\ndeux\ntrois"),
        ("<ul><li>Un</li><li>Deux</li></ul>", "Un\nDeux"),
        ("<h2>Titre</h2>Texte", "Titre\nTexte"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("Un paragraphe\ncoupé.\n\nUn autre.", "Un paragraphe coupé.\nUn autre."),
        ("<strong>Kyiv</strong>, <em>lundi</em>", "Kyiv, lundi"),
        ("R&amp;D, l&#8217;accord&nbsp;: 1&#160;000&euro;", "R&D, l’accord : 1 000€"),
        ("&amp;lt;p&amp;gt;Deux fois&amp;lt;/p&amp;gt;", "Deux fois"),
        ("l&amp;#8217;accord &amp;eacute;crit", "l’accord écrit"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Reste", "Reste"),
        ("<script>if (a < b) alert('</p>')</script>Reste", "Reste"),
        ("<SCRIPT >x</SCRIPT >Reste<style>p{}</style>", "Reste"),
        ("<script>jamais fermé", ""),
        ("Avant<iframe src='x'>dedans</iframe>après", "Avant après"),
        ("<figure><img src=x alt='Photo'><figcaption>Une légende</figcaption></figure><p>Texte</p>", "Texte"),
        ('<p class="wp-caption-text">Une légende</p><p>Texte</p>', "Texte"),
        ("Texte<figcaption>une légende jamais fer", "Texte"),
        ("<img alt='a > b'>Texte", "Texte"),
        ('<a title="a > b" href=x>lien</a>', "lien"),
        ("<p title='l'accord'>Texte</p>", "Texte"),
        ("Avant<!-- <p>caché</p> -->après", "Avantaprès"),
        ("Avant<!-- jamais fermé", "Avant"),
        ("<![CDATA[Texte]]>", "Texte"),
        ("<?php echo 1 ?>Texte", "Texte"),
        ("3 < 5 et 7 > 2", "3 < 5 et 7 > 2"),
        ("<3 de Kyiv", "<3 de Kyiv"),
        ('Un extrait <a href="https://jou', "Un extrait"),
        ("si a <b alors", "si a"),
        ("si a <quoi alors", "si a"),
        ("Un texte [&#8230;]", "Un texte …"),
        ("Un texte [...]", "Un texte …"),
        ("a\u200bb\u202ec\u2066d\ufeffe\u00adf\x00g\x1bh", "abcdefgh"),
        ("a&#8203;b&#x202e;c&#x1b;d", "abcd"),
        ("\U000e0041\U000e0042Texte", "Texte"),
        ("e\u0301" + "\u0301" * 50, "e\u0301\u0301"),
        ("lâ€™accord de paix est Ã©crit", "l’accord de paix est écrit"),
        ("â\x8fºï¸\x8f Recording ð\x9f\x87ºð\x9f\x87¦", "⏺\ufe0f Recording 🇺🇦"),
        ("l\x92accord \x96 écrit", "l’accord – écrit"),
        ("ÃNE É» â", "ÃNE É» â"),
        ("🇺🇦 Kyiv ⚠\ufe0f", "🇺🇦 Kyiv ⚠\ufe0f"),
        ("<svg><title>x</title><path d='M0'/></svg>Texte", "Texte"),
        ("", ""),
    ],
)
def test_markup_becomes_text(markup: str, expected: str) -> None:
    assert plain(markup) == expected


def test_a_title_is_one_line() -> None:
    assert plain_line("<p>Une trêve</p><p>en vue</p>") == "Une trêve en vue"


PIECES = (
    "< > </ /> <!-- --> <p> </p> <script> </script> <b ='  =\" ' \" &lt; &amp; lt; &#60; &#8203; &#x202e; ]]> <![CDATA["
    " \u200b \u202e figcaption> a"
)
markup = st.lists(st.sampled_from([*PIECES.split(), " ", "\n", "\x1e"]) | st.text(max_size=5), max_size=40).map("".join)

_HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


@given(markup)
@example("<\u200bscript>x")
@example("&lt;&#8203;b>x")
@example("<]]>b>x")
def test_no_markup_and_nothing_invisible_ever_comes_out(text: str) -> None:
    answer = plain(text)
    assert not re.search(r"<[a-zA-Z/!?]", answer)
    assert not _HIDDEN.search(answer)
    assert all(line and line == " ".join(line.split()) for line in answer.split("\n") if answer)


@given(
    st.text(
        st.characters(exclude_characters="ÃÂÅÄÐâð<>&[]\n\r\v\f\x85\u2028\u2029", exclude_categories=["C", "M", "Z"]),
        max_size=60,
    )
)
def test_plain_words_come_back_unchanged(text: str) -> None:
    assert plain(text) == "".join(char for char in text if char not in "\u115f\u1160\u3164\uffa0")


HOSTILE = {
    "nested tags": "<div>" * 80_000,
    "open comments": "<!--" * 100_000,
    "open quotes": '<a x="' * 60_000,
    "open tags": "<a " * 130_000,
    "open captions": "<figcaption>" * 30_000,
    "open dropped elements": "".join(f"<{name}>" for name in ("svg", "math", "object", "head")) * 15_000,
    "captions of many names": "".join(f'<p{n} class="wp-caption-text">' for n in range(10_000)),
    "ampersands": "&amp;" * 80_000,
    "unfinished entities": "&a" * 200_000,
    "less-than signs": "<" * 400_000,
    "equals signs": "<a" + "=" * 390_000,
    "one long style": '<p style="' + "a" * 390_000,
    "spaces": " " * 400_000,
    "brackets": "[ " * 200_000,
    "combining marks": "e" + "\u0301" * 390_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_read_in_linear_time(name: str) -> None:
    assert cpu_seconds(lambda: plain(HOSTILE[name])) < 1.0


def test_fields_are_capped() -> None:
    assert len(plain("a" * (MAX_MARKUP + 50))) == MAX_MARKUP


def test_texts_are_cut_between_words() -> None:
    assert shortened("Une trêve est proposée", 100) == "Une trêve est proposée"
    assert shortened("Une trêve est proposée", 15) == "Une trêve est…"
    assert shortened("x" * 50, 10) == "x" * 9 + "…"


@given(st.text(max_size=80), st.integers(2, 40))
def test_a_shortened_text_fits(text: str, limit: int) -> None:
    assert len(shortened(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un extrait …\nL’article Une trêve est apparu en premier sur Le Journal.", "Un extrait …"),
        ("Un extrait … L'article Une trêve est apparu en premier sur Le Journal.", "Un extrait …"),
        ("An excerpt …\nThe post A truce appeared first on The Paper.", "An excerpt …"),
        ("An excerpt.\nThe post A truce first appeared on The Paper.", "An excerpt."),
        ("L’article Une trêve est apparu en premier sur Le Journal.", ""),
        ("Le portrait est apparu en premier sur les murs.", "Le portrait est apparu en premier sur les murs."),
        (
            "The post office appeared first on maps.\nThen it went.",
            "The post office appeared first on maps.\nThen it went.",
        ),
        ("Un extrait… Lire la suite", "Un extrait…"),
        ("An excerpt… Continue reading A truce", "An excerpt…"),
        ("An excerpt.\nRead more", "An excerpt."),
        ("Ils veulent en savoir plus.\nFin.", "Ils veulent en savoir plus.\nFin."),
        ("", ""),
    ],
)
def test_software_signatures_are_taken_off(text: str, expected: str) -> None:
    assert without_tail(text) == expected
