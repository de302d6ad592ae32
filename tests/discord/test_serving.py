"""Serving under trouble: a model that loads, events that repeat, requests that fail, a stop."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path
from stat import S_IMODE
from typing import Any

import pytest

from tests.discord.bench import ANSWERS, ASKS, Alliance, Bench, SlowModel, eventually
from tests.discord.processes import LONG, connected, process, program
from tests.examples import further
from tests.loopback import DiscordServer, Member

# -- the model -----------------------------------------------------------------------------------


async def test_while_the_model_loads_a_message_says_so_and_becomes_the_answer(
    bench: Bench, valley: Alliance
) -> None:
    model = SlowModel(bench)
    async with bench.started(ready=False):
        asked = await valley.rosa.says(valley.questions, ASKS)
        placeholder = await bench.answer(asked)
        assert "starting up" in placeholder.text
        private = await valley.omar.uses(
            "/ask", question="What is a champion?", private=True, until_="acknowledged"
        )
        await private.until(lambda r: "starting up" in r.text)
        model.loaded.set()
        await bench.server.until(lambda: "About How" in placeholder.text, what="the answer")
        await private.until(lambda r: "About What is a champion" in r.text)
        assert private.ephemeral
        more = await valley.rosa.says(valley.questions, "and who pays?", reply_to=placeholder)
        await bench.answer(more)
    assert len([m for m in bench.server.bot_messages if not m.ephemeral]) == 2
    assert bench.guide.asked[-1].history == (ASKS,)


async def test_fifty_at_once_are_acknowledged_within_a_second_while_the_model_loads(
    bench: Bench, valley: Alliance
) -> None:
    people: list[Member] = [valley.guild.member(f"Leader {n}") for n in range(50)]
    model = SlowModel(bench)
    async with bench.started(ready=False):
        await bench.server.registered("ask")
        responses = await asyncio.gather(
            *(
                person.uses("/ask", in_=valley.lounge, question=f"How {n}?", until_="acknowledged")
                for n, person in enumerate(people)
            )
        )
        await bench.queued(50)
        model.loaded.set()
        for number, response in enumerate(responses):
            wanted = f"About How {number} "
            await response.until(lambda r, wanted=wanted: wanted in r.text)  # type: ignore[misc]
    assert bench.server.slowest_acknowledgement() < 1.0
    assert len(bench.guide.asked) == 50
    assert max(bench.guide.batches) > 1


async def test_beyond_the_queue_people_are_told_to_try_again(
    bench: Bench, valley: Alliance
) -> None:
    bench.limit_queue(1)
    model = SlowModel(bench)
    async with bench.started(ready=False):
        first = await valley.rosa.uses("/ask", question=ASKS, until_="acknowledged")
        await first.until(lambda r: "starting up" in r.text)
        await bench.queued(1)
        second = await valley.omar.uses("/ask", question=ASKS, until_="acknowledged")
        await second.until(lambda r: "Too many questions" in r.text)
        model.loaded.set()
        await first.until(lambda r: "About" in r.text)


# -- events and requests -------------------------------------------------------------------------


async def test_a_message_that_comes_twice_is_answered_once(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        bench.server.faults.duplicate("MESSAGE_CREATE")
        await bench.answer(await valley.rosa.says(valley.questions, ASKS))
        await bench.answer(await valley.rosa.says(valley.questions, "What is a champion?"))
    assert len(bench.server.bot_messages) == 2
    assert len(bench.guide.asked) == 2


async def test_a_socket_dropped_between_question_and_answer_costs_nothing(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        bench.guide.gate.clear()
        asked = await valley.rosa.says(valley.questions, ASKS)
        await bench.server.until(lambda: valley.questions in bench.server.typing, what="typing")
        await bench.server.gateway.drop()
        bench.guide.gate.set()
        answer = await bench.answer(asked)
        assert "About" in answer.text
        await bench.server.connected()
        await bench.answer(await valley.rosa.says(valley.questions, "What is a champion?"))
    assert len(bench.server.bot_messages) == 2


@pytest.mark.parametrize(
    ("fault", "options"),
    [
        ("fail", {"status": 502, "after_work": True}),
        ("cut", {"after_work": True}),
        ("rate_limit", {"retry_after": 0.2, "via": True}),
        *further(
            ("fail", {"status": 500, "after_work": False}),
            ("fail", {"status": 503, "after_work": False}),
            ("cut", {"after_work": False}),
            ("rate_limit", {"retry_after": 0.2, "via": False}),
        ),
    ],
)
async def test_an_answer_that_fails_on_its_way_is_sent_again_and_comes_once(
    bench: Bench, valley: Alliance, fault: str, options: dict[str, Any]
) -> None:
    async with bench.started():
        getattr(bench.server.faults, fault)("POST", ANSWERS, times=1, **options)
        answer = await bench.answer(await valley.rosa.says(valley.questions, ASKS))
        await bench.kept(valley.guild.id, answer)
    assert len(bench.server.bot_messages) == 1


@pytest.mark.parametrize("after_work", [False, True])
async def test_a_cut_acknowledgement_still_gets_its_answer(
    bench: Bench, valley: Alliance, *, after_work: bool
) -> None:
    async with bench.started():
        bench.server.faults.cut("POST", "/interactions/**", times=1, after_work=after_work)
        expected = {"code": 40060, "times": 1} if after_work else {"code": 40060, "times": 0}
        with bench.server.expecting(**expected):
            shown = await valley.rosa.uses("/ask", question=ASKS, private=True)
        assert "About" in shown.text
        assert shown.ephemeral


async def test_an_error_of_the_edited_answer_is_retried(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        bench.server.faults.cut("PATCH", "/webhooks/**", times=1)
        shown = await valley.rosa.uses("/ask", question=ASKS)
        assert "About" in shown.text


# -- commands ------------------------------------------------------------------------------------


async def test_commands_are_sent_once_and_again_only_when_they_changed(
    bench: Bench, valley: Alliance
) -> None:
    def sent() -> int:
        return len([r for r in bench.server.requests if r.method == "PUT"])

    async with bench.started():
        await bench.server.registered("ask", "cases", "passage", "help")
        await eventually((bench.data_dir / "commands.sha256").is_file)
    assert sent() == 1
    async with bench.started():
        await bench.answer(await valley.rosa.says(valley.questions, ASKS))
    assert sent() == 1
    (bench.data_dir / "commands.sha256").write_text("something else")
    async with bench.started():
        await bench.server.until(lambda: sent() == 2, what="commands sent again")


def said_in(folder: Path) -> str:
    """All that a forked process said."""
    return (folder / "log.jsonl").read_text("utf-8")


# -- the process ---------------------------------------------------------------------------------


async def test_a_signal_ends_the_program_in_order(server: DiscordServer, tmp_path: Path) -> None:
    guild = server.guild("Valley Alliance")
    rosa, channel = guild.member("Rosa"), guild.channel("questions")
    async with program(server, tmp_path, FAKE_SECONDS="0.5") as child:
        await server.connected(within=30)
        asked = await rosa.says(channel, ASKS, mentions=[server.bot])
        await server.until(lambda: channel in server.typing, what="typing", within=20)
        child.send_signal(signal.SIGTERM)
        answer = await channel.next_message(after=asked, by=server.bot, within=20)
        _, log = await asyncio.wait_for(child.communicate(), 20)
    assert child.returncode == 0, log.decode()
    assert "About" in answer.text
    assert "momentum" not in log.decode()
    assert all(line.startswith("{") for line in log.decode().splitlines())


@pytest.mark.slow
async def test_a_stop_that_cant_wait_hands_the_question_back(
    server: DiscordServer, tmp_path: Path
) -> None:
    guild = server.guild("Valley Alliance")
    rosa, channel = guild.member("Rosa"), guild.channel("questions")
    async with program(server, tmp_path, FAKE_SECONDS="3", GRACE="0.2") as child:
        await server.connected(within=30)
        asked = await rosa.says(channel, ASKS, mentions=[server.bot])
        await server.until(lambda: channel in server.typing, what="typing", within=20)
        child.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        answer = await channel.next_message(after=asked, by=server.bot, within=20)
        await asyncio.wait_for(child.communicate(), 20)
    assert child.returncode == 0
    assert "ask again" in answer.text
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("token", "says"),
    [("", "There is no Discord token"), ("wrong", "Discord refuses the token")],
)
async def test_a_token_that_cant_work_ends_with_a_sentence_and_code_2(
    tmp_path: Path, token: str, says: str
) -> None:
    async with DiscordServer() as server, process(server, tmp_path, DISCORD_TOKEN=token) as child:
        with server.expecting(status=401, times=1 if token else 0):
            code = await asyncio.wait_for(child.wait(), 30)
        server.assert_clean()
    said = said_in(tmp_path)
    assert code == 2, said
    assert says in said
    assert "Traceback" not in said


async def test_a_missing_intent_ends_with_a_sentence_and_code_2(tmp_path: Path) -> None:
    async with DiscordServer(granted=()) as server, process(server, tmp_path) as child:
        with server.expecting(code=4014, times=1):
            code = await asyncio.wait_for(child.wait(), 30)
        server.assert_clean()
    said = said_in(tmp_path)
    assert code == 2, said
    assert "Message Content Intent" in said
    assert "Traceback" not in said


async def test_a_model_that_cant_be_loaded_is_told_and_ends_the_program_with_code_3(
    server: DiscordServer, tmp_path: Path
) -> None:
    guild = server.guild("Valley Alliance")
    rosa, channel = guild.member("Rosa"), guild.channel("questions")
    async with process(server, tmp_path, NO_MODEL="1", LOAD_SECONDS="0.5") as child:
        await connected(server, child, tmp_path, 30)
        asked = await rosa.says(channel, ASKS, mentions=[server.bot])
        await channel.until(
            lambda: any("damaged" in one.text for one in channel.history if one.id > asked.id),
            what="the reason",
        )
        code = await asyncio.wait_for(child.wait(), 30)
    assert code == 3, said_in(tmp_path)


async def test_a_model_s_thread_that_ends_is_told_and_ends_the_program_with_code_3(
    server: DiscordServer, tmp_path: Path
) -> None:
    guild = server.guild("Valley Alliance")
    rosa, channel = guild.member("Rosa"), guild.channel("questions")
    async with process(server, tmp_path, BREAKS="1") as child:
        await connected(server, child, tmp_path, 30)
        asked = await rosa.says(channel, ASKS, mentions=[server.bot])
        told = await channel.next_message(
            after=asked, by=server.bot, containing="answer at the moment"
        )
        code = await asyncio.wait_for(child.wait(), 30)
    assert code == 3, said_in(tmp_path)
    assert told.reference is not None


async def test_one_process_serves_from_a_folder_which_is_its_owner_s_alone(
    server: DiscordServer, tmp_path: Path
) -> None:
    server.guild("Valley Alliance")
    folder = tmp_path / "data"
    folder.mkdir(0o755)
    places = {"ALLIANCE_GUIDE_DATA_DIR": str(folder)}
    async with process(server, tmp_path, **places) as first:
        await connected(server, first, tmp_path, LONG)
        await server.registered("ask")
        await eventually((folder / "commands.sha256").exists)
        async with program(server, tmp_path, **places) as second:
            out, log = await asyncio.wait_for(second.communicate(), LONG)
        assert second.returncode == 2, log.decode()
        assert out.decode().startswith(f"Another process serves from {folder}.")
        parts = {part.name: S_IMODE(part.stat().st_mode) for part in (folder, *folder.iterdir())}
        files = {"guide.db", "guide.db-wal", "guide.db-shm", "serving.lock", "commands.sha256"}
        assert parts == {"data": 0o700} | dict.fromkeys(files, 0o600)
        first.kill()
        await first.wait()
    await server.disconnected()
    async with process(server, tmp_path, **places) as third:
        await connected(server, third, tmp_path, LONG)
