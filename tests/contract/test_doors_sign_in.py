"""Where a sign-in is asked for, the server answers by who has signed in and what their role allows: tried without a browser, with
cookies that are good, old, ended, copied, altered or signed by somebody else."""

import base64
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import raw_asking
from itsdangerous import URLSafeTimedSerializer
from signing_in import ADMIN, EDITOR, ROLES, SECRET, STRANGER, VIEWER, Guarded, guarded, signed
from streamlit.proto.BackMsg_pb2 import BackMsg

from sejong_dash.access import sign_in_cookie
from sejong_dash.paths import PROJECT

pytestmark = pytest.mark.thorough

HIDDEN = (
    "/export/goal_bar.csv?sample=true",
    "/export/",
    "/export/openapi.json",
    "/figure/goal_bar.json",
    "/events",
    "/events/state",
)
HIDDEN += ("/media/anything.csv", "/component/anything", "/metrics", "/nothing", "/shapes/anything.json")
OPEN = ("/", "/progress", "/_stcore/health", "/_stcore/host-config", "/favicon.png")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("guarded")
    data = Path(shutil.copytree(PROJECT / "data", folder / "data"))
    with guarded(folder, data) as server:
        yield server


@pytest.fixture(autouse=True)
def usual_roles(hall: Guarded) -> None:
    hall.roles.write_text(ROLES, "utf-8")


def status(hall: Guarded, path: str, cookie: str | None = None, method: str = "GET", **headers: str) -> int:
    return raw_asking.ask(hall.root, path, method, Cookie=cookie, **headers).status


@pytest.mark.parametrize("path", HIDDEN)
def test_nothing_is_answered_to_whoever_has_not_signed_in(hall: Guarded, path: str) -> None:
    answer = raw_asking.ask(hall.root, path, X_Forwarded_For="10.1.2.3", Accept_Language="en")
    assert answer.status == 401
    assert "sign in" in str(answer.problem["detail"]).lower()


@pytest.mark.parametrize("path", OPEN)
def test_what_comes_before_the_sign_in_is_answered(hall: Guarded, path: str) -> None:
    assert status(hall, path) == 200


def test_whoever_may_see_is_answered(hall: Guarded) -> None:
    for address in (VIEWER, EDITOR, ADMIN):
        assert status(hall, HIDDEN[0], hall.cookie(address)) == 200
    assert status(hall, HIDDEN[0], hall.cookie(STRANGER)) == 403


def _altered(value: str) -> str:
    """The same signature over another account."""
    _, stamp, signature = value.rsplit(".", 2)
    text = json.dumps(json.dumps({"email": ADMIN, "sub": "admin", "is_logged_in": True}))
    return f"{base64.urlsafe_b64encode(text.encode()).decode().rstrip('=')}.{stamp}.{signature}"


def _cookies(hall: Guarded) -> dict[str, str]:
    claims = hall.claims(VIEWER)
    now = time.time()
    return {
        "signed by somebody else": signed(claims, secret="x" * 40),
        "signed for another cookie": signed(claims, name="_streamlit_user_tokens"),
        "of nine hours ago": signed(claims, at=now - 9 * 3600),
        "of next week": signed(claims, at=now + 7 * 86400),
        "not signed in": signed(claims | {"is_logged_in": False}),
        "nearly signed in": signed(claims | {"is_logged_in": "true"}),
        "altered": _altered(signed(claims)),
        "cut": signed(claims)[:-3],
        "blank": "",
        "no cookie at all": "kim",
        "unconfirmed": signed(claims | {"email_verified": False}),
        "of a list": signed({"email": [VIEWER], "is_logged_in": True}),
        "in parts of which some are missing": URLSafeTimedSerializer(SECRET, salt=sign_in_cookie.COOKIE).dumps("chunks-2"),
    }


@pytest.mark.parametrize("kind", list(_cookies(Guarded("", Path(), ""))))
def test_a_cookie_that_is_no_sign_in_opens_nothing(hall: Guarded, kind: str) -> None:
    cookie = f"{sign_in_cookie.COOKIE}={_cookies(hall)[kind]}"
    assert status(hall, HIDDEN[0], cookie) in (401, 403)
    assert status(hall, HIDDEN[0], hall.cookie(VIEWER)) == 200  # which such a cookie would have been


def test_what_is_asked_for_is_allowed_by_role_and_a_refusal_is_logged(hall: Guarded) -> None:
    put = {"method": "PUT", "Content_Length": "3"}
    for address, answer in ((STRANGER, 403), (VIEWER, 403)):
        assert status(hall, "/_stcore/upload_file/a/b", hall.cookie(address), **put) == answer
        assert f"Refused: '{address}'" in hall.log
    assert raw_asking.ask(hall.root, "/_stcore/upload_file/a/b", "PUT", b"abc", Cookie=hall.cookie(VIEWER)).problem["title"]
    assert status(hall, "/metrics", hall.cookie(EDITOR), X_Forwarded_For="10.1.2.3") == 403
    assert status(hall, "/metrics", hall.cookie(ADMIN), X_Forwarded_For="10.1.2.3") == 200
    assert status(hall, "/metrics") == 200, "programs on this machine read the figures"


@pytest.mark.parametrize("path", ["/admin", "/admin/log"])
def test_the_page_of_whoever_runs_the_server_is_for_admins(hall: Guarded, path: str) -> None:
    assert status(hall, path) == 401
    for address, answer in ((STRANGER, 403), (VIEWER, 403), (EDITOR, 403), (ADMIN, 200)):
        assert status(hall, path, hall.cookie(address)) == answer


def test_health_is_for_everybody(hall: Guarded) -> None:
    assert status(hall, "/healthz") == status(hall, "/readyz") == 200


def test_snapshots_are_deleted_by_admins_alone(hall: Guarded) -> None:
    asked = {"method": "POST", "Origin": hall.root}
    for address, answer in ((VIEWER, 403), (EDITOR, 403), (ADMIN, 409)):  # 409: there is none of that name
        assert status(hall, "/admin/snapshots/0123456789ab", hall.cookie(address), **asked) == answer


def test_signing_out_ends_what_is_open_and_every_copy_of_the_cookie(hall: Guarded) -> None:
    cookie = hall.cookie(VIEWER)
    page = raw_asking.page(hall.root, Cookie=cookie)
    page.run("lang=en")
    page.until("script_finished")
    with raw_asking.streaming(hall.root, "/events", Cookie=cookie) as stream:
        raw_asking.wait_for(stream, b"data:")
        assert status(hall, "/auth/logout", cookie) == 302
        assert page.is_ended()
        assert raw_asking.is_at_end(stream)
    assert status(hall, HIDDEN[0], cookie) == 401
    # the last letter of a signature has bits that nothing reads: another one is the same signature
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = letters.index(cookie[-1])
    copies = [cookie[:-1] + letters[last & ~3 | bits] for bits in range(4)]
    assert len(set(copies)) == 4
    assert [status(hall, HIDDEN[0], copy) for copy in copies] == [401] * 4
    assert status(hall, HIDDEN[0], hall.cookie(VIEWER)) == 200


def test_a_link_from_elsewhere_signs_nobody_out(hall: Guarded) -> None:
    cookie = hall.cookie(EDITOR)
    assert status(hall, "/auth/logout", cookie, Sec_Fetch_Site="cross-site") == 403
    assert status(hall, HIDDEN[0], cookie) == 200


def test_a_role_that_is_taken_away_ends_what_is_open(hall: Guarded) -> None:
    cookie = hall.cookie(VIEWER)
    page = raw_asking.page(hall.root, Cookie=cookie)
    page.run("lang=en")
    page.until("script_finished")
    with raw_asking.streaming(hall.root, "/events", Cookie=cookie) as stream:
        raw_asking.wait_for(stream, b"data:")
        hall.roles.write_text(ROLES.replace("city.example", "town.example"), "utf-8")
        assert page.is_ended()
        assert raw_asking.is_at_end(stream)
    assert status(hall, HIDDEN[0], cookie) == 403


def test_roles_that_cannot_be_read_open_nothing(hall: Guarded) -> None:
    hall.roles.write_text(ROLES + "[admin\n", "utf-8")
    assert status(hall, HIDDEN[0], hall.cookie(ADMIN)) == 403
    hall.roles.unlink()
    assert status(hall, HIDDEN[0], hall.cookie(ADMIN)) == 403
    assert "nobody has a role until it can" in hall.log


def shown(page: raw_asking.Page) -> bytes:
    return b"".join(message.SerializeToString() for message in page.until("script_finished"))


def test_a_page_draws_nothing_but_the_sign_in_before_it(hall: Guarded) -> None:
    page = raw_asking.page(hall.root)
    for name in ("", "progress", "data"):
        page.run("lang=en&sample=true", page=name)
        found = shown(page)
        assert b"sign-in" in found
        assert b'class="sj-message' not in found
        assert b'sj-chips\\"' not in found
    signed_in = raw_asking.page(hall.root, Cookie=hall.cookie(VIEWER))
    signed_in.run("lang=en&sample=true")
    assert b'sj-chips\\"' in shown(signed_in)


def test_no_part_of_a_page_runs_before_the_sign_in(hall: Guarded) -> None:
    page = raw_asking.page(hall.root)
    page.run("lang=en")
    page.until("script_finished")
    page.run("lang=en", fragment="any")
    message = BackMsg()
    message.file_urls_request.file_names.append("a.csv")
    page.send(message)
    page.run("lang=en")
    kinds = {each.WhichOneof("type") for each in page.until("script_finished")}
    assert "file_urls_response" not in kinds
    assert hall.log.count("Refused: a browser sent rerun_script") >= 1
    assert hall.log.count("Refused: a browser sent file_urls_request") >= 1


def test_a_session_is_not_gone_on_with_by_whoever_has_not_signed_in(hall: Guarded) -> None:
    page = raw_asking.page(hall.root, Cookie=hall.cookie(ADMIN))
    page.run("lang=en")
    page.until("script_finished")
    page.line.close()
    other = raw_asking.page(hall.root, session=page.session)
    other.run("lang=en")
    other.until("script_finished")
    assert page.session
    assert other.session != page.session
    same = raw_asking.page(hall.root, session=page.session, Cookie=hall.cookie(ADMIN))
    same.run("lang=en")
    same.until("script_finished")
    assert same.session == page.session  # which shows that it would have been


def test_a_name_that_a_browser_gives_its_connection_counts_for_nothing(hall: Guarded) -> None:
    page = raw_asking.page(hall.root, X_Sejong_Connection="x")
    page.run("lang=en")
    assert b'sj-chips\\"' not in shown(page)
