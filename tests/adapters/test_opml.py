"""Subscription lists: everything usable is taken, everything else is named with its reason."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters import opml
from bot.domain.errors import FeedListError
from bot.domain.feed import FeedSpec
from bot.domain.language import ArticleLanguage
from bot.i18n import explain, translator

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "opml"


def document(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><body>\n{body}\n</body></opml>'.encode()


def outline(url: str, name: str = "Un") -> str:
    return f'<outline type="rss" title="{name}" xmlUrl="{url}"/>'


def reasons(found: opml.OpmlList) -> list[tuple[str, object]]:
    return [(problem.key, problem.arguments["line"]) for problem in found.problems]


def test_feeds_are_found_however_deep_they_are_nested() -> None:
    nested = "<outline text='Dossier'>" * 40 + outline("https://a.example/feed") + "</outline>" * 40
    found = opml.parse(document(nested))
    assert (found.specs, found.problems) == ((FeedSpec("https://a.example/feed", name="Un"),), ())


def test_names_are_plain_text_and_languages_are_kept() -> None:
    name = "Le&#10;Quai &amp;amp; &lt;b&gt;Co&lt;/b&gt;"
    body = f'<outline TEXT="{name}" xmlurl=\'https://a.example/?a=1&amp;b=2\' language="fr-SN"/>'
    (spec,) = opml.parse(document(body)).specs
    assert spec == FeedSpec("https://a.example/?a=1&b=2", name="Le Quai & Co", language="fr")


def test_every_outline_that_is_left_out_is_named_with_its_line_and_reason() -> None:
    body = "\n".join((
        outline("https://a.example/feed"),
        outline("HTTPS://A.example:443/feed#top", "Autre"),
        outline("|~/bin/fetch.sh"),
        outline("javascript:alert(1)"),
        '<outline type="rss" title="Sans adresse" htmlUrl="https://b.example"/>',
        '<outline type="rss" title="Ouvert xmlUrl=https://c.example/>',
    ))  # fmt: skip
    found = opml.parse(document(body))
    assert [spec.url for spec in found.specs] == ["https://a.example/feed"]
    assert reasons(found) == [
        ("opml-twice", 3),
        ("opml-address", 4),
        ("opml-address", 5),
        ("opml-no-address", 6),
        ("opml-outline", 7),
    ]
    reader = translator("en")
    assert all(explain(problem, reader) for problem in found.problems)


@pytest.mark.parametrize(
    "body",
    [
        outline("https://a.example/feed?x=1&y=2"),
        outline("https://a.example/feed", "Sel & poivre <i>"),
        outline("https://a.example/feed") + "</outline></outline>",
        outline("feed:https://a.example/feed"),
        outline("feed://a.example/feed"),
        "<!-- " + outline("https://hidden.example/feed") + " -->" + outline("https://a.example/feed"),
    ],
    ids=["bare ampersand", "bare markup", "stray ends", "feed:", "feed://", "comment"],
)
def test_what_no_xml_parser_takes_is_read_all_the_same(body: str) -> None:
    (spec,) = opml.parse(document(body)).specs
    assert spec.url.startswith(("http://a.example/feed", "https://a.example/feed"))


def test_a_list_in_an_old_encoding_is_read() -> None:
    text = document(outline("https://a.example/feed", "Dépêche")).decode().replace("UTF-8", "ISO-8859-1")
    (spec,) = opml.parse(text.encode("latin-1")).specs
    assert spec.name == "Dépêche"


def test_a_list_cut_short_is_read_as_far_as_it_goes_and_says_so() -> None:
    whole = document(outline("https://a.example/feed") + "\n" + outline("https://b.example/feed"))
    found = opml.parse(whole[: whole.index(b"b.example")])
    assert [spec.url for spec in found.specs] == ["https://a.example/feed"]
    assert [problem.key for problem in found.problems] == ["opml-outline", "opml-cut"]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (b"", "opml-syntax"),
        (b'{"feeds": ["https://a.example/feed"]}', "opml-syntax"),
        (b"<html><body>Bonjour</body></html>", "opml-syntax"),
        (document(""), "opml-empty"),
        (document("<outline text='Dossier'/>"), "opml-empty"),
        (b"<opml>" + b" " * opml.MAX_BYTES, "opml-too-large"),
    ],
    ids=["nothing", "JSON", "a page", "no outline", "only a folder", "too large"],
)
def test_a_file_without_feeds_is_refused_with_one_reason(body: bytes, key: str) -> None:
    with pytest.raises(FeedListError) as refused:
        opml.parse(body)
    assert refused.value.key == key


def test_entities_are_neither_declared_nor_expanded() -> None:
    bomb = '<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
    body = bomb.encode() + document(outline("https://a.example/feed", "&b;&x;"))
    (spec,) = opml.parse(body).specs
    assert spec.name == "&b;&x;"


@pytest.mark.parametrize("piece", ["<outline ", "<outline '", '<outline a="', "<!--", "<outline a=b ", "<outline/>"])
def test_a_hostile_list_takes_no_time(piece: str) -> None:
    body = b"<opml>" + piece.encode() * (opml.MAX_BYTES // len(piece) - 10)
    began = time.process_time()
    with pytest.raises(FeedListError):
        opml.parse(body)
    assert time.process_time() - began < 3


def test_a_list_with_more_feeds_than_anybody_reads_is_capped_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opml, "MAX_FEEDS", 3)
    found = opml.parse(document("\n".join(outline(f"https://a.example/{number}") for number in range(5))))
    assert len(found.specs) == 3
    assert reasons(found) == [("opml-too-many", 5), ("opml-too-many", 6)]


names = st.text("abcéÏ &\"'»-Київ", min_size=1, max_size=30).map(lambda name: " ".join(name.split()))
languages: st.SearchStrategy[ArticleLanguage | None] = st.sampled_from(["fr", "en", "uk", "ru", None])


@given(st.lists(st.tuples(names.filter(bool), languages), min_size=1, max_size=5))
def test_what_is_exported_is_imported_as_it_was(feeds: list[tuple[str, ArticleLanguage | None]]) -> None:
    specs = tuple(
        FeedSpec(f"https://a.example/{number}?a=1&b=<2>", name=name, language=language)
        for number, (name, language) in enumerate(feeds)
    )
    assert opml.parse(opml.render(specs).encode()) == opml.OpmlList(specs, ())


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not beside this checkout")
def test_every_list_we_have_is_imported_or_refused_with_one_reason() -> None:
    refused, imported = {}, 0
    for path in sorted(SHARED.rglob("*.*")):
        try:
            imported += len(opml.parse(path.read_bytes()).specs)
        except FeedListError as problem:
            refused[path.name] = problem.key
    assert refused == {"kite_feeds_subset.json": "opml-syntax", "body-element-missing.opml": "opml-empty"}
    assert imported > 100
