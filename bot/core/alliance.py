"""What stands for an alliance where there is none."""

from __future__ import annotations

NO_ALLIANCE = 0
"""Stands for direct messages of people who are in no alliance."""

AT_TERMINAL = 0
"""Stands for the person at the terminal, who belongs to `NO_ALLIANCE`."""
