"""Every error the bot raises on purpose. Vendors' errors are translated into these at the edge.

    DepecheError                        a key, its arguments, and a remedy
    ├── UsageError                      the command line was called wrongly           (exit 2)
    ├── SettingsError                   an environment variable is wrong              (exit 2)
    ├── FeedListError                   feeds.yaml: line, entry and key               (exit 2)
    ├── ImportRowError                  one row of an archive can't be read
    ├── FetchError                      one address can't be read
    │   ├── AddressRefused              not a public web address
    │   ├── Unreachable                 no name, no connection, broken connection
    │   ├── FetchTimedOut               the total deadline passed
    │   ├── TooLarge                    more bytes than the cap
    │   ├── TooManyRedirects
    │   └── HttpStatus                  the server answered with an error status
    ├── ParseError                      bytes arrived that are not a usable feed
    │   ├── EmptyBody
    │   ├── NotAFeed
    │   ├── BrokenFeed                  it is meant as a feed, and nothing can be read from it
    │   └── ParserKilled                the worker passed its time or memory limit
    ├── StoreError                      the database
    │   ├── StoreUnavailable
    │   ├── StoreCorrupt
    │   └── SchemaTooNew
    ├── CommandError                    what a person asked can't be done; shown to them
    │   ├── InvalidOption
    │   ├── NotAllowed
    │   └── UnknownTopic
    ├── ModelError                      a language model's server; never shown to readers
    └── PlatformError                   a chat platform
        ├── PlatformRefused             a token or a connection is not accepted
        └── PlatformUnavailable

A key names two sentences in the catalogues: ``error.<key>`` says what is wrong and ``error.<key>.remedy``
how to mend it. Arguments are plain values for their placeholders. No error carries a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

Argument = str | int | float | None


class DepecheError(Exception):
    """Base of all our errors.

    ``key`` is the catalogue key without its ``error.`` prefix, in kebab case; subclasses that stand for one
    situation fix it, the others are given it.
    """

    key: str = "unexpected"

    def __init__(self, key: str | None = None, /, **arguments: Argument) -> None:
        if key is not None:
            self.key = key
        self.arguments: Mapping[str, Argument] = arguments
        super().__init__(self.key, arguments)

    def __str__(self) -> str:
        """A line for logs; people read the catalogue's sentence instead."""
        details = " ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"{self.key} {details}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary whole: Exception's own pickling loses keyword arguments."""
        return (_rebuild, (type(self), self.key, dict(self.arguments)))


def _rebuild(kind: type[DepecheError], key: str, arguments: dict[str, Argument]) -> DepecheError:
    return kind(key, **arguments)


class UsageError(DepecheError):
    """The command line was called wrongly."""


class SettingsError(DepecheError):
    """An environment variable is wrong. Arguments: ``name`` and what the sentence needs."""


class FeedListError(DepecheError):
    """feeds.yaml is wrong. Arguments: ``line`` (1-based), ``entry`` (1-based, 0: the file itself), ``field``."""


class ImportRowError(DepecheError):
    """One row of an archive can't be read. Arguments: ``line`` (1-based) and ``field``."""


class FetchError(DepecheError):
    """One address can't be read now. Arguments: ``url`` (secrets masked)."""

    key = "fetch-failed"


class NotWanted(Exception):
    """Whoever asked for an address had no use for it any more when its turn came. Nothing was sent, nobody is told."""


class AddressRefused(FetchError):
    """Not a public web address: private, loopback, metadata, odd scheme or port, or malformed."""

    key = "address-refused"


class Unreachable(FetchError):
    """No such name, no connection, or a connection that broke."""

    key = "unreachable"


class FetchTimedOut(FetchError):
    """The total deadline passed. Arguments: ``url``, ``seconds``."""

    key = "fetch-timed-out"


class TooLarge(FetchError):
    """More bytes than the cap, counted after decompression. Arguments: ``url``, ``limit`` (bytes)."""

    key = "too-large"


class TooManyRedirects(FetchError):
    """More redirects than we follow. Arguments: ``url``, ``limit``."""

    key = "too-many-redirects"


class HttpStatus(FetchError):
    """The server answered with an error status. Arguments: ``url``, ``status``."""

    key = "http-status"

    def __init__(self, key: str | None = None, /, retry_after: float | None = None, **arguments: Argument) -> None:
        super().__init__(key, **arguments)
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        """The HTTP status code."""
        status = self.arguments["status"]
        assert isinstance(status, int)
        return status


class ParseError(DepecheError):
    """Bytes arrived that are not a usable feed. Arguments: ``url``."""

    key = "broken-feed"


class EmptyBody(ParseError):
    """The answer had no content."""

    key = "empty-body"


class NotAFeed(ParseError):
    """The answer is something else: a web page, a text file, an image."""

    key = "not-a-feed"


class BrokenFeed(ParseError):
    """It is meant as a feed, and no entry can be read from it."""

    key = "broken-feed"


class ParserKilled(ParseError):
    """The worker passed its time or memory limit."""

    key = "parser-killed"


class StoreError(DepecheError):
    """The database can't be used."""

    key = "store-unavailable"


class StoreUnavailable(StoreError):
    """No connection, no rights, no space. Arguments: ``database`` (secrets masked), ``reason``."""

    key = "store-unavailable"


class StoreCorrupt(StoreError):
    """An existing file that is not a healthy database. Arguments: ``path``."""

    key = "store-corrupt"


class SchemaTooNew(StoreError):
    """The database was written by a newer version. Arguments: ``found``, ``known``."""

    key = "schema-too-new"


class CommandError(DepecheError):
    """What a person asked can't be done. Its sentence is the answer they read."""


class InvalidOption(CommandError):
    """A value that can't be understood. Arguments: ``option``, ``value``."""

    key = "invalid-option"


class NotAllowed(CommandError):
    """The person may not do this here."""

    key = "not-allowed"


class UnknownTopic(CommandError):
    """No topic of that name, and no article either. Arguments: ``value``, ``nearest`` (comma separated)."""

    key = "unknown-topic"


class ModelError(DepecheError):
    """A model gave no usable answer. Arguments: ``status``, ``wait`` (seconds asked for), ``passing`` (it may pass)."""


class PlatformError(DepecheError):
    """A chat platform can't be used. Arguments: ``platform``."""

    key = "platform-unavailable"


class PlatformRefused(PlatformError):
    """A token or a connection is not accepted: a person has to act."""

    key = "platform-refused"


class PlatformUnavailable(PlatformError):
    """It can't be reached now: wait and try again."""

    key = "platform-unavailable"
