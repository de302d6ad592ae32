"""Public sets, measured through the code that answers; `python -m tests.public_sets`."""
