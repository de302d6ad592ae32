"""What goes wrong, for the bot (`ApiError`) and for the test (`ScenarioError`).

ApiError                an answer in Discord's error shape
ScenarioError           a step of a scenario that a person could not take, or that failed
  BotTimeoutError            the bot did not do in time what the scenario waits for
  InteractionFailedError     "The application did not respond"
  UnexpectedRefusalError     a violation was recorded that no test expected
"""

from __future__ import annotations

from typing import Any

# code -> (HTTP status, message), from Discord's table of JSON error codes
KNOWN: dict[int, tuple[int, str]] = {
    0: (401, "401: Unauthorized"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (404, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20012: (403, "You are not authorized to perform this action on this application"),
    30032: (400, "Maximum number of application commands reached (100)"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (403, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50021: (403, "Cannot execute action on a system message"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50033: (400, "Invalid Recipient(s)"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    160002: (403, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
}


class ApiError(Exception):
    """An answer that refuses a request."""

    def __init__(self, code: int, errors: dict[str, Any] | None = None) -> None:
        self.status, self.message = KNOWN[code]
        self.code = code
        self.errors = errors
        super().__init__(f"{self.status} {code}: {self.message} {errors or ''}".rstrip())

    def body(self) -> dict[str, Any]:
        """Return the JSON that goes to the client."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = self.errors
        return body


class ScenarioError(AssertionError):
    """A step that a person in front of Discord could not take."""


class BotTimeoutError(ScenarioError):
    """The bot did not do in time what the scenario waits for."""


class InteractionFailedError(ScenarioError):
    """The bot left an interaction unacknowledged: "The application did not respond"."""


class UnexpectedRefusalError(ScenarioError):
    """The bot did something that Discord refuses, and no test expected it."""
