"""What whoever runs the bot does with what it keeps: backups, and people and alliances as a whole."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot import wiring
from bot.core.errors import ConfigurationError
from bot.core.files import replaced
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.store import Store

T = TypeVar("T")

privacy = typer.Typer(
    help="What is held about a person, over all alliances.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
alliance = typer.Typer(
    help="What is held of an alliance.", no_args_is_help=True, rich_markup_mode=None
)

_HIGHEST_ID = 2**63 - 1
Person = Annotated[
    int, typer.Argument(metavar="PERSON", min=1, max=_HIGHEST_ID, help="Their Discord id.")
]
Alliance = Annotated[
    int, typer.Argument(metavar="ID", min=1, max=_HIGHEST_ID, help="The Discord server's id.")
]
To = Annotated[
    Path | None, typer.Option("--to", metavar="FILE", help="A new file instead of the screen.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Don't ask before deleting.")]


@privacy.command(
    "export", epilog="Example: python -m bot privacy export 700000000000000001 --to person.json"
)
def export_person(person: Person, to: To = None) -> None:
    """Hand out everything held about a person, as JSON; what /privacy export does in a message."""
    _hand_out(_with_store(lambda store: store.privacy.export_person_everywhere(person)), to)


@privacy.command("forget", epilog="Example: python -m bot privacy forget 700000000000000001 --yes")
def forget_person(person: Person, yes: Yes = False) -> None:
    """Delete everything held about a person in all alliances, as /privacy forget does."""
    _ask(f"Delete everything about {person}?", yes=yes)
    gone = asdict(_with_store(lambda store: store.privacy.forget_person_everywhere(person)))
    counted = ", ".join(f"{name} {count}" for name, count in gone.items() if count)
    print(f"Deleted of {person}: {counted}." if counted else f"Nothing was held about {person}.")


@alliance.command(
    "export", epilog="Example: python -m bot alliance export 800000000000000001 --to alliance.json"
)
def export_alliance(id_: Alliance, to: To = None) -> None:
    """Hand out every row of an alliance, as JSON; also what people said to the bot alone."""
    _hand_out(_with_store(lambda store: store.privacy.export_alliance(id_)), to)


@alliance.command("delete", epilog="Example: python -m bot alliance delete 800000000000000001")
def delete_alliance(id_: Alliance, yes: Yes = False) -> None:
    """Delete everything of an alliance, whoever said it."""
    _ask(f"Delete everything of alliance {id_}?", yes=yes)
    rows = _with_store(lambda store: store.privacy.delete_alliance(id_))
    print(f"Deleted {rows} rows of {id_}." if rows else f"Nothing was held of {id_}.")


def back_up_to(
    file: Annotated[Path, typer.Argument(help="Where the copy goes.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a copy of everything the bot keeps, while it runs, and look whether it is whole.

    The copy is a file, also of a database on PostgreSQL; `restore` takes it for either.
    """
    from bot.data_folder import database_location
    from bot.database.copies import back_up
    from bot.database.location import database_url, file_of
    from bot.database.move_between import back_up_server

    url = database_url(database_location(read_settings()))
    database = file_of(url)
    if database is None:
        back_up_server(url, file, replace=force)
    else:
        back_up(database, file, replace=force)
    print(f"Backed up to {file}.")


def restore_from(
    file: Annotated[Path, typer.Argument(help="A copy that `backup` wrote.")],
) -> None:
    """Put a backup in the place of the database; the bot has to be stopped."""
    from bot.data_folder import database_location, prepare, served
    from bot.database.copies import restore
    from bot.database.location import database_url, file_of
    from bot.database.move_between import restore_server

    settings = read_settings()
    url = database_url(database_location(settings))
    database = file_of(url)
    prepare(settings)
    with served(settings, database):
        if database is None:
            kept = restore_server(file, url, settings.data_dir, wiring.utc_now())
        else:
            kept = restore(file, database, wiring.utc_now())
    print(f"Restored {file}." + (f" What was there before is {kept}." if kept else ""))


def move_to(
    target: Annotated[
        str, typer.Argument(metavar="DATABASE_URL", help="Where to; an empty database.")
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace all that the target holds.")
    ] = False,
) -> None:
    """Copy everything the bot keeps to another database, and read it again to compare.

    From SQLite to PostgreSQL or back. The copy is there as a whole or not at all; what it was
    taken from stays as it is.
    """
    from bot.data_folder import database_location, is_served
    from bot.database.location import database_url, file_of, shown
    from bot.database.move_between import is_served_from, move_between

    settings = read_settings()
    source, to = database_url(database_location(settings)), database_url(target)
    file, replaced_file = file_of(source), file_of(to)
    if replaced_file is not None and replaced_file.exists() and is_served(settings, replaced_file):
        raise ConfigurationError(f"A process serves from {replaced_file}; stop it first.")
    contents = move_between(source, to, wiring.utc_now(), replace=replace)
    for name, content in contents.items():
        print(f"{name:<20} {content.rows:>9} rows  {content.mark}")
    total = sum(content.rows for content in contents.values())
    print(f"Moved {total} rows from {shown(source)} to {shown(to)}; read again, they are the same.")
    if is_served_from(source) if file is None else is_served(settings, file):
        print(
            "A bot serves from the old one meanwhile: what it writes from now on is not in the "
            "copy. Stop it, and move once more with --replace."
        )
    print("To use it, start the bot with DATABASE_URL set to where it is now.")


def _with_store(work: Callable[[Store], Awaitable[T]]) -> T:
    """Do something with the store, where there is one; a bot may run meanwhile."""
    from bot.data_folder import database_file
    from bot.database.unavailable import StoreUnavailable

    settings = read_settings()
    file = database_file(settings)
    if file is not None and not file.exists():
        raise StoreUnavailable(f"There is no database at {file} yet.")

    async def run() -> T:
        async with await wiring.open_storage(settings, wiring.ServeOptions()) as store:
            return await work(store)

    return asyncio.run(run())


def _hand_out(content: Mapping[str, Any], to: Path | None) -> None:
    from bot.chat.screen import File

    data = File.of_json("", content).data
    if to is None:
        print(data.decode("utf-8"))
        return
    if to.exists():
        raise ConfigurationError(f"{to} is there already; give another name.")
    with replaced(to) as written:
        written.write_bytes(data + b"\n")
    print(f"Written to {to}.")


def _ask(question: str, *, yes: bool) -> None:
    if not yes:
        typer.confirm(question, abort=True)
