"""Checklists: questions that matter, walked through step by step, alone or by a team.

- `definition`: what a checklist is.
- `run`: one walk through it, as a value.
- `reading`: from what a person typed to an answer.
- `engine`: `(definition, run, event) -> (run, effects)`, pure.
- `brief`: what a run came to, and what changed since the last.
"""
