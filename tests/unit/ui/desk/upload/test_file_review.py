"""The desk counts a log of the gates, reads large files while the page lives, and takes files from the server's folder."""

import io
from pathlib import Path

import openpyxl
import pytest
from desk_app import drop, own, page, press, shown, signed, stored
from streamlit.testing.v1 import AppTest

from sejong_dash import paths, words
from sejong_dash.datasets.schema import data_files
from sejong_dash.intake.gate_log import gate_counts
from sejong_dash.ui.desk.upload import file_source, gate_review

pytestmark = pytest.mark.dear

LOG = (
    "시각,도도부현,게이트\n"
    + "2026-05-06 09:31:05,27,정문\n" * 3
    + "2026-05-06 09:40:00,KR,동문\n2026-05-06 09:41:00,아틀란티스,동문\n"
)
DAYS = [f"2023-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
# of many bytes, with blanks, rather than of many rows
LARGE = "날짜,도도부현,방문객수\n" + "".join(f"{day},{code:02}{' ' * 50},{code}\n" for day in DAYS for code in range(1, 48))


def finished(app: AppTest) -> AppTest:
    app.session_state["_desk_job"][1]._thread.join(60)
    app.run()
    assert len(app.exception) == 0
    return app


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_log_of_the_gates_is_counted_shown_and_stored(lang: str, data_copy: Path) -> None:
    app = drop(page(lang), "notes.txt", LOG.encode())
    labels = own("gate_review", lang)
    assert labels("sum", read=5, japan=3, elsewhere=1, wrong=1) in shown(app)
    assert "아틀란티스" in shown(app)
    assert stored() == {}
    press(signed(app), "desk-apply")
    assert stored() == {("2026-05-06", "27", ""): 3}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_what_may_be_no_entry_is_asked_about_and_the_answer_counts(lang: str, data_copy: Path) -> None:
    rows = "".join(f"2026-05-06 09:31:05,27,정문,{result},T1\n" for result in ("OK", "DENIED", "DENIED", "7"))
    app = drop(page(lang), "gate.csv", f"시각,도도부현,게이트,결과,단말기\n{rows}".encode())
    labels = own("gate_review", lang)
    assert labels("sum_no_entry", read=4, japan=1, elsewhere=0, no_entry=2, wrong=1) in shown(app)
    value = labels("unused_value", found="T1", count=4)
    assert labels("unused", columns=labels("unused_values", column="단말기", values=value)) in shown(app)
    unknown, denied = (radio for radio in app.radio if str(radio.key).startswith("desk-gate-question"))
    assert (unknown.value, denied.value) == (None, "no_entry")
    unknown.set_value("entry").run()
    assert labels("sum_no_entry", read=4, japan=2, elsewhere=0, no_entry=2, wrong=0) in shown(app)
    [radio for radio in app.radio if str(radio.key).startswith("desk-gate-question")][1].set_value("entry").run()
    assert labels("sum", read=4, japan=4, elsewhere=0, wrong=0) in shown(app)
    press(signed(app), "desk-apply")
    assert stored() == {("2026-05-06", "27", ""): 4}


def test_the_sheet_of_wrong_entries_has_line_found_and_why() -> None:
    log = gate_counts.count_log(io.BytesIO(LOG.encode()), "gate.csv")
    book = openpyxl.load_workbook(io.BytesIO(gate_review.sheet(log, "gate.csv", own("gate_review", "ko"))))
    rows = list(book.worksheets[0].values)
    assert rows[1][:3] == (6, "도도부현", "아틀란티스")
    assert "미상" in str(rows[1][3])


@pytest.mark.apart
@pytest.mark.thorough
def test_a_large_file_is_read_beside_the_page_and_compared(data_copy: Path) -> None:
    assert len(LARGE) > 1_000_000
    app = drop(page("ko"), "large.csv", LARGE.encode())
    assert [button.key for button in app.main.get("button") if button.key == "desk-cancel"]
    app = finished(app)
    figures = words.shared("ko").number(LARGE.count("\n") - 1)
    assert own("change_preview", "ko")("counted", new=figures, changed=0, unchanged=0, removed=0) in shown(app)


@pytest.mark.apart
@pytest.mark.thorough
def test_a_reading_that_is_stopped_stores_nothing_and_can_begin_again(data_copy: Path) -> None:
    app = drop(page("ja"), "large.csv", LARGE.encode())
    job = app.session_state["_desk_job"][1]
    app = press(app, "desk-cancel")
    job._thread.join(10)
    assert not job.running
    app.run()
    assert own("reading_progress", "ja")("stopped") in shown(app)
    app = finished(press(app, "desk-read-now"))
    assert [button for button in app.main.get("button") if button.key == "desk-apply"]


def test_a_file_of_the_servers_folder_is_chosen_by_name(data_copy: Path) -> None:
    folder = data_copy / "incoming"
    (folder / "inner").mkdir(parents=True)
    (folder / "gate.csv").write_text(LOG, encoding="utf-8")
    (folder / ".hidden.csv").write_text(LOG, encoding="utf-8")
    (folder / "link.csv").symlink_to(data_copy / "goals.csv")
    assert list(file_source.waiting_files()) == ["gate.csv"]
    app = page("ko")
    app.selectbox(key="desk-waiting-0").select("gate.csv").run()
    press(signed(app), "desk-apply")
    assert stored() == {("2026-05-06", "27", ""): 3}


def test_what_waits_is_no_table_of_the_dashboard(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = data_files.fingerprint()
    (data_copy / "incoming").mkdir()
    (data_copy / "incoming" / "gate.csv").write_text(LOG, encoding="utf-8")
    assert data_files.fingerprint() == before
    monkeypatch.setenv("SEJONG_INCOMING", str(data_copy.parent))
    assert paths.incoming_dir() == data_copy.parent
    assert len(data_files.files()) > 10


@pytest.mark.parametrize("trick", ["../goals.csv", "/etc/passwd", "..", ""])
def test_no_name_leads_out_of_the_folder(trick: str, data_copy: Path) -> None:
    (data_copy / "incoming").mkdir()
    stat = (data_copy / "goals.csv").stat()
    with pytest.raises((file_source.TableError, OSError)), file_source._open_waiting(trick, stat):
        pytest.fail("it was opened")
