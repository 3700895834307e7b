"""``/setup``: one chat of a server, set up at once: where, in which language, when, who decides, who is told.

Every button is a command one could type: ``setup <chat> language fr``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.commands import settings
from bot.commands.command import Access, Command, Context, Option
from bot.commands.language import language_named
from bot.commands.order import Order, read_order
from bot.commands.switch import switch
from bot.domain.errors import CommandError, InvalidOption
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.server import Place, Role, Server
from bot.i18n.zones import find_zone, offered_zones, suggest_zones
from bot.ports import OptionKind, ServerView
from bot.services.servers import Equipped, Wishes, look, set_up
from bot.services.subscribe import MOST_TIMES
from bot.views.setup import Setup, setup_message, setup_zones_message

NOBODY = "none"
"""What takes a choice back."""
WHICH = "?"
"""Asks for what there is to choose from."""


async def answer(context: Context) -> Message:
    """Change what is given and show how the chat is set up; without a server, its settings."""
    view = context.request.server
    if view is None or context.server is None:
        return await settings.answer(replace(context, options={}))
    place = _place(context.options.get("channel") or context.request.chat.chat, view)
    if context.options.get("zone") == WHICH:
        return await _cities(context, view, context.server, place)
    wishes = _wishes(context, view, place)
    store = context.services.store
    if wishes == Wishes():
        return _shown(context, view, place, await look(store, place.address, context.server))
    done = await set_up(
        store,
        place.address,
        context.server,
        wishes,
        default_language=context.language,
        default_zone=context.services.default_zone,
        now=context.now,
    )
    return _shown(context, view, place, done)


def bind(_options: tuple[Option, ...], text: str) -> dict[str, str]:
    """A button's words: the chat, then what is changed, then to what."""
    chat, _, rest = text.partition(" ")
    what, _, value = rest.partition(" ")
    return {"channel": chat, what: value} if what else {"channel": chat}


# --- What is wished ---


def _wishes(context: Context, view: ServerView, place: Place) -> Wishes:
    """Everything is read before anything is written. Raises CommandError."""
    given = context.options
    order = _order(given.get("time"))
    zone = given.get("zone") or (order.place if order else "")
    alerted, alert_role = _alerts(given.get("alerts"), view)
    return Wishes(
        language=_language(given.get("language")),
        zone=_zone(zone, asked="zone" in given) if zone else None,
        times=None if order is None else order.times,
        days=None if order is None else order.days,
        moderator_role=_moderators(context, view),
        alerted=alerted,
        alert_role=alert_role,
        tag=_tag(given.get("tag"), place),
    )


def _place(chat: str, view: ServerView) -> Place:
    place = view.place(chat)
    if place is None:
        raise CommandError("channel-not-here")
    return place


def _language(typed: str | None) -> ReaderLanguage | None:
    language = None if typed is None else language_named(typed)
    if typed is not None and language is None:
        raise InvalidOption("invalid-language", option="language", value=typed)
    return language


def _order(typed: str | None) -> Order | None:
    if typed is None:
        return None
    if typed.lower() == NOBODY:
        return Order((), None, "")
    order = read_order(typed)
    if not order.times:
        raise InvalidOption("invalid-time", option="time", value=typed)
    if len(order.times) > MOST_TIMES:
        raise InvalidOption("too-many-times", option="time", limit=MOST_TIMES)
    return order


def _zone(typed: str, *, asked: bool) -> str:
    zone = find_zone(typed)
    if zone is None:
        raise InvalidOption("invalid-zone" if asked else "invalid-time", option="zone", value=typed)
    return zone


def _moderators(context: Context, view: ServerView) -> str | None:
    """Only who manages the server says who else decides. Raises CommandError."""
    role = _role(context.options.get("moderators"), "moderators", view)
    if role is not None and context.request.by_role:
        raise CommandError("needs-server-manager")
    return role


def _alerts(typed: str | None, view: ServerView) -> tuple[bool | None, str | None]:
    """Whether breaking news comes, and who is told of it by name: who chooses a role wants both."""
    wanted = None if typed is None else switch(typed)
    if wanted is not None and typed != NOBODY:
        return wanted, None
    role = _role(typed, "alerts", view)
    return (True if role else None), role


def _role(typed: str | None, option: str, view: ServerView) -> str | None:
    """A role's id, empty for none. Everybody's role would make everybody a moderator, or ring for everybody."""
    if typed is None or typed.lower() == NOBODY:
        return None if typed is None else ""
    role = view.role(typed)
    if role is None:
        raise InvalidOption("unknown-role", option=option)
    if role.for_all:
        raise InvalidOption("role-of-everyone", option=option)
    return role.id


def _tag(typed: str | None, place: Place) -> str | None:
    if typed is None or typed.lower() == NOBODY:
        return None if typed is None else ""
    if place.tags is None:
        raise CommandError("no-forum", name=place.name)
    for tag, name in place.tags:
        if typed == tag or typed.casefold() == name.casefold():
            return tag
    raise InvalidOption("unknown-tag", option="tag", value=typed)


# --- How it is shown ---


def _shown(context: Context, view: ServerView, place: Place, now: Equipped) -> Message:
    return setup_message(_setup(context, view, place, now), context.now)


async def _cities(context: Context, view: ServerView, server: Server, place: Place) -> Message:
    present = _setup(context, view, place, await look(context.services.store, place.address, server))
    zones = offered_zones(context.language, context.now, first=[present.zone], all_of_them=True)
    return setup_zones_message(present, zones, context.now)


def _setup(context: Context, view: ServerView, place: Place, now: Equipped) -> Setup:
    return Setup(
        answered_in=context.language,
        place=place,
        language=now.language or context.language,
        zone=now.zone or context.services.default_zone,
        subscriptions=now.subscriptions,
        moderators=_known(now.server.moderator_role, view),
        alerted=now.alerted,
        alerts=_known(now.posting.alert_role, view),
        tag=now.posting.tag,
    )


def _known(role: str | None, view: ServerView) -> Role | None:
    """A role that was deleted is no longer anybody's."""
    return None if role is None else view.role(role)


def _zones(typed: str, language: ReaderLanguage) -> list[tuple[str, str]]:
    return suggest_zones(typed, language)


_LANGUAGES: Mapping[ReaderLanguage, str] = {"fr": "button.language-fr", "en": "button.language-en"}

COMMAND = Command(
    "setup",
    answer,
    options=(
        Option("channel", kind=OptionKind.CHAT),
        Option("language", choices=tuple(_LANGUAGES.items())),
        Option("zone", suggestions=_zones),
        Option("time"),
        Option("moderators", kind=OptionKind.ROLE),
        Option("alerts", kind=OptionKind.ROLE),
        Option("tag", kind=OptionKind.TAG),
    ),
    access=Access.SETTINGS,
    for_moderators=True,
    in_servers=True,
    aliases={"fr": ("installer",)},
    bind=bind,
)
