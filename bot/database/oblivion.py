"""Who was forgotten a while ago, so that nothing they said before is kept afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.errors import GuideError

_UNDER_WAY = timedelta(hours=2)
"""Nothing that somebody said is under way for longer."""


class ForgottenMeanwhile(GuideError):
    """Whoever asked was forgotten before what they asked could be kept."""


class Oblivion:
    """The people who were forgotten, asked and told within a writing transaction."""

    def __init__(self) -> None:
        self._people: dict[int, datetime] = {}

    def note(self, person: int, now: datetime) -> None:
        """Somebody is being forgotten."""
        kept = {one: at for one, at in self._people.items() if now - at < _UNDER_WAY}
        self._people = kept | {person: now}

    def require_none_since(self, person: int, received: datetime, now: datetime) -> None:
        """Refuse to keep what somebody said before they were forgotten.

        Where the clock was set back since, what was received by the new time came after it.

        Raises:
            ForgottenMeanwhile: they were.
        """
        forgotten = self._people.get(person)
        if forgotten is not None and received <= forgotten and not received <= now < forgotten:
            raise ForgottenMeanwhile(
                "Everything about you, or about whoever wrote what you point at, was deleted while "
                "I worked on this, so I keep nothing of it. Ask again if you still want an answer."
            )
