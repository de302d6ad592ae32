"""Content as data: files a person edits, read into the domain with every problem told."""
