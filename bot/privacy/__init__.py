"""What is held about a person: handed out, deleted, and kept no longer than needed."""
