"""Routes that answer interactions: the callback, and the webhook that follows it."""

from __future__ import annotations

from tests.loopback.constants import Callback, InteractionType, Json, MessageFlag, MessageType
from tests.loopback.errors import ApiError
from tests.loopback.payloads import objects
from tests.loopback.validation.commands import check_choices
from tests.loopback.validation.completion import number_components
from tests.loopback.validation.drafts import Draft, amend, fill, read_draft
from tests.loopback.validation.modals import check_modal
from tests.loopback.validation.problems import Problems
from tests.loopback.world.model import Choice, Interaction, Message, Modal, Outcome, OutcomeKind

from .routes import NO_CONTENT, Call, Reply, Routes

C = Callback
T = InteractionType
F = MessageFlag
ROUTES = Routes()
_WEBHOOK = "/webhooks/{application_id}/{token}"
_SENT = _WEBHOOK + "/messages/{message_id}"
_ANSWERS = frozenset({C.MESSAGE, C.DEFERRED_MESSAGE})
_CHANGES = frozenset({C.DEFERRED_UPDATE, C.UPDATE})


@ROUTES.on("POST", "/interactions/{interaction_id}/{token}/callback", token=False)
def answer(call: Call) -> Reply:
    world = call.world
    interaction = world.interactions.get(call.params["token"])
    if interaction is None or str(interaction.id) != call.params["interaction_id"]:
        raise ApiError(10062)
    if interaction.acknowledged:
        raise ApiError(40060)
    if interaction.failed or world.clock.now() - interaction.created > world.ack_seconds:
        raise ApiError(10062)
    kind = call.form.get("type")
    problems = Problems()
    problems.one_of(("type",), kind, map(int, _possible(interaction)))
    problems.refuse_if_any()
    callback = C(int(kind or 0))
    _carry_out(call, interaction, callback, call.form.get("data") or {})
    interaction.callback = callback
    interaction.acknowledged_at = world.clock.now()
    if interaction.timer is not None:
        interaction.timer.cancel()
    world.signal.notify()
    if call.query.get("with_response") not in ("true", "1"):
        return NO_CONTENT
    return Reply(_callback_response(interaction, callback))


def _possible(interaction: Interaction) -> frozenset[Callback]:
    """Return the answers that Discord takes for this kind of interaction."""
    match interaction.type:
        case T.AUTOCOMPLETE:
            return frozenset({C.CHOICES})
        case T.COMMAND:
            return _ANSWERS | {C.MODAL}
        case T.COMPONENT:
            return _ANSWERS | _CHANGES | {C.MODAL}
        case _:
            return _ANSWERS | (_CHANGES if interaction.message is not None else frozenset())


def _carry_out(call: Call, interaction: Interaction, kind: Callback, data: Json) -> None:
    match kind:
        case C.MESSAGE:
            _respond(call, interaction, data)
        case C.DEFERRED_MESSAGE:
            flags = F(int(data.get("flags") or 0)) & F.EPHEMERAL | F.LOADING
            message = _new(call, interaction, flags)
            interaction.original = message
            call.world.add_message(message)
        case C.DEFERRED_UPDATE:
            interaction.original = interaction.message
        case C.UPDATE:
            interaction.original = interaction.message
            assert interaction.message is not None
            _amend(call, interaction, interaction.message, data, kind="update", prefix=("data",))
        case C.CHOICES:
            problems = Problems("data")
            kind_of_option = _focused(interaction.data).get("type")
            check_choices(problems, data.get("choices"), ("choices",), kind=kind_of_option)
            problems.refuse_if_any()
            choices = data.get("choices") or []
            interaction.choices = [Choice(c["name"], c["value"]) for c in choices]
            interaction.outcomes.append(Outcome("choices"))
        case C.MODAL:
            problems = Problems("data")
            check_modal(problems, data)
            problems.refuse_if_any()
            number_components(data["components"])
            modal = Modal(interaction, data["custom_id"], data["title"], data["components"])
            interaction.modal = modal
            interaction.outcomes.append(Outcome("modal"))


def _focused(data: Json) -> Json:
    for option in data.get("options") or []:
        if option.get("focused"):
            return dict(option)
        if found := _focused(option):
            return found
    return {}


def _callback_response(interaction: Interaction, callback: Callback) -> Json:
    shown: Json = {"id": str(interaction.id), "type": int(interaction.type)}
    shown["channel_id"] = str(interaction.channel.id)
    if interaction.guild is not None:
        shown["guild_id"] = str(interaction.guild.id)
    result: Json = {"interaction": shown}
    message = interaction.original
    if message is not None:
        shown |= {
            "response_message_id": str(message.id),
            "response_message_loading": message.loading,
            "response_message_ephemeral": message.ephemeral,
        }
        resource = {"type": int(callback), "message": objects.message(message)}
        result["resource"] = resource
    return result


# -- messages that answer --------------------------------------------------------------------------


def _new(call: Call, interaction: Interaction, flags: MessageFlag) -> Message:
    world = call.world
    message = Message(
        world.snowflakes.next(),
        interaction.channel,
        world.bot,
        world.clock.now(),
        flags=flags,
        interaction=interaction,
    )
    if interaction.type == T.COMMAND:
        message.type = MessageType.CHAT_INPUT_COMMAND
    if flags & F.EPHEMERAL:
        message.visible_to = interaction.user
    return message


def _draft(call: Call, data: Json, prefix: tuple[str, ...] = ()) -> Draft:
    draft = read_draft(call.world, data, call.files, prefix=prefix)
    draft.nonce = None
    if draft.empty:
        raise ApiError(50006)
    return draft


def _respond(call: Call, interaction: Interaction, data: Json) -> None:
    draft = _draft(call, data, ("data",))
    message = _new(call, interaction, draft.flags & F.EPHEMERAL)
    fill(message, draft)
    interaction.original = message
    interaction.outcomes.append(Outcome("message", message))
    call.world.add_message(message)


def _complete(call: Call, interaction: Interaction, message: Message, draft: Draft) -> None:
    """Fill a deferred answer: it stops "thinking"."""
    message.flags &= ~F.LOADING
    fill(message, draft)
    interaction.outcomes.append(Outcome("message", message))
    call.world.emit_message("MESSAGE_UPDATE", message)


def _amend(
    call: Call,
    interaction: Interaction,
    message: Message,
    data: Json,
    *,
    kind: OutcomeKind,
    prefix: tuple[str, ...] = (),
) -> None:
    amend(message, read_draft(call.world, data, call.files, prefix=prefix, before=message))
    interaction.outcomes.append(Outcome(kind, message))
    call.world.emit_message("MESSAGE_UPDATE", message)


# -- the webhook -----------------------------------------------------------------------------------


def _interaction(call: Call) -> Interaction:
    interaction = call.world.interactions.get(call.params["token"])
    application = str(call.world.application_id)
    if interaction is None or call.params["application_id"] != application:
        raise ApiError(10015)
    if not interaction.acknowledged or interaction.type == T.AUTOCOMPLETE:
        raise ApiError(10015)
    if call.world.clock.now() - interaction.created > call.world.token_seconds:
        raise ApiError(50027)
    return interaction


def _sent(call: Call, interaction: Interaction) -> Message:
    message = interaction.original
    if call.params["message_id"] != "@original":
        known = [interaction.original, *interaction.sent]
        wanted = call.number("message_id", 10008)
        message = next((m for m in known if m is not None and m.id == wanted), None)
    if message is None or message.deleted:
        raise ApiError(10008)
    return message


@ROUTES.on("POST", _WEBHOOK, token=False)
def follow_up(call: Call) -> Reply:
    interaction = _interaction(call)
    original = interaction.original
    draft = _draft(call, call.form)
    if original is not None and original.loading and not original.deleted:
        _complete(call, interaction, original, draft)
        return Reply(objects.message(original))
    message = _new(call, interaction, draft.flags & F.EPHEMERAL)
    message.type = MessageType.REPLY
    if original is not None and not original.deleted:
        message.reference = original
    # what a follow-up refers to is not pinged by it
    draft.allowed = draft.allowed or {"parse": ["users", "roles", "everyone"]}
    draft.allowed = draft.allowed | {"replied_user": False}
    fill(message, draft)
    interaction.sent.append(message)
    interaction.outcomes.append(Outcome("followup", message))
    call.world.add_message(message)
    return Reply(objects.message(message))


@ROUTES.on("GET", _SENT, token=False)
def fetch(call: Call) -> Reply:
    return Reply(objects.message(_sent(call, _interaction(call))))


@ROUTES.on("PATCH", _SENT, token=False)
def edit(call: Call) -> Reply:
    interaction = _interaction(call)
    message = _sent(call, interaction)
    if message.loading:
        _complete(call, interaction, message, _draft(call, call.form))
    else:
        first = message is interaction.message and not interaction.outcomes
        _amend(call, interaction, message, call.form, kind="update" if first else "edit")
    return Reply(objects.message(message))


@ROUTES.on("DELETE", _SENT, token=False)
def delete(call: Call) -> Reply:
    interaction = _interaction(call)
    message = _sent(call, interaction)
    call.world.delete_message(message)
    if not interaction.outcomes or interaction.outcomes[-1].kind != "deleted":
        interaction.outcomes.append(Outcome("deleted", message))
    call.world.signal.notify()
    return NO_CONTENT
