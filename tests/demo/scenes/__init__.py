"""The scenes, in the order they are played; a new one is a function and a row here."""

from __future__ import annotations

from tests.demo.play import Scene

from . import alone, market, private, questions, restart, steward, together

SCENES: tuple[Scene, ...] = (
    Scene("setup", "The steward sets up the guide", steward.sets_up),
    Scene("question", "A leader asks in the guide channel", questions.asks, ("setup",)),
    Scene("passage", "… reads a passage behind the answer", questions.reads, ("question",)),
    Scene("follow-up", "… and asks on, by replying", questions.asks_on, ("question",)),
    Scene("talk", "Two people talk to each other", questions.talk_among_people, ("setup",)),
    Scene(
        "not-covered", "A question the library does not cover", questions.not_covered, ("setup",)
    ),
    Scene("private", "A private question, shared afterwards", private.asks_privately, ("setup",)),
    Scene("everyone", "Mentions in a question reach nobody", private.mentions_all, ("setup",)),
    Scene("not-helpful", "An answer that did not help", questions.not_helpful, ("question",)),
    Scene(
        "gaps",
        "The steward closes a gap with a practice note",
        steward.closes_a_gap,
        ("not-covered", "not-helpful"),
    ),
    Scene("killed", "The bot is killed, and comes back", restart.killed, ("question",), True),
    Scene("checklist", "A leader starts a checklist from an answer", alone.begins, ("setup",)),
    Scene("checklist-steps", "… answers, goes back, skips", alone.goes_back, ("checklist",)),
    Scene(
        "checklist-killed",
        "… while the bot is killed, and comes back",
        alone.killed,
        ("checklist-steps",),
        True,
    ),
    Scene("checklist-promise", "… promises a step", alone.promises, ("checklist-steps",)),
    Scene("checklist-brief", "… pauses, resumes, finishes", alone.pauses, ("checklist-promise",)),
    Scene("checklist-share", "… and shares the brief", alone.shares, ("checklist-brief",)),
    Scene("partners", "Two people say whom they speak for", together.joins, ("setup",)),
    Scene("team", "A team answers in a thread", together.answers_together, ("partners",)),
    Scene("team-brief", "… and finishes under another owner", together.hands_over, ("team",)),
    Scene("history", "The same checklist, a second time", alone.walks_again, ("checklist-brief",)),
    Scene("interests", "Three partners say what they look for", market.listens, ("partners",)),
    Scene("opportunity", "An opportunity is posted", market.posts, ("question", "interests")),
    Scene(
        "digest",
        "… comes to one partner in a digest",
        market.comes_in_a_digest,
        ("opportunity",),
        True,
    ),
    Scene("interested", "… is answered by two partners", market.answers, ("opportunity",)),
    Scene("offer-question", "… and asked about", market.asks_about_it, ("opportunity",)),
    Scene(
        "deadline", "… reaches its deadline", market.comes_to_its_deadline, ("interested",), True
    ),
    Scene("report", "… and stands in the report", market.is_reported, ("interested",)),
    Scene("privacy", "What the bot holds about a person", private.exports, ("question",)),
)
