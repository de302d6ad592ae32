"""The answer engine, pure: from a question and the library to a cited answer."""
