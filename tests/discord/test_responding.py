"""Whether to answer, as a table."""

from __future__ import annotations

import pytest

from bot.answers.respond import (
    Incoming,
    MessagePlace,
    Reaction,
    RepliesTo,
    decide,
    is_courtesy,
    is_question,
)

ASKS = "How do we keep momentum after the kickoff?"
TALK = "We met the chamber on Tuesday and it went well."
LEAVE, ANSWER, GREET = Reaction.LEAVE, Reaction.ANSWER, Reaction.GREET
GUIDE, ELSEWHERE = MessagePlace.GUIDE_CHANNEL, MessagePlace.ELSEWHERE
THREAD, DIRECT = MessagePlace.OWN_THREAD, MessagePlace.DIRECT


@pytest.mark.parametrize(
    ("incoming", "reaction", "follow_up"),
    [
        (Incoming(ASKS, GUIDE), ANSWER, False),
        (Incoming(TALK, GUIDE), LEAVE, False),
        (Incoming(ASKS, GUIDE, automatic=True), LEAVE, False),
        (Incoming(ASKS, DIRECT, automatic=True), LEAVE, False),
        (Incoming(ASKS, GUIDE, automatic=True, mentions_bot=True), LEAVE, False),
        (Incoming(ASKS, GUIDE, mentions_others=True), LEAVE, False),
        (Incoming(ASKS, GUIDE, replies_to=RepliesTo.PERSON), LEAVE, False),
        (Incoming("/ask how do we share credit", GUIDE), LEAVE, False),
        (Incoming("!rank how do I rank?", GUIDE), LEAVE, False),
        (Incoming("Thanks a lot!", GUIDE), LEAVE, False),
        (Incoming("good morning everyone", GUIDE), LEAVE, False),
        (Incoming("how are you?", GUIDE), LEAVE, False),
        (Incoming("", GUIDE), LEAVE, False),
        (Incoming(ASKS, ELSEWHERE), LEAVE, False),
        (Incoming(ASKS, ELSEWHERE, mentions_bot=True), ANSWER, False),
        (Incoming(TALK, ELSEWHERE, mentions_bot=True), ANSWER, False),
        (Incoming(ASKS, ELSEWHERE, mentions_bot=True, mentions_others=True), ANSWER, False),
        (
            Incoming(ASKS, ELSEWHERE, mentions_bot=True, replies_to=RepliesTo.PERSON),
            ANSWER,
            False,
        ),
        (Incoming("", ELSEWHERE, mentions_bot=True), ANSWER, False),
        (Incoming("thank you!", ELSEWHERE, mentions_bot=True), GREET, False),
        (Incoming("and who pays", ELSEWHERE, replies_to=RepliesTo.ANSWER), ANSWER, True),
        (Incoming(TALK, ELSEWHERE, replies_to=RepliesTo.ANSWER), ANSWER, True),
        (Incoming("thanks", GUIDE, replies_to=RepliesTo.ANSWER), GREET, False),
        (
            Incoming("see this?", GUIDE, mentions_others=True, replies_to=RepliesTo.ANSWER),
            LEAVE,
            False,
        ),
        (Incoming("and in a small alliance?", ELSEWHERE, replies_to=RepliesTo.BOT), ANSWER, False),
        (Incoming(ASKS, THREAD), ANSWER, True),
        (Incoming("and the small firms", THREAD), ANSWER, True),
        (Incoming(TALK, THREAD), LEAVE, False),
        (Incoming(ASKS, THREAD, mentions_others=True), LEAVE, False),
        (Incoming(ASKS, THREAD, replies_to=RepliesTo.PERSON), LEAVE, False),
        (Incoming(ASKS, DIRECT), ANSWER, False),
        (Incoming("champions", DIRECT), ANSWER, True),
        (Incoming("and who pays for it?", DIRECT), ANSWER, True),
        (Incoming("hello", DIRECT), GREET, False),
        (Incoming("", DIRECT), ANSWER, True),
    ],
)
def test_a_message_is_answered_greeted_or_left_alone(
    incoming: Incoming, reaction: Reaction, *, follow_up: bool
) -> None:
    decision = decide(incoming)
    assert (decision.reaction, decision.follow_up) == (reaction, follow_up), decision.why


@pytest.mark.parametrize(
    "text",
    [
        "What is a champion?",
        "how do we share credit",
        "whats a backbone organization",
        "Should we charge the partners a fee",
        "is there a checklist for the kickoff",
        "do partners have to sign something",
        "Tell me about accountability",
        "explain the four steps please",
        "Hi all, how can we get small firms to join",
        "Our sponsor wants numbers. What should we show them",
        "our sponsor wants numbers, how do we respond",
        "I need advice on sharing credit",
        "looking for examples of joint training",
        "We're wondering whether an intermediary pays off",
        "any ideas for keeping people engaged",
        "who pays for training",
        "which partners come first",
        "Please walk me through accountability",
        "help us choose a training vendor",
        "¿Cómo empezamos? partners",
        "firms won't come ?",
        "Champions?",
        "**How do we start**",
        "quick question: who should be at the table",
    ],
)
def test_a_question_is_recognized(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "We met the chamber on Tuesday.",
        "What a great meeting!",
        "How nice of you",
        "ok?",
        "Have a nice weekend everyone",
        "When we met last week, Rosa said the vendor was late",
        "Which reminds me, the room is booked",
        "Here is the link https://example.org/?q=how",
        "> how do we share credit?\nI agree with this",
        "```\nwhat is this?\n```",
        "Agenda for tomorrow attached",
        "I will explain it tomorrow",
        "show up on time please",
        "",
        "👍",
        "<:wave:123456789012345678>",
        "???",
    ],
)
def test_talk_is_no_question(text: str) -> None:
    assert not is_question(text)


@pytest.mark.parametrize("text", ["thanks!", "Thank you so much", "ok great", "hi there", "thx 🙏"])
def test_a_courtesy_is_recognized(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text", ["thanks, and who pays for it?", "great turnout", "hello, what is a champion"]
)
def test_what_says_more_is_no_courtesy(text: str) -> None:
    assert not is_courtesy(text)
