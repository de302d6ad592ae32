"""Of every column of every table: whose it is, and what becomes of it.

`/privacy` hands out and deletes what stands here, retention purges it, an alliance is handed out and
deleted as a whole by it, and the page about what is stored is written from it. A table or column that is missing here fails a test.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.alliances.tables import ChannelRow, ChoiceRow, EventRow, SettingsRow
from bot.answers.tables import (
    BorrowedRow,
    ExchangeRow,
    FeedbackRow,
    NoteGapRow,
    NoteRow,
    PendingRow,
)
from bot.checklists.tables import (
    AnswerRow,
    CommitmentRow,
    DefinitionRow,
    DraftRow,
    RunRow,
    SkipRow,
)
from bot.opportunities.tables import (
    DigestItemRow,
    OpportunityAnswerRow,
    OpportunityFormRow,
    OpportunityRow,
)
from bot.outbox.tables import NoticeRow
from bot.people.tables import (
    AffiliationRow,
    JoinRequestRow,
    OrganizationRow,
    PartnerPersonRow,
    PersonSettingsRow,
)
from bot.privacy import store_rules as rules
from bot.privacy.holding import ALLIANCE, NO_ONE, Datum, Holding, fate, left, of, owners
from bot.privacy.records import FORMER_MEMBER, NOBODY
from bot.privacy.store_rules import Table
from bot.privacy.tables import DepartureRow

_SCOPE = of(ALLIANCE, "alliance", exported=False)
_FOREVER = "until it is changed"
_BY_RETENTION = "the alliance's retention, 180 days unless it says otherwise"
_WITH_RUN = "as long as its run"
_WITH_OPPORTUNITY = "as long as the opportunity"
_UNTIL_WITHDRAWN = "until the person changes or withdraws it"

HOLDINGS: tuple[Holding, ...] = (
    Holding(
        table=SettingsRow,
        what="the settings of an alliance",
        columns=_SCOPE
        | of(ALLIANCE, "steward_role intermediary_role retention_days notes", exported=False)
        | of(ALLIANCE, "joining_needs_yes", exported=False),
        lasts=_FOREVER,
    ),
    Holding(
        table=ChannelRow,
        what="what a channel is for",
        columns=_SCOPE | of(ALLIANCE, "channel purpose", exported=False),
        lasts=_FOREVER,
    ),
    Holding(
        table=DepartureRow,
        what="that the bot was taken out of the alliance's server",
        columns=_SCOPE | of(ALLIANCE, "since", exported=False),
        lasts="until it is invited again, or all of the alliance is deleted, 30 days later unless configured otherwise",
    ),
    Holding(
        table=EventRow,
        what="that a message or press was dealt with",
        columns=_SCOPE | of(NO_ONE, "event claimed", exported=False),
        lasts="seven days, or the alliance's retention if that is shorter",
        aged=rules.handled_events,
        purged="events",
    ),
    Holding(
        table=ChoiceRow,
        what="the alliance a person is answered for in direct messages",
        columns=_SCOPE | of("the person", "person chosen"),
        person="person",
        title="chosen_for_direct_messages",
        forgotten="choices",
        lasts=_UNTIL_WITHDRAWN,
    ),
    Holding(
        table=PendingRow,
        what="that a question waits for its answer",
        columns=_SCOPE
        | of("asker", "message channel thread received previous part_of")
        | of("asker", "person", exported=False),
        person="person",
        title="waiting_for_an_answer",
        forgotten="pending",
        aged=rules.late_questions,
        purged="pending",
        lasts="until it is answered, an hour at most",
    ),
    Holding(
        table=FeedbackRow,
        what="what a person thought of an answer",
        columns=_SCOPE
        | of("reader", "exchange helpful reason given")
        | of("reader", "person", exported=False),
        person="person",
        title="feedback",
        forgotten="feedback",
        aged=rules.feedback_on_old_answers,
        purged="feedback",
        lasts="as long as the answer",
    ),
    Holding(
        table=ExchangeRow,
        what="a question and its answer",
        columns=_SCOPE
        | of(ALLIANCE, "id created private shared dismissed answered confidence latency_ms")
        | of(ALLIANCE, "mark same_as")
        | left("asker", exported=False, person=None)
        | left("asker", channel=None, thread=None, source=None, answer_message=None)
        | left("asker", question="", previous=None, passages=[])
        | {"record": Datum("asker", "answer", {})},
        person="person",
        also=rules.read_with_words_of,
        title="questions",
        goes=rules.never_a_gap,
        on_forget="deleted; of a gap stays that there was one, without anything said",
        forgotten="questions",
        aged=lambda before, _: ExchangeRow.created < before,
        purged="exchanges",
        lasts=_BY_RETENTION,
    ),
    Holding(
        table=BorrowedRow,
        what="words of somebody that another person's question was read with",
        columns=_SCOPE
        | of("who wrote them", "exchange message words")
        | of("who wrote them", "person", exported=False),
        person="person",
        title="words_in_questions_of_others",
        on_forget="deleted, and the question and its answer with them",
        lasts="as long as the question",
        unused=rules.lent_to_nobody,
    ),
    Holding(
        table=NoteRow,
        what="a practice note",
        columns=_SCOPE
        | of(ALLIANCE, "id question text created retracted")
        | left("author", exported=False, author=None)
        | left("author", author_name=FORMER_MEMBER),
        person="author",
        title="notes",
        goes=False,
        on_forget="stays, by “a former member”; the words of the asker's question go from it",
        forgotten="notes",
        aged=lambda before, _: NoteRow.retracted.is_(True) & (NoteRow.created < before),
        purged="notes",
        lasts="until it is retracted, and then the alliance's retention",
    ),
    Holding(
        table=NoteGapRow,
        what="that a note answers a gap",
        columns=_SCOPE | of(ALLIANCE, "note exchange", exported=False),
        lasts="as long as both",
    ),
    Holding(
        table=OpportunityFormRow,
        what="what was typed to post or edit an opportunity",
        columns=_SCOPE | of("poster", "person about kind form saved"),
        person="person",
        title="opportunity_forms",
        aged=lambda before, _: OpportunityFormRow.saved < before,
        lasts="until it is posted or discarded, the alliance's retention at most",
    ),
    Holding(
        table=DigestItemRow,
        what="that a digest shows an opportunity to a person",
        columns=_SCOPE | of("reader", "person opportunity added shown closing"),
        person="person",
        title="digest_items",
        lasts=_WITH_OPPORTUNITY,
    ),
    Holding(
        table=OpportunityAnswerRow,
        what="an answer to an opportunity",
        columns=_SCOPE
        | of("respondent", "id opportunity side person name organization reply note at"),
        person="person",
        title="answers_to_opportunities",
        on_forget="goes to somebody else who speaks for the organization, without the note; else it is deleted, and the place goes to whoever waits first",
        forgotten="replies",
        lasts=_WITH_OPPORTUNITY,
    ),
    Holding(
        table=PartnerPersonRow,
        what="what the directory may show of a person",
        columns=_SCOPE | of("partner", "person name shown contact"),
        person="person",
        title="partner_profile",
        lasts=_UNTIL_WITHDRAWN,
    ),
    Holding(
        table=OrganizationRow,
        what="a partner organization, and what it looks for",
        columns=_SCOPE
        | of(ALLIANCE, "id name folded", exported=False)
        | of("who speaks for it", "interests region", exported=False),
        on_forget="stays; what it looks for goes with the last who speaks for it",
        lasts=_FOREVER,
    ),
    Holding(
        table=PersonSettingsRow,
        what="when and how a person wants to be written to",
        columns=_SCOPE | of("the person", "person zone at quiet_start quiet_end mode"),
        person="person",
        title="reminder_settings",
        forgotten="settings",
        lasts=_UNTIL_WITHDRAWN,
    ),
    Holding(
        table=AffiliationRow,
        what="that a person speaks for an organization",
        columns=_SCOPE | of("partner", "id person organization joined away"),
        person="person",
        title="organizations",
        forgotten="settings",
        lasts=_UNTIL_WITHDRAWN,
    ),
    Holding(
        table=JoinRequestRow,
        what="that a person wants to speak for an organization, and waits for a steward's yes",
        columns=_SCOPE | of("the person", "id person name organization asked"),
        person="person",
        title="asked_to_join",
        forgotten="settings",
        aged=lambda before, _: JoinRequestRow.asked < before,
        lasts="until a steward decides, the alliance's retention at most",
    ),
    Holding(
        table=DraftRow,
        what="what was typed on a step and could not be taken",
        columns=_SCOPE | of("respondent", "run step person fields saved"),
        person="person",
        title="drafts",
        forgotten="settings",
        lasts="until the answer is taken, at most as long as its run",
    ),
    Holding(
        table=NoticeRow,
        what="something to be delivered to a person or channel",
        columns=_SCOPE
        | of(ALLIANCE, "id kind about key channel due attempts tried sent given_up")
        | of("recipient, or asker", "person details"),
        person="person",
        also=rules.notices_to_drop,
        title="notices",
        aged=rules.notices_through,
        purged="notices",
        lasts="30 days after it was sent or given up; what it quotes only until then",
    ),
    Holding(
        table=OpportunityRow,
        what="an opportunity",
        columns=_SCOPE
        | of(ALLIANCE, "id organization title description kind audience deadline link capacity")
        | of(ALLIANCE, "region state created posted closes closed edited outcome note channel")
        | of(ALLIANCE, "message thread revision reached taken_down")
        | left("poster", poster=NOBODY, poster_name=FORMER_MEMBER, contact=""),
        person="poster",
        title="opportunities",
        goes=rules.never_published,
        on_forget="drafts deleted; what was published stays, by “a former member”",
        forgotten="opportunities",
        aged=lambda before, _: rules.opportunity_over(before),
        purged="opportunities",
        lasts="the alliance's retention after it was closed, drafts after they were begun",
    ),
    Holding(
        table=CommitmentRow,
        what="a promise made in a run",
        columns=_SCOPE
        | of("who promised", "id run step person what who day status cancelled made settled"),
        person="person",
        also=lambda person: CommitmentRow.run.in_(rules.private_runs(person)),
        title="commitments",
        forgotten="commitments",
        aged=lambda before, now: CommitmentRow.run.in_(rules.old_runs(before, now)),
        purged="commitments",
        lasts=_WITH_RUN,
    ),
    Holding(
        table=RunRow,
        what="a walk through a checklist",
        columns=_SCOPE
        | of(NO_ONE, "digest", exported=False)
        | of(ALLIANCE, "id checklist version team thread status current revision")
        | of(ALLIANCE, "started changed finished")
        | left("owner", owner=NOBODY, owner_name=FORMER_MEMBER),
        person="owner",
        title="runs",
        goes=lambda: RunRow.team.is_(False),
        on_forget="private ones deleted; a team's run stays for the others, by “a former member”",
        forgotten="runs",
        aged=rules.run_over,
        purged="runs",
        lasts=f"{_BY_RETENTION}, from its last change, and until the day of an open commitment",
    ),
    Holding(
        table=AnswerRow,
        what="an answer to a step",
        columns=_SCOPE
        | of("respondent", "run step person position text value what who day name organization")
        | of("respondent", "revision at"),
        person="person",
        forgotten="answers",
        lasts=_WITH_RUN,
    ),
    Holding(
        table=SkipRow,
        what="that a step was left out",
        columns=_SCOPE
        | of(ALLIANCE, "run step at")
        | left("who skipped it", person=NOBODY, reason=""),
        person="person",
        goes=False,
        forgotten="answers",
        lasts=_WITH_RUN,
    ),
    Holding(
        table=DefinitionRow,
        what="a checklist as runs began with it",
        columns=_SCOPE | of(NO_ONE, "digest title definition", exported=False),
        lasts="as long as a run began with it",
        unused=rules.definition_unused,
    ),
)
"""In the order in which they are purged and forgotten: what a row takes along comes before it."""

HOLDING_OF: Mapping[Table, Holding] = {holding.table: holding for holding in HOLDINGS}


def registry_table() -> str:
    """The registry for people to read, as a table in Markdown."""
    lines = ["| table | what | whose | how long | on `/privacy forget` |", "|---|---|---|---|---|"]
    lines += [
        f"| `{holding.name}` | {holding.what} | {owners(holding)} | {holding.lasts}"
        f" | {fate(holding)} |"
        for holding in HOLDINGS
    ]
    return "\n".join(lines) + "\n"
