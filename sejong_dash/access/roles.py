"""Read who has which role from roles.toml, and say what a role may do.

    [admin]
    addresses = ["kim@sejong.example"]
    [editor]
    groups = ["expo-team"]
    [viewer]
    domains = ["sejong.example"]

The highest role that matches an account holds. A file that cannot be read gives nobody a role, so that a slip of the pen never
opens a door.
"""

import logging
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from sejong_dash import contents
from sejong_dash.paths import PROJECT

_LOG = logging.getLogger(__name__)
_LISTS = ("addresses", "domains", "groups")


class Role(IntEnum):
    """What an account may do; each role may do what those below it may."""

    VIEWER = 1
    EDITOR = 2
    ADMIN = 3


# What is asked for by name, and the least role that may do it.
SEE, CHANGE, FREEZE, UPLOAD, ADMINISTER = "see", "change", "freeze", "upload", "administer"
NEEDED = {
    SEE: Role.VIEWER,
    CHANGE: Role.EDITOR,
    FREEZE: Role.EDITOR,
    UPLOAD: Role.EDITOR,
    ADMINISTER: Role.ADMIN,  # deleting snapshots, the log
}


@dataclass(frozen=True, slots=True)
class Account:
    """Who has signed in, as the provider describes them. `address` is blank where it is not confirmed."""

    subject: str
    address: str = ""
    groups: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name by which changes are signed: the address, or else the provider's own name of the account."""
        return self.address or self.subject


class RolesError(ValueError):
    """A file of roles that says something else than it may; the message is for the log."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The file of roles: for each role who has it. `groups_claim` is where the provider writes an account's groups."""

    members: Mapping[Role, Mapping[str, frozenset[str]]]
    groups_claim: str = "groups"

    def of(self, account: Account) -> Role | None:
        """Return the highest role of an account; None where it has none."""
        has = {
            "addresses": {account.address.casefold()} if account.address else set(),
            "domains": {account.address.casefold().rpartition("@")[2]} if "@" in account.address else set(),
            "groups": set(account.groups),
        }
        found = [role for role, lists in self.members.items() if any(lists[kind] & has[kind] for kind in _LISTS)]
        return max(found, default=None)


def roles_file() -> Path:
    """Return the file of roles: `$SEJONG_ROLES`, or `.streamlit/roles.toml` of the project."""
    named = os.environ.get("SEJONG_ROLES")
    return Path(named).expanduser().resolve() if named else PROJECT / ".streamlit" / "roles.toml"


def parse(content: bytes) -> Roles:
    """Return the roles that the content of a file names. Raises RolesError for one that names anything else."""
    try:
        tree = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RolesError(str(error)) from error
    claim = tree.pop("groups_claim", "groups")
    if not isinstance(claim, str) or not claim:
        raise RolesError("groups_claim must be a text")
    known = {role.name.lower(): role for role in Role}
    if unknown := sorted(set(tree) - set(known)):
        raise RolesError(f"unknown: {', '.join(unknown)}; known are groups_claim, {', '.join(known)}")
    return Roles({known[name]: _members(name, lists) for name, lists in tree.items()}, claim)


def _members(name: str, lists: Any) -> Mapping[str, frozenset[str]]:
    if not isinstance(lists, dict) or set(lists) - set(_LISTS):
        raise RolesError(f"[{name}] may hold {', '.join(_LISTS)}")
    for kind, entries in lists.items():
        if not isinstance(entries, list) or not all(isinstance(entry, str) and entry.strip() for entry in entries):
            raise RolesError(f"{kind} of [{name}] must be a list of texts")
    if wrong := [entry for entry in lists.get("domains", []) if "@" in entry or "*" in entry]:
        raise RolesError(f"domains of [{name}] are whole and without @: {', '.join(wrong)}")
    if wrong := [entry for entry in lists.get("addresses", []) if "@" not in entry]:
        raise RolesError(f"addresses of [{name}] have an @: {', '.join(wrong)}")
    names = {kind: [entry.strip() for entry in lists.get(kind, [])] for kind in _LISTS}
    return {kind: frozenset(names[kind] if kind == "groups" else map(str.casefold, names[kind])) for kind in _LISTS}


class CurrentRoles:
    """The roles as their file has them now; what is wrong with it is logged once for each state of the file."""

    def __init__(self, path: Path) -> None:
        self._path, self._wrong = path, ""
        self._parsed = contents.Derived(parse, 4)

    def now(self) -> Roles:
        """Return the roles; nobody has one where the file cannot be used."""
        try:
            found = self._parsed(self._path)
        except (OSError, RolesError) as error:
            if (wrong := f"{type(error).__name__}: {error}") != self._wrong:
                self._wrong = wrong
                _LOG.error("%s cannot be used, and nobody has a role until it can: %s", self._path, error)
            return Roles({})
        self._wrong = ""
        return found
