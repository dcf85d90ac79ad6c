"""A request is meant for this server by its Host, and comes from its pages by its Origin."""

import pytest

from sejong_dash.access.hosts import Hosts, is_loopback, name_of


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("Expo.Hall.example:8501", "expo.hall.example"),
        ("expo.hall.example.", "expo.hall.example"),
        ("[::1]:80", "::1"),
        ("10.0.0.1", "10.0.0.1"),
        ("", None),
        ("a b", None),
        ("a/b", None),
        ("a@b", None),
        ("a:b", None),
        ("a:70000", None),
        ("a,b", None),
        ("a\tb", None),
        ("[::1", None),
        ("あ", None),
        ("a" * 300, None),
    ],
)
def test_the_name_of_a_host(host: str, name: str | None) -> None:
    assert name_of(host) == name


@pytest.mark.parametrize(
    ("allowed", "host", "arrived_at", "is_allowed"),
    [
        ([], "10.0.0.1:8501", "10.0.0.1", True),
        ([], "10.0.0.1:8501", "::ffff:10.0.0.1", True),
        ([], "10.0.0.2:8501", "10.0.0.1", False),
        ([], "localhost", "127.0.0.1", True),
        ([], "127.0.0.1", "::1", True),
        ([], "localhost", "10.0.0.1", False),
        ([], "expo.hall.example", "10.0.0.1", False),
        ([], "[fe80::1]", "fe80::1%eth0", True),
        (["expo.hall.example"], "EXPO.hall.example:443", "127.0.0.1", True),
        (["expo.hall.example"], "a.expo.hall.example", "127.0.0.1", False),
        (["*.hall.example"], "a.hall.example", "127.0.0.1", True),
        (["*.hall.example"], "hall.example", "127.0.0.1", False),
        (["*.hall.example"], "evilhall.example", "127.0.0.1", False),
        (["*"], "evil.example", "127.0.0.1", True),
    ],
)
def test_a_host_is_allowed(allowed: list[str], host: str, arrived_at: str, is_allowed: bool) -> None:
    assert Hosts(tuple(allowed)).allows_host([host], arrived_at) == is_allowed


def test_no_host_and_two_hosts_are_not_allowed() -> None:
    for given in ([], ["localhost", "localhost"]):
        assert not Hosts(("*",)).allows_host(given, "127.0.0.1")


@pytest.mark.parametrize(
    ("origin", "host", "is_allowed"),
    [
        ("http://a.example:8501", "a.example:8501", True),
        ("https://a.example", "a.example", True),
        ("https://a.example", "a.example:443", True),
        ("https://A.example", "a.EXAMPLE", True),
        ("http://a.example", "a.example:443", False),
        ("http://a.example:8501", "a.example", False),
        ("http://b.example", "a.example", False),
        ("null", "a.example", False),
        ("", "a.example", False),
        ("ftp://a.example", "a.example", False),
        ("http://x@a.example", "a.example", False),
        ("http://a.example/", "a.example", False),
    ],
)
def test_an_origin_is_allowed(origin: str, host: str, is_allowed: bool) -> None:
    assert Hosts().allows_origin([origin], host) == is_allowed


def test_no_origin_is_allowed_and_two_are_not() -> None:
    assert Hosts().allows_origin([], "a.example")
    assert not Hosts().allows_origin(["http://a.example"] * 2, "a.example")


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine_alone(name: str) -> None:
    assert is_loopback(name)
    assert not Hosts.of([name]).is_for_others


@pytest.mark.parametrize("name", ["", "0.0.0.0", "::", "10.0.0.1", "expo.example", "127.0.0.1.example", "localhost.example"])
def test_more_than_this_machine(name: str) -> None:
    assert not is_loopback(name)
