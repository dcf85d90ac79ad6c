"""Decide from the headers Host and Origin whether a request comes from a page of this server.

A page elsewhere can have its own name lead to this machine (DNS rebinding): a browser then sends that name as Host. It can also
open a connection to this server by its right name: a browser then sends that page as Origin. Neither is let in. No name is looked
up for that, here or elsewhere.
"""

import ipaddress
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_HOST = re.compile(r"(?:\[([0-9a-fA-F:.]{2,45})\]|([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})))(?::(\d{1,5}))?")
_ORIGIN = re.compile(r"(https?)://([^/?#@\s]+)")
_USUAL = {"http": ":80", "https": ":443"}
LOCALHOST = "localhost"


def name_of(host: str) -> str | None:
    """Return the name in a Host header, in small letters and without port or last point; None where it is no host."""
    found = _HOST.fullmatch(host)
    if found is None or (found[3] and int(found[3]) > 65535):
        return None
    return (found[1] or found[2]).lower().rstrip(".")


def is_loopback(name: str) -> bool:
    """Whether a name or an address can be reached from this machine alone."""
    if name.lower() == LOCALHOST:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names under which this server is asked.

    `allowed` are names, `*.name` for all below one, or `*` for any. Besides them a request may name the very address at which it
    arrived, `localhost` where that is this machine's own, and the machine's own name.
    """

    allowed: tuple[str, ...] = ()
    machine: str = ""

    @classmethod
    def of(cls, names: Iterable[str]) -> "Hosts":
        """Return the hosts for these names, on this machine."""
        own = [name.strip().lower().rstrip(".") for name in names]
        return cls(tuple(filter(None, own)), platform.node().lower().rstrip("."))

    @property
    def is_for_others(self) -> bool:
        """Whether a name is allowed that others than this machine may reach."""
        return any(not is_loopback(name) for name in self.allowed)

    def allows_host(self, given: Sequence[str], arrived_at: str) -> bool:
        """Whether a request with these Host headers, which arrived at this address of ours, is meant for us."""
        name = name_of(given[0]) if len(given) == 1 else None
        if name is None:
            return False
        if any(self._matches(name, pattern) for pattern in self.allowed) or (self.machine and name == self.machine):
            return True
        return _same_address(name, arrived_at) or (is_loopback(name) and is_loopback(arrived_at))

    def allows_origin(self, given: Sequence[str], host: str) -> bool:
        """Whether a request with these Origin headers comes from a page of the host that it names, or from no page at all."""
        if not given:
            return True
        found = _ORIGIN.fullmatch(given[0]) if len(given) == 1 else None
        return found is not None and _plain(found[2], found[1]) == _plain(host, found[1])

    @staticmethod
    def _matches(name: str, pattern: str) -> bool:
        return pattern == "*" or (name.endswith(pattern[1:]) if pattern.startswith("*.") else name == pattern)


def _plain(host: str, scheme: str) -> str:
    return host.lower().removesuffix(_USUAL[scheme])


def _same_address(name: str, arrived_at: str) -> bool:
    try:
        own = ipaddress.ip_address(arrived_at.partition("%")[0])
        return ipaddress.ip_address(name) in {own, getattr(own, "ipv4_mapped", None)}
    except ValueError:
        return False
