"""Checklists on Discord: walked through step by step, alone or by a team, and what comes of them.

- `group`: the commands /checklist.
- `start`, `pressing`, `forms`, `moving`, `team`, `asking`: walking through one, from its start over
  presses and forms to what is shown of it.
- `steps`, `quoting`, `items`: what a step looks like, pure, and its buttons and menus.
"""
