"""An alliance: its settings, channels, and who chose it for direct messages."""
