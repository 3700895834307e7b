"""Articles' pages: the prose, all of it and nothing else, where the publisher lets it be taken."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.adapters.web.headers import reserves
from bot.adapters.web.page_text import MAX_PAGE, MAX_TEXT, text_of
from bot.adapters.web.parse import FeedParser
from bot.domain.feed import NO_VALIDATORS
from bot.ports import Fetched, PageText

ONE = (
    "Les deux délégations se sont retrouvées lundi matin à Ankara, selon le ministère, pour un échange de prisonniers."
)
TWO = "Le gouverneur de la région a confirmé la reprise des trains de nuit, après trois semaines de réparations."
THREE = "Aucune des parties n’a voulu dire quand la prochaine rencontre aurait lieu, ni qui la présiderait cette fois."
FOUR = "Les habitants du port attendent toujours que l’électricité revienne dans les quartiers du bord de l’eau."
TEXT = f"{ONE}\n{TWO}\n{THREE}\n{FOUR}"
PROSE = "".join(f"<p>{paragraph}</p>\n" for paragraph in (ONE, TWO, THREE, FOUR))
ELSEWHERE = "Découvrez aussi notre grande enquête sur les marchés aux fleurs de la capitale, parue dimanche dernier."
LINKS = f'<ul><li><a href="/1">{ELSEWHERE}</a></li></ul><p>Lire aussi : <a href="/2">{ELSEWHERE}</a></p>'


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>Titre</title>{head}</head><body>{body}</body></html>".encode()


def read(body: str, head: str = "") -> str | None:
    return text_of(page(body, head), "text/html; charset=utf-8")


LAYOUTS = {
    "WordPress": f'<main><article><header><p>{ELSEWHERE}</p></header><div class="entry-content">{PROSE}'
    f'<div class="sharedaddy"><p>{ELSEWHERE}</p></div></div></article></main>',
    "article": f"<article><h1>Titre</h1>{PROSE}</article><aside><p>{ELSEWHERE}</p></aside>",
    "the largest of several articles": f"<article><p>{ELSEWHERE}</p></article><article>{PROSE}</article>",
    "main": f"<nav><p>{ELSEWHERE}</p></nav><main>{PROSE}</main><footer><p>{ELSEWHERE}</p></footer>",
    "itemprop": f'<div itemprop="articleBody">{PROSE}</div><div><p>{ELSEWHERE}</p></div>',
    "body only": PROSE,
    "links between": f"<article>{PROSE.replace('</p>', '</p>' + LINKS, 1)}</article>",
    "captions": f"<article><figure><img src=x><figcaption>{ELSEWHERE}</figcaption></figure>{PROSE}</article>",
    "related box within": f'<article>{PROSE}<section class="related-posts"><p>{ELSEWHERE}</p></section></article>',
    "a theme that names its sidebar": f'<div class="has-sidebar no-comments"><article>{PROSE}</article></div>',
    "ends left out": "<article>" + PROSE.replace("</p>", "") + "</article>",
    "stray ends": f"</div></article><article>{PROSE}</section></article>",
    "scripts": f"<article><script>var a = '<p>{ELSEWHERE}</p>'</script>{PROSE}</article>",
    "comments": f"<article><!-- <p>{ELSEWHERE}</p> -->{PROSE}</article>",
    "lines without paragraphs": '<div id="story-body">' + TEXT.replace("\n", "<br><br>") + "</div>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_text_of_common_layouts_is_the_article_and_nothing_else(layout: str) -> None:
    assert read(LAYOUTS[layout]) == TEXT


UNMARKED = (
    f'<div class="x1"><ul><li><a href="/1">Accueil</a></li><li><a href="/2">Monde</a></li></ul><p>{ELSEWHERE}</p></div>'
    f'<div class="x2"><h1>Titre</h1>{PROSE * 2}</div>'
)


def test_a_layout_nobody_marked_is_left_to_trafilatura() -> None:
    pytest.importorskip("trafilatura", reason="the extra ``extract`` is not installed")
    text = read(UNMARKED)
    assert text is not None
    assert TEXT in text
    assert read(f'<div class="paywall">{PROSE}</div>', '<meta name="robots" content="noai">') is None


def test_without_it_the_whole_body_is_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert read(UNMARKED) == f"{ELSEWHERE}\n{TEXT}"


def test_a_page_that_marks_its_article_needs_no_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.web.page_text._guessed", lambda _: pytest.fail("it was asked"))
    assert read(LAYOUTS["WordPress"]) == TEXT


def test_what_is_repeated_counts_once() -> None:
    assert read(f"<article>{PROSE}{PROSE}</article>") == TEXT


def test_a_page_with_a_few_words_only_is_no_article() -> None:
    assert read(f"<article><p>{ONE}</p></article>") is None


def test_markup_and_invisible_characters_never_leave_the_reader() -> None:
    text = read(f"<article><p>{ONE} &lt;b&gt;\u202eoh\u200b</p>{PROSE}</article>")
    assert text is not None
    assert not {"<", "\u202e", "\u200b"} & set(text)


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="robots" content="index, NOAI">',
        "<meta content='max-snippet: 0' name=robots>",
        '<meta name="robots" content="nosnippet">',
        '<meta name="tdm-reservation" content="1">',
        '<script type="application/ld+json">{"@type":"NewsArticle", "isAccessibleForFree" : false}</script>',
        '<script type="application/ld+json">{"isAccessibleForFree":"False"}</script>',
        '<meta property="article:content_tier" content="locked">',
    ],
)
def test_a_page_that_reserves_its_text_is_left_alone(head: str) -> None:
    assert read(f"<article>{PROSE}</article>", head) is None


@pytest.mark.parametrize(
    "words",
    [
        "La suite est réservée aux abonnés.",
        "Il vous reste 72,4\xa0% de cet article à lire.",
        "Subscribe to continue reading.",
    ],
)
def test_a_page_that_says_it_is_for_subscribers_is_left_alone(words: str) -> None:
    assert read(f"<article>{PROSE}<p>{words}</p></article>") is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="robots" content="index, follow, max-snippet:-1, max-image-preview:large">',
        '<meta name="tdm-reservation" content="0">',
        '<script type="application/ld+json">{"isAccessibleForFree":true}</script>',
        '<meta property="article:content_tier" content="free">',
    ],
)
def test_a_page_that_says_it_is_free_is_read(head: str) -> None:
    assert read(f"<article>{PROSE}</article>", head) == TEXT


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"TDM-Reservation": "1"}, True),
        ({"X-Robots-Tag": "noai, noimageai"}, True),
        ({"X-Robots-Tag": "depeche: noai"}, True),
        ({"X-Robots-Tag": "otherbot: noai"}, False),
        ({"TDM-Reservation": "0", "X-Robots-Tag": "max-snippet:50"}, False),
        ({}, False),
    ],
)
def test_headers_reserve_too(headers: dict[str, str], expected: bool) -> None:
    assert reserves(headers) is expected


HOSTILE = {
    **{
        piece: piece * (MAX_PAGE // len(piece))
        for piece in ("<p>", "<div>", "<", "<a href='", "<!--", "</div>", "<meta a=")
    },
    **{
        piece: piece * (MAX_PAGE // len(piece)) for piece in ("<li>", "<br>", "<p><a>", "<section class=entry-content>")
    },
    "50,000 nested": "<div>" * 50_000 + PROSE + "</div>" * 50_000,
    "much prose": PROSE * (MAX_PAGE // len(PROSE)),
    "80,000 attributes": "<p " + " ".join(f"a{number}=x" for number in range(MAX_PAGE // 10)) + ">" + PROSE,
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_page_is_given_up_and_the_next_is_read(name: str) -> None:
    hostile, good = (fetched(page(markup)) for markup in (HOSTILE[name], f"<article>{PROSE}</article>"))
    async with FeedParser(job_seconds=60, cpu_seconds=3) as parser:
        text = (await parser.page_text(hostile)).text
        assert text is None or len(text) <= MAX_TEXT
        assert await parser.page_text(good) == PageText(TEXT)


def fetched(body: bytes) -> Fetched:
    url = "https://journal.test/1"
    return Fetched(url, None, url, body, "text/html; charset=utf-8", NO_VALIDATORS, 0)


async def test_trafilatura_works_where_nothing_may_be_opened_and_wears_no_worker_out() -> None:
    pytest.importorskip("trafilatura", reason="the extra ``extract`` is not installed")
    async with FeedParser(job_seconds=60) as parser:
        texts = [await parser.page_text(fetched(page(UNMARKED))) for _ in range(3)]
        assert texts[0].text is not None
        assert texts == [texts[0]] * 3
        assert len(parser._idle) == 1


@example(["<p>", "</p>", *[ONE] * 5, "&lt;script&gt;"])
@given(st.lists(st.sampled_from(["<p>", "</p>", "<article>", "</article>", "<div class='entry-content'>", "</div>", ONE,
                                 "<aside>", "</aside>", "<!--", "-->", "<", "&lt;script&gt;", "<li>", "'", '"', ">"]),
                max_size=60))  # fmt: skip
def test_whatever_a_page_holds_its_text_is_plain_and_bounded(pieces: list[str]) -> None:
    text = read("".join(pieces))
    assert text is None or (400 <= len(text) <= MAX_TEXT and "<p" not in text and "<script" not in text)
