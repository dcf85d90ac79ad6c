"""A sign-in is read from Streamlit's own cookie, also where that comes in parts."""

import json
import random
import time

import event_loops
import pytest
from signing_in import SECRET, VIEWER, claims_of, signed, signed_text
from starlette.requests import Request
from starlette.responses import Response
from streamlit.web.server.starlette import starlette_auth_routes

from sejong_dash import border
from sejong_dash.access import sign_in_cookie

GOOD = claims_of(VIEWER) | {"is_logged_in": True, "origin": "http://localhost", "provider": "default"}


def read(cookies: dict[str, str], now: float | None = None) -> sign_in_cookie.SignIn | None:
    return sign_in_cookie.read(cookies, SECRET, time.time() if now is None else now)


async def _set_by_streamlit(claims: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setattr(starlette_auth_routes, "get_cookie_secret", lambda: SECRET)
    response = Response()
    await starlette_auth_routes._set_auth_cookie(response, claims, {})
    pairs = [value.decode().partition(";")[0] for name, value in response.raw_headers if name == b"set-cookie"]
    asked = Request({"type": "http", "headers": [(b"cookie", "; ".join(pairs).encode())]})
    return dict(asked.cookies)


@pytest.mark.parametrize("more", [0, 9000])
def test_the_cookie_that_streamlit_sets_is_understood(more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = random.Random(1).randbytes(more).hex()
    cookies = event_loops.run(_set_by_streamlit(GOOD | {"picture": picture}, monkeypatch))
    assert (len([name for name in cookies if name.startswith("_streamlit_user_")]) > 2) == bool(more)
    found = read(cookies)
    assert found is not None
    assert found.account("groups").address == VIEWER
    if more:
        del cookies["_streamlit_user_1"]
        assert read(cookies) is None


def test_it_lasts_eight_hours() -> None:
    at = 1_800_000_000.0
    cookies = {sign_in_cookie.COOKIE: signed(GOOD, at=at)}
    assert read(cookies, at + 8 * 3600 - 1) is not None
    assert read(cookies, at + 8 * 3600) is None
    assert read(cookies, at - 3600) is None


def test_two_sign_ins_have_two_names_and_copies_one() -> None:
    at = 1_800_000_000.0
    first, again, other = (read({sign_in_cookie.COOKIE: signed(GOOD | {"nonce": nonce}, at=at)}, at) for nonce in ("a", "a", "b"))
    assert first is not None
    assert again is not None
    assert other is not None
    assert first.name == again.name != other.name


def test_an_address_that_is_not_confirmed_does_not_count() -> None:
    for confirmed, address in ((True, VIEWER), ("true", VIEWER), (False, ""), ("false", ""), (None, "")):
        found = read({sign_in_cookie.COOKIE: signed(GOOD | {"email_verified": confirmed})})
        assert found is not None
        assert found.account("groups").address == address


@pytest.mark.parametrize(
    "address", ["admin@hall.exam\u00adple", "x@ci\u200bty.example", f"{'a' * 107}@city.example.evil.example", " a@b"]
)
def test_an_address_that_would_have_to_be_changed_is_none(address: str) -> None:
    found = read({sign_in_cookie.COOKIE: signed(GOOD | {"email": address})})
    assert found is not None
    assert found.account("groups").address == ""


def test_parts_of_two_sign_ins_make_none(monkeypatch: pytest.MonkeyPatch) -> None:
    text = json.dumps(GOOD | {"picture": "p" * 40})
    half, at = len(text) // 2, time.time()
    names = [sign_in_cookie.COOKIE, f"{sign_in_cookie.COOKIE}_1", f"{sign_in_cookie.COOKIE}_2"]

    def cookies(*stamps: float) -> dict[str, str]:
        parts = zip(names, ("chunks-2", text[:half], text[half:]), stamps, strict=True)
        return {name: signed_text(part, name, stamp) for name, part, stamp in parts}

    assert read(cookies(at, at, at)) is not None
    assert read(cookies(at, at, at - 60)) is None


def test_what_a_provider_sends_is_taken_as_it_is_meant_or_not_at_all() -> None:
    odd = {"email": ["a@b"], "sub": 7, "groups": {"admin": 1}, "name": "x"}
    found = read({sign_in_cookie.COOKIE: signed(odd | {"is_logged_in": True})})
    assert found is not None
    account = found.account("groups")
    assert (account.address, account.subject, account.groups) == ("", "", frozenset())
    lines = read({sign_in_cookie.COOKIE: signed({"sub": "a\nRefused: b\x1b[0m", "is_logged_in": True})})
    assert lines is not None
    assert lines.account("groups").name == "aRefused: b[0m"


def test_switched_off_nobody_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_BORDER_OFF", "sign_in_cookie")
    assert border.is_off("sign_in_cookie")
    assert read({sign_in_cookie.COOKIE: signed(GOOD)}) is None
