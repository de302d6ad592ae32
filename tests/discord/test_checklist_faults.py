"""Answers are kept whatever happens around them: slow stores, lost connections, Discord's errors."""

from __future__ import annotations

import asyncio

from tests.discord.bench import Alliance, Bench, eventually, held_up
from tests.discord.walks import answers, begin, buttons, only_run, opened, texts_of

CALLBACKS = "/interactions/*/*/callback"
EDITS = "/webhooks/**"


async def test_an_answer_is_kept_before_it_is_acknowledged(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        form = await valley.rosa.clicks("Answer", on=step)
        gate = bench.server.faults.hold("POST", CALLBACKS)
        sent = await valley.rosa.submits(form, {"Your answer": "kept"}, until_="sent")
        await gate.arrived()
        assert await texts_of(bench, valley.guild.id) == {"accountable-person": ["kept"]}
        gate.release()
        await sent.until(lambda r: "2 of 8" in r.text)


async def test_a_press_is_acknowledged_also_while_the_store_takes_its_time(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        form = await valley.rosa.clicks("Answer", on=step)
        go_on = held_up(bench.store.checklists, "change_run")
        sent = await valley.rosa.submits(form, {"Your answer": "kept"}, until_="acknowledged")
        assert sent.ack_seconds < 1.5
        assert await texts_of(bench, valley.guild.id) == {}
        go_on.set()
        await sent.until(lambda r: "2 of 8" in r.text)


async def test_what_cant_be_acknowledged_any_more_is_kept_before_the_bot_counts_as_idle(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started() as client:
        step = await begin(valley.rosa, valley.lounge)
        form = await valley.rosa.clicks("Answer", on=step)
        go_on = held_up(bench.store.checklists, "change_run")
        refused = bench.server.faults.fail("POST", CALLBACKS, status=404)
        await valley.rosa.submits(form, {"Your answer": "kept"}, until_="sent")
        await eventually(lambda: refused.hits)
        for _ in range(50):  # whatever comes of the refusal has come of it
            await asyncio.sleep(0)
        assert not client.idle
        go_on.set()
        await bench.idle()
        assert await texts_of(bench, valley.guild.id) == {"accountable-person": ["kept"]}


async def test_the_page_arrives_once_after_errors_of_discord(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        bench.server.faults.fail("PATCH", EDITS, status=502, times=1)
        step = await answers(valley.rosa, step, "one")
        assert "2 of 8" in step.text
        bench.server.faults.rate_limit("PATCH", EDITS, retry_after=0.01)
        step = await answers(valley.rosa, step, "two")
        assert "3 of 8" in step.text
    assert len(await texts_of(bench, valley.guild.id)) == 2


async def test_a_page_that_never_arrived_is_shown_by_the_next_press(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        form = await valley.rosa.clicks("Answer", on=step)
        bench.server.faults.fail("PATCH", EDITS, status=404)
        await valley.rosa.submits(form, {"Your answer": "one"}, until_="acknowledged")
        await bench.idle()
        assert "1 of 8" in step.text
        healed = await valley.rosa.clicks("Answer", on=step)
        assert "you are at step 2" in healed.text
        assert "2 of 8" in step.text
        step = await answers(valley.rosa, healed, "two")
        assert "3 of 8" in step.text


async def test_of_two_members_the_one_shown_last_hides_nothing_of_the_other(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        await begin(valley.rosa, valley.lounge, team=True)
        (thread,) = valley.lounge.threads
        step = thread.history[-1]
        form = await valley.rosa.clicks("Answer", on=step)
        gate = bench.server.faults.hold("POST", CALLBACKS)
        await valley.rosa.submits(form, {"Your answer": "kept first"}, until_="sent")
        await gate.arrived()
        await answers(valley.omar, step, "kept second")
        gate.release()
        await bench.idle()
        assert "> kept first" in step.text
        assert "> kept second" in step.text


async def test_a_form_that_came_late_is_opened_beside_and_answers_the_step_of_the_team(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        await begin(valley.rosa, valley.lounge, team=True)
        (thread,) = valley.lounge.threads
        step = thread.history[-1]
        go_on = held_up(bench.store.checklists, "draft")
        pressed = await valley.omar.clicks("Answer", on=step, until_="acknowledged")
        go_on.set()
        late = await pressed.followup()
        assert "took too long" in late.text
        form = await valley.omar.clicks("Answer", on=late)
        kept = await valley.omar.submits(form, {"Your answer": "Ana"})
        assert "Your answer is kept" in kept.text
        assert "**Omar**, no organization\n> Ana" in step.text


async def test_a_team_step_posted_late_is_posted_once(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        await begin(valley.rosa, valley.lounge, team=True)
        (thread,) = valley.lounge.threads
        step = thread.history[-1]
        await answers(valley.rosa, step, "Ana")
        bench.server.faults.cut("POST", f"/channels/{thread.id}/messages", after_work=True)
        await valley.rosa.clicks("Next", on=step)
        await bench.idle()
        assert sum("2 of 8" in message.text for message in thread.history) == 1
        assert buttons(step) == []


async def test_after_a_lost_connection_old_buttons_work_on(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        await bench.server.gateway.drop()
        await bench.server.connected()
        step = await answers(valley.rosa, step, "one")
        assert "2 of 8" in step.text

    async def kept() -> bool:
        return (await only_run(bench, valley.guild.id)).run.current == "benefit"

    assert await eventually(kept)


async def test_an_answer_to_a_step_whose_message_was_deleted_is_kept_and_told(
    bench: Bench, valley: Alliance
) -> None:
    moderator = valley.guild.owner
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        form = await valley.rosa.clicks("Answer", on=step)
        await moderator.deletes(step.message)
        with bench.server.expecting(code=10008):
            sent = await valley.rosa.submits(form, {"Your answer": "Ana"})
            await sent.until(lambda r: any("2 of 8" in one.text for one in r.messages), what="step")
        (shown,) = sent.followups
        assert shown.ephemeral
        assert "What you sent is kept" in shown.text
        assert "Answer" in buttons(shown)
        await valley.rosa.clicks("Pause", on=shown)

        thread, first = await opened(valley)
        form = await valley.omar.clicks("Answer", on=first)
        await moderator.deletes(first)
        with bench.server.expecting(code=10008):
            sent = await valley.omar.submits(form, {"Your answer": "Nobody so far"})
            await sent.until(
                lambda r: any("is kept" in one.text for one in r.messages), what="word"
            )
            await bench.idle()
        anew = thread.history[-1]
        assert "Nobody so far" in anew.text
        assert "it stands here anew" in " ".join(one.text for one in sent.messages)
        await valley.rosa.clicks("Next", on=anew)
        await bench.idle()
        assert "2 of 8" in thread.history[-1].text
