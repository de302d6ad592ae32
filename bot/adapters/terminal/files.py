"""Files that go with screens: written to the folder somebody is in, never over another."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from bot.chat.screen import File
from bot.core.phrases import Phrases


def save(file: File, folder: Path, phrases: Phrases) -> str:
    """Write a file under a name that is free, and say so; one that is there already stays it."""
    plain = folder / Path(file.name).name
    for number in count(1):
        path = plain if number == 1 else plain.with_stem(f"{plain.stem}-{number}")
        try:
            if path.is_file() and path.read_bytes() == file.data:
                break
            with path.open("xb") as opened:
                opened.write(file.data)
            break
        except FileExistsError:
            continue
        except OSError as error:
            return phrases.say("file_not_written", file=path, error=error.strerror)
    return phrases.say("file_written", file=path.resolve())
