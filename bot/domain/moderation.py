"""Who may change what about a feed, and what a change makes of it. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from bot.domain.chat import ChatKind, PlatformName
from bot.domain.errors import CommandError
from bot.domain.feed import Feed, FeedState, Origin

MOST_OF_ONE_PERSON = 20
"""Feeds of a private chat."""
MOST_OF_A_GROUP = 50
"""Feeds of a group or a channel."""
ADDITIONS_A_DAY = 10
"""Of one chat: enough to set one up in an evening, too few to fill the machine."""
PREVIEWS_A_DAY = 40
"""Of one chat. Each is a dozen requests to somebody else's server."""
DAY = timedelta(days=1)

Actor = str
"""A person as the audit log knows them: always the same for one person, and no way back to who it is."""

BOT: Actor = ""
"""The actor of what the bot does by itself."""

FORMER: Actor = "former"
"""The actor of what people did who asked to be forgotten since: all of them are one."""


class Verb(StrEnum):
    """What can be done to a feed."""

    ADD = "add"
    REMOVE = "remove"
    PAUSE = "pause"
    RESUME = "resume"
    MUTE = "mute"
    UNMUTE = "unmute"
    PROMOTE = "promote"
    """Make a chat's feed everyone's."""
    UNDO = "undo"
    HIDE = "hide"
    """Tell a reported story no more."""
    CORRECT = "correct"
    """Set a reported point right in the messages that told it."""
    DISMISS = "dismiss"
    """A reported point is as its sources say."""


OF_REPORTS = frozenset({Verb.HIDE, Verb.CORRECT, Verb.DISMISS})
"""What is done to reported points, not to feeds."""


@dataclass(frozen=True, slots=True)
class Authority:
    """What a person may moderate."""

    chat: bool
    """The sources of the chat they write in."""
    bot: bool = False
    """The sources everyone gets."""

    @property
    def any(self) -> bool:
        """Whether they moderate anything at all."""
        return self.chat or self.bot


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a feed stands, seen from one chat: what moderators change, and what undoing restores."""

    attached: bool
    """The chat added it."""
    muted: bool
    """The chat does not want to hear it."""
    public: bool
    """Everyone's."""
    state: FeedState


@dataclass(frozen=True, slots=True)
class Case:
    """A feed and its standing, as they are when a moderator asks for a change."""

    feed: Feed
    standing: Standing
    shared: bool
    """Other chats added it too."""

    @property
    def followed(self) -> bool:
        """Whether the chat is told what it says."""
        standing = self.standing
        return standing.state is not FeedState.RETIRED and (standing.attached or standing.public)


def actor_of(platform: PlatformName, person: str) -> Actor:
    """The actor a person is."""
    return hashlib.blake2b(f"{platform}:{person}".encode(), digest_size=8, person=b"depeche.actor").hexdigest()


def most_feeds(kind: ChatKind) -> int:
    """How many feeds of its own a chat may have."""
    return MOST_OF_ONE_PERSON if kind is ChatKind.PRIVATE else MOST_OF_A_GROUP


def changed(verb: Verb, case: Case, authority: Authority) -> Standing:
    """The standing after a change. Raises CommandError where it may not be made, or would change nothing."""
    match verb:
        case Verb.ADD:
            return _added(case)
        case Verb.REMOVE:
            return _removed(case, authority)
        case Verb.PAUSE:
            return _paused(case, authority)
        case Verb.RESUME:
            return _resumed(case, authority)
        case Verb.MUTE | Verb.UNMUTE:
            return _muted(case, verb is Verb.MUTE, authority)
        case Verb.PROMOTE:
            return _promoted(case, authority)
    raise ValueError(f"{verb} is decided by undone()")


def undone(before: Standing, after: Standing, case: Case, authority: Authority) -> Standing:
    """The standing that takes a change back.

    Raises CommandError where someone changed it since, or where it took more rights than ``authority`` has.
    """
    if case.standing != after:
        raise CommandError("undo-changed-since", name=case.feed.name)
    other_state = before.state is not after.state
    everyones = before.public != after.public or (before.public and other_state)
    theirs = (before.attached, before.muted) != (after.attached, after.muted)
    if everyones:
        _require(authority.bot, case)
    elif theirs or not (case.shared and other_state and authority.bot):
        _require(authority.chat, case)
    if not (case.shared and other_state):
        return before
    if before.state is FeedState.RETIRED:  # Other chats added it meanwhile: it goes on for them.
        return replace(before, state=after.state)
    if not authority.bot:
        raise CommandError("feed-shared", name=case.feed.name, feed=case.feed.id)
    return before


def followed_already(case: Case) -> CommandError:
    """Why a feed that the chat is told of need not be added."""
    key = "feed-everyones-already" if case.standing.public else "feed-here-already"
    return CommandError("feed-muted-here" if case.standing.muted else key, name=case.feed.name, feed=case.feed.id)


def _added(case: Case) -> Standing:
    if case.followed:
        raise followed_already(case)
    # What another chat paused, or a server gave up, was just read: it is worth reading again.
    return Standing(attached=True, muted=False, public=False, state=FeedState.ACTIVE)


def _removed(case: Case, authority: Authority) -> Standing:
    _require_followed(case)
    if not case.standing.public:
        _require(authority.chat, case)
    elif case.feed.origin is not Origin.CHAT:
        raise CommandError("feed-listed-by-operator", name=case.feed.name, feed=case.feed.id)
    else:
        _require(authority.bot, case)
    state = case.standing.state if case.shared else FeedState.RETIRED
    return replace(case.standing, attached=False, muted=False, public=False, state=state)


def _paused(case: Case, authority: Authority) -> Standing:
    _require_followed(case)
    _require_state_right(case, authority)
    if case.standing.state is not FeedState.ACTIVE:
        raise CommandError("feed-not-read", name=case.feed.name, feed=case.feed.id)
    return replace(case.standing, state=FeedState.PAUSED)


def _resumed(case: Case, authority: Authority) -> Standing:
    _require_followed(case)
    _require_state_right(case, authority)
    if case.standing.state is FeedState.ACTIVE:
        raise CommandError("feed-read-already", name=case.feed.name)
    return replace(case.standing, state=FeedState.ACTIVE)


def _muted(case: Case, wanted: bool, authority: Authority) -> Standing:
    _require_followed(case)
    _require(authority.chat, case)
    if case.standing.muted is wanted:
        raise CommandError("feed-muted-already" if wanted else "feed-heard-already", name=case.feed.name)
    return replace(case.standing, muted=wanted)


def _promoted(case: Case, authority: Authority) -> Standing:
    if not authority.bot:
        raise CommandError("not-bot-moderator")
    _require_followed(case)
    if case.standing.public:
        raise CommandError("feed-everyones-already", name=case.feed.name, feed=case.feed.id)
    return replace(case.standing, public=True)


def _require_followed(case: Case) -> None:
    if not case.followed:
        raise CommandError("feed-not-here", value=case.feed.name)


def _require_state_right(case: Case, authority: Authority) -> None:
    """Whether it is read concerns everyone who reads it."""
    if case.standing.public:
        _require(authority.bot, case)
    elif case.shared and not authority.bot:
        raise CommandError("feed-shared", name=case.feed.name, feed=case.feed.id)
    else:
        _require(authority.bot if case.shared else authority.chat, case)


def _require(right: bool, case: Case) -> None:
    if not right:
        key = "feed-is-everyones" if case.standing.public else "not-allowed"
        raise CommandError(key, name=case.feed.name, feed=case.feed.id)
