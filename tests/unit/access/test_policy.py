"""The settings of a server decide who comes in; what would leave the counts open to a network stops the start."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from signing_in import ROLES

from sejong_dash.access import policy
from sejong_dash.access.policy import PolicyError

AUTH = {"redirect_uri": "https://expo.example/oauth2callback", "cookie_secret": "0" * 32}


class Secrets(dict[str, Any]):
    """Streamlit's secrets as a file holds them."""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("SEJONG_ROLES", str(tmp_path / "roles.toml"))
    monkeypatch.delenv("SEJONG_WRITING", raising=False)
    (tmp_path / "roles.toml").write_text(ROLES, "utf-8")

    def with_settings(address: str = "localhost", hosts: tuple[str, ...] = (), auth: Any = None, **more: str) -> policy.Policy:
        options = {
            "server.address": address,
            "server.allowedHosts": list(hosts),
            "browser.serverAddress": "",
            "secrets.files": [],
        }
        monkeypatch.setattr(st, "get_option", {**options, **more}.__getitem__)
        monkeypatch.setattr(st, "secrets", Secrets(auth=auth) if auth else Secrets())
        return policy.read()

    return with_settings


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "::1"])
def test_this_machine_alone_needs_no_sign_in(read: Any, address: str) -> None:
    held = read(address)
    assert not held.asks_sign_in
    assert held.is_open_to("127.0.0.1")
    assert not held.is_open_to("10.0.0.1")  # whoever started the server may have bound another address
    assert not held.is_open_to("")


@pytest.mark.parametrize(
    ("address", "hosts"),
    [("", ()), ("0.0.0.0", ()), ("::", ()), ("10.0.0.1", ()), ("unix:///run/expo", ()), ("localhost", ("expo.example",))],
)
def test_others_need_one_or_a_plain_word(
    read: Any, address: str, hosts: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(
        PolicyError, match=r"change the counts under any name.*\[auth\].*SEJONG_WRITING=off.*SEJONG_WRITING=anyone"
    ):
        read(address, hosts)
    assert read(address, hosts, AUTH).asks_sign_in
    for word in ("off", "anyone"):
        monkeypatch.setenv("SEJONG_WRITING", word)
        assert read(address, hosts).writing == word
    monkeypatch.setenv("SEJONG_WRITING", "yes")
    with pytest.raises(PolicyError, match="SEJONG_WRITING is 'yes'"):
        read(address, hosts, AUTH)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cookie_secret": ""}, "lacks cookie_secret"),
        ({"cookie_secret": "short"}, "needs 32 letters"),
        ({"redirect_uri": ""}, "lacks redirect_uri"),
        ({"redirect_uri": "https://expo.example/"}, "must end with /oauth2callback"),
    ],
)
def test_a_sign_in_that_would_not_hold_stops_the_start(read: Any, change: dict[str, str], said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        read("0.0.0.0", auth=AUTH | change)


def test_roles_that_cannot_be_read_stop_the_start(read: Any, tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text("[owner]", "utf-8")
    with pytest.raises(PolicyError, match="unknown: owner"):
        read("0.0.0.0", auth=AUTH)
    (tmp_path / "roles.toml").unlink()
    with pytest.raises(PolicyError, match=r"roles\.toml"):
        read("0.0.0.0", auth=AUTH)


def test_secrets_that_cannot_be_read_do_not_leave_the_sign_in_out(
    read: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def get(self, name: str) -> None:
            raise FileNotFoundError("no TOML")

    read()
    file = tmp_path / "secrets.toml"
    options = {
        "server.address": "localhost",
        "server.allowedHosts": [],
        "browser.serverAddress": "",
        "secrets.files": [str(file)],
    }
    monkeypatch.setattr(st, "get_option", options.__getitem__)
    monkeypatch.setattr(st, "secrets", Broken())
    assert not policy.read().asks_sign_in
    file.write_text("[auth", "utf-8")
    with pytest.raises(PolicyError, match="cannot be read"):
        policy.read()
