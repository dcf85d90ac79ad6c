"""The server decides what an account may do at the desk, when a button is pressed; what is shown decides nothing."""

import time
from pathlib import Path

import pytest
from desk_app import GOOD, TWO, drop, page, press, shown, stored
from signing_in import EDITOR, ROLES, VIEWER, claims_of

from sejong_dash import errors, words
from sejong_dash.access import policy, viewer
from sejong_dash.access.connections import Connection
from sejong_dash.access.ended_sign_ins import EndedSignIns
from sejong_dash.access.policy import Policy
from sejong_dash.access.roles import CurrentRoles
from sejong_dash.access.sign_in_cookie import SignIn
from sejong_dash.exhibits.error_text import describe_error
from sejong_dash.store import history, reading_profiles, snapshots
from sejong_dash.store.reading_profiles import ReadingProfile
from sejong_dash.ui.desk.reading import kept_answers
from sejong_dash.ui.frame import snapshot_choice

pytestmark = pytest.mark.thorough


@pytest.fixture
def roles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "roles.toml"
    file.write_text(ROLES, "utf-8")
    held = Policy(True, roles=CurrentRoles(file), ended=EndedSignIns(tmp_path / "ended.txt"))
    monkeypatch.setattr(policy, "_current", held)
    return file


def come(monkeypatch: pytest.MonkeyPatch, address: str) -> SignIn:
    sign_in = SignIn(address, time.time(), claims_of(address))
    monkeypatch.setattr(viewer, "_connection", lambda: Connection(sign_in))
    return sign_in


@pytest.mark.usefixtures("data_copy")
def test_a_change_is_signed_by_the_account(roles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    come(monkeypatch, EDITOR)
    app = drop(page("ko"), "a.csv", GOOD.encode())
    assert not [field for field in app.text_input if field.key == "desk-who"]
    app.session_state["desk-who"] = "시장"  # as a browser may claim
    app.text_input(key="desk-why").set_value("확정")
    press(app, "desk-apply")
    assert stored().items() >= TWO.items()
    assert history.history()[0].who == EDITOR


@pytest.mark.usefixtures("data_copy")
@pytest.mark.parametrize("how", ["role taken away", "signed out", "over"])
def test_what_is_pressed_after_the_right_has_gone_stores_nothing(
    roles: Path, monkeypatch: pytest.MonkeyPatch, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in = come(monkeypatch, EDITOR)
    app = drop(page("ko"), "a.csv", GOOD.encode())
    app.text_input(key="desk-why").set_value("확정")
    before = stored()
    if how == "role taken away":
        roles.write_text(ROLES.replace("expo-team", "others"), "utf-8")
    elif how == "signed out":
        policy.current().ended.add(sign_in.name, sign_in.until, time.time())
    else:
        monkeypatch.setattr(SignIn, "until", property(lambda _: 0.0))
    press(app, "desk-apply")
    assert stored() == before
    assert "may not change" in caplog.text
    assert history.history() == []


@pytest.mark.usefixtures("data_copy")
def test_a_viewer_is_offered_what_there_is_to_look_at(roles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    come(monkeypatch, VIEWER)
    app = page("en", do="type")
    assert not app.get("file_uploader")
    assert not app.data_editor
    assert words.of(snapshot_choice.__file__.replace("frame/snapshot_choice", "desk/desk_page"), "en")("looks_alone") in shown(
        app
    )


@pytest.mark.usefixtures("data_copy")
def test_an_undo_is_refused_as_well(roles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    come(monkeypatch, EDITOR)
    app = drop(page("ko"), "a.csv", GOOD.encode())
    app.text_input(key="desk-why").set_value("확정")
    press(app, "desk-apply")
    kept = stored()
    roles.write_text(ROLES.replace("expo-team", "others"), "utf-8")
    press(app, "desk-undo-done")
    assert stored() == kept


@pytest.mark.usefixtures("data_copy")
def test_a_snapshot_is_made_by_whoever_may(roles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    come(monkeypatch, VIEWER)
    session: dict[str, object] = {}
    monkeypatch.setattr(snapshot_choice, "st", type("Fake", (), {"session_state": session}))
    snapshot_choice.freeze(object())  # type: ignore[arg-type]
    assert snapshots.versions() == []
    refused = snapshot_choice.take_error()
    assert refused is not None
    for lang in words.LANGUAGES:
        assert describe_error(refused, words.of(errors.__file__, lang)).sentences


def test_answers_are_forgotten_by_whoever_may_change_counts(
    roles: Path, data_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = ReadingProfile(("날짜", "인원(누계)"), {"인원(누계)": "visitors"}, {}, {}, "a.csv")
    reading_profiles.save(profile)
    come(monkeypatch, VIEWER)
    kept_answers._forget(profile, "a.csv")
    assert reading_profiles.load(profile.headings) is not None
    come(monkeypatch, EDITOR)
    kept_answers._forget(profile, "log#2.csv")
    assert reading_profiles.load(profile.headings) is None
