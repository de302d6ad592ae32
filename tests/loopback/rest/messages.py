"""Routes for messages, reactions and typing."""

from __future__ import annotations

from typing import Any

from tests.loopback.constants import Intent, Json, MessageFlag, MessageType
from tests.loopback.errors import ApiError
from tests.loopback.limits import LIMITS
from tests.loopback.payloads import objects
from tests.loopback.permissions import Permission
from tests.loopback.validation.drafts import amend, fill, read_draft
from tests.loopback.validation.problems import Problems
from tests.loopback.world.channels import Channel
from tests.loopback.world.intents import conceal
from tests.loopback.world.model import Message

from .routes import NO_CONTENT, Call, Reply, Routes

P = Permission
ROUTES = Routes()
_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = _MESSAGES + "/{message_id}"
_REACTION = _MESSAGE + "/reactions/{emoji}"


def show(call: Call, message: Message) -> Json:
    """Return a message as the bot may read it."""
    data = objects.message(message)
    if call.world.granted & Intent.MESSAGE_CONTENT:
        return data
    return conceal(data, message, call.world.bot)


@ROUTES.on("POST", _MESSAGES)
def create(call: Call) -> Reply:
    channel = call.channel()
    _require_sending(call, channel)
    reference = _reference(call, channel)
    draft = read_draft(call.world, call.form, call.files)
    known = _same_nonce(call, channel, draft.nonce)
    if known is not None:
        return Reply(show(call, known))
    if draft.attachments:
        call.require(channel, P.ATTACH_FILES)
    if draft.embeds and not call.allowed(channel, P.EMBED_LINKS):
        draft.embeds = []
    if draft.empty:
        raise ApiError(50006)
    draft.flags &= ~MessageFlag.EPHEMERAL
    world = call.world
    message = Message(world.snowflakes.next(), channel, world.bot, world.clock.now())
    if reference is not None:
        message.type, message.reference = MessageType.REPLY, reference
    fill(message, draft)
    return Reply(show(call, world.add_message(message)))


def _require_sending(call: Call, channel: Channel) -> None:
    if channel.guild is None:
        _require_dm_open(call, channel)
        return
    if channel.is_forum:
        raise ApiError(50008)
    call.require(channel, P.SEND_MESSAGES_IN_THREADS if channel.is_thread else P.SEND_MESSAGES)
    if channel.is_thread and channel.locked and not call.allowed(channel, P.MANAGE_THREADS):
        raise ApiError(50083)


def _require_dm_open(call: Call, channel: Channel) -> None:
    person = channel.recipient
    assert person is not None
    guilds = call.world.guilds.values()
    shared = any(person.id in g.members and g.bot_member is not None for g in guilds)
    # whoever wrote first can be answered, also without a server in common
    known = shared or any(message.author is person for message in channel.history)
    if person.bot or not person.dms_open or not known:
        raise ApiError(50007)


def _reference(call: Call, channel: Channel) -> Message | None:
    given = call.form.get("message_reference")
    if not given:
        return None
    if not call.allowed(channel, P.READ_MESSAGE_HISTORY):
        raise ApiError(160002)
    target = channel.messages.get(int(given["message_id"]))
    if target is not None and not target.deleted and target.visible_to is None:
        return target
    if given.get("fail_if_not_exists", True):
        problems = Problems()
        problems.add(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        problems.refuse_if_any()
    return None


def _same_nonce(call: Call, channel: Channel, nonce: str | None) -> Message | None:
    if nonce is None or not call.form.get("enforce_nonce"):
        return None
    since = call.world.clock.now() - LIMITS["NONCE_SECONDS"]
    for message in channel.messages.values():
        mine = message.author is call.world.bot and message.nonce == nonce
        if mine and message.created >= since:
            return message
    return None


@ROUTES.on("GET", _MESSAGES)
def history(call: Call) -> Reply:
    channel = call.channel()
    problems = Problems()
    limit = int(call.query.get("limit", 50))
    problems.number(("limit",), limit, least=1, most=LIMITS["HISTORY_PAGE"])
    problems.refuse_if_any()
    if not call.allowed(channel, P.READ_MESSAGE_HISTORY):
        return Reply([])
    found = channel.history
    if (before := call.query.get("before")) is not None:
        found = [m for m in found if m.id < int(before)]
    elif (after := call.query.get("after")) is not None:
        found = [m for m in found if m.id > int(after)][:limit]
    elif (around := call.query.get("around")) is not None:
        near = sorted(found, key=lambda m: abs(m.id - int(around)))[:limit]
        found = sorted(near, key=lambda m: m.id)
    return Reply([show(call, message) for message in reversed(found[-limit:])])


@ROUTES.on("GET", _MESSAGE)
def fetch(call: Call) -> Reply:
    channel = call.channel()
    if not call.allowed(channel, P.READ_MESSAGE_HISTORY):
        raise ApiError(50001)
    return Reply(show(call, call.message(channel)))


@ROUTES.on("PATCH", _MESSAGE)
def edit(call: Call) -> Reply:
    channel = call.channel()
    message = call.message(channel)
    if message.author is not call.world.bot:
        raise ApiError(50005)
    if channel.is_thread and channel.archived:
        raise ApiError(50083)
    amend(message, read_draft(call.world, call.form, call.files, before=message))
    call.world.outcome_of_change(message, "update")
    call.world.emit_message("MESSAGE_UPDATE", message)
    return Reply(show(call, message))


@ROUTES.on("DELETE", _MESSAGE)
def delete(call: Call) -> Reply:
    channel = call.channel()
    message = call.message(channel)
    if message.author is not call.world.bot:
        if channel.guild is None:
            raise ApiError(50013)
        call.require(channel, P.MANAGE_MESSAGES)
    call.world.delete_message(message)
    return NO_CONTENT


@ROUTES.on("POST", "/channels/{channel_id}/typing")
def typing(call: Call) -> Reply:
    channel = call.channel()
    _require_sending(call, channel)
    call.world.typing.append(channel)
    call.world.signal.notify()
    return NO_CONTENT


@ROUTES.on("PUT", _REACTION + "/@me")
def react(call: Call) -> Reply:
    channel = call.channel()
    message = call.message(channel)
    call.require(channel, P.READ_MESSAGE_HISTORY)
    if call.params["emoji"] not in message.reactions:
        call.require(channel, P.ADD_REACTIONS)
    people = message.reactions.setdefault(call.params["emoji"], set())
    people.add(call.world.bot.id)
    _reacted(call, message, "MESSAGE_REACTION_ADD")
    return NO_CONTENT


@ROUTES.on("DELETE", _REACTION + "/@me")
def unreact(call: Call) -> Reply:
    message = call.message(call.channel())
    emoji = call.params["emoji"]
    people = message.reactions.get(emoji, set())
    people.discard(call.world.bot.id)
    if not people:
        message.reactions.pop(emoji, None)
    _reacted(call, message, "MESSAGE_REACTION_REMOVE")
    return NO_CONTENT


@ROUTES.on("GET", _REACTION)
def reactions(call: Call) -> Reply:
    message = call.message(call.channel())
    people: Any = message.reactions.get(call.params["emoji"], set())
    return Reply([objects.user(call.world.users[i]) for i in sorted(people)])


def _reacted(call: Call, message: Message, event: str) -> None:
    channel = message.channel
    data: Json = {
        "user_id": str(call.world.bot.id),
        "channel_id": str(channel.id),
        "message_id": str(message.id),
        "emoji": {"id": None, "name": call.params["emoji"]},
        "burst": False,
        "type": 0,
    }
    if channel.guild is not None:
        data["guild_id"] = str(channel.guild.id)
    dm = channel.is_dm
    intent = Intent.DIRECT_MESSAGE_REACTIONS if dm else Intent.GUILD_MESSAGE_REACTIONS
    call.world.emit(event, data, intent, channel=channel)
