"""What Discord would make of what we write: a reader of its Markdown must see exactly our words."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.markdown import INVISIBLE, escape, plain_line, write
from bot.domain.message import Footer, Heading, Link, Listing, Moment, Paragraph, Quotation, Span, Text

MOMENT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)

HOSTILE = st.lists(
    st.sampled_from(
        [
            *"@&<>t:R#-+*_`~|[]()./\\12!a",
            "everyone",
            "here",
            "\n",
            " ",
            "https://",
            "discord.gg/abc",
            "<t:1700000000:R>",
            "<@12>",
            "<@&12>",
            "<#12>",
            "</status:12>",
            "<id:home>",
            "<:x:12>",
            ":smile:",
            "-# ",
            "> ",
            ">>> ",
            "```",
            "[a](http://b)",
        ]
    ),
    max_size=12,
).map("".join)
TEXTS = HOSTILE | st.text(max_size=30)
SPANS = st.lists(st.builds(Text, TEXTS, st.booleans(), st.booleans()), min_size=1, max_size=4).map(tuple)


def unescaped(markdown: str) -> str:
    """The written text without its escaped characters: what is left can still act."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "\ufffc", markdown)


@given(SPANS)
def test_no_text_can_mention_link_embed_or_format(spans: tuple[Span, ...]) -> None:
    acting = unescaped(write(Paragraph(spans)))
    assert not re.search(r"@(everyone|here|\d|&|!)", acting)
    assert not re.search(r"[<>\[\]`_~|#]", acting)
    assert "://" not in acting
    assert not re.search(r"\w\.\w+/", acting)
    assert not re.search(r":\w+:", acting)
    assert not re.search(r"(?m)^\s*([-+*>]|\d+[.)])\s", acting.replace("**", "").replace(INVISIBLE, ""))


@given(SPANS)
def test_only_our_own_emphasis_acts_and_it_is_always_closed(spans: tuple[Span, ...]) -> None:
    acting = unescaped(write(Paragraph(spans)))
    assert acting.count("*") % 2 == 0
    if not any(isinstance(span, Text) and (span.bold or span.italic) for span in spans):
        assert "*" not in acting


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=60))
def test_a_reader_sees_exactly_the_text(text: str) -> None:
    assert re.sub(r"\\([^0-9A-Za-z\s])|\u200b", r"\1", escape(text)) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("@everyone", "@\u200beveryone"),
        ("<@42> <t:1:R>", "\\<@\u200b42\\> \\<t\\:1\\:R\\>"),
        ("[cliquez](https://x.example)", "\\[cliquez\\](https\\:\\/\\/x.example)"),
        ("discord.gg/abc", "discord.gg\\/abc"),
        ("- un tiret", "\\- un tiret"),
        ("12. douze", "12\\. douze"),
        ("# titre", "\\# titre"),
        ("-# petit", "\\-\\# petit"),
        ("Il a dit : oui, à 20:55 (Kyiv).", "Il a dit : oui, à 20\\:55 (Kyiv)."),
        ("cessez-le-feu", "cessez-le-feu"),
        ("a\u202eb\x00c", "a b c"),
    ],
)
def test_syntax_in_a_text_stays_literal(text: str, written: str) -> None:
    assert write(Paragraph((Text(text),))) == written


@pytest.mark.parametrize(
    ("spans", "written"),
    [
        ((Text("gras", bold=True), Text(" suite")), "**gras** suite"),
        ((Text(" gras ", bold=True), Text("x", italic=True)), "**gras** *x*"),
        ((Text("a", bold=True), Text("b", bold=True)), "**ab**"),
        ((Text("a", bold=True), Text("b", italic=True)), f"**a**{INVISIBLE}*b*"),
        ((Text("a", bold=True, italic=True),), "***a***"),
        ((Text("x"), Text("  ", bold=True), Text("y")), "x  y"),
    ],
)
def test_emphasis_hugs_its_words_and_never_touches_another(spans: tuple[Span, ...], written: str) -> None:
    assert write(Paragraph(spans)) == written


@pytest.mark.parametrize(
    ("link", "written"),
    [
        (Link("La Gazette", "https://gazette.example/a"), "[La Gazette](<https://gazette.example/a>)"),
        (Link("a [b] c", "https://g.example/a_(b)?q=<x> y"), "[a (b) c](<https://g.example/a_%28b%29?q=%3Cx%3E%20y>)"),
        (Link("x\ny", "https://g.example/é"), "[x y](<https://g.example/é>)"),
        (Link("piège", "javascript:alert(1)"), "piège"),
        (Link("long", "https://g.example/" + "x" * 3000), "long"),
        (Link(" ", "https://g.example/"), ""),
    ],
)
def test_a_link_opens_its_address_and_nothing_else(link: Link, written: str) -> None:
    assert write(Paragraph((link,))) == written


@given(TEXTS, TEXTS)
def test_no_label_and_no_address_can_break_out_of_a_link(text: str, path: str) -> None:
    written = write(Paragraph((Link(text, "https://g.example/" + path),)))
    found = re.fullmatch(r"\[([^\[\]\n]+)\]\(<(https://[^\s<>()\[\]\\]+)>\)", written)
    assert found or written == escape(" ".join(text.replace("[", "(").replace("]", ")").split())).strip()


def test_a_moment_shows_the_chats_clock_and_how_long_ago_in_every_readers_app() -> None:
    assert write(Footer((Moment(MOMENT, "8 h 30"),))) == "-# 8 h 30 (<t:1772353800:R>)"
    assert write(Footer((Moment(MOMENT, "8 h 30 (Dakar)"),))) == "-# 8 h 30 (Dakar), <t:1772353800:R>"
    assert write(Footer((Text("("), Moment(MOMENT, "8 h 30", instead=True), Text(")")))) == "-# (<t:1772353800:R>\\)"


def test_each_kind_of_block_has_its_own_look() -> None:
    spans = (Text("un\ndeux"),)
    assert write(Heading(spans)) == "### un deux"
    assert write(Paragraph(spans)) == "un\ndeux"
    assert write(Listing((spans, (Text(" "),), (Text("trois"),)))) == "- un deux\n- trois"
    assert write(Quotation(spans)) == "> un\n> deux"
    assert write(Footer(spans)) == "-# un deux"


def test_a_block_without_words_is_nothing() -> None:
    for block in (Heading((Text(" \n"),)), Paragraph(()), Listing(()), Quotation((Text(""),)), Footer(())):
        assert write(block) == ""


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Zs"]), min_size=1, max_size=60))
def test_the_name_of_a_post_is_the_first_line_without_markup(text: str) -> None:
    assert plain_line(write(Heading((Text(text, bold=True),)))) == text


def test_a_post_is_named_by_labels_and_not_by_addresses() -> None:
    spans = (Text("Voir "), Link("La Gazette (2)", "https://g.example/a_(b)"), Text(" à "), Moment(MOMENT, "8 h 30"))
    assert plain_line(write(Heading(spans))) == "Voir La Gazette (2) à 8 h 30"
