"""Opportunities: posted by an intermediary, told to partners whom they fit, answered, closed.

`post` and `preview` bring one in, `board` and `close` show and end it, `reply` and `question` are what
partners do with it, `letters` and `digest` what they hear of it; `card_screen` is what it looks like.
"""
