"""The bot on Discord: what it hears, decides, shows and sends."""
