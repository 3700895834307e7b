"""The address guard: which addresses may be connected to."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Mapping

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.guard import is_public, require_public
from bot.domain.errors import AddressRefused, FetchError, Unreachable
from bot.ports import FetchRequest
from tests.fakes.web import Answer, WebServer

_PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.0.1 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.1 192.0.0.9 192.0.0.170 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1
203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:7f00:1 ::ffff:0:127.0.0.1
64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 2001::1 2001:10::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::1
3fff::1 5f00::1 fc00::1 fd00:ec2::254 fdff::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
"""
_PUBLIC = """
1.1.1.1 8.8.8.8 9.9.9.9 100.63.255.255 100.128.0.1 128.0.0.1 172.15.255.255 172.32.0.1 192.0.1.1 193.0.0.1
223.255.255.254 ::ffff:8.8.8.8 2001:4860:4860::8888 2606:4700:4700::1111 2a01:cb00::1
"""
PRIVATE, PUBLIC = _PRIVATE.split(), _PUBLIC.split()
NOT_ADDRESSES = ["", "localhost", "127.1", "0x7f000001", "2130706433", "1.2.3.4.5", "[::1]", "a:b", "8.8.8.8 "]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("text", NOT_ADDRESSES)
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(text)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_within_ipv6_is_never_freer_than_itself(address: ipaddress.IPv4Address) -> None:
    carried = [f"::ffff:{address}", f"::{address}", f"64:ff9b::{address}", f"::ffff:0:{address}"]
    assert all(is_public(str(address)) or not is_public(form) for form in carried)


@given(st.text(max_size=60))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    assert is_public(text) in {True, False}


REFUSED = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.1./",
    "http://①②⑦.⓪.⓪.①/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fe80::1%25eth0]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost/",
    "http://intranet/",
    "https://user:password@10.0.0.1/",
    "http://journal.test:22/",
    "http://journal.test:8080/",
    "https://journal.test:6379/",
    "ftp://journal.test/",
    "file:///etc/passwd",
    "gopher://journal.test:70/",
    "javascript:alert(1)",
    "data:text/html,x",
    "journal.test/feed",
    "/feed",
    "http://",
    "http:///feed",
    "",
    "http://jour nal.test/",
    "http://[::1",
    "http://journal.test:port/",
    "http://journal.test:99999/",
]


class Names(AbstractResolver):
    """DNS with a script: the answers of each name, one list a look-up, the last one repeated."""

    def __init__(self, answers: Mapping[str, list[list[str]]]) -> None:
        self.answers = {name: list(lists) for name, lists in answers.items()}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        lists = self.answers.get(host)
        if lists is None:
            raise OSError("no such name")
        addresses = lists.pop(0) if len(lists) > 1 else lists[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with WebServer({"/": Answer(b"secret")}) as running:
        yield running


async def refusal(url: str, names: Names | None = None) -> FetchError:
    async with WebFetcher(user_agent="test", seconds=2.0, resolver=names or Names({})) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(FetchRequest(url))
    return caught.value


@pytest.mark.parametrize("url", REFUSED)
async def test_private_and_malformed_targets_are_refused(url: str) -> None:
    assert isinstance(await refusal(url), AddressRefused)


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["::1"],
        ["8.8.8.8", "127.0.0.1"],
        ["127.0.0.1", "8.8.8.8"],
        ["::ffff:10.0.0.1"],
        ["169.254.169.254"],
    ],
)
async def test_a_name_with_any_private_answer_is_refused(addresses: list[str]) -> None:
    assert isinstance(await refusal("http://journal.test/", Names({"journal.test": [addresses]})), AddressRefused)


async def test_the_socket_is_guarded_even_where_the_resolver_was_deceived(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rebinding: whatever was looked up before, the address a socket is made for is judged again."""
    monkeypatch.setattr("bot.adapters.web.fetch.PublicResolver", lambda resolver: resolver)
    monkeypatch.setattr("bot.adapters.web.guard._PORTS", frozenset({server.port}))
    names = Names({"journal.test": [["127.0.0.1"]]})
    assert isinstance(await refusal(f"http://journal.test:{server.port}/", names), AddressRefused)
    assert server.connections == 0


async def test_a_name_that_changes_its_answer_is_refused_when_it_turns_private() -> None:
    names = Names({"journal.test": [["192.0.2.1"], ["127.0.0.1"]]})
    for _ in range(2):
        assert isinstance(await refusal("http://journal.test/", names), AddressRefused)


async def test_an_unknown_name_is_unreachable_not_refused() -> None:
    assert isinstance(await refusal("http://nowhere.test/"), Unreachable)


async def test_proxies_in_the_environment_are_ignored(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, server.url("/"))
    assert isinstance(await refusal("http://journal.test/", Names({"journal.test": [["10.0.0.1"]]})), AddressRefused)
    assert server.connections == 0


async def test_only_the_allowed_pair_is_exempt(server: WebServer) -> None:
    async with WebServer({"/": Answer(b"other")}) as other:
        names = Names({"feeds.test": [["127.0.0.1"]], "evil.test": [["127.0.0.1"]]})
        allow = frozenset({("feeds.test", server.port)})
        async with WebFetcher(user_agent="test", allow=allow, resolver=names) as fetcher:
            answer = await fetcher.fetch(FetchRequest(f"http://feeds.test:{server.port}/"))
            assert answer.body == b"secret"
            for url in (f"http://127.0.0.1:{server.port}/", f"http://feeds.test:{other.port}/", "http://evil.test/"):
                with pytest.raises(AddressRefused):
                    await fetcher.fetch(FetchRequest(url))
    assert (server.connections, other.connections) == (1, 0)


async def test_a_public_address_passes_the_guard() -> None:
    """It is refused by no rule: what stops it here is that nothing listens there."""
    require_public(URL("https://[2001:4860:4860::8888]/feed"))
    require_public(URL("https://журнал.test/feed"))
    require_public(URL("http://journal.test./feed"))
    await asyncio.sleep(0)
