"""Gaps and practice notes: seen, answered, cited, over the loopback Discord."""

from __future__ import annotations

from tests.discord.bench import Bench
from tests.discord.steward import DRONES, LAYOUT, NOTE, answered, ask, gap_in, stewarded
from tests.discord.walks import pings

# -- notes -----------------------------------------------------------------------------------------


async def test_a_note_is_cited_at_once_in_its_alliance_and_nowhere_else(small: Bench) -> None:
    valley, coast = stewarded(small, "Valley"), stewarded(small, "Coast")
    async with small.started():
        before = await ask(valley, DRONES)
        (gap,) = await small.store.answers.open_gaps(valley.guild.id, 10)
        done = await answered(valley, gap.exchange)
        after = await ask(valley, DRONES)
        again = await ask(valley, "drone licence: who signs up")
        elsewhere = await ask(coast, DRONES)

    assert "Maria" not in before.text
    assert done.ephemeral
    assert "citable in this alliance" in done.text
    for answer in (after, again):
        assert "Maria signs people up for the drone licence on Mondays" in answer.text
        assert "Practice notes of this alliance" in answer.text
        assert valley.sam.name in answer.text
    assert "Maria" not in elsewhere.text
    (note,) = await small.store.answers.notes(valley.guild.id)
    exchange = await small.store.answers.exchange_by_answer(valley.guild.id, after.message.id)
    assert exchange is not None
    (citation,) = exchange.outcome.record["citations"]  # type: ignore[index]
    assert citation["kind"] == "note"
    assert citation["source"]["document"] == "practice-notes"
    assert (note.author, note.author_name) == (valley.sam.id, valley.sam.name)
    assert await small.store.answers.open_gaps(valley.guild.id, 10) == ()


async def test_a_note_can_be_read_in_full_here_and_is_unknown_elsewhere(small: Bench) -> None:
    valley, coast = stewarded(small, "Valley"), stewarded(small, "Coast")
    gap = await gap_in(small, valley.guild, DRONES)
    async with small.started():
        await answered(valley, gap)
        (note,) = await small.store.answers.notes(valley.guild.id)
        name = f"note-{note.id}"
        here = await valley.lea.uses("/passage", in_=valley.channel, title=name)
        there = await coast.lea.uses("/passage", in_=coast.channel, title=name)
        offered = await coast.lea.types_into("/passage", in_=coast.channel, title="drone licence")

    assert "Bring a passport." in here.text
    assert "No passage is called" in there.text
    assert name not in [choice.value for choice in offered]


async def test_a_note_stays_citable_after_a_restart(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    async with small.started():
        await answered(valley, gap)
    async with small.started():
        after = await ask(valley, DRONES)
    assert "Maria" in after.text


async def test_a_note_that_is_taken_back_is_cited_no_more(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    async with small.started():
        await answered(valley, gap)
        assert "Maria" in (await ask(valley, DRONES)).text
        (note,) = await small.store.answers.notes(valley.guild.id)
        await small.store.answers.retract_note(valley.guild.id, note.id)
        assert "Maria" not in (await ask(valley, DRONES)).text


async def test_the_words_of_someone_forgotten_leave_the_note_that_answers_them(
    small: Bench,
) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES, person=valley.lea.id)
    async with small.started():
        await answered(valley, gap)
        asked = await valley.lea.uses("/privacy forget", in_=valley.channel)
        await valley.lea.clicks("Delete my data", on=asked)
        (note,) = await small.store.answers.notes(valley.guild.id)
        read = await valley.sam.uses("/passage", in_=valley.channel, title=f"note-{note.id}")
        export = await valley.sam.uses("/guide export", in_=valley.channel)
    assert "Bring a passport." in read.text
    assert DRONES not in read.text
    assert f"Practice note {note.id}" in read.text
    assert DRONES not in export.files[0].data.decode()


async def test_markup_in_a_note_never_pings_nor_makes_a_marker(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    async with small.started():
        done = await answered(valley, gap, f"Ask Maria {LAYOUT} [7] about the drone licence.")
        answer = await ask(valley, DRONES)
    assert "Ask Maria" in answer.text
    assert "[7]" not in answer.text
    assert "@everyone" not in answer.text
    assert " **big**" not in answer.text
    assert not pings(done)
    assert not pings(answer)


# -- gaps ------------------------------------------------------------------------------------------


async def test_gaps_that_ask_the_same_are_grouped_the_newest_first(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    await gap_in(small, valley.guild, "when is the drone licence course")
    await gap_in(small, valley.guild, "where can visitors park")
    newest = await gap_in(small, valley.guild, "the drone licence course, when is it")
    async with small.started():
        page = await valley.sam.uses("/guide gaps", in_=valley.channel)
    assert page.ephemeral
    assert "3 open questions in 2 groups" in page.text
    assert "asked 2 times" in page.text
    assert page.text.index(f"#{newest}") < page.text.index("where can visitors park")


async def test_pages_of_gaps_turn_after_a_restart_and_stand_still_meanwhile(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    names = ["apples", "boats", "cranes", "drills", "engines", "ferries", "glue"]
    for name in names:
        await gap_in(small, valley.guild, f"{name} {name}?")
    async with small.started():
        page = await valley.sam.uses("/guide gaps", in_=valley.channel)
        assert "page 1 of 2" in page.text
        assert "glue" in page.text
        assert "boats" not in page.text
    async with small.started():
        await gap_in(small, valley.guild, "hammers hammers?")
        older = await valley.sam.clicks("Older", on=page.message)
        assert "page 2 of 2" in older.text
        assert "boats" in older.text
        assert "hammers" not in older.text
        newer = await valley.sam.clicks("Newer", on=page.message)
        assert "glue" in newer.text


async def test_no_gaps_are_said_to_be_none(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        page = await valley.sam.uses("/guide gaps", in_=valley.channel)
    assert "no open gaps" in page.text


async def test_gaps_of_one_alliance_never_show_in_another(small: Bench) -> None:
    valley, coast = stewarded(small, "Valley"), stewarded(small, "Coast")
    gap = await gap_in(small, valley.guild, "the secret of the valley")
    async with small.started():
        page = await coast.sam.uses("/guide gaps", in_=coast.channel)
        offered = await coast.sam.types_into("/guide answer", in_=coast.channel, gap="")
        refused = await coast.sam.uses("/guide answer", in_=coast.channel, gap=str(gap))
        export = await coast.sam.uses("/guide export", in_=coast.channel)
    assert "secret" not in page.text
    assert offered == []
    assert "There is no open gap" in refused.text
    assert b"secret" not in export.files[0].data


async def test_markup_in_a_gap_never_pings_nor_breaks_the_list(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, LAYOUT)
    async with small.started():
        page = await valley.sam.uses("/guide gaps", in_=valley.channel)
        offered = await valley.sam.types_into("/guide answer", in_=valley.channel, gap="big")
        refused = await valley.sam.uses("/guide answer", in_=valley.channel, gap=f"no {LAYOUT}")
        done = await answered(valley, gap)
    assert [choice.value for choice in offered] == [str(gap)]
    for response in (page, refused, done):
        assert "@everyone" not in response.text
        assert " **big**" not in response.text
        assert not pings(response)


# -- answering -------------------------------------------------------------------------------------


async def test_an_unknown_gap_is_refused_before_the_form(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        for wanted in ("4711", "#4711", "what nobody asked", "9" * 30):
            refused = await valley.sam.uses("/guide answer", in_=valley.channel, gap=wanted)
            assert refused.ephemeral
            assert "There is no open gap" in refused.text


async def test_a_gap_is_found_by_number_by_wording_and_from_the_list(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    await gap_in(small, valley.guild, "where can visitors park")
    async with small.started():
        offered = await valley.sam.types_into("/guide answer", in_=valley.channel, gap="drone")
        assert [(choice.value, choice.name) for choice in offered] == [
            (str(gap), f"{DRONES} (#{gap})")
        ]
        for wanted in (str(gap), f"#{gap}", DRONES.upper(), offered[0].name):
            form = await valley.sam.uses("/guide answer", in_=valley.channel, gap=wanted)
            assert form.fields == ["Title: the question it answers", "Answer"]
        page = await valley.sam.uses("/guide gaps", in_=valley.channel)
        form = await valley.sam.selects("Answer a gap", str(gap), on=page)
        done = await valley.sam.submits(form, {"Answer": NOTE})
        assert "citable" in done.text


async def test_gaps_that_ask_the_same_are_closed_if_asked(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    for text in ("when is the drone licence course", "where can visitors park"):
        await gap_in(small, valley.guild, text)
    gap = await gap_in(small, valley.guild, "the drone licence course, when is it")
    lone = await gap_in(small, valley.guild, "drone licence course: when?")
    async with small.started():
        await answered(valley, lone)
        left = await small.store.answers.open_gaps(valley.guild.id, 10)
        assert len(left) == 3
        done = await answered(valley, gap, alike=True)
        assert "1 more gap" in done.text
    (left_over,) = await small.store.answers.open_gaps(valley.guild.id, 10)
    assert left_over.question == "where can visitors park"


async def test_a_form_opened_before_a_restart_is_taken(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    async with small.started():
        form = await valley.sam.uses("/guide answer", in_=valley.channel, gap=str(gap))
    async with small.started():
        done = await valley.sam.submits(form, {"Answer": NOTE})
    assert "citable" in done.text
    assert len(await small.store.answers.notes(valley.guild.id)) == 1


async def test_of_two_stewards_at_once_one_writes_and_the_other_keeps_the_text(
    small: Bench,
) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    async with small.started():
        forms = [
            await valley.sam.uses("/guide answer", in_=valley.channel, gap=str(gap))
            for _ in range(2)
        ]
        await valley.sam.submits(forms[0], {"Answer": NOTE})
        late = await valley.sam.submits(forms[1], {"Answer": "My own long text."})
    assert "no longer open" in late.text
    assert "My own long text." in late.text
    (note,) = await small.store.answers.notes(valley.guild.id)
    assert note.text == NOTE


async def test_a_form_sent_twice_by_discord_writes_one_note(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    async with small.started():
        form = await valley.sam.uses("/guide answer", in_=valley.channel, gap=str(gap))
        small.server.faults.duplicate("INTERACTION_CREATE")
        done = await valley.sam.submits(form, {"Answer": NOTE})
    assert "citable" in done.text
    assert len(await small.store.answers.notes(valley.guild.id)) == 1


async def test_an_answer_without_words_is_refused(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    async with small.started():
        done = await answered(valley, gap, "?!  …")
    assert "needs words" in done.text
    assert await small.store.answers.notes(valley.guild.id) == ()


async def test_why_an_answer_did_not_help_is_read_by_the_stewards(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        answer = await ask(valley, "Who chairs the meetings of the alliance?")
        form = await valley.lea.clicks("Not helpful", on=answer.message)
        await valley.lea.submits(form, {"Reason": "@everyone **too** short"})
        page = await valley.sam.uses("/guide gaps", in_=valley.channel)
    assert "a reader wrote: “" in page.text
    assert "\\*\\*too\\*\\* short" in page.text
    assert not pings(page)
