"""Who has which role is read from a file; a slip in it opens nothing."""

from pathlib import Path

import pytest

from sejong_dash.access.roles import Account, CurrentRoles, Role, RolesError, parse

FILE = b"""
groups_claim = "team"
[admin]
addresses = ["Kim@Hall.example"]
[editor]
groups = ["expo", "Expo Two"]
[viewer]
domains = ["hall.example", "city.example"]
"""


@pytest.mark.parametrize(
    ("account", "role"),
    [
        (Account("1", "kim@hall.example"), Role.ADMIN),
        (Account("1", "KIM@HALL.EXAMPLE"), Role.ADMIN),
        (Account("1", "lee@hall.example"), Role.VIEWER),
        (Account("1", "lee@hall.example", frozenset({"expo"})), Role.EDITOR),
        (Account("1", "", frozenset({"Expo Two"})), Role.EDITOR),
        (Account("1", "", frozenset({"EXPO"})), None),
        (Account("1", "lee@evilhall.example"), None),
        (Account("1", "lee@hall.example.evil.example"), None),
        (Account("1", "hall.example@evil.example"), None),
        (Account("1", "a@hall.example@evil.example"), None),
        (Account("kim@hall.example", ""), None),
        (Account("", ""), None),
        (Account("1", "@"), None),
    ],
)
def test_the_highest_role_that_matches_holds(account: Account, role: Role | None) -> None:
    assert parse(FILE).of(account) == role


@pytest.mark.parametrize(
    "content",
    [
        b"[admin",
        b"\xff",
        b"[owner]\naddresses = ['a@b']",
        b"[admin]\nadresses = ['a@b']",
        b"[admin]\naddresses = 'a@b'",
        b"[admin]\naddresses = ['']",
        b"[admin]\naddresses = [1]",
        b"[admin]\naddresses = ['hall.example']",
        b"[viewer]\ndomains = ['@hall.example']",
        b"[viewer]\ndomains = ['*.example']",
        b"admin = 'a@b'",
        b"groups_claim = ''",
    ],
)
def test_a_slip_is_found(content: bytes) -> None:
    with pytest.raises(RolesError):
        parse(content)


def test_a_file_that_cannot_be_used_gives_nobody_a_role_and_is_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file, kim = tmp_path / "roles.toml", Account("1", "kim@hall.example")
    roles = CurrentRoles(file)
    assert roles.now().of(kim) is None
    file.write_bytes(FILE)
    assert roles.now().of(kim) == Role.ADMIN
    file.write_bytes(FILE + b"[")
    assert roles.now().of(kim) is None
    assert roles.now().of(kim) is None
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 2
    file.write_bytes(FILE.replace(b"Kim", b"Lee"))
    assert roles.now().of(kim) == Role.VIEWER
