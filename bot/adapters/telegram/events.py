"""Update → what became of a chat, or of our place in it. Pure."""

from __future__ import annotations

from telegram import Chat, ChatFullInfo, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, Update

from bot.adapters.telegram.inbound import PLATFORM, kind_of
from bot.domain.chat import ChatAddress, ChatKind
from bot.ports.talking import ChatChange, ChatEvent

_WRITERS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


def chat_event(update: Update) -> ChatEvent | None:
    """What an update tells about a whole chat; None for what people say."""
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    message = update.message or update.channel_post
    return None if message is None else _migration(message) or _reopening(message)


def _migration(message: Message) -> ChatEvent | None:
    """A group that becomes a supergroup says so in both; whichever comes first counts."""
    if message.migrate_to_chat_id:
        return _moved(message.chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return _moved(message.migrate_from_chat_id, message.chat.id)
    return None


def _reopening(message: Message) -> ChatEvent | None:
    """A topic of a forum is open again. That one was closed the first refusal tells: administrators may write."""
    if message.forum_topic_reopened is None or not message.message_thread_id:
        return None
    topic = ChatAddress(PLATFORM, str(message.chat.id), str(message.message_thread_id))
    return ChatEvent(topic, ChatKind.GROUP, ChatChange.BACK)


def _moved(old: int, new: int) -> ChatEvent:
    return ChatEvent(_address(old), ChatKind.GROUP, ChatChange.MOVED, moved_to=_address(new))


def _membership(update: ChatMemberUpdated) -> ChatEvent | None:
    before = may_write(update.chat, update.old_chat_member)
    after = may_write(update.chat, update.new_chat_member)
    if before == after:
        return None
    change = ChatChange.BACK if after else ChatChange.GONE
    return ChatEvent(_address(update.chat.id), kind_of(update.chat), change, person=str(update.from_user.id))


def may_write(chat: Chat | ChatFullInfo, us: ChatMember) -> bool:
    """Whether we can post. In a channel administrators do; a restricted member of a group may still be allowed to."""
    if isinstance(us, ChatMemberRestricted):
        return us.is_member and us.can_send_messages
    if chat.type == Chat.CHANNEL:
        return us.status == ChatMember.OWNER or (
            us.status == ChatMember.ADMINISTRATOR and getattr(us, "can_post_messages", None) is not False
        )
    return us.status in _WRITERS


def _address(chat: int) -> ChatAddress:
    return ChatAddress(PLATFORM, str(chat))
