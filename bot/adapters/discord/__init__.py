"""Discord: its client, commands and presses as flows, screens drawn within its limits."""
