"""Health is for everybody, figures and log for whoever runs the server; what they say is true."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from answers import Answer, ask
from clerk import APRIL, HEADER, put
from starlette.applications import Starlette
from starlette.types import Message, Receive, Scope, Send

from sejong_dash import words
from sejong_dash.datasets import snapshot
from sejong_dash.serving.sessions.session_door import Places
from sejong_dash.store import counts, journal, snapshot_list
from sejong_dash.watch import admin_page, metrics, readiness
from sejong_dash.watch.watch_routes import Watch

HERE, ELSEWHERE = "127.0.0.1", "203.0.113.9"


class From:
    """The routes as they answer an address; a request has a body where it is a form."""

    def __init__(self, address: str, form: bytes = b"", base: str = "") -> None:
        self.app = Starlette(routes=Watch(Places(10), 1024).routes(base))
        self.address, self.form = address, form

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def whole() -> Message:
            return {"type": "http.request", "body": self.form}

        await self.app({**scope, "client": (self.address, 50000)}, whole, send)


def asked(path: str, address: str = HERE, **headers: str) -> Answer:
    return ask(From(address), path, **headers)


def test_health_is_for_everybody(data_copy: Path) -> None:
    for address in (HERE, ELSEWHERE):
        assert (asked("/healthz", address).status, asked("/healthz", address).text) == (200, "ok")
        assert json.loads(asked("/readyz", address).text)["status"] == "ready"
    assert set(json.loads(asked("/readyz", ELSEWHERE).text)) == {"status"}


@pytest.mark.parametrize("path", ["/metrics", "/admin", "/admin/log"])
def test_the_rest_is_for_this_machine_and_for_watchers(path: str, data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(path).status == 200
    assert asked(path, "::1").status == 200
    assert asked(path, ELSEWHERE).status == 404
    for header in ("x_forwarded_for", "forwarded", "x_real_ip"):
        assert asked(path, HERE, **{header: HERE}).status == 404, "a proxy stands for anybody"
    monkeypatch.setenv("SEJONG_WATCHERS", "nonsense 203.0.113.0/28 2001:db8::1")
    assert asked(path, ELSEWHERE).status == 200
    assert asked(path, "2001:db8::1").status == 200
    assert asked(path, "203.0.113.99").status == 404


def test_below_a_path_of_its_own(data_copy: Path) -> None:
    assert ask(From(HERE, base="expo"), "/expo/healthz").status == 200


def test_ready_says_what_there_is(data_copy: Path) -> None:
    found = readiness.look()
    assert (found.state, found.last_day, found.age_seconds) == ("ready", "", None)
    put(data_copy, HEADER + APRIL)
    counts.record_outside_edit()
    found = readiness.look()
    assert (found.state, found.last_day) == ("ready", "2026-04-11")
    assert found.age_seconds is not None
    assert found.age_seconds < 300
    (data_copy / "plans.csv").unlink()
    found = readiness.look()
    assert (found.state, found.kept, found.is_ready) == ("degraded", {"plans.csv": "file_missing"}, True)


def test_a_damaged_journal_and_a_table_without_a_good_state_are_seen(data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL)
    counts.record_outside_edit()
    journal.path().unlink()
    found = readiness.look()
    assert (found.state, found.journal) == ("degraded", "deleted")
    shutil.rmtree(data_copy / ".frozen")
    (data_copy / "goals.csv").unlink()
    answer = asked("/readyz")
    assert answer.status == 503
    assert json.loads(answer.text)["tables"]["unusable"] == {"goals.csv": "file_missing"}


def test_counts_of_a_query_are_as_old_as_its_answer(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    counts.record_outside_edit()  # a journal of earlier months
    file.unlink()
    (data_copy / "visitors.sql").write_text("-- connection: ticketing\nSELECT 1", encoding="utf-8")
    assert readiness.look().age_seconds is None, "it was never answered"
    (data_copy / "queried").mkdir()
    (data_copy / "queried" / "visitors.csv").write_text(HEADER + APRIL, encoding="utf-8")
    os.utime(data_copy / "queried" / "visitors.csv", (1_700_000_000, 1_700_000_000))
    found = readiness.look().changed_at
    assert found is not None
    assert found.timestamp() == 1_700_000_000


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_journal_that_cannot_be_read_is_not_called_damaged(lang: str, data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(data_copy, HEADER + APRIL)
    counts.record_outside_edit()
    own = words.of(admin_page.__file__, lang)

    def refused(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("sejong_dash.store.journal_check.contents.digest", refused)
        found = readiness.Readiness(journal=readiness._journal_state())
    text = admin_page.page(found, [], lang, may_change=False).decode()
    assert own("journal.unread") in text
    assert own("journal.damaged") not in text
    damaged = admin_page.page(readiness.Readiness(journal="deleted"), [], lang, may_change=False).decode()
    assert own("journal.damaged") in damaged


def test_a_folder_that_cannot_be_written_is_not_ready(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot().look()
    monkeypatch.setattr(readiness.os, "access", lambda place, mode: False)
    answer = asked("/readyz")
    assert (answer.status, json.loads(answer.text)["store"]["writable"]) == (503, False)


def test_metrics_follow_the_format(data_copy: Path) -> None:
    answer = asked("/metrics")
    assert answer.headers["content-type"] == metrics.MIME
    *lines, end, nothing = answer.text.split("\n")
    assert (end, nothing) == ("# EOF", "")
    kinds: dict[str, str] = {}
    for line in lines:
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in kinds
            kinds[name] = kind
        elif not line.startswith("# HELP "):
            found = re.fullmatch(r'([a-z_]+)(\{[a-z_]+="[^"\n]*"\})? (-?[0-9.e+-]+)', line)
            assert found, line
            name = found[1].removesuffix("_total")
            assert (kinds[name] == "counter") == found[1].endswith("_total"), line
            assert float(found[3]) >= 0
    assert {"sejong_sessions", "sejong_runs", "sejong_log_lines", "sejong_data_age_seconds"} <= kinds.keys()


def test_what_stands_in_a_label_is_escaped() -> None:
    text = metrics.as_text([metrics.by_label("a", "gauge", "one\ntwo", "b", {'x"\\y': 1})])
    assert text == '# TYPE a gauge\n# HELP a one\\ntwo\na{b="x\\"\\\\y"} 1\n# EOF\n'


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_page_says_it_in_the_readers_language(lang: str, data_copy: Path) -> None:
    snapshot().look()
    (data_copy / "plans.csv").unlink()
    page = asked("/admin", accept_language=f"{lang},en;q=0.5").text
    own = words.of(admin_page.__file__, lang)
    assert f'<html lang="{lang}">' in page
    for text in (own("title"), own("state.degraded"), "plans.csv", "sejong_sessions", own("snapshots_none")):
        assert text in page
    assert str(data_copy) not in page


def changed(form: bytes, version: str, address: str = HERE, **headers: str) -> Answer:
    sent = {"host": "testserver", "origin": "http://testserver"} | headers
    return ask(From(address, form), f"/admin/snapshots/{version}", "POST", **sent)


def test_snapshots_are_named_and_deleted_by_a_form_of_this_server_alone(data_copy: Path) -> None:
    version = snapshot_list.create()
    for refused in (
        changed(b"do=delete", version, ELSEWHERE),
        changed(b"do=delete", version, origin="http://elsewhere"),
        changed(b"do=delete", version, origin=""),
    ):
        assert refused.status == 404
    assert changed("do=rename&name=주간 회의".encode(), version).status == 303
    assert snapshot_list.kept()[0].name == "주간 회의"
    assert "주간 회의" in asked("/admin").text
    assert changed(b"do=delete", version).status == 303
    gone = changed(b"do=delete", version, accept_language="en")
    assert (gone.status, "no longer exists" in gone.text) == (409, True)
