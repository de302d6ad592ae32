"""What an answer looks like: payloads the bot sent, as JSON, and a picture of each.

`python -m tests.pictures` plays the demo, keeps what it showed and draws it anew;
`--draw` only draws what is kept. Drawing needs the browser chromium.
"""
