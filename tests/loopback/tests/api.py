"""Talking to the server's HTTP API without a client library, for its own tests."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.loopback.constants import Json
from tests.loopback.server import DiscordServer
from tests.loopback.world.model import Interaction


@dataclass
class Answer:
    """An answer's status and JSON."""

    status: int
    body: Any

    @property
    def code(self) -> int:
        return int(self.body["code"])

    def error(self, *path: str | int) -> str:
        """Return the error code that stands at a field, for `50035`."""
        node = self.body["errors"]
        for step in path:
            node = node[str(step)]
        return str(node["_errors"][0]["code"])


class Api:
    """Requests in the bot's name."""

    def __init__(self, server: DiscordServer, session: aiohttp.ClientSession) -> None:
        self.server = server
        self.session = session
        self.headers = {"Authorization": f"Bot {server.token}"}

    async def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        files: dict[str, tuple[str, bytes]] | None = None,
    ) -> Answer:
        """Send a request, as JSON or with files as a form."""
        data: Any = None
        if files:
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("payload_json", json.dumps(body or {}))
            for name, (filename, content) in files.items():
                form.add_field(name, io.BytesIO(content), filename=filename)
            data = form
        url = self.server.api_url + path
        arguments = {"data": data} if files else {"json": body}
        async with self.session.request(method, url, headers=self.headers, **arguments) as got:
            is_json = got.headers.get("Content-Type") == "application/json"
            return Answer(got.status, await got.json() if is_json else await got.text())

    async def post(self, path: str, body: Any = None, **more: Any) -> Answer:
        return await self.send("POST", path, body, **more)

    async def callback(
        self, interaction: Interaction, kind: int, data: Json | None = None
    ) -> Answer:
        """Answer an interaction."""
        body: Json = {"type": kind}
        if data is not None:
            body["data"] = data
        path = f"/interactions/{interaction.id}/{interaction.token}/callback?with_response=true"
        return await self.post(path, body)

    async def webhook(
        self, interaction: Interaction, method: str, end: str = "", body: Any = None
    ) -> Answer:
        """Use the webhook of an interaction; `end` is such as "/messages/@original"."""
        application = self.server.world.application_id
        return await self.send(method, f"/webhooks/{application}/{interaction.token}{end}", body)
