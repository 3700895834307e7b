"""One spelling for each address."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.web.canonical import MAX_LENGTH, canonical
from bot.adapters.web.mask import masked

BASE = "https://journal.test/feed/"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("HTTPS://Journal.TEST/Une", "https://journal.test/Une"),
        ("https://journal.test", "https://journal.test/"),
        ("https://journal.test:443/a", "https://journal.test/a"),
        ("http://journal.test:80/a", "http://journal.test/a"),
        ("https://journal.test:8443/a", "https://journal.test:8443/a"),
        ("https://journal.test./a", "https://journal.test/a"),
        ("  https://journal.test/a\n", "https://journal.test/a"),
        ("https://journal.test/a#commentaires", "https://journal.test/a"),
        ("https://journal.test/a#xtor=RSS-1", "https://journal.test/a"),
        ("https://journal.test/#!/articles/4", "https://journal.test/#!/articles/4"),
        ("https://journal.test/a?utm_source=rss&utm_medium=feed", "https://journal.test/a"),
        ("https://journal.test/a?b=2&utm_source=rss&a=1&fbclid=x", "https://journal.test/a?b=2&a=1"),
        ("https://journal.test/a?xtor=RSS-16&gclid=1&at_medium=rss&at_campaign=flux", "https://journal.test/a"),
        ("https://journal.test/a?UTM_Source=rss", "https://journal.test/a"),
        ("https://journal.test/?p=10482", "https://journal.test/?p=10482"),
        ("https://journal.test/a?", "https://journal.test/a"),
        ("https://journal.test/a?x=&amp;y=2", "https://journal.test/a?x=&y=2"),
        ("https://journal.test/été à Kyiv", "https://journal.test/%C3%A9t%C3%A9%20%C3%A0%20Kyiv"),
        ("https://journal.test/%c3%a9t%c3%a9", "https://journal.test/%C3%A9t%C3%A9"),
        ("https://journal.test/100%", "https://journal.test/100%25"),
        ("https://journal.test/a/./b/../c", "https://journal.test/a/c"),
        ("https://journal.test/../../a/..", "https://journal.test/"),
        ("https://journal.test/a//b", "https://journal.test/a//b"),
        ("/monde/a", "https://journal.test/monde/a"),
        ("a?b=1", "https://journal.test/feed/a?b=1"),
        ("?p=3", "https://journal.test/feed/?p=3"),
        ("//cdn.journal.test/a", "https://cdn.journal.test/a"),
        ("www.journal.test/a", "http://www.journal.test/a"),
        ("https://me:secret@journal.test/a", "https://journal.test/a"),
        ("https://journal.test@evil.test/a", "https://evil.test/a"),
        ("https://evil.test\\@journal.test/a", "https://evil.test/@journal.test/a"),
        ("https://élysée.test/", "https://élysée.test/"),
        ("https://xn--lyse-9oad.test/", "https://élysée.test/"),
        ("https://новини.укр/", "https://новини.укр/"),
        ("https://jоurnal.test/", "https://xn--jurnal-wqf.test/"),
        ("https://новини.test/", "https://xn--b1amarcd.test/"),
        ("http://[2001:4860::8888]/a", "http://[2001:4860::8888]/a"),
    ],
)
def test_addresses_get_their_canonical_spelling(written: str, expected: str) -> None:
    assert canonical(written, BASE) == expected


@pytest.mark.parametrize(
    "written",
    [
        None, "", "   ", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
        "vbscript:x", "file:///etc/passwd", "mailto:me@journal.test", "tel:112", "ftp://journal.test/a", "tg://resolve",
        "http://", "https:///a", "http://a..b/", "http://.test/", "http://jour nal.test/", "http://journal.test:0/",
        "http://journal.test:99999/", "http://journal.test:x/", "http://[::1", "http://<b>.test/", "http://a\"b.test/",
        f"https://journal.test/{'a' * MAX_LENGTH}",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_none(written: str | None) -> None:
    assert canonical(written) is None


def test_a_script_stays_a_script_whatever_the_base() -> None:
    assert canonical("javascript:alert(1)", BASE) is None
    assert canonical("JAVASCRIPT&colon;alert(1)", BASE) != "javascript:alert(1)"


hosts = st.sampled_from(
    ["journal.test", "JOURNAL.test.", "élysée.test", "jоurnal.test", "новини.укр", "[::1]", "1.2.3.4", "a_b.test"]
)
addresses = st.builds(
    "{}://{}{}/{}?{}#{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    hosts,
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.text(max_size=30),
    st.text(max_size=30) | st.sampled_from(["utm_source=x&b=1", "b=%zz&a", "&&=&"]),
    st.text(max_size=10) | st.just("!/x"),
)


@given(addresses | st.text(max_size=80))
def test_canonical_twice_is_canonical_once(written: str) -> None:
    once = canonical(written, BASE)
    assert once is None or canonical(once) == once == canonical(once, "http://elsewhere.test/")


@given(addresses | st.text(max_size=80))
def test_what_comes_out_is_a_printable_http_address(written: str) -> None:
    answer = canonical(written, BASE)
    assert answer is None or (
        answer.startswith(("http://", "https://"))
        and answer.isprintable()
        and not set(answer) & set(' "<>\\^`{|}')
        and len(answer) <= MAX_LENGTH
        and not any(pair.startswith("utm_source") for pair in urlsplit(answer).query.split("&"))
    )


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:pa55@journal.test/feed", "https://***@journal.test/feed"),
        ("https://journal.test/feed?token=abc&id=3", "https://journal.test/feed?token=***&id=3"),
        ("https://journal.test/?access_token=abc#x", "https://journal.test/?access_token=***#x"),
        ("https://journal.test/?a=1&API_KEY=abc", "https://journal.test/?a=1&API_KEY=***"),
        ("https://journal.test/?keyword=ukraine&k=1", "https://journal.test/?keyword=ukraine&k=1"),
        ("https://journal.test/a@b", "https://journal.test/a@b"),
        ("https://journal.test/\r\nX: y", "https://journal.test/X: y"),
    ],
)
def test_secrets_in_addresses_are_masked(url: str, shown: str) -> None:
    assert masked(url) == shown
