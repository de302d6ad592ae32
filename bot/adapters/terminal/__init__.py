"""The terminal: a conversation with everything that makes sense for one person at a keyboard."""
