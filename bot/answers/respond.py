"""Whether to answer a message: one pure decision, without Discord.

A message is *addressed* to the bot when it mentions it, replies to it or comes as a direct message;
those always get something. In a guide channel, and in a thread the bot opened, questions are
answered as well; talk among people is left alone everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.core.text import content_words, words
from bot.guide.query import leans_on_earlier


class MessagePlace(StrEnum):
    """MessagePlace a message was written."""

    DIRECT = "direct message"
    GUIDE_CHANNEL = "guide channel"
    FORUM_POST = "a new post in a forum that is a guide channel"
    OWN_THREAD = "thread the bot opened"
    ELSEWHERE = "elsewhere"


class RepliesTo(StrEnum):
    """What a message replies to."""

    NOTHING = "nothing"
    ANSWER = "an answer of the bot"
    BOT = "another message of the bot"
    PERSON = "a person"


class Reaction(StrEnum):
    """What to do with a message."""

    ANSWER = "answer"
    GREET = "greet"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Incoming:
    """What matters of a message; `text` is without a mention of the bot.

    Attributes:
        automatic: a bot, a webhook or Discord itself wrote it.
        mentions_others: people, roles or everyone, beside the bot.
    """

    text: str
    where: MessagePlace
    automatic: bool = False
    mentions_bot: bool = False
    mentions_others: bool = False
    replies_to: RepliesTo = RepliesTo.NOTHING


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, and why; `follow_up` is read with what came before."""

    reaction: Reaction
    why: str
    follow_up: bool = False


def decide(incoming: Incoming) -> Decision:
    """Decide what to do with a message."""
    if incoming.automatic:
        return Decision(Reaction.LEAVE, "not written by a person")
    if not is_addressed(incoming):
        return _overheard(incoming)
    if is_courtesy(incoming.text):
        return Decision(Reaction.GREET, "a greeting or thanks to the bot")
    return Decision(Reaction.ANSWER, "addressed to the bot", _follows_up(incoming))


def listens(incoming: Incoming) -> bool:
    """Whether the bot may answer a message, whatever it says."""
    if incoming.automatic:
        return False
    return is_addressed(incoming) or not (
        is_aside(incoming) or incoming.where is MessagePlace.ELSEWHERE
    )


def is_aside(incoming: Incoming) -> bool:
    """Whether somebody speaks to somebody else, for all that stands beside the words."""
    return incoming.mentions_others or incoming.replies_to is not RepliesTo.NOTHING


def _overheard(incoming: Incoming) -> Decision:
    """What to do with a message that isn't addressed to the bot."""
    text = incoming.text
    reasons = (
        (is_aside(incoming), "people talk to each other"),
        (incoming.where is MessagePlace.ELSEWHERE, "not a place for questions"),
        (is_command(text), "a command for another bot"),
        (is_courtesy(text), "a greeting or thanks"),
    )
    for holds, why in reasons:
        if holds:
            return Decision(Reaction.LEAVE, why)
    if incoming.where is MessagePlace.FORUM_POST:
        return Decision(Reaction.ANSWER, "a post in a forum for questions")
    if is_question(text):
        return Decision(Reaction.ANSWER, "a question", _follows_up(incoming))
    if incoming.where is MessagePlace.OWN_THREAD and resumes(text):
        return Decision(Reaction.ANSWER, "goes on with the conversation", follow_up=True)
    return Decision(Reaction.LEAVE, "not a question")


def is_addressed(incoming: Incoming) -> bool:
    """Whether a message is for the bot: mentioned, replied to, or written to directly."""
    if incoming.where is MessagePlace.DIRECT or incoming.mentions_bot:
        return True
    to_bot = incoming.replies_to in {RepliesTo.ANSWER, RepliesTo.BOT}
    return to_bot and not incoming.mentions_others


def _follows_up(incoming: Incoming) -> bool:
    if incoming.replies_to is RepliesTo.ANSWER or incoming.where is MessagePlace.OWN_THREAD:
        return True
    return incoming.where is MessagePlace.DIRECT and leans_on_earlier(incoming.text)


_COURTESY = frozenset(
    words(
        "thanks thank thx ty tysm cheers hi hello hey hiya howdy morning afternoon evening night "
        "bye goodbye welcome great perfect nice cool awesome lovely brilliant excellent ok okay "
        "okey got noted understood appreciated helpful lol haha yes yep no nope sure right done "
        "agreed wow congrats congratulations"
    )
)
_FILLING = frozenset(
    words(
        "a all again and bot everybody everyone folks for friends good guide guys helps here "
        "indeed is it lot lots many much my of really see so sounds super team that that's the "
        "there this to today tomorrow too u very was will do would you your you're i'm i'll we'll"
    )
)
_SMALL_TALK = re.compile(
    r"^(hi|hey|hello)?[ ,!]*(how (are|r) (you|u|ya)|how('s| is) it going|what'?s up|how do you do)"
    r"( doing)?( today)?[ ?!.]*$",
    re.IGNORECASE,
)
_MOST_COURTESY_WORDS = 8
_NOISE = re.compile(
    r"```.*?```|`[^`]*`|https?://\S+|<[^<>\s]{1,100}>|^>.*$", re.DOTALL | re.MULTILINE
)
_COMMAND = re.compile(r"^[/!.$%&;+~?-]{1,2}[a-z]\w*", re.IGNORECASE)


def is_courtesy(text: str) -> bool:
    """Whether a message is nothing but a greeting, thanks or assent."""
    said = words(_NOISE.sub(" ", text))
    if not said or len(said) > _MOST_COURTESY_WORDS:
        return False
    if _SMALL_TALK.match(text.strip()):
        return True
    return _COURTESY.issuperset(set(said) - _FILLING) and not _COURTESY.isdisjoint(said)


def is_command(text: str) -> bool:
    """Whether a message looks like a command typed for some bot."""
    return bool(_COMMAND.match(text.lstrip()))


_OPENING = (
    r"^(?:(?:hi|hey|hello|so|ok|okay|well|and|but|also|then|now|please|thanks|actually|quick|"
    r"another|my|our|one|a|question|everyone|all|folks|team|guide|there|good|morning|more)\b[,:! ]*)*"
)
_SUBJECT = (
    r"(?:i|we|you|they|it|he|she|there|the|a|an|our|my|your|their|this|that|these|those|any\w*|"
    r"some\w*|every\w*|all|each|both|most|other|\w+s|partners?hips?)\b"
)
_AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|am|can|could|should|shall|will|would|may|might|must|has|have|"
    r"had|to|not)\b"
)
_CLAUSE = re.compile(
    _OPENING
    + r"(?:"
    + rf"(?:how|what|why|who|whom|where|when|which)(?:'s|'re|'d|s|re)?\s+{_AUXILIARY}"
    r"|(?:how|what|why|who|where)(?:'s|'re|s)\s+\w"
    r"|how (?:many|much|often|long|big|large|soon|far|come|about|best|else)\b"
    r"|(?:what|why|how|who) (?:about|if|kinds?|sorts?|else|happens|makes?|helps?|works?|counts?|"
    r"goes|comes|pays?|leads?|decides?|keeps?|runs?|steps?|questions?|roles?)\b"
    r"|(?:which|whose) (?!reminds|means|is why)\w+"
    rf"|(?:does|did|is|are|was|were|can|could|should|shall|would|will|has)(?:n't)? {_SUBJECT}"
    r"|(?:do|have)(?:n't)? (?:i|we|you|they|any\w*|some\w*|other|partners?\w*|employers)\b"
    r"|(?:explain|define|describe|summari[sz]e|outline|compare)\s+\w"
    r"|(?:tell|show|give|teach|remind) (?:me|us)\b|(?:walk|guide|take) (?:me|us) "
    r"|help (?:me|us|with)\b|(?:list|name) (?:the|some|a few|all|me|us)\b"
    r"|(?:find|suggest|recommend) (?:me|us|some|a|an|examples?|ways?)\b"
    r"|(?:i|we) (?:need|want|would like|'d like|could use) (?:to know|to understand|to learn|help|"
    r"advice|guidance|examples?|an example|ideas?|tips?|some (?:help|advice|guidance|ideas))\b"
    r"|(?:i'd|we'd) like to (?:know|understand|learn)\b"
    r"|(?:i'm|we're|i am|we are|i was|was|just)?\s*(?:wondering|curious|unsure|looking for|not sure)"
    r" (?:how|what|why|who|if|whether|when|where|which|about|advice|examples?|ideas?|guidance)\b"
    r"|(?:any|need|seeking) (?:advice|ideas?|examples?|tips?|guidance|thoughts|suggestions|help)\b"
    r")",
    re.IGNORECASE,
)
_RESUMING = re.compile(
    r"(?:and|but|or|also|then|what about|how about|what if|any more|anything else|more|like what"
    r"|such as|for example|for instance)\b",
    re.IGNORECASE,
)
_MOST_RESUMING_WORDS = 8
QUESTION_MARKS = "?？؟⁇⁈⁉"
_CUT = re.compile(r"[.!;:\n,]+\s+|\s[-–—]\s")


def is_question(text: str) -> bool:
    """Whether a message asks for something: by its mark, its first words, or a request."""
    plain = plain_text(text)
    said = words(plain)
    if not said or is_courtesy(plain):
        return False
    if any(mark in plain for mark in QUESTION_MARKS):
        return bool(content_words(plain)) or len(said) > 2
    return asks_in_words(text)


def asks_in_words(text: str) -> bool:
    """Whether a message asks for something by its first words, or a request: without its mark."""
    plain = plain_text(text)
    if len(words(plain)) < 3 or is_courtesy(plain):
        return False
    return any(_CLAUSE.match(clause.strip(" *_~#\"'(")) for clause in _CUT.split(plain))


def plain_text(text: str) -> str:
    """A message without code, links, mentions and quotations."""
    return " ".join(_NOISE.sub(" ", text).replace("’", "'").split(" ")).strip()


def resumes(text: str) -> bool:
    """Whether a few words, such as "and the small firms", go on with a conversation."""
    return bool(_RESUMING.match(text.strip())) and 1 < len(words(text)) <= _MOST_RESUMING_WORDS
