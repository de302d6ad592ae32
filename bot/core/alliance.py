"""What stands for an alliance where there is none."""

from __future__ import annotations

NO_ALLIANCE = 0
"""Stands for direct messages of people who are in no alliance."""

TERMINAL = 1
"""Stands for the alliance of whoever uses the terminal; the ids of Discord are far above."""

AT_TERMINAL = 0
"""Stands for the person at the terminal who gave no name."""
