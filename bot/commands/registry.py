"""Finds the command someone means, checks that they may, and turns every failure into an answer in their language."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog

import bot.commands
from bot.commands.command import Access, Command, Context, Services
from bot.commands.recalled import Recalled
from bot.commands.recent import Recent
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.errors import CommandError, DepecheError, NotAllowed, StoreError
from bot.domain.language import READER_LANGUAGES, ReaderLanguage, reader_language
from bot.domain.message import Message
from bot.i18n import translator
from bot.ports import CommandDescription, OptionDescription, Request
from bot.services.once import CarriedOut, OnceStore
from bot.services.servers import admitted, server_of
from bot.views.again import answered_above_message
from bot.views.error import error_message

log = structlog.get_logger(__name__)

MENU_ORDER = ("brief", "status", "search", "subscribe", "settings", "sources", "help", "addfeed", "feeds")
"""The short menu, as people meet it; other commands follow by name."""
MOST_TRIES = 3
"""How often a request is begun that we were killed while we carried it out."""


def discover() -> tuple[Command, ...]:
    """Every command: each module of this package that has a ``COMMAND``. A new command is one file."""
    modules = (
        importlib.import_module(f"bot.commands.{found.name}") for found in pkgutil.iter_modules(bot.commands.__path__)
    )
    commands = [module.COMMAND for module in modules if hasattr(module, "COMMAND")]
    place = {verb: number for number, verb in enumerate(MENU_ORDER)}
    return tuple(sorted(commands, key=lambda command: (place.get(command.verb, len(place)), command.verb)))


@dataclass(frozen=True, slots=True)
class Registry:
    """Answers requests. Platforms hold its ``dispatch`` and its ``descriptions``."""

    commands: Mapping[str, Command]
    """By verb and by every alias."""
    services: Services
    recent: Recent = field(default_factory=Recent)
    recalled: Recalled = field(default_factory=Recalled)

    @classmethod
    def of(cls, commands: Sequence[Command], services: Services) -> Registry:
        """A registry of these commands. Raises ValueError where two share a word."""
        words: dict[str, Command] = {}
        for command in commands:
            for word in (command.verb, *(alias for aliases in command.aliases.values() for alias in aliases)):
                if words.setdefault(word, command) is not command:
                    raise ValueError(f"two commands are called {word}")
        return cls(words, services)

    def descriptions(self) -> tuple[CommandDescription, ...]:
        """The commands as platforms show them, in menu order."""
        once = {command.verb: command for command in self.commands.values()}
        return tuple(_described(command) for command in once.values())

    async def suggest(
        self, verb: str, option: str, typed: str, language: ReaderLanguage, chat: ChatAddress
    ) -> Sequence[tuple[str, str]]:
        """Values for an option while it is typed: at most 25 (label, value). Raises StoreError."""
        command = self.commands.get(verb)
        for candidate in command.options if command else ():
            if candidate.name == option and candidate.suggestions is not None:
                return candidate.suggestions(typed, language)[:25]
            if candidate.name == option and candidate.recalled is not None:
                return (await self.recalled.matching(candidate.recalled, self.services, chat, typed))[:25]
        return []

    async def dispatch(self, request: Request) -> Message | None:
        """Answer a request; None where it was answered before, or is not for us."""
        once = OnceStore(self.services.store, self.services.clock, request.chat.platform, request.update_id)
        try:
            tried = await self._tried(once)
            if tried is None:
                return None
            message = await self._answered(request, once) if tried <= MOST_TRIES else self._given_up(request)
            await once.finish()
        except CarriedOut:
            return None
        except StoreError as error:  # The operator's to mend, who reads of it in the log: a reader can only come back.
            log.warning("command failed", command=request.command, error=error.key)
            return error_message(DepecheError("unexpected"), self._client_language(request))
        return message

    def _client_language(self, request: Request) -> ReaderLanguage:
        return reader_language(request.client_language, self.services.default_language)

    async def _answered(self, request: Request, once: OnceStore) -> Message | None:
        """The answer, be it an apology. Raises StoreError and CarriedOut."""
        language = self._client_language(request)
        try:
            context = await self._context(request, language, once)
            language = context.language
            return await self._answer(context)
        except (StoreError, CarriedOut):
            raise
        except DepecheError as error:
            if not isinstance(error, CommandError):
                log.warning("command failed", command=request.command, error=error.key)
            return error_message(error, language)
        except Exception:
            log.exception("command crashed", command=request.command)
            return error_message(DepecheError("unexpected"), language)

    async def _tried(self, once: OnceStore) -> int | None:
        """For which time an update is begun; None: it has been carried out."""
        if not once.update_id:
            return 1
        async with once.store.write() as unit:
            return await unit.chats.receive(once.platform, once.update_id, once.clock.now())

    def _given_up(self, request: Request) -> Message:
        """It was begun several times and ended us each time."""
        log.error("a command was begun several times and never carried out", command=request.command)
        return error_message(DepecheError("unexpected"), self._client_language(request))

    async def _context(self, request: Request, client: ReaderLanguage, once: OnceStore) -> Context:
        """Meeting a chat is no effect of a command: it is the same however often it happens."""
        async with self.services.store.write() as unit:
            chat = await unit.chats.meet(request.chat, request.chat_kind, writable=_writable(request))
            server = await server_of(unit, request)
            if server is not None:
                await unit.servers.own(chat.id, server.id)
        if server is not None:
            chat, request = server.home_of(chat), admitted(request, server)
        command = self.commands.get(request.command.lower())
        return Context(
            request=request,
            chat=chat,
            server=server,
            language=client if request.for_asker_alone and request.client_language else chat.language or client,
            zone=chat.zone or self.services.default_zone,
            now=self.services.clock.now(),
            options=_options(command, request) if command else {},
            services=self.services.on(once),
        )

    async def _answer(self, context: Context) -> Message | None:
        request = context.request
        if request.obstacle:
            raise CommandError(request.obstacle, value=request.text)
        command = self.commands.get(request.command.lower())
        if command is None:
            if request.chat_kind is not ChatKind.PRIVATE:
                return None  # In a group it was probably meant for another bot.
            raise CommandError("unknown-command", value=request.command)
        await self._require(command.access, context)
        above = self.recent.answered(command.verb, context)
        if above is not None:
            return answered_above_message(above.at, above.update_id, language=context.language, zone=context.zone)
        message = await command.answer(context)
        self.recent.note(command.verb, context)
        return message

    async def _require(self, access: Access, context: Context) -> None:
        """Rights are asked for at every request, so that an old button is worth no more than its presser's are now."""
        if access is Access.SETTINGS and not context.request.is_moderator:
            raise NotAllowed
        if access in {Access.MODERATOR, Access.BOT_MODERATOR}:
            who = await self.services.moderating.moderators.who(context.request, context.chat)
            if access is Access.BOT_MODERATOR and not who.authority.bot:
                raise CommandError("not-bot-moderator")
            if not who.authority.any:
                raise NotAllowed


def _writable(request: Request) -> bool:
    """Whether what is due may be sent where this was asked: a server's chat may be open to people and shut to us."""
    place = None if request.server is None else request.server.place(request.chat.chat)
    return place is None or place.writable


def _options(command: Command, request: Request) -> dict[str, str]:
    given = command.bind(command.options, request.text) if request.options is None else request.options
    return {name: value.strip() for name, value in given.items() if value.strip()}


def _described(command: Command) -> CommandDescription:
    return CommandDescription(
        verb=command.verb,
        descriptions=_in_every_language(f"command.{command.verb}.description"),
        options=tuple(
            OptionDescription(
                name=option.name,
                descriptions=_in_every_language(f"command.{command.verb}.option.{option.name}"),
                required=option.required,
                suggested=option.suggestions is not None or option.recalled is not None,
                kind=option.kind,
                choices=tuple((value, _in_every_language(key)) for value, key in option.choices),
            )
            for option in command.options
        ),
        aliases=command.aliases,
        in_menu=command.in_menu,
        for_moderators=command.for_moderators,
        in_servers=command.in_servers,
        elsewhere=command.access in {Access.SETTINGS, Access.MODERATOR},
    )


def _in_every_language(key: str) -> dict[ReaderLanguage, str]:
    return {language: translator(language).text(key) for language in READER_LANGUAGES}
