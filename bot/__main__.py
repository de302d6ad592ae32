"""Entry of `python -m bot` and `alliance-guide`: runs the command line, turns errors into words."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
import uuid
from datetime import UTC, datetime
from pathlib import Path

from bot.cli import app, err
from bot.core.errors import ContentInvalid, GuideError
from bot.core.files import FOLDER_OF_OWNER, make_for_owner


def main() -> None:
    """Run the program and exit with its code; nobody is ever shown a traceback."""
    try:
        app()
    except GuideError as error:
        err.print(str(error), markup=False, soft_wrap=True)
        if isinstance(error, ContentInvalid):
            for problem in error.problems[:20]:
                err.print(str(problem), markup=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except OSError as error:
        err.print(f"The system refused: {error}.", markup=False, soft_wrap=True)
        sys.exit(1)
    except Exception:  # the last resort: an id for the user, the details in a log
        sys.exit(_unexpected())


def _unexpected() -> int:
    from bot.settings import read_settings

    number = uuid.uuid4().hex[:8]
    try:
        folder = read_settings().data_dir
    except GuideError:
        folder = Path(tempfile.gettempdir())
    log = folder / "errors.log"
    log.parent.mkdir(FOLDER_OF_OWNER, parents=True, exist_ok=True)
    make_for_owner(log)
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{datetime.now(UTC).isoformat()} {number}\n{traceback.format_exc()}\n")
    err.print(
        f"Something unexpected went wrong (error {number}); the details are in {log}.",
        markup=False,
        soft_wrap=True,
    )
    return 1


if __name__ == "__main__":
    main()
