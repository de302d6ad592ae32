"""Reading requests and writing answers, byte for byte as Discord does."""

from __future__ import annotations

import json
import re
from typing import Any

from aiohttp import BodyPartReader, web

from tests.loopback.faults import Rule
from tests.loopback.world.model import File


def rate_limited(rule: Rule, now: float) -> web.Response:
    """Return the answer of a rate limit."""
    everywhere = rule.scope == "global"
    headers = {
        "Retry-After": f"{rule.retry_after:.3f}",
        "X-RateLimit-Scope": rule.scope,
        "X-RateLimit-Limit": "1",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": f"{now + rule.retry_after:.3f}",
        "X-RateLimit-Reset-After": f"{rule.retry_after:.3f}",
    }
    if everywhere:
        headers["X-RateLimit-Global"] = "true"
    if rule.via:
        headers["Via"] = "1.1 google"
    body = {
        "message": "You are being rate limited.",
        "retry_after": rule.retry_after,
        "global": everywhere,
    }
    return json_response(body, 429, headers)


def json_response(body: Any, status: int, headers: dict[str, str]) -> web.Response:
    """Return an answer with a JSON body."""
    # clients parse JSON only when the content type is exactly this, without a charset
    return web.Response(
        body=json.dumps(body).encode(),
        status=status,
        headers={**headers, "Content-Type": "application/json"},
    )


async def read_request(request: web.Request) -> tuple[Any, dict[int, File]]:
    """Return a request's JSON and its files."""
    if not request.content_type.startswith("multipart/"):
        text = await request.read()
        try:
            return (json.loads(text) if text else None), {}
        except ValueError:
            return text, {}
    body: Any = {}
    files: dict[int, File] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        data = bytes(await part.read(decode=False))
        if part.name == "payload_json":
            body = json.loads(data)
        elif (found := re.fullmatch(r"files\[(\d+)\]", part.name or "")) is not None:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files[int(found[1])] = File(part.filename or "", data, kind)
    return body, files
