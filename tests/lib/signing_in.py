"""A server of the dashboard that asks for a sign-in, a provider beside it, and cookies signed as the server signs them."""

import itertools
import json
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from launching import free_port, serving

from sejong_dash.access import sign_in_cookie
from sejong_dash.paths import PROJECT

SECRET = "for tests alone: 0123456789abcdefghijklmnop"
ADMIN, EDITOR, VIEWER, STRANGER = "admin@hall.example", "editor@hall.example", "viewer@city.example", "stranger@far.example"
_NONCES = itertools.count()
ROLES = f"""
[admin]
addresses = ["{ADMIN}"]
[editor]
groups = ["expo-team"]
[viewer]
domains = ["city.example"]
"""


@dataclass(frozen=True)
class Guarded:
    """The address of the server, the folder with its data, log and file of roles, and the provider's address."""

    root: str
    folder: Path
    provider: str

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text("utf-8", errors="replace")

    @property
    def roles(self) -> Path:
        return self.folder / "roles.toml"

    def cookie(self, address: str, **more: Any) -> str:
        """The cookie of a sign-in, as a browser sends it."""
        return f"{sign_in_cookie.COOKIE}={signed(self.claims(address) | more)}"

    def claims(self, address: str) -> dict[str, Any]:
        """What a cookie holds: each is of another sign-in, so that ending one leaves those of the same second alone."""
        signed_in = {"origin": self.root, "is_logged_in": True, "provider": "default", "nonce": str(next(_NONCES))}
        return claims_of(address) | signed_in


def claims_of(address: str) -> dict[str, Any]:
    """What a provider says of an account."""
    groups = ["expo-team"] if address == EDITOR else []
    return {"sub": address.partition("@")[0], "email": address, "email_verified": True, "groups": groups}


def signed(claims: Mapping[str, Any], secret: str = SECRET, name: str = sign_in_cookie.COOKIE, at: float | None = None) -> str:
    """A cookie's value, signed at a time (by default now)."""
    return str(URLSafeTimedSerializer(secret, salt=name, signer=_signer(at)).dumps(json.dumps(claims)))


def signed_text(text: str, name: str, at: float) -> str:
    """Return the value of a cookie that holds a text, or a part of one, signed at a time."""
    return str(URLSafeTimedSerializer(SECRET, salt=name, signer=_signer(at)).dumps(text))


def _signer(at: float | None) -> Any:
    class Dated(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(time.time() if at is None else at)

    return Dated


@contextmanager
def provider() -> Iterator[str]:
    """A provider of sign-ins on this machine: its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a library that it uses
        from oidc_provider_mock import User, run_server_in_thread

    users = [User(sub=address.partition("@")[0], claims=claims_of(address)) for address in (ADMIN, EDITOR, VIEWER, STRANGER)]
    with run_server_in_thread(user_claims=users) as running:
        yield f"http://localhost:{running.server_port}"


@contextmanager
def guarded(folder: Path, data: Path, *options: str, provider_at: str = "", **variables: str) -> Iterator[Guarded]:
    """A server that asks for a sign-in."""
    port = free_port()
    root = f"http://127.0.0.1:{port}"
    (folder / "roles.toml").write_text(ROLES, "utf-8")
    (folder / "secrets.toml").write_text(
        f'[auth]\nredirect_uri = "{root}/oauth2callback"\ncookie_secret = "{SECRET}"\nclient_id = "dashboard"\n'
        f'client_secret = "known"\nserver_metadata_url = "{provider_at}/.well-known/openid-configuration"\n',
        "utf-8",
    )
    options = ("--server.fileWatcherType", "none", "--secrets.files", str(folder / "secrets.toml"), *options)
    named = {"SEJONG_ROLES": str(folder / "roles.toml"), "PORT": str(port)} | variables
    with serving(PROJECT / "app.py", folder / "server.log", *options, data=data, **named) as address:
        assert urlsplit(address).port == port
        yield Guarded(address, folder, provider_at)
