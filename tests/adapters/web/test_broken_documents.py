"""Lying encodings, broken documents, and documents that are no feed."""

from __future__ import annotations

import pytest

from bot.domain.errors import BrokenFeed, EmptyBody, NotAFeed
from tests.adapters.web.documents import TITLE, URL, item, only, read, rss


class TestEncodings:
    @pytest.mark.parametrize(
        ("declared", "real", "served"),
        [
            ("UTF-8", "utf-8", "application/xml"),
            ("UTF-8", "utf-8", "text/xml"),
            ("UTF-8", "utf-8", "text/xml; charset=iso-8859-1"),
            ("ISO-8859-1", "utf-8", "application/xml"),
            ("ISO-8859-1", "iso-8859-1", "application/xml"),
            ("ISO-8859-1", "cp1252", "text/plain"),
            ("UTF-8", "cp1252", "application/xml"),
            ("UTF-8", "cp1252", "text/xml; charset=utf-8"),
            ("nonsense", "cp1252", "text/xml; charset=nonsense"),
            ("windows-1252", "cp1252", "text/html"),
            ("UTF-8", "utf-16", "application/xml"),
            ("UTF-16", "utf-16-le", "application/xml"),
            ("UTF-16", "utf-16-be", "application/xml"),
            ("UTF-8", "utf-8-sig", "application/xml"),
        ],
    )
    def test_the_real_encoding_is_found(self, declared: str, real: str, served: str) -> None:
        title = "Une trêve « proche » à l’été"
        if real == "iso-8859-1":
            title = title.replace("’", "'")
        document = rss(item(title=title)).replace("UTF-8", declared)
        assert read(document.encode(real), served).entries[0].title == title

    def test_a_cyrillic_legacy_encoding_is_read(self) -> None:
        document = rss(item(title="Перемир'я в Києві")).replace("UTF-8", "windows-1251")
        assert only(document.encode("cp1251")).title == "Перемир'я в Києві"

    def test_one_broken_byte_does_not_spoil_the_rest(self) -> None:
        document = rss(item(title="Une trêve proposée, été après été " * 9)).encode()
        title = only(document.replace("proposée".encode(), b"propos\xe9e", 1)).title
        assert title.startswith("Une trêve propos")
        assert "été après été" in title


class TestBroken:
    @pytest.mark.parametrize("body", [b"", b"  \n\t ", b"\xef\xbb\xbf", b"\x01\x02"])
    def test_nothing_is_an_empty_body(self, body: bytes) -> None:
        with pytest.raises(EmptyBody):
            read(body)

    @pytest.mark.parametrize(
        "body",
        [
            b"<!DOCTYPE html><html><head><title>404</title></head><body><p>Rien</p></body></html>",
            b"<html lang=fr><body><item><title>x</title></item></body></html>",
            b"<?xml version='1.0'?><!-- x --><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'>\n<html/>",
            b"/etc/passwd",
            b"http://127.0.0.1/feed",
            b"file:///etc/passwd",
            b"Bonjour.",
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
            b"%PDF-1.7",
            b'{"a": 1}',
            b"[]",
            b"null",
            b"[" * 100_000,
            b"<sitemap><url/></sitemap>",
            b"<svg xmlns='http://www.w3.org/2000/svg'><title>x</title></svg>",
        ],
    )
    def test_anything_else_is_not_a_feed(self, body: bytes) -> None:
        with pytest.raises(NotAFeed) as caught:
            read(body, "text/html")
        assert caught.value.arguments["url"] == URL

    @pytest.mark.parametrize(
        "body",
        [
            b"<rss><channel><title>Le Journal</title>",
            b"<?xml version='1.0'?><rss version='2.0'><channel>",
            b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</ti",
            b"<rss version='2.0'><channel><item><link>https://journal.test/</link></item></channel></rss>",
            b'{"version": "https://jsonfeed.org/version/1", "items": [',
        ],
    )
    def test_a_feed_nothing_can_be_read_from_is_broken(self, body: bytes) -> None:
        with pytest.raises(BrokenFeed):
            read(body)

    def test_a_truncated_feed_gives_the_items_it_has(self) -> None:
        document = rss(item() + item(title="Un accord", link="https://journal.test/2"))
        feed = read(document[: document.index("Un accord") + 4])
        assert feed.repaired
        assert feed.entries[0].title == TITLE

    def test_bare_ampersands_are_mended(self) -> None:
        feed = read(rss(item(title="Kyiv & Moscou", link="https://journal.test/?a=1&b=2")))
        assert feed.repaired
        assert (feed.entries[0].title, feed.entries[0].url) == ("Kyiv & Moscou", "https://journal.test/?a=1&b=2")

    def test_forbidden_characters_are_dropped(self) -> None:
        feed = read(rss(item(title="Une\x0b trêve\x08")))
        assert feed.repaired
        assert feed.entries[0].title == "Une trêve"

    def test_blank_lines_before_the_declaration_are_no_fault(self) -> None:
        assert only("\n\n \n" + rss(item())).title == TITLE

    def test_external_entities_are_never_read(self) -> None:
        document = rss(item(title="Avant &passwd; après")).replace(
            "<rss", '<!DOCTYPE rss [<!ENTITY passwd SYSTEM "file:///etc/passwd">]><rss', 1
        )
        assert "root:" not in only(document).title
