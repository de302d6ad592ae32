"""What is held about people, and its end."""
