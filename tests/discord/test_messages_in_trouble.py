"""Messages while Discord or the database can't be used for a while, and by people in a hurry."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager

import pytest
import stamina

from bot.answers import discord_messages
from bot.store import open_store
from tests.discord.bench import ANSWERS, ASKS, Alliance, Bench, eventually


@contextmanager
def locked(bench: Bench) -> Iterator[None]:
    """Another program writes to the database for as long as a block lasts."""
    file = bench.data_dir / "guide.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@pytest.fixture
async def impatient(bench: Bench) -> AsyncIterator[Bench]:
    """The bench with a store that doesn't wait long for others."""
    file = bench.data_dir / "guide.db"
    async with await open_store(file, bench.clock, patience=0.05) as store:
        bench.store = store
        yield bench


def counted(owner: object, method: str) -> list[object]:
    """The calls of a method of the store, noted from now on."""
    calls, really = [], getattr(owner, method)

    async def note(*arguments: object, **options: object) -> object:
        calls.append(arguments)
        return await really(*arguments, **options)

    setattr(owner, method, note)
    return calls


async def test_a_question_is_answered_once_discord_takes_messages_again(
    bench: Bench, valley: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_messages, "_FIRST_PAUSE", 0.01)
    with stamina.set_testing(True, attempts=2):
        await discord_is_down_for_a_while(bench, valley)


async def discord_is_down_for_a_while(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        down = bench.server.faults.fail("POST", ANSWERS, status=503, times=99)
        asked = await valley.rosa.says(valley.questions, ASKS)
        await eventually(lambda: down.hits >= 4)  # tried, told, and given up for now
        down.times = 0
        answer = await bench.answer(asked)
        await bench.kept(valley.guild.id, answer)
        await bench.idle()
    assert "About How do we keep momentum" in answer.text
    assert await bench.store.answers.pending_questions_everywhere() == ()
    assert len([one for one in valley.questions.history if one.author is bench.server.bot]) == 1


async def test_a_question_that_meets_a_locked_database_is_answered_once_it_is_free(
    impatient: Bench, valley: Alliance
) -> None:
    tries = counted(impatient.store.answers, "claim_question")
    async with impatient.started():
        with locked(impatient):
            asked = await valley.rosa.says(valley.questions, ASKS)
            await eventually(lambda: len(tries) >= 3)
        answer = await impatient.answer(asked)
        await impatient.idle()
    assert "About How do we keep momentum" in answer.text


async def test_a_database_that_stays_locked_is_told_in_its_own_words_once(
    impatient: Bench, valley: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_messages, "_LOCKED", 0.2)
    async with impatient.started():
        await impatient.answer(await valley.rosa.says(valley.questions, ASKS))
        await impatient.idle()
        with locked(impatient):
            told = await impatient.answer(await valley.rosa.dms(ASKS))
            here = await impatient.answer(await valley.rosa.says(valley.questions, "And who pays?"))
            await impatient.idle()
        said = [one for one in valley.rosa.dm.history if one.author is impatient.server.bot]
    assert "The database is locked" in told.text
    assert "The database is locked" in here.text
    assert len(said) == 1


async def test_who_asks_too_much_at_once_is_told_until_when_in_one_notice(
    bench: Bench, valley: Alliance
) -> None:
    bench.pace(questions=2, seconds=30)
    async with bench.started():
        for number in range(2):
            await bench.answer(await valley.rosa.dms(f"How do we take step {number}?"))
        notice = await bench.answer(await valley.rosa.dms("How do we take step 2?"))
        for text in ("How do we take step 3?", "How do we take step 4?", "hello"):
            await valley.rosa.dms(text)
        await valley.rosa.dm.until(lambda: "4 of your messages" in notice.text, what="the count")
        await bench.idle()
        said = [one for one in valley.rosa.dm.history if one.author is bench.server.bot]
        assert len(said) == 3
        assert "<t:" in notice.text
        bench.clock.advance(31)
        answer = await bench.answer(await valley.rosa.dms("How do we take step 5?"))
    assert "About" in answer.text


async def test_looking_up_is_under_a_pace_as_well(bench: Bench, valley: Alliance) -> None:
    bench.pace(questions=2, seconds=30)
    async with bench.started():
        found = [
            (await valley.rosa.uses("/cases", in_=valley.lounge, query="employers left")).text
            for _ in range(3)
        ]
        exported = await valley.omar.uses("/privacy export", in_=valley.lounge)
        read = [
            (await valley.omar.uses("/passage", in_=valley.lounge, title="momentum-steps")).text
            for _ in range(6)
        ]
    assert ["seconds" in text for text in found] == [False, False, True]
    assert "This is everything" in exported.text
    assert ["seconds" in text for text in read] == [False] * 4 + [True] * 2


async def test_a_step_answered_while_the_database_is_locked_is_told_why_once(
    impatient: Bench, valley: Alliance
) -> None:
    rosa = valley.rosa
    async with impatient.started():
        step = await rosa.uses("/checklist start", in_=valley.lounge, name="sponsor-accountability")
        form = await rosa.clicks("Answer", on=step)
        with locked(impatient):
            told = await rosa.submits(form, {"Your answer": "The vice president"})
            await impatient.idle()
    said = " ".join(message.text for message in told.messages)
    assert said.count("The database is locked") == 1
    assert "Something went wrong" not in said
    assert "The vice president" in said
