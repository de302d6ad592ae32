"""Checklists: walking through one alone or as a team, its brief, what was promised in it."""
