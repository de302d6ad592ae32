"""Alliance Guide: cited guidance for people who hold workforce alliances together."""

__version__ = "0.1.0"
