"""The search index and the model: encoder, cache, building and opening, the thread that owns both."""
