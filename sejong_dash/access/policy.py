"""Hold what the server asks of whoever comes: whether they sign in, who may write, and under which names it is asked.

Read once at the start from Streamlit's own settings and secrets and from `$SEJONG_WRITING`; the server does not start where
they would leave the counts open to a whole network unless that was asked for in so many words.
"""

import importlib.util
import os
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from sejong_dash import paths

from . import roles
from .ended_sign_ins import EndedSignIns
from .hosts import Hosts, is_loopback
from .roles import CurrentRoles

OFF, ANYONE = "off", "anyone"
_LEAST_SECRET = 32  # letters
_NEEDED = ("redirect_uri", "cookie_secret")
_CALLBACK = "/oauth2callback"


class PolicyError(RuntimeError):
    """Settings with which the server must not start; the message says what to change."""


def ended_file() -> Path:
    """Return the file of the sign-ins that were ended: in the folder `$SEJONG_ACCESS`, which servers with folders of tables of
    their own must share, else beside the tables."""
    named = os.environ.get("SEJONG_ACCESS")
    folder = Path(named).expanduser().resolve() if named else paths.live_dir() / ".access"
    return folder / "ended_sign_ins.txt"


@dataclass(frozen=True)
class Policy:
    """What is asked of whoever comes.

    `asks_sign_in`: nobody sees anything before they have signed in. `writing` is blank (editors and admins; whoever is at this
    machine where nobody signs in), OFF or ANYONE. `secret` signs the cookies of the sign-in.
    """

    asks_sign_in: bool = False
    writing: str = ""
    secret: str = field(default="", repr=False)
    hosts: Hosts = field(default_factory=Hosts)
    roles: CurrentRoles = field(default_factory=lambda: CurrentRoles(roles.roles_file()))
    ended: EndedSignIns = field(default_factory=lambda: EndedSignIns(ended_file()))

    def is_open_to(self, arrived_at: str) -> bool:
        """Whether a request that arrived at this address of ours may be answered without anybody having signed in.

        The address that was set need not be the one at which the server listens: where another program starts it, say.
        """
        return self.asks_sign_in or bool(self.writing) or is_loopback(arrived_at)


_current = Policy()


def current() -> Policy:
    """Return the policy that holds: before the start, that of a machine that serves nobody else."""
    return _current


def hold(policy: Policy) -> None:
    """Let a policy hold from now on."""
    global _current
    _current = policy


def read() -> Policy:
    """Return the policy that the settings ask for. Raises PolicyError where the server must not start with them."""
    writing = os.environ.get("SEJONG_WRITING", "").strip()
    if writing not in ("", OFF, ANYONE):
        raise PolicyError(f"SEJONG_WRITING is {writing!r}, and may be {OFF} or {ANYONE}, or not be set at all.")
    address = st.get_option("server.address") or ""
    hosts = Hosts.of([*st.get_option("server.allowedHosts"), *_own_names(address)])
    secret = _secret()
    policy = Policy(secret is not None, writing, secret or "", hosts)
    if not policy.is_open_to(address) or (hosts.is_for_others and not (policy.asks_sign_in or writing)):
        raise PolicyError(
            f"The server would be open to others than this machine (server.address is {address or 'not set'}, "
            f"server.allowedHosts is {list(hosts.allowed)}), and whoever reaches it could change the counts under any name. "
            "Set up the sign-in ([auth] in .streamlit/secrets.toml and roles.toml: docs/security.md), or let nobody write "
            f"(SEJONG_WRITING={OFF}), or say that anyone on the network may write without signing in (SEJONG_WRITING={ANYONE})."
        )
    return policy


def _own_names(address: str) -> list[str]:
    """Return names by which the settings call this server, besides those that are allowed."""
    named = [st.get_option("browser.serverAddress") or ""]
    if address and not address.startswith("unix:") and not _is_number(address):
        named.append(address)
    return [name for name in named if name and not is_loopback(name)]


def _is_number(address: str) -> bool:
    return ":" in address or address.replace(".", "").isdigit()


def _secret() -> str | None:
    """Return what signs the cookies of the sign-in; None where nobody is to sign in.

    Raises PolicyError where secrets or roles cannot be used: a slip of the pen must not leave the sign-in out.
    """
    try:
        section = st.secrets.get("auth")
    except FileNotFoundError as error:
        found = [path for path in st.get_option("secrets.files") if Path(path).exists()]
        if found:
            raise PolicyError(f"{', '.join(found)} cannot be read: {error}") from error
        return None
    if section is None:
        return None
    missing = [name for name in _NEEDED if not section.get(name)]
    if missing:
        raise PolicyError(f"[auth] of secrets.toml lacks {', '.join(missing)}.")
    if not section["redirect_uri"].endswith(_CALLBACK):
        raise PolicyError(f"redirect_uri in [auth] of secrets.toml must end with {_CALLBACK}.")
    if len(section["cookie_secret"]) < _LEAST_SECRET:
        raise PolicyError(f"cookie_secret in [auth] of secrets.toml needs {_LEAST_SECRET} letters or more, drawn by chance.")
    if importlib.util.find_spec("authlib") is None:
        raise PolicyError("[auth] needs the package Authlib, which is in requirements.txt.")
    file = roles.roles_file()
    try:
        roles.parse(file.read_bytes())
    except (OSError, roles.RolesError) as error:
        raise PolicyError(f"[auth] is set, and {file.name} with the roles cannot be used: {error}") from error
    return str(section["cookie_secret"])
