"""What whoever runs the bot does from outside: people, alliances, backups, one process a folder."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import sys
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from pathlib import Path
from stat import S_IMODE

import pytest

from bot.adapters.terminal import doctor
from bot.core.errors import ConfigurationError
from bot.data_folder import LOCK, prepare, served
from bot.database import copies, migrate
from bot.settings import Settings, read_settings
from bot.store import Store, open_store
from tests import postgres
from tests.adapters.terminal.conftest import Run
from tests.databases import migrated
from tests.store.samples import (
    ANA,
    BEN,
    OSLO,
    PARIS,
    TurnedClock,
    asked,
    damage,
    locked,
    rows,
    set_revision,
)

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights of another kind")


def with_store(file: Path, work: Callable[[Store], Awaitable[object]]) -> None:
    async def run() -> None:
        async with await open_store(file, TurnedClock()) as store:
            await work(store)

    asyncio.run(run())


async def fill(store: Store) -> None:
    """Ana asked in Paris and Oslo, Ben in Oslo."""
    await store.answers.add_exchange(PARIS, asked("Ana in Paris?"))
    await store.answers.add_exchange(OSLO, asked("Ana in Oslo?"))
    await store.answers.add_exchange(OSLO, asked("Ben in Oslo?", BEN))


@pytest.fixture
def own() -> Settings:
    """The settings that the program reads in this test."""
    return read_settings()


@pytest.fixture
def database(own: Settings) -> Path:
    """The database of the program, with something in it."""
    own.data_dir.mkdir()
    file = migrated(own.data_dir / "guide.db")
    with_store(file, fill)
    return file


# -- people and alliances ------------------------------------------------------------------------


def test_what_is_held_about_a_person_is_handed_out_over_all_alliances(
    database: Path, run: Run
) -> None:
    outcome = run("privacy", "export", str(ANA))
    content = json.loads(outcome.out)
    asked_by_ana = [one["question"] for held in content["alliances"] for one in held["questions"]]
    assert (outcome.code, asked_by_ana) == (0, ["Ana in Paris?", "Ana in Oslo?"])
    assert "Ben" not in outcome.out


def test_an_export_goes_to_a_new_file_for_its_owner_alone(
    database: Path, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "ana.json"
    assert run("privacy", "export", str(ANA), "--to", str(file)).code == 0
    assert len(json.loads(file.read_text("utf-8"))["alliances"]) == 2
    if sys.platform != "win32":
        assert S_IMODE(file.stat().st_mode) == 0o600
    again = run("alliance", "export", str(OSLO), "--to", str(file))
    assert again.code == 2
    assert "is there already" in again.words
    assert json.loads(file.read_text("utf-8"))["person"] == str(ANA)


def test_a_person_is_forgotten_over_all_alliances(database: Path, run: Run) -> None:
    outcome = run("privacy", "forget", str(ANA), "--yes")
    assert (outcome.code, outcome.out) == (0, f"Deleted of {ANA}: questions 2.\n")
    assert "Ana" not in repr(rows(database))
    assert "Ben in Oslo?" in repr(rows(database))
    assert "Nothing was held" in run("privacy", "forget", str(ANA), "--yes").out


def test_an_alliance_is_handed_out_and_deleted_as_a_whole(database: Path, run: Run) -> None:
    content = json.loads(run("alliance", "export", str(OSLO)).out)
    assert [row["question"] for row in content["tables"]["exchanges"]] == [
        "Ana in Oslo?",
        "Ben in Oslo?",
    ]
    outcome = run("alliance", "delete", str(OSLO), "--yes")
    assert (outcome.code, outcome.out) == (0, f"Deleted 2 rows of {OSLO}.\n")
    assert not any(rows(database, OSLO).values())
    assert "Ana in Paris?" in repr(rows(database))


@pytest.mark.parametrize(("said", "left"), [(b"n\n", True), (b"", True), (b"y\n", False)])
@pytest.mark.parametrize("what", [("privacy", "forget", ANA), ("alliance", "delete", PARIS)])
def test_nothing_is_deleted_before_yes(
    database: Path, run: Run, what: tuple[str, str, int], said: bytes, *, left: bool
) -> None:
    outcome = run(*map(str, what), stdin=said)
    assert "Delete everything" in outcome.words
    assert outcome.code == (1 if left else 0)
    assert ("Ana in Paris?" in repr(rows(database))) is left


@pytest.mark.parametrize("id_", ["0", "-1", "ana", str(2**63)])
@pytest.mark.parametrize("what", [("privacy", "export"), ("alliance", "export")])
def test_what_is_no_id_is_refused(run: Run, what: tuple[str, str], id_: str) -> None:
    assert run(*what, "--", id_).code == 2


@pytest.mark.parametrize(
    "command", [("privacy", "export", "5"), ("alliance", "export", "5"), ("backup", "copy.db")]
)
def test_where_there_is_no_database_none_is_made(
    own: Settings, run: Run, command: tuple[str, ...]
) -> None:
    outcome = run(*command)
    assert outcome.code == 3
    assert "There is no database" in outcome.words
    assert not own.data_dir.exists()


@pytest.mark.parametrize("group", ["privacy", "alliance"])
@pytest.mark.parametrize("verb", [0, 1])
def test_the_help_of_each_has_an_example(run: Run, group: str, verb: int) -> None:
    command = (
        group,
        {"privacy": ("export", "forget"), "alliance": ("export", "delete")}[group][verb],
    )
    assert f"Example: python -m bot {' '.join(command)}" in run(*command, "--help").words


# -- moving --------------------------------------------------------------------------------------


def test_all_is_moved_to_a_server_served_from_there_and_moved_back(
    database: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if reason := postgres.missing():
        pytest.skip(reason)
    name = postgres.name_for(tmp_path)
    url, back = postgres.made_empty(name), tmp_path / "back.db"
    try:
        moved = run("move", url)
        assert moved.code == 0, moved.words
        assert "exchanges 3 rows" in " ".join(moved.out.split())
        assert "read again, they are the same" in moved.words
        assert "serves from the old one" not in moved.words
        assert run("move", url).code == 2
        monkeypatch.setenv("DATABASE_URL", url)
        assert "Ana in Paris?" in run("privacy", "export", str(ANA)).out
        assert run("privacy", "forget", str(ANA), "--yes").code == 0
        assert run("backup", str(tmp_path / "backup.db")).code == 0
        assert run("move", f"sqlite:///{back}").code == 0
        assert "Ana" not in repr(rows(back))
        assert rows(back) == rows(tmp_path / "backup.db")
        assert "Ana in Paris?" in repr(rows(database))
    finally:
        postgres.dropped([name])


# -- backups -------------------------------------------------------------------------------------


def test_a_backup_brings_back_what_was_deleted_since(
    database: Path, run: Run, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    assert run("backup", str(copy)).code == 0
    assert run("backup", str(copy)).code == 2
    assert run("backup", str(copy), "--force").code == 0
    run("alliance", "delete", str(OSLO), "--yes")
    outcome = run("restore", str(copy))
    assert outcome.code == 0
    assert f"What was there before is {database}.before-" in "".join(outcome.out.split("\n"))
    assert "Ben in Oslo?" in repr(rows(database))


def test_nothing_is_restored_while_a_bot_serves(
    own: Settings, database: Path, run: Run, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    with served(own, database):
        assert run("backup", str(copy)).code == 0
        outcome = run("restore", str(copy))
    assert outcome.code == 2
    assert "Another process serves" in outcome.words
    assert [part.name for part in own.data_dir.glob("*before*")] == []


# -- one process a folder ------------------------------------------------------------------------


def test_a_second_run_ends_with_a_sentence(
    own: Settings, database: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "some.token")
    with served(own, database):
        outcome = run("run")
    assert outcome.code == 2
    assert outcome.out + outcome.err.strip().replace("\n", " ") == (
        f"Another process serves from {own.data_dir}. Stop it first, or give this one a folder of "
        "its own (ALLIANCE_GUIDE_DATA_DIR)."
    )


def serve_until_killed(settings: Settings, database: Path, told: Connection) -> None:
    with served(settings, database):
        told.send("serving")
        told.recv()


def test_a_process_that_was_killed_holds_nothing(own: Settings, database: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    other = spawn.Process(target=serve_until_killed, args=(own, database, there), daemon=True)
    other.start()
    assert here.recv() == "serving"
    with pytest.raises(ConfigurationError, match="Another process"), served(own, database):
        pass
    other.kill()
    other.join()
    with served(own, database):
        assert (own.data_dir / LOCK).exists()


def test_a_database_elsewhere_is_served_by_one_process_too(own: Settings, tmp_path: Path) -> None:
    elsewhere, beside = tmp_path / "guide.db", tmp_path / "other.db"
    first, second = (own.model_copy(update={"data_dir": tmp_path / name}) for name in "ab")
    for settings in (first, second):
        prepare(settings)
    with served(first, elsewhere):
        with pytest.raises(ConfigurationError), served(second, elsewhere):
            pass
        with served(second, beside):
            pass


@POSIX
def test_the_folder_and_what_is_in_it_is_for_its_owner_alone(own: Settings) -> None:
    folder = own.data_dir
    (folder / "index" / "build").mkdir(parents=True)
    files = [folder / "guide.db", folder / "errors.log", folder / "index" / "build" / "rows.json"]
    for file in files:
        file.touch(0o644)
    folder.chmod(0o755)
    prepare(own)
    assert [S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 3
    folders = [folder, folder / "index", folder / "index" / "build"]
    assert [S_IMODE(one.stat().st_mode) for one in folders] == [0o700] * 3


# -- doctor --------------------------------------------------------------------------------------


def found(settings: Settings) -> dict[str, str]:
    """What doctor says, by what it is about."""
    lines = [str(finding.line) for finding in doctor.examine(settings)]
    return {line[4:].split(":")[0]: line for line in lines}


def test_doctor_finds_nothing_wrong_with_a_database_and_writes_nothing(
    own: Settings, database: Path
) -> None:
    before = {part: part.stat().st_mtime_ns for part in own.data_dir.iterdir()}
    assert found(own)["database"].startswith(f"ok  database: {database}, whole, revision")
    assert {part: part.stat().st_mtime_ns for part in own.data_dir.iterdir()} == before


def test_doctor_sees_a_damaged_database(own: Settings, database: Path) -> None:
    damage(database)
    line = found(own)["database"]
    assert line.startswith(f"FIX database: {database} is damaged")
    assert "python -m bot restore FILE" in line


def test_doctor_sees_an_older_database(own: Settings, database: Path) -> None:
    set_revision(database, "0003")
    line = found(own)["database"]
    assert line.startswith(f"see database: of revision 0003, brought to {migrate.NEWEST} by the")


def test_doctor_sees_a_lock_of_another_program(
    own: Settings, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "PATIENCE", 0)
    with locked(database):
        line = found(own)["database"]
    assert line.startswith(f"FIX database: {database} is locked by another program; close")


def test_doctor_sees_another_process(own: Settings, database: Path) -> None:
    with served(own, database):
        assert found(own)["process"].startswith("see process: another process serves from here")
    assert "process" not in found(own)


def test_doctor_sees_whether_there_is_a_token(
    own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(own)["token"].startswith("see token: none; `run` needs one: put DISCORD_TOKEN=…")
    monkeypatch.setenv("DISCORD_TOKEN", "some.token")
    line = found(read_settings())["token"]
    assert (line, "some.token" in line) == ("ok  token: there is one", False)


def test_doctor_sees_a_disk_that_is_nearly_full(
    own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = doctor.shutil.disk_usage(".")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage._replace(free=40 * 2**20))
    assert found(own)["disk space"].startswith("FIX disk space: 40 MB are left where")
