"""What the domain needs done: embedding, index, cache."""
