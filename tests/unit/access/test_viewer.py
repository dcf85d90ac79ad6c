"""What whoever signed in may do is decided when they do it."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from signing_in import ADMIN, EDITOR, ROLES, SECRET, STRANGER, VIEWER, claims_of

from sejong_dash.access import policy, roles, viewer
from sejong_dash.access.connections import Connection
from sejong_dash.access.ended_sign_ins import EndedSignIns
from sejong_dash.access.policy import Policy
from sejong_dash.access.roles import ADMINISTER, CHANGE, FREEZE, NEEDED, SEE, UPLOAD, CurrentRoles
from sejong_dash.access.sign_in_cookie import SignIn


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Policy:
    (tmp_path / "roles.toml").write_text(ROLES, "utf-8")
    made = Policy(True, secret=SECRET, roles=CurrentRoles(tmp_path / "roles.toml"), ended=EndedSignIns(tmp_path / "ended.txt"))
    monkeypatch.setattr(policy, "_current", made)
    return made


def sign_in(address: str, at: float | None = None) -> SignIn:
    return SignIn(address, time.time() if at is None else at, claims_of(address))


RIGHTS = {ADMIN: set(NEEDED), EDITOR: {SEE, CHANGE, FREEZE, UPLOAD}, VIEWER: {SEE}, STRANGER: set[str]()}


@pytest.mark.parametrize("address", list(RIGHTS))
def test_each_role_has_its_rights(held: Policy, address: str) -> None:
    who = viewer.of_sign_in(sign_in(address), held)
    assert {action for action in NEEDED if who.may(action)} == RIGHTS[address]
    without_writing = viewer.of_sign_in(sign_in(address), replace(held, writing="off"))
    assert {action for action in NEEDED if without_writing.may(action)} == RIGHTS[address] & {SEE}


@pytest.mark.parametrize(("writing", "rights"), [("", set(NEEDED)), ("off", {SEE}), ("anyone", set(NEEDED) - {ADMINISTER})])
def test_where_nobody_signs_in_the_setting_decides(writing: str, rights: set[str]) -> None:
    who = viewer.of_sign_in(None, Policy(writing=writing))
    assert {action for action in NEEDED if who.may(action)} == rights


def test_a_sign_in_that_is_over_or_ended_has_no_rights(held: Policy) -> None:
    assert not viewer.of_sign_in(None, held).may(SEE)
    assert not viewer.of_sign_in(sign_in(ADMIN, time.time() - 8 * 3600), held).may(SEE)
    ended = sign_in(ADMIN)
    held.ended.add(ended.name, ended.until, time.time())
    assert not viewer.of_sign_in(ended, held).may(SEE)


@pytest.mark.parametrize(
    ("connection", "key"),
    [
        (None, "not_signed_in"),
        (Connection(), "not_signed_in"),
        (Connection(stranger=sign_in(STRANGER)), "not_allowed"),
        (Connection(sign_in(VIEWER)), "not_allowed"),
    ],
)
def test_a_refusal_is_said_and_logged(
    held: Policy, connection: Connection | None, key: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(viewer, "_connection", lambda: connection)
    with pytest.raises(viewer.AccessError) as refused:
        viewer.require(roles.CHANGE)
    assert refused.value.key == key
    assert "may not change" in caplog.text


def test_whoever_may_is_named(held: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewer, "_connection", lambda: Connection(sign_in(EDITOR)))
    account = viewer.require(CHANGE).account
    assert account is not None
    assert account.name == EDITOR
