"""Reading what the bot wants to post or change, and refusing what Discord refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.loopback.constants import Json, MessageFlag
from tests.loopback.errors import ApiError
from tests.loopback.limits import LIMITS
from tests.loopback.world.mentions import apply_mentions
from tests.loopback.world.model import Attachment, File, Message, Version

from .completion import completed, completed_embed, resolve_media
from .components import check_components
from .problems import Problems, check_allowed_mentions, check_embeds

if TYPE_CHECKING:
    from tests.loopback.world.world import World

F = MessageFlag
_SETTABLE = F.SUPPRESS_EMBEDS | F.SUPPRESS_NOTIFICATIONS | F.COMPONENTS_V2 | F.EPHEMERAL
_SHOWN_IN_EMBED = ("title", "description", "fields", "footer", "author", "image", "thumbnail")


@dataclass
class Draft:
    """A message as the bot asked for it; `None` where it left something out."""

    content: str | None = None
    embeds: list[Json] | None = None
    components: list[Json] | None = None
    attachments: list[Attachment] | None = None
    flags: MessageFlag = MessageFlag.NONE
    allowed: Json | None = None
    nonce: str | None = None
    given: frozenset[str] = field(default_factory=frozenset)

    @property
    def empty(self) -> bool:
        """Whether a message made from this would show nothing."""
        return not (self.content or self.embeds or self.components or self.attachments)


def read_draft(
    world: World,
    body: Json,
    files: Mapping[int, File],
    *,
    prefix: tuple[str, ...] = (),
    before: Message | None = None,
) -> Draft:
    """Check a message's body and return it.

    Args:
        world: where uploads go.
        body: the JSON of the request.
        files: uploaded files by the number in `files[n]`.
        prefix: where the message stands in the whole body, for the error's path.
        before: the message that is edited, if any.

    Raises:
        ApiError: 50035 for what breaks a limit, 40005 for files that are too big.
    """
    problems = Problems(*prefix)
    flags = MessageFlag(int(body.get("flags") or 0)) & _SETTABLE
    v2 = bool(flags & F.COMPONENTS_V2) or (before is not None and _is_v2(before))
    if v2:
        flags |= F.COMPONENTS_V2
        _refuse_legacy(problems, body)
    content = body.get("content")
    problems.text(("content",), content, most=LIMITS["MESSAGE_CONTENT"])
    check_embeds(problems, body.get("embeds"))
    check_components(problems, body.get("components"), v2=v2)
    check_allowed_mentions(problems, body.get("allowed_mentions"))
    nonce = body.get("nonce")
    if isinstance(nonce, str):
        problems.text(("nonce",), nonce, most=LIMITS["NONCE"])
    attachments = _attachments(world, problems, body, files, before)
    problems.refuse_if_any()
    embeds = body.get("embeds")
    if embeds is not None:
        embeds = [e for e in embeds if any(e.get(part) for part in _SHOWN_IN_EMBED)]
    components = body.get("components")
    if embeds is not None or components is not None:
        kept = before.attachments if before is not None else []
        at_hand = kept if attachments is None else attachments
        resolve_media(problems, components or [], embeds or [], at_hand)
        problems.refuse_if_any()
    if components is not None:
        components = completed(components)
    if embeds is not None:
        embeds = [completed_embed(embed) for embed in embeds]
    return Draft(
        content=content.strip() if isinstance(content, str) else None,
        embeds=embeds,
        components=components,
        attachments=attachments,
        flags=flags,
        allowed=body.get("allowed_mentions"),
        nonce=None if nonce is None else str(nonce),
        given=frozenset(body),
    )


def _is_v2(message: Message) -> bool:
    return bool(message.flags & F.COMPONENTS_V2)


def _refuse_legacy(problems: Problems, body: Json) -> None:
    for name in ("content", "embeds", "sticker_ids", "poll"):
        if body.get(name):
            text = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            problems.add((name,), code, text)


def _attachments(
    world: World,
    problems: Problems,
    body: Json,
    files: Mapping[int, File],
    before: Message | None,
) -> list[Attachment] | None:
    if any(len(file.data) > LIMITS["ATTACHMENT_BYTES"] for file in files.values()):
        raise ApiError(40005)
    listed = body.get("attachments")
    if listed is None and not files:
        return None
    kept = {one.id: one for one in before.attachments} if before else {}
    result = list(kept.values()) if listed is None else []
    described: set[int] = set()
    for index, entry in enumerate(listed or []):
        identity = int(entry.get("id", -1))
        for key, limit in (("filename", "FILENAME"), ("description", "DESCRIPTION")):
            most = LIMITS[f"ATTACHMENT_{limit}"]
            problems.text(("attachments", index, key), entry.get(key), most=most)
        if identity in kept:
            result.append(kept[identity])
        elif identity in files:
            described.add(identity)
            file = files[identity]
            name = str(entry.get("filename") or file.name)
            renamed = File(name, file.data, file.content_type)
            result.append(world.upload(renamed, description=entry.get("description")))
        else:
            at = ("attachments", index, "id")
            problems.add(at, "ATTACHMENT_NOT_FOUND", "Attachment data not found")
    result += [world.upload(file) for n, file in files.items() if n not in described]
    for index, one in enumerate(result):
        if not one.name:
            problems.required(("attachments", index, "filename"))
    if len(result) > LIMITS["MESSAGE_ATTACHMENTS"]:
        text = f"Must be {LIMITS['MESSAGE_ATTACHMENTS']} or fewer in length."
        problems.add(("attachments",), "BASE_TYPE_MAX_LENGTH", text)
    return result


def fill(message: Message, draft: Draft, *, notify: bool = True) -> None:
    """Write a draft into a new or deferred message."""
    message.content = draft.content or ""
    message.embeds = draft.embeds or []
    message.components = draft.components or []
    message.attachments = draft.attachments or []
    message.flags |= draft.flags & ~F.EPHEMERAL
    message.nonce = draft.nonce
    apply_mentions(message, draft.allowed, notify=notify)


def amend(message: Message, draft: Draft) -> None:
    """Apply an edit: what the draft leaves out stays.

    Raises:
        ApiError: 50006 if nothing would be left.
    """
    after = Draft(
        content=draft.content if "content" in draft.given else message.content,
        embeds=draft.embeds if "embeds" in draft.given else message.embeds,
        components=draft.components if "components" in draft.given else message.components,
        attachments=message.attachments if draft.attachments is None else draft.attachments,
    )
    if draft.flags & F.COMPONENTS_V2 and (after.content or after.embeds):
        problems = Problems()
        _refuse_legacy(problems, {"content": after.content, "embeds": after.embeds})
        problems.refuse_if_any()
    if after.empty:
        raise ApiError(50006)
    message.versions.append(Version(message.content, message.embeds, message.components))
    message.content = after.content or ""
    message.embeds = after.embeds or []
    message.components = after.components or []
    message.attachments = after.attachments or []
    message.flags |= draft.flags & (F.COMPONENTS_V2 | F.SUPPRESS_EMBEDS)
    message.edited = message.channel.world.clock.now()
    apply_mentions(message, draft.allowed, notify=False)
