"""Reads who has signed in from the cookie that Streamlit's sign-in leaves in a browser.

Relies on: the cookie `_streamlit_user` being signed by itsdangerous with the cookie secret and its own name as salt, and holding
the claims of the provider as JSON; one that is too long going on in `_streamlit_user_1` and so on (`get_cookie_with_chunks`).
Why: `st.user` is known to a run of a page alone. Files, figures, the stream of changes and uploads are asked for outside of one;
and `st.user` holds for as long as a browser stays connected, whatever has happened to the account since.
Tried with: Streamlit 1.67.0.
Without it: where [auth] is set, nobody is known and nobody comes in.
Off: `sign_in_cookie` in SEJONG_BORDER_OFF.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sejong_dash import border

from .roles import Account

COOKIE = "_streamlit_user"
COOKIES = (COOKIE, "_streamlit_user_tokens")
LASTS = 8 * 3600  # seconds: a working day
_MOST_CLAIMS = 64_000  # bytes
_SIGNED_WITHIN = 2.0  # seconds between the parts of one cookie, which are signed at once


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in: `name` is the same for every copy of its cookie, `at` and `until` are seconds since 1970."""

    name: str
    at: float
    claims: Mapping[str, Any]

    @property
    def until(self) -> float:
        """When it ends by itself."""
        return self.at + LASTS

    def account(self, groups_claim: str) -> Account:
        """Return the account. An address that the provider calls unconfirmed does not count."""
        address = self.claims.get("email", "")
        is_confirmed = self.claims.get("email_verified", True) in (True, "true")
        groups = self.claims.get(groups_claim, ())
        groups = [groups] if isinstance(groups, str) else groups
        return Account(
            subject=_plain(self.claims.get("sub", "")),
            # one that would have to be changed to be shown is none: it must not become somebody else's
            address=address if is_confirmed and address == _plain(address) else "",
            groups=frozenset(group for group in groups if isinstance(group, str)) if isinstance(groups, list) else frozenset(),
        )


def read(cookies: Mapping[str, str], secret: str, now: float) -> SignIn | None:
    """Return the sign-in of a browser's cookies; None where there is none that is whole, signed by us and not over.

    Its name is made of what is signed and not of the cookie's letters: the last letter of a signature has spare bits, so that the
    same signature can be written in several ways.
    """
    if border.is_off("sign_in_cookie") or COOKIE not in cookies:
        return None
    from itsdangerous import BadData, URLSafeTimedSerializer
    from streamlit.auth_util import get_cookie_with_chunks

    stamps: list[datetime] = []

    def part(name: str) -> bytes | None:
        if name not in cookies:
            return None
        try:
            value, stamp = URLSafeTimedSerializer(secret, salt=name).loads(cookies[name], return_timestamp=True)
        except BadData:
            return None
        stamps.append(stamp)
        return value.encode() if isinstance(value, str) else None

    content = get_cookie_with_chunks(part, COOKIE)
    if content is None or len(content) > _MOST_CLAIMS:
        return None
    claims = _claims(content)
    at = min(stamp.timestamp() for stamp in stamps)
    if max(stamp.timestamp() for stamp in stamps) - at > _SIGNED_WITHIN:
        return None  # parts of several sign-ins
    if claims is None or claims.get("is_logged_in") is not True or not at - 60 <= now < at + LASTS:
        return None
    return SignIn(blake2b(content + str(int(at)).encode(), digest_size=16).hexdigest(), at, claims)


def _claims(content: bytes) -> Mapping[str, Any] | None:
    try:
        claims = json.loads(content)
    except ValueError:
        return None
    return claims if isinstance(claims, dict) else None


def _plain(value: Any) -> str:
    """Return a name without what a log or a table should not hold."""
    return "".join(letter for letter in value if letter.isprintable()).strip()[:120] if isinstance(value, str) else ""
