"""The domain: pure, without model, index, files or chat."""
