"""Web addresses that people write: whether one can be taken, and where a browser goes with it, pure.

Browsers read more than the standard allows, and read it their own way (WHATWG's URL standard): a
backslash is a slash, tabs and line breaks are left out, `0x7f.1` is a number. Such an address can
look as if it led elsewhere. It isn't taken; where it stands in somebody's text, the host that is
shown is the one a browser goes to.
"""

from __future__ import annotations

import re
import socket
import unicodedata
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import unquote

import idna

LINK_LENGTH = 500

_PLAIN = re.compile(
    r"https?://([a-z0-9._~!$&'()*+,;=:%-]+@)?"
    r"(?P<host>[^\s/?#\\@:%\[\]]+)"
    r"(:(?P<port>[0-9]{1,5}))?"
    r"([/?#][^\s\\]*)?",
    re.IGNORECASE | re.ASCII,
)
_AS_BROWSERS_DO = re.compile(r"https?:[/\\]*([^/\\?#]*)", re.IGNORECASE | re.ASCII)
# What stands before "](" may hold brackets of its own; all that matters is that it isn't the link.
_MASKED = re.compile(r"\]\(\s*<?\s*(https?:[/\\]*[^\s)>]+)", re.IGNORECASE)
_LEFT_OUT = str.maketrans("", "", "\t\n\r")
_PORT = re.compile(r":[0-9]*$")
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"(^|\.)([0-9]+|0x[0-9a-f]*)$")
_PORTS = range(1, 65536)


def is_link(text: str) -> bool:
    """Whether a text is a web address that all who read it read alike."""
    plain = _PLAIN.fullmatch(text)
    if plain is None or len(text) > LINK_LENGTH:
        return False
    if any(unicodedata.category(sign)[0] in "CZ" for sign in text):
        return False
    if plain["port"] and int(plain["port"]) not in _PORTS:
        return False
    host = host_of(text)
    same = host == plain["host"].lower() or not _NUMBER.search(host)
    return same and "." in host


def shown_link(link: str) -> str:
    """A link as it can stand between angle brackets, with its host as `host_of` tells it."""
    plain = _PLAIN.fullmatch(link)
    if plain is not None and (host := host_of(link)):
        begin, end = plain.span("host")
        link = f"{link[:begin]}{host}{link[end:]}"
    return link.replace("<", "%3C").replace(">", "%3E")


def host_of(link: str) -> str:
    """Where a browser goes with a link, in the letters that the net knows; empty for nowhere.

    Names in other scripts are in punycode, numbers as four of them.
    """
    found = _AS_BROWSERS_DO.match(link.strip().translate(_LEFT_OUT))
    if found is None:
        return ""
    place = _PORT.sub("", found[1].rpartition("@")[2])
    try:
        if place.startswith("[") and place.endswith("]"):
            return f"[{IPv6Address(place[1:-1])}]"
        host = _in_ascii(unquote(place, errors="strict")).removesuffix(".")
        if _NUMBER.search(host):
            return str(IPv4Address(socket.inet_aton(host)))
    except (ValueError, OSError):  # idna's errors are ValueErrors
        return ""
    return host if _NAME.fullmatch(host) else ""


def masked_hosts(text: str) -> tuple[str, ...]:
    """The hosts behind links that show other words, each once."""
    hosts = (host_of(link) for link in _MASKED.findall(text))
    return tuple(dict.fromkeys(host for host in hosts if host))


def _in_ascii(host: str) -> str:
    """A host as browsers look it up; they are less strict than `idna.encode`."""
    labels = idna.uts46_remap(host, std3_rules=False).split(".")
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
    )
