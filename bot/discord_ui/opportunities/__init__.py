"""Opportunities on Discord: from an intermediary's form to the answers of partners.

- `group`: the commands /opportunity.
- `posting`, `preview`: typed into a form, looked at, posted; `choosing`: which one is meant.
- `card`: what a post looks like, pure; `answering`, `asking`: its buttons.
- `listing`, `closing`: what there is, who is interested, what came of it.
"""
