"""A leader's morning, played on the loopback server with the real bot in a process of its own.

`python -m tests.demo` prints it as it happens. A scene is a small async function over
one `Stage`, with a row in `scenes.SCENES`.
"""
