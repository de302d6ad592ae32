"""The room of opportunities: what is typed and posted, what becomes of it, and digests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update

from bot.alliances.records import ChannelPurpose
from bot.alliances.store import channel_for, claim_event
from bot.core.clock import Clock
from bot.database.batches import Batches
from bot.database.database import Database
from bot.database.part import StorePart
from bot.database.session import StoreSession
from bot.opportunities.rules import notices
from bot.opportunities.rules.matching import Match
from bot.opportunities.rules.models import (
    DEFAULT_CAP,
    Inquiry,
    Kind,
    Offer,
    OfferForm,
    Opportunity,
    Outcome,
    Reply,
    Respondent,
    State,
)
from bot.opportunities.rules.records import CHANNEL, KeptForm, Published, PublishTrouble
from bot.opportunities.rules.replies import Counts, Replied, is_open, take_reply
from bot.opportunities.rules.report import Told
from bot.opportunities.store_answers import tell_colleagues
from bot.opportunities.store_digests import Items, add_items, mark_shown, plan_digest, read_items
from bot.opportunities.store_publication import close_posted, edit_open, publish_draft
from bot.opportunities.store_rows import (
    answers_of,
    changed,
    drop_forms,
    offer_columns,
    opportunity_row,
    still_open,
    stored_answers,
    to_answer,
    to_opportunity,
    write_answers,
)
from bot.opportunities.tables import OpportunityAnswerRow, OpportunityFormRow, OpportunityRow
from bot.outbox.store_notices import carry_out, waiting_notice


class OpportunityStore(StorePart):
    """Opportunities, answers to them, digests.

    Whatever somebody has to hear of is written to the outbox in the transaction of its cause; see
    `bot.opportunities.rules.notices` for which notices follow from what. Answers that come while
    another writer is busy are taken together, one after the other but in one transaction: hundreds
    may press at once, and the last must not wait for all the others.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._presses: Batches[Respondent, Replied | None, tuple[int, int]] = Batches(
            lambda key: database.writing(key[0]), self._take
        )

    async def keep_form(self, alliance: int, person: int, kept: KeptForm) -> None:
        """Keep what was typed, until it is posted or discarded; one for each `about`."""
        key = {"person": person, "about": kept.about}
        values = {"kind": kept.kind.value, "form": asdict(kept.form), "saved": self._clock()}
        async with self._database.writing(alliance) as session:
            await session.upsert(OpportunityFormRow, key | values, replace=True)

    async def kept_form(self, alliance: int, person: int, about: int = 0) -> KeptForm | None:
        """What was typed last; None if nothing is kept."""
        async with self._database.reading(alliance) as session:
            row = await session.get(OpportunityFormRow, (alliance, person, about))
            return KeptForm(OfferForm(**row.form), Kind(row.kind), about) if row else None

    async def drop_form(self, alliance: int, person: int, about: int = 0) -> bool:
        """Delete what was typed; False if nothing is kept."""
        form = delete(OpportunityFormRow).where(
            OpportunityFormRow.person == person, OpportunityFormRow.about == about
        )
        return await self._change(alliance, form)

    async def add_draft(
        self, alliance: int, poster: int, poster_name: str, organization: str, offer: Offer
    ) -> Opportunity:
        """Store an opportunity that isn't posted yet."""
        row = OpportunityRow(
            poster=poster,
            poster_name=poster_name,
            organization=organization,
            state=State.DRAFT.value,
            created=self._clock(),
            note="",
            revision=0,
            reached=0,
            **offer_columns(offer),
        )
        async with self._database.writing(alliance) as session:
            session.add(row)
            await session.flush()
            await session.refresh(row)
            return to_opportunity(row)

    async def change_draft(self, alliance: int, opportunity: int, offer: Offer) -> bool:
        """Change a draft; False if it is none any more."""
        draft = update(OpportunityRow).where(
            OpportunityRow.id == opportunity, OpportunityRow.state == State.DRAFT.value
        )
        return await self._change(alliance, draft.values(**offer_columns(offer)))

    async def discard(self, alliance: int, opportunity: int) -> bool:
        """Give a draft up, with the form it was typed in; False if it is none any more."""
        async with self._database.writing(alliance) as session:
            row = await opportunity_row(session, opportunity)
            if row is None or row.state != State.DRAFT:
                return False
            row.state = State.DISCARDED.value
            await drop_forms(session, row, began=True)
            return True

    async def publish(
        self,
        alliance: int,
        opportunity: int,
        matches: Sequence[Match],
        channel: int | None,
        *,
        cap: int = DEFAULT_CAP,
    ) -> Published | PublishTrouble:
        """Open a draft, and write down who is told: exactly once, within the cap of the day.

        What people want to hear, and for whom they speak, is read anew: the matches may have been
        found a while ago.
        """
        async with self._database.writing(alliance) as session:
            row = await opportunity_row(session, opportunity)
            if row is None:
                return PublishTrouble.GONE
            return await publish_draft(session, row, matches, channel, cap, self._clock())

    async def set_message(
        self, alliance: int, opportunity: int, *, channel: int, message: int
    ) -> None:
        """Note where it stands; it is refreshed there if anything happened to it meanwhile."""
        async with self._database.writing(alliance) as session:
            row = await opportunity_row(session, opportunity)
            if row is None or (row.channel, row.message) == (channel, message):
                return
            row.channel, row.message = channel, message
            if row.revision > 1:
                await carry_out(session, changed(row, self._clock()))

    async def set_question_thread(self, alliance: int, opportunity: int, thread: int) -> None:
        """Note where questions about it are asked."""
        statement = update(OpportunityRow).where(OpportunityRow.id == opportunity)
        await self._change(alliance, statement.values(thread=thread))

    async def opportunity(self, alliance: int, opportunity: int) -> Opportunity | None:
        """An opportunity by its id."""
        async with self._database.reading(alliance) as session:
            row = await opportunity_row(session, opportunity)
            return to_opportunity(row) if row else None

    async def opportunities(
        self,
        alliance: int,
        *,
        states: Sequence[State] = (State.OPEN,),
        poster: int | None = None,
        limit: int = 200,
    ) -> tuple[Opportunity, ...]:
        """Opportunities, those that close first first, then the newest.

        One whose time is over isn't open, even before it is closed.
        """
        rest = [state.value for state in states if state is not State.OPEN]
        wanted: ColumnElement[bool] = OpportunityRow.state.in_(rest)
        if State.OPEN in states:
            wanted |= still_open(self._clock())
        query = select(OpportunityRow).where(wanted)
        if poster is not None:
            query = query.where(OpportunityRow.poster == poster)
        closes = OpportunityRow.closes
        query = query.order_by(closes.is_(None), closes, OpportunityRow.id.desc()).limit(limit)
        async with self._database.reading(alliance) as session:
            return tuple(to_opportunity(row) for row in await session.scalars(query))

    async def edit(
        self, alliance: int, opportunity: int, offer: Offer
    ) -> tuple[Opportunity, tuple[str, ...]] | None:
        """Change an open opportunity: it, and which fields changed; None if it isn't open.

        Where there is room for more now, those that wait move up.
        """
        now = self._clock()
        async with self._database.writing(alliance) as session:
            row = await opportunity_row(session, opportunity)
            if row is None or not is_open(to_opportunity(row), now):
                return None
            fields = await edit_open(session, row, offer, now)
            return to_opportunity(row), fields

    async def close_opportunity(
        self, alliance: int, opportunity: int, outcome: Outcome | None, note: str = ""
    ) -> bool:
        """Close it, or note what came of one that is closed; False if nothing of that is new."""
        async with self._database.writing(alliance) as session:
            row = await opportunity_row(session, opportunity)
            if row is None or row.state not in {State.OPEN, State.CLOSED}:
                return False
            result = outcome.value if outcome else row.outcome
            said = note.strip() or row.note
            if row.state == State.CLOSED and (result, said) == (row.outcome, row.note):
                return False
            row.outcome, row.note = result, said
            await close_posted(session, row, self._clock())
            return True

    async def close_by_deadline(self, alliance: int, opportunity: int) -> bool:
        """Close it because its time is over; False if it isn't, or it is closed."""
        now = self._clock()
        async with self._database.writing(alliance) as session:
            row = await opportunity_row(session, opportunity)
            if row is None or row.state != State.OPEN or is_open(to_opportunity(row), now):
                return False
            await close_posted(session, row, now)
            return True

    async def told(self, alliance: int, since: datetime | None = None) -> tuple[Told, ...]:
        """What was posted since, each with whom it reached and what was answered."""
        answer = OpportunityAnswerRow
        numbers = [
            func.count(answer.id).filter(answer.reply == reply.value)
            for reply in (Reply.INTERESTED, Reply.WAITING, Reply.NOT_FOR_US)
        ]
        query = (
            select(OpportunityRow, *numbers)
            .outerjoin(answer, answer.opportunity == OpportunityRow.id)
            .where(OpportunityRow.posted.is_not(None))
            .group_by(OpportunityRow.id)
            .order_by(OpportunityRow.id)
        )
        if since is not None:
            query = query.where(OpportunityRow.posted >= since)
        async with self._database.reading(alliance) as session:
            return tuple(
                Told(to_opportunity(row), row.reached, Counts(*answered))
                for row, *answered in await session.execute(query)
            )

    async def answers(self, alliance: int, opportunity: int) -> tuple[Respondent, ...]:
        """The answers to an opportunity, in the order in which they were given."""
        async with self._database.reading(alliance) as session:
            return await answers_of(session, opportunity)

    async def reply(self, alliance: int, opportunity: int, by: Respondent) -> Replied | None:
        """Take an answer, with what follows from it; None if there is no such opportunity."""
        return await self._presses.ask((alliance, opportunity), by)

    async def ask_about(self, alliance: int, opportunity: int, inquiry: Inquiry) -> bool:
        """Take a question, with who is to be told; False if there is nothing to ask about.

        A form may be sent again, as nobody saw that it was taken: the same text is one question.
        """
        now = self._clock()
        text = hashlib.blake2s(inquiry.text.encode("utf-8", "replace"), digest_size=8).hexdigest()
        async with self._database.writing(alliance) as session:
            row = await opportunity_row(session, opportunity)
            if row is None or row.state not in {State.OPEN, State.CLOSED}:
                return False
            if await claim_event(session, f"question:{inquiry.id}:{text}", now):
                schedule = notices.asked(to_opportunity(row), inquiry, now)
                await carry_out(session, schedule)
            return True

    async def waiting_for_digest(
        self, alliance: int, person: int, before: datetime | None = None
    ) -> Items:
        """For a person: what is new, and what was shown before, is open and not answered.

        Args:
            alliance: which one.
            person: who; `CHANNEL` for what is to be shown in the opportunities channel.
            before: leaves out what became new after this. A digest that was tried before
                (`Notice.tried`) may have arrived as it was then.
        """
        async with self._database.reading(alliance) as session:
            return await read_items(session, person, self._clock(), before)

    async def digest_shown(
        self, alliance: int, person: int, shown: Sequence[int], notice: int | None = None
    ) -> None:
        """Note that a digest showed these opportunities, and plan the next.

        Args:
            alliance: which one.
            person: who saw it, or `CHANNEL`.
            shown: what was new or closing soon in it; maybe nothing.
            notice: what it was delivered for; counts as sent, in the same transaction.
        """
        now = self._clock()
        async with self._database.writing(alliance) as session:
            if notice is not None:
                row = await waiting_notice(session, notice)
                if row is None:
                    return
                row.sent = now
                await session.flush()
            await mark_shown(session, person, shown, now)
            await plan_digest(session, person, now)

    async def fall_back_to_channel(
        self, alliance: int, notice: int, opportunities: Sequence[int]
    ) -> bool:
        """Give up a notice to somebody who takes no direct messages: the channel shows it instead.

        It comes with the next digest in the alliance's opportunities channel, if there is one.
        False if the notice does not wait any more.
        """
        now = self._clock()
        async with self._database.writing(alliance) as session:
            row = await waiting_notice(session, notice)
            if row is None:
                return False
            row.given_up = "takes no direct messages"
            await session.flush()
            if row.person is not None:
                await mark_shown(session, row.person, opportunities, now)
                await plan_digest(session, row.person, now)
            if await channel_for(session, ChannelPurpose.OPPORTUNITIES) is not None:
                await add_items(session, [CHANNEL], opportunities, now)
                await plan_digest(session, CHANNEL, now)
            return True

    async def _take(
        self, session: StoreSession, key: tuple[int, int], given: Sequence[Respondent]
    ) -> Sequence[Replied | None]:
        """Take answers one after the other, and store what came of all of them."""
        _, opportunity = key
        row = await opportunity_row(session, opportunity)
        if row is None:
            return [None] * len(given)
        offered, now = to_opportunity(row), self._clock()
        rows = await stored_answers(session, opportunity)
        before = [(one.id, to_answer(one)) for one in rows]
        answers: Sequence[Respondent] = [one for _, one in before]
        replied = []
        for by in given:
            one = take_reply(offered, answers, by, now)
            answers = one.answers
            replied.append(one)
        if any(one.changed for one in replied):
            await write_answers(
                session,
                row,
                before,
                answers,
                now,
                moved_up=[up for one in replied for up in one.moved_up],
                last=[one.given for one in replied if one.given and one.went_last],
            )
            await tell_colleagues(session, offered, replied, now)
        return replied
