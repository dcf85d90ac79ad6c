"""A host's greeting and contact stand on a prefecture's sheet in the reader's language, and nothing where there is none."""

from pathlib import Path

import discovery
import pytest
from page_html import html_of

from sejong_dash.errors import DashError
from sejong_dash.exhibits import letterhead
from sejong_dash.exhibits.letterhead import Letterhead
from sejong_dash.paths import PAGES

WRITTEN = 'contact = " 044 000 "\n[greeting]\nko = "안녕하세요"\nja = "こんにちは"\n'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEJONG_DATA", str(tmp_path))
    return tmp_path / letterhead.FILE


def test_without_a_file_every_line_is_blank(file: Path) -> None:
    assert letterhead.read("ko") == Letterhead("", "")


@pytest.mark.parametrize(
    ("lang", "greeting"), [("ko", "안녕하세요"), ("ja", "こんにちは"), ("en", "")], ids=["ko", "ja", "not written"]
)
def test_a_text_is_for_one_language_or_for_all(file: Path, lang: str, greeting: str) -> None:
    file.write_text(WRITTEN, encoding="utf-8")
    assert letterhead.read(lang) == Letterhead(greeting, "044 000")


def test_a_file_that_is_taken_away_leaves_nothing_behind(file: Path) -> None:
    file.write_text(WRITTEN, encoding="utf-8")
    assert letterhead.read("ko").contact
    file.unlink()
    assert letterhead.read("ko") == Letterhead()


@pytest.mark.parametrize(
    "content", [b"greeting = ", b"greeting = \xff", b"greeting = 3\ncontact = [1]"], ids=["half", "bytes", "kinds"]
)
def test_what_cannot_be_used_is_named_or_left_out(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    if b"3" in content:
        assert letterhead.read("ko") == Letterhead()
        return
    with pytest.raises(DashError) as raised:
        letterhead.read("ko")
    assert raised.value.key == "letterhead"
    assert raised.value.fields["file"] == letterhead.FILE


def test_a_file_that_cannot_be_opened_is_said_without_its_path(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("sejong_dash.exhibits.letterhead.contents.digest", refused)
    with pytest.raises(DashError) as raised:
        letterhead.read("ko")
    assert raised.value.fields == {"file": letterhead.FILE, "found": "Permission denied"}


def shown(**asked: str) -> str:
    app = discovery.opened(PAGES / "map.py", {"lang": "ko", **asked})
    return "".join(html_of(app))


def test_the_sheet_shows_it_and_what_is_wrong_with_it(data_copy: Path) -> None:
    file = data_copy / letterhead.FILE
    file.write_text('greeting = "<b>안녕하세요</b>"\ncontact = "044 000"\n', encoding="utf-8")
    sheet = shown(prefecture="22")
    assert "&lt;b&gt;안녕하세요&lt;/b&gt;" in sheet
    assert "044 000" in sheet
    assert "sj-error" not in sheet
    assert "044 000" not in shown(), "no sheet without a prefecture"


def test_a_sheet_goes_on_without_a_letterhead_that_is_broken(data_copy: Path) -> None:
    (data_copy / letterhead.FILE).write_text("greeting = ", encoding="utf-8")
    sheet = shown(prefecture="22")
    assert sheet.count("sj-error") == 1
    assert letterhead.FILE in sheet
    assert "sj-sheet" in sheet
