"""Says who asks for the run of a page that is under way, and what they may do: called wherever something is done, by the server.

What a page shows or hides decides nothing.
"""

import logging
from dataclasses import dataclass

import streamlit as st
from streamlit import runtime

from sejong_dash.errors import DashError

from . import connections, policy
from .policy import ANYONE, OFF, Policy
from .roles import NEEDED, Account, Role
from .sign_in_cookie import SignIn

_LOG = logging.getLogger(__name__)


class AccessError(DashError):
    """Somebody may not do what they asked for; `key` says it to them."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever asks: `account` is None where nobody has signed in, `role` None where they may do nothing."""

    account: Account | None
    role: Role | None

    def may(self, action: str) -> bool:
        """Return whether they may do something (an action of `roles.NEEDED`)."""
        return self.role is not None and self.role >= NEEDED[action]


def of_sign_in(sign_in: SignIn | None, held: Policy) -> Viewer:
    """Return whoever signed in, with the role that they have now: none for a sign-in that is over or was ended."""
    if not held.asks_sign_in:
        return Viewer(None, Role.VIEWER if held.writing == OFF else Role.EDITOR if held.writing == ANYONE else Role.ADMIN)
    if sign_in is None or not connections.now() < sign_in.until or sign_in.name in held.ended:
        return Viewer(None, None)
    roles = held.roles.now()
    account = sign_in.account(roles.groups_claim)
    role = roles.of(account)
    return Viewer(account, min(role, Role.VIEWER) if role is not None and held.writing == OFF else role)


def current() -> Viewer:
    """Return whoever asks for the run that is under way."""
    held = policy.current()
    if not held.asks_sign_in:
        return of_sign_in(None, held)
    connection = _connection()
    if connection is not None and connection.stranger is not None:
        return Viewer(connection.stranger.account(held.roles.now().groups_claim), None)
    return of_sign_in(connection.sign_in if connection else None, held)


def require(action: str) -> Viewer:
    """Return whoever asks. Raises AccessError where they may not do this, which is logged."""
    viewer = current()
    if not viewer.may(action):
        log_refusal(viewer, action)
        raise AccessError("not_allowed" if viewer.account or not policy.current().asks_sign_in else "not_signed_in")
    return viewer


def log_refusal(viewer: Viewer, what: str) -> None:
    """Log that somebody was refused something."""
    role = viewer.role.name.lower() if viewer.role else "no role"
    _LOG.warning("Refused: %r (%s) may not %s.", viewer.account.name if viewer.account else "nobody", role, what)


def set_uploader(is_there: bool) -> None:
    """Note whether the page of the run that is under way has a field for files."""
    connection = _connection()
    if connection is not None:
        connection.has_uploader = is_there


def _connection() -> connections.Connection | None:
    """Return the connection through which the run was asked for, by the name that the door gave it."""
    name = st.context.headers.get(connections.HEADER) if runtime.exists() else None
    return connections.OPEN.named(name) if isinstance(name, str) else None
