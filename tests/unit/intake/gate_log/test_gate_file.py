"""Tests that a log of the gates is recognised by its content, read from gzip and zip, and refused where it would harm."""

import ast
import gzip
import io
import zipfile
from pathlib import Path

import pytest

from sejong_dash import words
from sejong_dash.errors import TableError
from sejong_dash.intake import Refused
from sejong_dash.intake.gate_log import gate_counts, gate_errors, gate_file
from sejong_dash.intake.gate_log.gate_tally import WrongRow

LOG = "시각,도도부현,게이트\n2026-04-10 09:31:05,13,정문\n2026-04-10 09:31:06,KR,동문\n2026-04-31 09:31:06,13,동문\n"


def build_zip(content: bytes, *names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return file.getvalue()


LOGS = {
    "with gates": LOG.encode(),
    "in CP949": LOG.encode("cp949"),
    "numbered gates": b"time,prefecture,gate\n2026-04-10 09:31,13,1\n2026-04-10 09:32,27,2\n",
    "no gate but the time of day": "日時,都道府県\n2026-04-10 09:31:05,東京都\n".encode(),
    "days and gates": "날짜,국가,게이트\n2026-04-10,JP,정문\n".encode(),
    "gzip": gzip.compress(LOG.encode()),
    "zip": build_zip(LOG.encode(), "gate.csv", "__MACOSX/._gate.csv"),
}
OTHERS = {
    "counts": "날짜,도도부현,방문객 수\n2026-04-10,13,1200\n".encode(),
    "counts by gate": "날짜,도도부현,게이트,방문객 수\n2026-04-10,13,정문,1200\n".encode(),
    "counts by the hour": "시각,도도부현,방문객 수\n2026-04-10 09:00,13,1200\n".encode(),
    "channels across": "날짜,도도부현,개별,단체\n2026-04-10 00:00:00,13,5,6\n".encode(),
    "days across": "도도부현,2026-04-10,2026-04-11\n13,5,6\n".encode(),
    "days alone": "날짜,도도부현,비고\n2026-04-10,13,-\n".encode(),
    "packed counts": gzip.compress("날짜,도도부현,방문객 수\n2026-04-10,13,1200\n".encode()),
    "two in a zip": build_zip(LOG.encode(), "a.csv", "b.csv"),
    "damaged gzip": gzip.compress(LOG.encode())[:20],
    "a letter": b"to a friend\n",
    "nothing": b"",
}


@pytest.mark.parametrize("kind", LOGS)
def test_a_log_is_known_by_its_content(kind: str) -> None:
    assert gate_file.is_gate_log(io.BytesIO(LOGS[kind]), "upload.bin")


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_log_is_left_to_others(kind: str) -> None:
    file = io.BytesIO(OTHERS[kind])
    assert not gate_file.is_gate_log(file, "gate.csv")
    assert file.tell() == 0


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: build_zip(content, "gate.csv")], ids=["gzip", "zip"])
def test_a_packed_log_is_counted_alike(pack: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_counts, "_BLOCK_SIZE", 1000)
    monkeypatch.setattr(gate_counts, "_START", 500)
    text = LOG + "".join(f'2026-05-{at % 28 + 1:02} 10:00:00,{at % 47 + 1:02},"문\n{at % 3}"\n' for at in range(500))
    content = text.encode()
    progress: list[tuple[int, int]] = []
    plain = gate_counts.count_log(io.BytesIO(content), "gate.csv")
    small = pack(content)  # type: ignore[operator]
    found = gate_counts.count_log(io.BytesIO(small), "gate.csv", lambda done, size, rows: progress.append((done, size)))
    for name in ("counts", "elsewhere", "gates"):
        assert getattr(found, name).equals(getattr(plain, name))
    assert (found.wrong, found.rows_read) == (plain.wrong, plain.rows_read)
    assert progress == sorted(progress)
    assert all(done <= size == len(small) for done, size in progress)


def test_every_entry_is_counted_elsewhere_or_wrong() -> None:
    found = gate_counts.count_log(io.BytesIO(LOG.encode()), "gate.csv")
    assert (found.rows_read, found.from_japan, found.from_elsewhere, found.wrong_total) == (3, 1, 1, 1)
    assert found.sum_by_day()[["japan", "elsewhere"]].values.tolist() == [[1, 1]]
    assert found.rank_by("country").values.tolist() == [["KR", 1]]


@pytest.mark.thorough
def test_what_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_counts, "_BLOCK_SIZE", 1 << 16)
    endless = io.BytesIO(gzip.compress(LOG.encode() + b"2026-04-10 09:31:05,13," + b"x" * (3 << 20)))
    with pytest.raises(Refused, match="cell_too_long"):
        gate_counts.count_log(endless, "gate.csv")
    monkeypatch.setattr(gate_file, "MOST_UNPACKED", 1 << 20)
    bomb = io.BytesIO(gzip.compress(LOG.encode() + b"\n" * (2 << 20)))
    with pytest.raises(Refused, match="too_large_unpacked"):
        gate_counts.count_log(bomb, "gate.csv")


def test_an_archive_that_breaks_off_refuses_the_whole_log() -> None:
    whole = gzip.compress((LOG + "2026-04-10 09:31:05,13,정문\n" * 200_000).encode())
    with pytest.raises((Refused, TableError)):
        gate_counts.count_log(io.BytesIO(whole[:-50]), "gate.csv")


def list_codes() -> set[str]:
    """Return the codes of wrong rows in the modules of gate logs."""
    room = Path(gate_counts.__file__).parent
    entries = words.entries(room / "gate_errors.toml", "en")
    known = {key.removeprefix("wrong.") for key in entries if key.startswith("wrong.")}
    used: set[str] = set()
    for name in ("gate_block", "gate_tally", "gate_time", "gate_origin"):
        for node in ast.walk(ast.parse((room / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.islower() and "_" in node.value:
                used.add(node.value)
    assert known <= used, "a sentence without its code"
    return {code for code in used if code.endswith(("_invalid", "_range", "_value", "_unknown", "_torn", "_broken", "_repeated"))}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_wrong_row_has_its_sentence(lang: str) -> None:
    assert len(list_codes()) == 10
    for code in list_codes():
        sentence = gate_errors.describe_with_line(WrongRow(1234, "시각", code, "<b>9시"), lang)
        assert "1,234" in sentence
        assert "{" not in sentence
        assert "시각" in sentence or code in ("row_torn", "quotes_broken")
