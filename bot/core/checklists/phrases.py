"""What the bot says about checklists; the texts stand in `prompts/checklists.yaml`."""

from __future__ import annotations

from bot.core.phrases import Spoken


class ChecklistPhrase(Spoken):
    """Every template about checklists; `VARIABLES` has what they are given."""

    CHECKLIST_COMMAND = "checklist_command"


VARIABLES: dict[Spoken, frozenset[str]] = {}
