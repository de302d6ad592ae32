"""Opportunities: what an intermediary brings to partners, whom it reaches, and what came of it.

- `models`: an opportunity, partners, answers.
- `reading`: from what was typed into a form to a draft that can be posted.
- `matching`: whom an opportunity fits, and why.
- `answering`: interested, not for us, the waiting list.
- `digest`: when a digest is due, and what stands in it.
- `report`: what was posted, reached and answered.
"""
