"""The port between what the bot does and where it is used: Discord, a terminal, a page.

A *flow* gets a `Turn` and returns a `Screen` or a `Form`, or raises `Refused`. An *adapter* draws
them within its limits and turns presses and commands back into flows. Nothing here knows Discord.
"""
