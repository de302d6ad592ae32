"""The terminal: conversation, batches, rendering, doctor."""
