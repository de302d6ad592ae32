"""Routes for channels, threads and direct messages."""

from __future__ import annotations

from tests.loopback.constants import ChannelType
from tests.loopback.errors import ApiError
from tests.loopback.payloads import objects
from tests.loopback.permissions import Permission
from tests.loopback.validation.problems import Problems, check_thread
from tests.loopback.world.channels import Channel
from tests.loopback.world.model import User
from tests.loopback.world.threads import join_thread, leave_thread, open_thread

from .routes import NO_CONTENT, Call, Reply, Routes

P = Permission
ROUTES = Routes()
_CHANNEL = "/channels/{channel_id}"
_MEMBERS = _CHANNEL + "/thread-members"


@ROUTES.on("GET", _CHANNEL)
def fetch(call: Call) -> Reply:
    return Reply(objects.channel(call.channel()))


@ROUTES.on("PATCH", _CHANNEL)
def change(call: Call) -> Reply:
    channel, form = call.channel(), call.form
    if channel.guild is None:
        raise ApiError(50024)
    problems = Problems()
    if channel.is_thread:
        check_thread(problems, {"name": channel.name} | form)
        problems.refuse_if_any()
        if channel.owner is not call.world.bot or "locked" in form:
            call.require(channel, P.MANAGE_THREADS)
        if channel.archived and form.get("archived") is not False:
            raise ApiError(50083)
        channel.archived = bool(form.get("archived", channel.archived))
        channel.locked = bool(form.get("locked", channel.locked))
        channel.invitable = bool(form.get("invitable", channel.invitable))
        minutes = form.get("auto_archive_duration")
        channel.auto_archive_minutes = minutes or channel.auto_archive_minutes
    else:
        name = form.get("name", channel.name)
        problems.text(("name",), name, least=1, most=100, required=True)
        problems.text(("topic",), form.get("topic"), most=1024)
        problems.refuse_if_any()
        call.require(channel, P.MANAGE_CHANNELS)
        channel.topic = form.get("topic", channel.topic)
    channel.name = form.get("name") or channel.name
    channel.slow_mode = int(form.get("rate_limit_per_user") or channel.slow_mode)
    channel.changed()
    return Reply(objects.channel(channel))


@ROUTES.on("POST", _CHANNEL + "/messages/{message_id}/threads")
def open_from_message(call: Call) -> Reply:
    channel = _parent(call)
    message = call.message(channel)
    _check(call)
    call.require(channel, P.CREATE_PUBLIC_THREADS)
    if message.thread is not None:
        raise ApiError(160004)
    thread = open_thread(channel, call.form["name"], call.world.bot, message=message)
    return _opened(call, thread)


@ROUTES.on("POST", _CHANNEL + "/threads")
def open_without_message(call: Call) -> Reply:
    channel = _parent(call)
    _check(call)
    # Discord makes a thread private unless told otherwise
    kind = call.form.get("type") or ChannelType.PRIVATE_THREAD
    problems = Problems()
    problems.one_of(("type",), kind, (ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD))
    problems.refuse_if_any()
    private = kind == ChannelType.PRIVATE_THREAD
    call.require(channel, P.CREATE_PRIVATE_THREADS if private else P.CREATE_PUBLIC_THREADS)
    return _opened(call, open_thread(channel, call.form["name"], call.world.bot, private=private))


def _parent(call: Call) -> Channel:
    channel = call.channel()
    if channel.guild is None or channel.is_thread:
        raise ApiError(50024)
    return channel


def _check(call: Call) -> None:
    problems = Problems()
    check_thread(problems, call.form)
    problems.refuse_if_any()


def _opened(call: Call, thread: Channel) -> Reply:
    if (minutes := call.form.get("auto_archive_duration")) is not None:
        thread.auto_archive_minutes = minutes
    thread.invitable = bool(call.form.get("invitable", True))
    return Reply(objects.channel(thread), 201)


# -- thread members --------------------------------------------------------------------------------


def _thread(call: Call) -> Channel:
    thread = call.channel()
    if not thread.is_thread:
        raise ApiError(50024)
    return thread


def _user(call: Call) -> User:
    name = call.params.get("user_id", "@me")
    if name == "@me":
        return call.world.bot
    user = call.world.users.get(call.number("user_id", 10013))
    if user is None:
        raise ApiError(10013)
    return user


@ROUTES.on("GET", _MEMBERS)
def thread_members(call: Call) -> Reply:
    thread = _thread(call)
    return Reply([objects.thread_member(thread, identity) for identity in thread.thread_members])


@ROUTES.on("GET", _MEMBERS + "/{user_id}")
def thread_member(call: Call) -> Reply:
    thread, user = _thread(call), _user(call)
    if user.id not in thread.thread_members:
        raise ApiError(10007)
    return Reply(objects.thread_member(thread, user.id))


@ROUTES.on("PUT", _MEMBERS + "/{user_id}")
def add_thread_member(call: Call) -> Reply:
    thread, user = _thread(call), _user(call)
    if thread.archived:
        raise ApiError(50083)
    if user is not call.world.bot:
        call.require(thread, P.SEND_MESSAGES_IN_THREADS)
        if thread.guild is None or user.id not in thread.guild.members:
            raise ApiError(10007)
    join_thread(thread, user)
    return NO_CONTENT


@ROUTES.on("DELETE", _MEMBERS + "/{user_id}")
def remove_thread_member(call: Call) -> Reply:
    thread, user = _thread(call), _user(call)
    own = thread.is_private_thread and thread.owner is call.world.bot
    if user is not call.world.bot and not own:
        call.require(thread, P.MANAGE_THREADS)
    leave_thread(thread, user)
    return NO_CONTENT


# -- direct messages -------------------------------------------------------------------------------


@ROUTES.on("POST", "/users/@me/channels")
def open_dm(call: Call) -> Reply:
    user = call.world.users.get(int(call.form.get("recipient_id") or 0))
    if user is None or user is call.world.bot:
        raise ApiError(50033)
    return Reply(objects.channel(call.world.dm(user)))
